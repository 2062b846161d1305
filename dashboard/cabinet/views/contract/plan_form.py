"""Planned hours of a contract: a grid of days and hours, or a workbook; the terms, and every version handed in."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet.energy import plans
from dashboard.cabinet.energy.own import CheckedPlans, Energy, Lines, Sent, Terms, Way
from dashboard.cabinet.texts import CabinetWords
from dashboard.cabinet.views.contract import offering
from dashboard.cabinet.views.visit import ContractVisit

MOST_DAYS = 7
"""Days of the grid: more go by workbook."""
GRID_HEIGHT = 460

VERSION_COLUMNS = (
    tables.Column("day", "day", "plan_day"),
    tables.Column("point", "text", "plan_of"),
    tables.Column("kwh", "decimal", "plan_total"),
    tables.Column("handed_in", "instant", "plan_handed_in"),
    tables.Column("due", "instant", "plan_due"),
    tables.Column("state", "text", "plan_state"),
)


def draw(visit: ContractVisit, energy: Energy, sent: Sequence[Sent]) -> None:
    """The plan of the days that are still open, and what was handed in before."""
    words, terms = visit.words, energy.terms()
    days = plans.open_days(terms, visit.own.now)
    points = plans.planned_points(energy.points(), days[0])
    if not points:
        st.info(words("plan_not_needed"))
        return
    until = words.instant(terms[days[0]][0])
    st.info(words("plan_term", day=words.day(days[0]), until=until), icon=":material/schedule:")
    with st.container(horizontal=True, gap="small"):
        point = st.selectbox(
            words("plan_of"),
            ["", *points],
            format_func=lambda code: code or words("plan_whole"),
            key=f"plan_point_{visit.contract}",
        )
        first = st.selectbox(words("plan_first_day"), days, format_func=words.day, key=f"plan_first_{visit.contract}")
        count = st.number_input(words("plan_days"), 1, MOST_DAYS, 1, key=f"plan_count_{visit.contract}")
    chosen = [first + dt.timedelta(days=place) for place in range(int(count))]
    _typed(visit, energy, point, [day for day in chosen if day in terms], terms)
    with st.expander(words("energy_by_file"), icon=":material/table:"):
        _by_file(visit, energy, point, [day for day in days if day >= first])
    _versions(sent, terms, words)


def _typed(visit: ContractVisit, energy: Energy, point: str, days: list[dt.date], terms: Terms) -> None:
    words = visit.words
    key = f"{visit.contract}_{point}_{days[0]:%Y%m%d}_{len(days)}"
    st.caption(words("plan_grid_how"))
    hours = max(terms[day][1] for day in days)
    empty = pl.DataFrame(
        {words("plan_hour"): list(range(1, hours + 1)), **{words.day(day): [None] * hours for day in days}},
        schema_overrides={words.day(day): pl.Float64 for day in days},
    )
    numbers = {words.day(day): st.column_config.NumberColumn(min_value=0, step=0.001, width="small") for day in days}
    with st.form(f"plan_{key}", border=False):
        grid = st.data_editor(
            empty,
            key=f"grid_{key}",
            hide_index=True,
            height=GRID_HEIGHT,
            num_rows="fixed",
            placeholder="",
            disabled=[words("plan_hour")],
            column_config={words("plan_hour"): st.column_config.NumberColumn(pinned=True, width=60), **numbers},
        )
        is_asked = st.form_submit_button(words("energy_check"), width="stretch")
    if is_asked:
        offering.forget(key)
        lines = [[plans.POINT, plans.DAY, *(plans.hour_title(hour) for hour in range(1, hours + 1))]]
        for day in days:
            values = ["" if value is None else f"{value:.3f}" for value in grid[words.day(day)]]
            if any(values):
                lines.append([point, day.isoformat(), *values])
        _look(energy, key, lines, "form", "")
    _offer(energy, words, key)


def _by_file(visit: ContractVisit, energy: Energy, point: str, days: list[dt.date]) -> None:
    words, key = visit.words, f"{visit.contract}_plan_xlsx"
    st.caption(words("energy_file_rule"))
    st.download_button(
        words("energy_template"),
        partial(energy.plans_template, days[:31], point),
        f"plan-{visit.contract}-{days[0]:%Y-%m-%d}.xlsx",
        key=f"template_{key}",
        icon=":material/download:",
        on_click="ignore",
    )
    filled = offering.workbook(words, key, plans.from_sheet)
    if filled is not None:
        _look(energy, key, *filled)
    _offer(energy, words, key)


def _look(energy: Energy, key: str, lines: Lines, way: Way, name: str) -> None:
    st.session_state[f"checked_{key}"] = (energy.check_plans(lines), lines, way, name)


def _offer(energy: Energy, words: CabinetWords, key: str) -> None:
    looked = st.session_state.get(f"checked_{key}")
    if looked:
        checked: CheckedPlans
        checked, lines, way, name = looked
        if checked.problems:
            offering.problems(checked.problems, words, key, is_form=way == "form")
        else:
            days = words.counted(len(checked.planned), "days")
            kwh = words.kwh(int(sum(one.kwh for one in checked.planned)))
            st.success(words("plan_will_do", days=days, kwh=kwh))
            offering.send_button(energy, lambda now, form: now.send_plans(lines, way, name, form), words, key)
    offering.outcome(words, key)


def _versions(sent: Sequence[Sent], terms: Terms, words: CabinetWords) -> None:
    """Every plan handed in here, the newest first; of one day and point the last one in time holds."""
    held: set[tuple[str, dt.date]] = set()
    rows = []
    for one in sent:
        if one.channel != "plans":
            continue
        late = {problem.line for problem in one.not_taken}
        for line, version in enumerate(plans.versions_of(one.content), 1):
            name = (version.point_code, version.day)
            state = "plan_late" if line in late else "plan_replaced" if name in held else "plan_in_time"
            if state == "plan_in_time":
                held.add(name)
            rows.append(
                {
                    "day": version.day,
                    "point": version.point_code or words("plan_whole"),
                    "kwh": version.kwh,
                    "handed_in": one.received_at,
                    "due": terms[version.day][0],
                    "state": words(state),
                }
            )
    if rows:
        name_of_table = words("plan_versions")
        st.markdown(f"##### {name_of_table}")
        tables.show(pl.DataFrame(rows), VERSION_COLUMNS, words, key="plan_versions", name=name_of_table)
