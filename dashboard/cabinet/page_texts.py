"""Every sentence of the cabinet's pages, Russian and English side by side."""

from collections.abc import Mapping
from types import MappingProxyType

PAGE_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType({})
