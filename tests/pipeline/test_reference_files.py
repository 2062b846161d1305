"""A file of reference data broken by hand is named with its line before anything is reckoned by it."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.settings import ROOT, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import load_models
from pipelines.warehouse.reference import reference_sha256
from pipelines.warehouse.replay import replay_model

SOUND = ROOT / "data" / "reference" / "moratorium.csv"


def appended(line: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content + line


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (appended(b"2026-01-01,2026-10-01,,quoted\r\n"), "line 4: 5 values expected (from_day, to_day,"),
        (appended(b"2026-01-01,2026-10-01,,quoted,x\n"), "line 4: ends otherwise than those before"),
        (appended("2026-01-01,2026-10-01,,quoted,Указ\r\n".encode("cp1251")), "line 4: bytes that are no UTF-8"),
        (appended(b'2026-01-01,2026-10-01,,quoted,"x\r\n'), "line 4: unexpected end of data; mend the quotes"),
    ],
)
def test_a_broken_line_is_named(broken: Callable[[bytes], bytes], message: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "reference")
    table = tmp_path / "reference" / SOUND.name
    table.write_bytes(broken(SOUND.read_bytes()))
    settings = replace(Settings(), home=tmp_path, reference=tmp_path / "reference")
    with pytest.raises(ValueError, match=re.escape(f"{table}, {message}")), open_warehouse(settings):
        pass


def test_a_value_that_is_no_date_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "reference")
    with (tmp_path / "reference" / SOUND.name).open("ab") as table:
        table.write(b"2026-01-01,2026-13-01,,quoted,x\r\n")
    [model] = [model for model in load_models() if model.name == "reference.moratorium"]
    with (
        open_warehouse(replace(Settings(), home=tmp_path, reference=tmp_path / "reference")) as connection,
        pytest.raises(ValueError, match=r'moratorium\.csv: .*on Line: 4 .*"2026-13-01"'),
    ):
        replay_model(connection, model)


@pytest.mark.parametrize(("name", "has_all_reckoned_anew"), [("moratorium.csv", True), ("faq.csv", False)])
def test_only_what_is_reckoned_by_makes_it_other_reference_data(
    name: str, tmp_path: Path, *, has_all_reckoned_anew: bool
) -> None:
    shutil.copytree(SOUND.parent, tmp_path / "reference")
    before = reference_sha256(tmp_path / "reference")
    table = tmp_path / "reference" / name
    table.write_bytes(table.read_bytes().rpartition(b"\r\n")[0].rpartition(b"\r\n")[0] + b"\r\n")
    assert (reference_sha256(tmp_path / "reference") != before) is has_all_reckoned_anew


def test_a_file_with_the_line_ends_of_either_system_is_read(tmp_path: Path) -> None:
    (tmp_path / "moratorium.csv").write_bytes(SOUND.read_bytes().replace(b"\r\n", b"\n"))
    assert reference_sha256(tmp_path)
