"""Setting a page: a template of this folder and the words for it become a tagged PDF with embedded fonts."""

import functools
import importlib.util
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATES = Path(__file__).parent

_ONE_AT_A_TIME = threading.Lock()
"""A compiler serves one thread at a time, and a server has many."""

Template = Literal["statement", "extract", "reconciliation"]


def typeset(template: Template, page: Mapping[str, Any]) -> bytes:
    """The PDF (PDF/UA-1: tagged, its language named, text beside every picture); the same words give the same bytes."""
    return _compiled(template, page, format="pdf", pdf_standards="ua-1", timestamp=0)


def pictured(template: Template, page: Mapping[str, Any], dots_per_inch: int) -> bytes:
    """A page of one sheet as PNG."""
    return _compiled(template, page, format="png", ppi=dots_per_inch)


def _compiled(template: Template, page: Mapping[str, Any], **how: Any) -> bytes:
    words = json.dumps(page, ensure_ascii=False)
    with _ONE_AT_A_TIME:
        made = _compiler(template).compile(sys_inputs={"page": words}, **how)
    if not isinstance(made, bytes):
        raise TypeError("a page for customers is one file")
    return made


@functools.cache
def _compiler(template: Template) -> typst.Compiler:
    """One compiler a process and template: it keeps fonts and the template read."""
    spec = importlib.util.find_spec("font_roboto")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package font-roboto is missing; run make run once, it installs what is needed")
    fonts = Path(spec.submodule_search_locations[0]) / "files"
    return typst.Compiler(TEMPLATES / f"{template}.typ", font_paths=[fonts], ignore_system_fonts=True)
