"""The house keeps its own rules: rooms, names, imports, money."""

import ast
import re
from pathlib import Path

import pytest

from pipelines import vocabulary
from pipelines.settings import ROOT, SQL
from pipelines.warehouse.checks import load_checks
from pipelines.warehouse.models import load_models

PYTHON = sorted([*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")])
SQL_FILES = sorted(SQL.rglob("*.sql"))


def imported(path: Path) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= (
                {f"pipelines.{alias.name}" for alias in node.names} if node.module == "pipelines" else {node.module}
            )
    return modules


def in_room(path: Path, room: str) -> bool:
    return path.is_relative_to(ROOT / room)


def test_every_code_stands_in_the_schema_and_in_the_vocabulary() -> None:
    schema = (SQL / "schema.sql").read_text(encoding="utf-8")
    types = {
        name: tuple(re.findall(r"'(\w+)'", codes))
        for name, codes in re.findall(r"create type if not exists (\w+) as enum \(([^)]*)\)", schema)
    }
    assert types == dict(vocabulary.CODE_SETS)


def test_the_dashboard_imports_only_what_the_pipeline_offers_it() -> None:
    allowed = (
        "pipelines.settings",
        "pipelines.vocabulary",
        "pipelines.russian",
        "pipelines.documents",
        "pipelines.explain",
        "pipelines.statements",
        "pipelines.table_files",
        "pipelines.warehouse.snapshot",
        "pipelines.whatif",
    )
    for path in PYTHON:
        if in_room(path, "dashboard"):
            foreign = {name for name in imported(path) if name.startswith("pipelines") and name not in allowed}
            assert not foreign, f"{path}: {foreign}"


def test_channels_know_nothing_of_dagster_or_duckdb() -> None:
    for path in PYTHON:
        if in_room(path, "pipelines/channels"):
            assert not {name for name in imported(path) if name.split(".")[0] in {"dagster", "duckdb", "streamlit"}}, (
                path
            )


def test_views_hold_no_sql() -> None:
    for path in PYTHON:
        if in_room(path, "dashboard/views"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\bselect\b.+\bfrom\b", text, re.IGNORECASE | re.DOTALL), path
            assert "duckdb" not in imported(path), path


def test_the_pipeline_never_imports_streamlit() -> None:
    for path in PYTHON:
        if in_room(path, "pipelines"):
            assert not {name for name in imported(path) if name.split(".")[0] == "streamlit"}, path


def test_no_module_with_dagster_postpones_annotations() -> None:
    for path in PYTHON:
        if any(name.split(".")[0] == "dagster" for name in imported(path)):
            assert "from __future__ import annotations" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: str(path.relative_to(SQL)))
def test_no_float_touches_money(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        code = line.split("--")[0]
        if "kopecks" in code:
            assert not re.search(r"\bavg\(|(?<!/)/(?!/)|::\s*(double|float|real)\b", code, re.IGNORECASE), (
                f"{path}:{number}"
            )


def test_a_model_is_named_after_its_file_and_reads_only_models() -> None:
    names = {model.name for model in load_models()}
    for model in load_models():
        assert model.inputs <= names, f"{model.name} reads {model.inputs - names}"
        assert model.summary.startswith("One row"), f"{model.name}: {model.summary}"


def test_every_journal_says_which_rows_it_rewrites() -> None:
    assert all((model.rewrites is not None) == (model.kind == "journal") for model in load_models())


def test_every_check_watches_a_table_that_exists() -> None:
    assert {check.table for check in load_checks()} <= {model.name for model in load_models()}
    assert all(check.claim.endswith(".") for check in load_checks())
