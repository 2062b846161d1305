"""Tables: what their columns are, how they read on the page, and what of them goes into a file.

On the page and in a file a sum is an exact decimal of rubles, so that sorting, copying and summing work; only its
face is in words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import polars as pl
import streamlit as st

# Here and now: while one session imports pandas for the first time, Plotly in another would stumble over its half.
from pandas.io.formats.style import Styler  # type: ignore[import-untyped]

from dashboard import provenance
from dashboard.text import NOTHING, Words
from pipelines.settings import MOSCOW
from pipelines.table_files import Cell, Sheet, to_csv, to_xlsx

Kind = Literal["money", "share", "count", "decimal", "price", "day", "month", "instant", "text", "id", "code"]

FULL_HEIGHT_ROWS = 12
"""Tables up to this long show all their rows; longer ones scroll."""

ROW_PIXELS = 33


@dataclass(frozen=True)
class Column:
    """A column of a frame and how it reads: `text` is its title in TEXTS, `codes` the code set of a `code` column."""

    name: str
    kind: Kind
    text: str
    codes: str = ""
    width: int | Literal["small", "medium", "large"] | None = None


@dataclass(frozen=True)
class Drill:
    """A button in every row: its key, and what to do with the row's value of `column`."""

    key: str
    column: str
    go: Callable[[Any], None]


def show(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    words: Words,
    *,
    key: str,
    name: str,
    drill: Drill | None = None,
    rows: int = FULL_HEIGHT_ROWS,
    question: str | None = None,
) -> None:
    """Draw a table with its two downloads below; `name` names the files, and the table for who does not see it.

    `question` is the file of SQL the rows come from: the workbook then says with which command to ask it again.
    """
    st.dataframe(
        _face(frame, columns, words, drill),
        key=f"table_{key}",
        hide_index=True,
        height="content" if frame.height <= rows else ROW_PIXELS * (rows + 1) + 2,
        placeholder=NOTHING,
        alt=name,
        column_config=_config(frame, columns, words, drill),
    )
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if drill and frame.height:
            _open_by_keyboard(frame, words, drill, name)
        downloads(frame, columns, words, key=key, name=name, question=question)


def _open_by_keyboard(frame: pl.DataFrame, words: Words, drill: Drill, name: str) -> None:
    """The buttons of a table once more as a list to type into: on their canvas they hear the mouse alone."""
    key = f"{drill.key}_by_keyboard"

    def chosen() -> None:
        value, st.session_state[key] = st.session_state[key], None
        if value is not None:
            drill.go(value)

    st.selectbox(
        words("open_row_of", table=name),
        frame[drill.column].drop_nulls().unique(maintain_order=True).to_list(),
        index=None,
        key=key,
        format_func=str,
        on_change=chosen,
        placeholder=words("open_row"),
        label_visibility="collapsed",
        width=220,
    )


def show_wrapped(
    frame: pl.DataFrame, columns: Sequence[Column], words: Words, *, key: str, name: str, question: str | None = None
) -> None:
    """Draw a short table whose sentences are to be read in full: its lines wrap, it does not sort."""
    titled = [replace(column, name=words(column.text)) for column in columns]
    renamed = frame.rename({column.name: words(column.text) for column in columns})
    st.table(_face(renamed, titled, words, None), border="horizontal", hide_index=True, alt=name)
    downloads(frame, columns, words, key=key, name=name, question=question)


def downloads(
    frame: pl.DataFrame, columns: Sequence[Column], words: Words, *, key: str, name: str, question: str | None = None
) -> None:
    """Two buttons that make the files when they are pressed; the workbook says what it is of."""
    header = [words(column.text) for column in columns]
    shown = provenance.current()
    origin = provenance.sheet(shown, question, words) if shown else []
    with st.container(horizontal=True, gap="small", horizontal_alignment="right"):
        st.download_button(
            words("csv"),
            lambda: to_csv(header, cells(frame, columns, words), decimal_comma=words.is_russian),
            f"{name}.csv",
            "text/csv",
            key=f"csv_{key}",
            help=words("download_help"),
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            words("xlsx"),
            lambda: to_xlsx(
                [Sheet(name, header, cells(frame, columns, words))], origin=origin, origin_title=words("origin")
            ),
            f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"xlsx_{key}",
            help=words("download_help"),
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )


def cells(frame: pl.DataFrame, columns: Sequence[Column], words: Words) -> list[list[Cell]]:
    """The rows of a table as they go into a file: exact decimals, codes in words, instants in Moscow time."""
    picked = frame.select(column.name for column in columns)
    return [
        [_cell(column, value, words) for column, value in zip(columns, row, strict=True)] for row in picked.iter_rows()
    ]


def _cell(column: Column, value: Any, words: Words) -> Cell:
    if value is None:
        return None
    if column.kind == "money":
        return Decimal(value).scaleb(-2)
    if column.kind == "share":
        return Decimal(value).scaleb(-1)
    if column.kind == "code":
        return words.code(column.codes, value)
    if isinstance(value, datetime):
        return value.astimezone(MOSCOW).replace(tzinfo=None)
    return str(value) if column.kind == "id" else value


def _face(frame: pl.DataFrame, columns: Sequence[Column], words: Words, drill: Drill | None) -> Styler:
    """The frame as the page shows it: values as they go into a file, numbers with their faces in a pandas Styler."""
    shown = pl.DataFrame(cells(frame, columns, words), schema=_schema(frame, columns), orient="row")
    if drill:
        shown = shown.with_columns(pl.lit(words("open_account")).alias(drill.key))
    faces: dict[str, Callable[[Any], str]] = {
        "money": lambda rubles: words.rubles(int(rubles.scaleb(2))),
        "share": lambda percent: words.share(int(percent.scaleb(1))),
        "count": words.count,
        "decimal": words.number,
        "price": words.price,
    }
    dressed = {column.name: faces[column.kind] for column in columns if column.kind in faces}
    return shown.to_pandas(use_pyarrow_extension_array=True).style.format(dressed, na_rep=NOTHING)


def _schema(frame: pl.DataFrame, columns: Sequence[Column]) -> dict[str, pl.DataType | type[pl.DataType]]:
    kinds: dict[str, pl.DataType | type[pl.DataType]] = {
        "money": pl.Decimal(20, 2),
        "share": pl.Decimal(20, 1),
        "id": pl.String,
        "code": pl.String,
        "instant": pl.Datetime("us"),
    }
    return {column.name: kinds.get(column.kind, frame.schema[column.name]) for column in columns}


def _config(frame: pl.DataFrame, columns: Sequence[Column], words: Words, drill: Drill | None) -> dict[str, Any]:
    day, month = ("DD.MM.YYYY", "MM.YYYY") if words.is_russian else ("D MMM YYYY", "MMM YYYY")
    dates = {"day": day, "month": month, "instant": f"{day} HH:mm"}
    config: dict[str, Any] = {}
    for column in columns:
        title = words(column.text)
        if column.kind in dates:
            kind = st.column_config.DatetimeColumn if column.kind == "instant" else st.column_config.DateColumn
            config[column.name] = kind(title, format=dates[column.kind], width=column.width)
        else:
            config[column.name] = st.column_config.Column(title, width=column.width)
    if drill:
        config[drill.key] = st.column_config.ButtonColumn(
            words("open_account"),
            type="secondary",
            key=drill.key,
            on_click=_pressed,
            args=(frame, drill),
            pinned=True,
            width=90,
        )
    return config


def _pressed(frame: pl.DataFrame, drill: Drill) -> None:
    drill.go(frame[drill.column][st.session_state[drill.key]["row"]])
