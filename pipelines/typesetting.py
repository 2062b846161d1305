"""Pages: one typst compiler for each template, with fonts of our own, so that the same words give the same bytes."""

import functools
import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def typeset(template: Path, page: Mapping[str, Any]) -> bytes:
    """A tagged PDF with embedded fonts; the template finds `page` as JSON in `sys.inputs.page`."""
    text = json.dumps(page, ensure_ascii=False)
    pdf = _compiler(template).compile(format="pdf", sys_inputs={"page": text}, pdf_standards="ua-1", timestamp=0)
    if not isinstance(pdf, bytes):
        raise TypeError("a template makes one PDF")
    return pdf


@functools.cache
def _compiler(template: Path) -> typst.Compiler:
    """One compiler a process and template: it keeps fonts and the template read."""
    spec = importlib.util.find_spec("font_roboto")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package font-roboto is missing; run make run once, it installs what is needed")
    fonts = Path(spec.submodule_search_locations[0]) / "files"
    return typst.Compiler(template, font_paths=[fonts], ignore_system_fonts=True)
