"""The tariff: prices and ranges that apply and why, and what another plan of the meter would have cost."""

from dataclasses import asdict

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.cabinet.views.visit import Visit
from dashboard.text import plain
from pipelines.vocabulary import SURE_STATUSES
from pipelines.whatif import OwnPrice, PlanMonth, Plans

EVEN_USE_PERCENT = 33
"""Eight hours of twenty-four."""

PRICE_COLUMNS = (
    tables.Column("band", "code", "band", "band"),
    tables.Column("reach", "text", "reach"),
    tables.Column("zone", "code", "zone", "zone"),
    tables.Column("price_rub_per_kwh", "price", "price"),
    tables.Column("certainty", "text", "certainty"),
)
PLAN_COLUMNS = (
    tables.Column("period", "month", "statement_month"),
    tables.Column("kwh", "count", "kwh_used"),
    tables.Column("posted_kopecks", "money", "posted"),
    tables.Column("one_rate_kopecks", "money", "one_rate_sum"),
    tables.Column("two_zone_kopecks", "money", "two_zone_sum"),
)


def page(visit: Visit) -> None:
    """Draw the page of one account."""
    words = visit.words
    st.header(words("page_tariffs"), anchor=False)
    prices = visit.own.prices(visit.account)
    if not prices:
        st.info(words("no_prices"))
        return
    _prices(visit, prices)
    _why(visit, prices)
    _grounds(visit, prices)
    _plans(visit, prices)


def _prices(visit: Visit, prices: tuple[OwnPrice, ...]) -> None:
    words = visit.words
    st.markdown(f"##### {words('own_prices', month=words.month(visit.own.snapshot.open_period))}")
    rows = [asdict(one) | {"reach": _reach(visit, one), "certainty": _certainty(visit, one)} for one in prices]
    is_zoned = any(one.zone != "all" for one in prices)
    columns = [column for column in PRICE_COLUMNS if column.name != "zone" or is_zoned]
    tables.show_wrapped(pl.DataFrame(rows), columns, words, key="own_prices", name=words("page_tariffs"))
    if any(not {one.price_status, one.limit_status} <= SURE_STATUSES for one in prices):
        st.caption(words("prices_preliminary"))


def _reach(visit: Visit, one: OwnPrice) -> str:
    words = visit.words
    if one.to_kwh is None:
        return words("reach_last", since=words.count(one.from_kwh)) if one.from_kwh else words("reach_all")
    if not one.from_kwh:
        return words("reach_first", to=words.count(one.to_kwh))
    return words("reach_next", since=words.count(one.from_kwh), to=words.count(one.to_kwh))


def _certainty(visit: Visit, one: OwnPrice) -> str:
    """How sure the price is, and the bounds where they are not."""
    mark = visit.words.price_mark(one.price_status, one.limit_status)
    return mark or visit.words.code("value_status", one.price_status)


def _why(visit: Visit, prices: tuple[OwnPrice, ...]) -> None:
    words, one = visit.words, prices[0]
    st.markdown(f"##### {words('why_title')}")
    facts = {name: words.code(name, getattr(one, name)) for name in ("category", "settlement", "stove", "heating")}
    plans = ", ".join(words.code("zone_plan", plan) for plan in dict.fromkeys(one.zone_plan for one in prices))
    persons = words.counted(one.persons, "persons")
    sentences = [
        words("why_category", **facts),
        words("why_plan", plan=plans),
        words("why_persons_norm" if one.band == "in_norm" else "why_persons_ranges", persons=persons),
    ]
    if one.heating == "electric" and one.band != "in_norm":
        sentences.append(words("why_season", month=words.month(visit.own.snapshot.open_period)))
    sentences.append(words("why_whole" if one.to_kwh is not None else "why_unlimited"))
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def _grounds(visit: Visit, prices: tuple[OwnPrice, ...]) -> None:
    words = visit.words
    sources = dict.fromkeys(
        (words.code("value_status", status), source)
        for one in prices
        for status, source in ((one.price_status, one.price_source), (one.limit_status, one.limit_source))
    )
    with st.expander(words("grounds"), icon=":material/gavel:"):
        st.markdown("\n".join(f"- {status}: {plain(source)}" for status, source in sources))


def _plans(visit: Visit, prices: tuple[OwnPrice, ...]) -> None:
    """The calculator: by one rate, by two zones, and from which share of the night the second pays."""
    words = visit.words
    is_known = all(one.zone_plan != "one_rate" for one in prices)
    with st.container(border=True):
        st.markdown(f"##### {words('plans_title')}")
        st.markdown(words("plans_how"))
        with st.form(f"plans_{visit.account}", border=False):
            percent = EVEN_USE_PERCENT
            if is_known:
                st.caption(words("night_known"))
            else:
                percent = st.slider(
                    words("night_share"),
                    0,
                    100,
                    EVEN_USE_PERCENT,
                    key=f"night_{visit.account}",
                    help=words("night_share_help"),
                )
            asked = st.form_submit_button(words("plans_ask"), width="stretch", icon=":material/calculate:")
        if asked:
            st.session_state[f"told_{visit.account}"] = visit.own.plans(visit.account, percent)
        told = st.session_state.get(f"told_{visit.account}")
        if told:
            _told(visit, told, is_known=is_known)


def _told(visit: Visit, told: Plans, *, is_known: bool) -> None:
    words, months = visit.words, told.months
    if not months:
        st.info(words("plans_nothing"))
        return
    one, two = _total(months, "one_rate_kopecks"), _total(months, "two_zone_kopecks")
    name = "plans_cheaper" if two < one else "plans_dearer" if two > one else "plans_equal"
    st.markdown(
        words(
            name,
            first=words.month(months[0].period),
            last=words.month(months[-1].period),
            amount=words.rubles(abs(one - two)),
            one=words.rubles(one),
            two=words.rubles(two),
        )
    )
    if not is_known:
        pays = told.pays_from_percent
        st.markdown(words("pays_never") if pays is None else words("pays_from", percent=pays))
    frame = pl.DataFrame([asdict(month) for month in months])
    tables.show(frame, PLAN_COLUMNS, words, key="plans", name=words("plans_title"))
    st.caption(words("plans_note"))


def _total(months: tuple[PlanMonth, ...], name: str) -> int:
    return sum(getattr(month, name) for month in months)
