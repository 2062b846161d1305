"""Pages: one typst compiler for each template, with fonts of our own, so that the same words give the same bytes."""

import functools
import importlib.util
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

_ONE_AT_A_TIME = threading.Lock()
"""A compiler serves one thread at a time, and a server has many."""


def typeset(template: Path, page: Mapping[str, Any]) -> bytes:
    """A tagged PDF with embedded fonts (PDF/UA-1); the template finds `page` as JSON in `sys.inputs.page`."""
    return _compiled(template, page, format="pdf", pdf_standards="ua-1", timestamp=0)


def pictured(template: Path, page: Mapping[str, Any], dots_per_inch: int) -> bytes:
    """A page of one sheet as PNG."""
    return _compiled(template, page, format="png", ppi=dots_per_inch)


def _compiled(template: Path, page: Mapping[str, Any], **how: Any) -> bytes:
    text = json.dumps(page, ensure_ascii=False)
    with _ONE_AT_A_TIME:
        made = _compiler(template).compile(sys_inputs={"page": text}, **how)
    if not isinstance(made, bytes):
        raise TypeError("a template makes one file")
    return made


@functools.cache
def _compiler(template: Path) -> typst.Compiler:
    """One compiler a process and template: it keeps fonts and the template read."""
    spec = importlib.util.find_spec("font_roboto")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package font-roboto is missing; run make run once, it installs what is needed")
    fonts = Path(spec.submodule_search_locations[0]) / "files"
    return typst.Compiler(template, font_paths=[fonts], ignore_system_fonts=True)
