"""Reference data as a whole: which version of it a run reckons by, and whether its files can be read at all."""

import csv
import functools
import hashlib
import io
import re
from pathlib import Path

from pipelines.warehouse.models import load_models


def reference_sha256(reference: Path) -> str:
    """One hash of all reference data that is reckoned by: names and bytes of the files some SQL reads.

    Questions and answers or prices of services are none of it: a word changed there has no account reckoned anew.

    Raises:
        ValueError: a file, of any kind, is no table of lines with as many values as its header has names.
    """
    reckoned_by = _read_by_sql()
    digest = hashlib.sha256()
    for path in sorted(reference.glob("*.csv")):
        content = path.read_bytes()
        _refuse_broken(path, content)
        if path.name in reckoned_by:
            digest.update(path.name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


@functools.cache
def _read_by_sql() -> frozenset[str]:
    """Names of the files that models of reference data name."""
    statements = (model.select or "" for model in load_models() if model.kind == "reference")
    return frozenset(
        f"{name}.csv" for statement in statements for name in re.findall(r"reference_rows\('(\w+)'\)", statement)
    )


@functools.lru_cache(maxsize=256)
def _refuse_broken(path: Path, content: bytes) -> None:
    """Name the first line that a person who edited the file by hand has to mend."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{path}, line {place}: bytes that are no UTF-8; save the file as UTF-8") from error
    ends_of_windows = [line.endswith("\r\n") for line in io.StringIO(text, newline="") if line.endswith("\n")]
    for place, is_of_windows in enumerate(ends_of_windows, start=1):
        if is_of_windows != ends_of_windows[0]:
            raise ValueError(f"{path}, line {place}: ends otherwise than those before; save the file with one line end")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        for row in reader:
            if len(row) != len(header):
                raise ValueError(
                    f"{path}, line {reader.line_num}: {len(header)} values expected ({', '.join(header)}),"
                    f" {len(row)} found; mend the line"
                )
    except csv.Error as error:
        raise ValueError(f"{path}, line {reader.line_num}: {error}; mend the quotes") from error
