"""Quality of the night: how long runs took, what their checks found, what was refused, which channel is late."""

import polars as pl
import streamlit as st

from dashboard import links, night_queries, operations_figures, tables
from dashboard.context import Context
from dashboard.tables import Column
from dashboard.views import parts
from dashboard.views.analyst.overview import FILE_COLUMNS, ROW_COLUMNS
from pipelines.settings import Settings

RUN_COLUMNS = (
    Column("run_id", "count", "run_number", width="small"),
    Column("started_at", "instant", "started_at"),
    Column("seconds", "count", "seconds"),
    Column("files", "count", "files_count"),
    Column("rows_received", "count", "rows_received"),
    Column("rows_accepted", "count", "rows_accepted"),
    Column("rows_rejected", "count", "rows_rejected"),
    Column("rows_duplicate", "count", "rows_duplicate"),
    Column("open_period", "month", "open_period"),
    Column("rules_version", "text", "rules_version"),
)

STAGE_COLUMNS = (
    Column("stage", "text", "stage"),
    Column("seconds", "decimal", "seconds"),
    Column("started_at", "instant", "started_at"),
)

CHECK_COLUMNS = (
    Column("outcome", "text", "outcome", width=140),
    Column("offenders", "count", "offenders", width="small"),
    Column("claim", "text", "claim", width="large"),
    Column("asset", "text", "check_table"),
    Column("check_name", "text", "check_name"),
)

CHANNEL_COLUMNS = (
    Column("channel", "code", "channel", codes="channel"),
    Column("last_file_at", "instant", "last_file_at"),
    Column("age_days", "count", "channel_age"),
    Column("files", "count", "files_count"),
    Column("rows_received", "count", "rows_received"),
    Column("rows_rejected", "count", "rows_rejected"),
)


def page(context: Context) -> None:
    """Draw the page."""
    words, snapshot = context.words, context.snapshot
    runs = night_queries.runs(snapshot)
    numbers = [str(run_id) for run_id in runs["run_id"]]
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.header(words("night_page"), anchor=False, width="content")
        with st.container(width=190):
            chosen = links.choose(
                words("run_choice"), "run", numbers, lambda number: words("run", run_id=number), default=numbers[0]
            )
    run_id = int(chosen or numbers[0])
    checks = night_queries.run_checks(snapshot, run_id)
    _cards(context, runs.filter(pl.col("run_id") == run_id).row(0, named=True), checks)
    _businesses(context)
    with st.grid(2, min_column_width=330, gap="medium"):
        with st.container():
            title = words("runs_took")
            parts.chart(operations_figures.runs(runs, run_id, context.look), title=title, key="runs")
            parts.table_behind(context, runs, RUN_COLUMNS, key="runs", name=words("runs"))
        with st.container():
            _stages(context, run_id)
    _checks(context, checks)
    _channels(context, run_id)
    _files(context, run_id)
    _lineage(context)


def _cards(context: Context, run: dict[str, int], checks: pl.DataFrame) -> None:
    words = context.words
    with st.grid(4, min_column_width=164, gap="small"):
        parts.card(words("run_took"), words("took_seconds", seconds=words.count(run["seconds"])), None, "")
        parts.card(words("rows_received"), words.count(run["rows_received"]), None, "")
        parts.card(words("rows_rejected"), words.count(run["rows_rejected"]), None, "")
        if checks.height:
            held = checks.filter(pl.col("offenders") == 0).height
            parts.card(words("checks_held"), words("checks_of", held=held, all=checks.height), None, "")


def _businesses(context: Context) -> None:
    """What the newest snapshot charged businesses, beside the run: bills come with the month, not with the night."""
    words = context.words
    for night in night_queries.business_night(context.snapshot).iter_rows(named=True):
        st.caption(
            words(
                "night_businesses",
                month=words.month(night["period"]),
                contracts=words.counted(night["contracts"], "contracts_of"),
                total=words.rubles(night["total_kopecks"]),
                hours=words.count(night["hours_lacking"]),
            )
        )


def _stages(context: Context, run_id: int) -> None:
    words, stages = context.words, night_queries.run_stages(context.snapshot, run_id)
    if not stages.height:
        st.info(words("checks_none"), icon=":material/inbox:")
        return
    title = words("stages")
    parts.chart(operations_figures.stages(stages, context.look), title=title, key="stages")
    seconds = stages.with_columns(seconds=pl.col("milliseconds").cast(pl.Decimal(18, 3)) / 1000)
    parts.table_behind(context, seconds, STAGE_COLUMNS, key="stages", name=title)


def _checks(context: Context, checks: pl.DataFrame) -> None:
    words = context.words
    if not checks.height:
        return
    outcomes = [
        words("check_holds" if not offenders else "check_broken" if is_blocking else "check_warns")
        for offenders, is_blocking in checks.select("offenders", "is_blocking").iter_rows()
    ]
    st.markdown(f"### {words('checks')}")
    shown = checks.with_columns(outcome=pl.Series(outcomes, dtype=pl.String))
    tables.show(shown, CHECK_COLUMNS, words, key="checks", name=words("checks"), rows=8)


def _channels(context: Context, run_id: int) -> None:
    words, channels = context.words, night_queries.channel_freshness(context.snapshot, run_id)
    if channels.height:
        st.markdown(f"### {words('channels_fresh')}")
        tables.show(channels, CHANNEL_COLUMNS, words, key="channels", name=words("channels_fresh"))


def _files(context: Context, run_id: int) -> None:
    words = context.words
    st.markdown(f"### {words('task_files')}")
    files = night_queries.files_to_look_at(context.snapshot, run_id)
    if not files.height:
        st.success(words("files_clean"), icon=":material/check_circle:")
        return
    states = [words("file_refused" if status == "refused" else "file_accepted") for status in files["status"]]
    shown = files.with_columns(status=pl.Series(states, dtype=pl.String))
    tables.show(shown, FILE_COLUMNS, words, key="files", name=words("task_files"))
    rows = night_queries.rejected_rows(context.snapshot, run_id)
    if rows.height:
        st.markdown(f"### {words('refused_rows')}")
        tables.show(rows, ROW_COLUMNS, words, key="rows", name=words("refused_rows"))


def _lineage(context: Context) -> None:
    address = Settings.from_environment().dagster_url
    if address:
        st.link_button(context.words("lineage"), f"{address}/asset-groups", icon=":material/account_tree:")
