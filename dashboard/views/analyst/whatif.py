"""What if: the months that were billed by other prices, norms or ranges; the sum, who pays more and less, and where."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard import queries, tables, whatif_figures
from dashboard.borders import borders
from dashboard.context import Context
from dashboard.district_map import district_map
from dashboard.tables import Column
from dashboard.text import plain
from dashboard.views import parts
from pipelines.settings import Settings
from pipelines.whatif import TABLES, Outcome, reckon

SUMS = (
    Column("accounts", "count", "accounts"),
    Column("losers", "count", "losers"),
    Column("winners", "count", "winners"),
    Column("kwh", "count", "kwh"),
    Column("posted_kopecks", "money", "posted"),
    Column("proposed_kopecks", "money", "proposed"),
    Column("change_kopecks", "money", "change"),
    Column("change_per_account_kopecks", "money", "change_per_account"),
)
DECILE_COLUMNS = (Column("name", "text", "decile"), *SUMS)
CATEGORY_COLUMNS = (Column("name", "code", "category", codes="category"), *SUMS)
DISTRICT_COLUMNS = (Column("name", "text", "district"), *SUMS)

MOST_MONTHS = 36
ANSWER = "whatif_answer"


@dataclass(frozen=True)
class Answer:
    """What was reckoned in this session: on which snapshot, of which files."""

    snapshot: str
    files: tuple[str, ...]
    outcome: Outcome


def page(context: Context) -> None:
    """Draw the page."""
    words = context.words
    st.header(words("whatif"), anchor=False)
    st.caption(words("whatif_about"))
    _tables_in_force(context)
    _ask(context)
    answer: Answer | None = st.session_state.get(ANSWER)
    if answer is None:
        return
    if answer.snapshot != context.snapshot.path.name:
        st.warning(words("whatif_other_snapshot", snapshot=answer.snapshot), icon=":material/schedule:")
    _sums(context, answer)
    _deciles(context, answer.outcome)
    _districts(context, answer.outcome)


def _tables_in_force(context: Context) -> None:
    """The files to begin with, as they stand in the reference data."""
    words, reference = context.words, Settings.from_environment().reference
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(words("whatif_tables"), help=words("whatif_tables_help"), width="content")
        for table in TABLES:
            path = reference / f"{table}.csv"
            st.download_button(
                words(f"in_force_{table}"),
                path.read_bytes,
                path.name,
                "text/csv",
                key=f"in_force_{table}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )


def _ask(context: Context) -> None:
    words = context.words
    with st.form("whatif", enter_to_submit=False):
        files = st.file_uploader(words("whatif_files"), type="csv", accept_multiple_files=True, key="whatif_files")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            months = st.number_input(words("whatif_months"), 1, MOST_MONTHS, 12, key="whatif_months", width=260)
            asked = st.form_submit_button(words("whatif_reckon"), type="primary")
    if not asked:
        return
    st.session_state.pop(ANSWER, None)
    if not files:
        st.error(words("whatif_no_file"), icon=":material/error:")
        return
    try:
        with st.spinner(words("whatif_reckoning")):
            outcome = _reckon(context, [(file.name, file.getvalue()) for file in files], int(months))
    except ValueError as error:
        st.error(words("whatif_refused", why=plain(str(error))), icon=":material/error:")
        return
    st.session_state[ANSWER] = Answer(context.snapshot.path.name, tuple(file.name for file in files), outcome)


def _reckon(context: Context, files: list[tuple[str, bytes]], months: int) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (name, content) in enumerate(files):
            # A name comes from outside: it stays the last part of a path of ours, and two may be alike.
            path = Path(folder) / str(number) / Path(name).name
            path.parent.mkdir()
            path.write_bytes(content)
            paths.append(path)
        return reckon(context.snapshot.path, Settings.from_environment(), paths, months)


def _sums(context: Context, answer: Answer) -> None:
    words, outcome = context.words, answer.outcome
    region = outcome.region
    st.subheader(
        words(
            "whatif_of",
            files=plain(", ".join(answer.files)),
            first=words.month(outcome.first),
            last=words.month(outcome.last),
            kwh=words.short_kwh(region.kwh),
        ),
        anchor=False,
    )
    change = region.proposed_kopecks - region.posted_kopecks
    with st.grid(4, min_column_width=200, gap="small"):
        for title, kopecks, growth in (
            ("posted", region.posted_kopecks, None),
            ("proposed", region.proposed_kopecks, words.growth(region.proposed_kopecks, region.posted_kopecks)),
        ):
            parts.card(words(title), words.short_rubles(kopecks), growth, "", exact=words.rubles(kopecks))
        parts.card(words("change"), words.growth_rubles(change, 0) or "", None, "", exact=words.rubles(change))
        moved = words.counted(region.losers, "accounts")
        parts.card(words("losers"), moved, None, "", exact=f"{words('winners')}: {words.count(region.winners)}")
    categories = whatif_figures.groups(outcome, "category")
    tables.show(categories, CATEGORY_COLUMNS, words, key="whatif_categories", name=words("whatif_by_category"))


def _deciles(context: Context, outcome: Outcome) -> None:
    words, frame = context.words, whatif_figures.groups(outcome, "decile")
    figure = whatif_figures.deciles(frame, context.look)
    parts.chart(figure, title=words("whatif_deciles"), key="whatif_deciles", hint=words("whatif_deciles_hint"))
    parts.table_behind(context, frame, DECILE_COLUMNS, key="whatif_deciles", name=words("whatif_deciles"))


def _districts(context: Context, outcome: Outcome) -> None:
    words, frame = context.words, whatif_figures.groups(outcome, "district")
    where = queries.district_totals(context.snapshot, queries.REGION, outcome.last)
    placed = where.select("district", "lat", "lon", "neighbours").join(
        frame.rename({"name": "district"}), on="district", how="left"
    )
    lines = borders(placed["district"].to_list(), words)
    figure = district_map(placed, "change_per_account", context.look, borders=lines)
    parts.chart(figure, title=words("whatif_by_district"), key="whatif_map")
    parts.table_behind(context, frame, DISTRICT_COLUMNS, key="whatif_districts", name=words("whatif_by_district"))
