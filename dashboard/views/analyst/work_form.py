"""The form by which a person takes a piece of work, settles it or gives it back; and what was settled."""

from collections.abc import Mapping
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from dashboard import tables
from dashboard.context import Context
from dashboard.inbox import COMMENT_CHARACTERS
from dashboard.tables import Column
from dashboard.text import NOTHING, plain
from dashboard.views.analyst import decision_form
from dashboard.work_desk import STEPS, Taken, WorkError, keep
from pipelines.settings import Settings

SETTLED_COLUMNS = (
    Column("at", "instant", "decided_at"),
    Column("item", "text", "work_item"),
    Column("by", "text", "decided_by"),
    Column("comment", "text", "comment", width="large"),
)


def form(context: Context, task: str, items: list[str]) -> None:
    """Draw the form for the items of one kind of work that are not settled."""
    words = context.words
    if not items:
        return
    with (
        st.expander(words("work_take"), icon=":material/back_hand:"),
        st.form(f"take_{task}", border=False, enter_to_submit=False),
    ):
        with st.grid(2, min_column_width=200, gap="small"):
            item = st.selectbox(words("work_item"), items, index=None, placeholder=words("work_choose"))
            step = st.selectbox(words("work_step"), STEPS, format_func=lambda name: words(f"step_{name}"))
        comment = st.text_input(words("comment"), key=f"take_comment_{task}", max_chars=COMMENT_CHARACTERS).strip()
        if st.form_submit_button(words("work_keep"), type="primary"):
            if item is None:
                st.error(words("work_no_item"))
                return
            taken = Taken(task, item, step, decision_form.author_named(), comment, datetime.now(UTC))
            try:
                keep(Settings.from_environment().desk, taken)
            except WorkError as error:
                st.error(words(str(error)))
                return
            st.rerun()


def settled(context: Context, steps: Mapping[str, Taken]) -> None:
    """What people have settled, the latest first."""
    words = context.words
    rows = [
        {"at": taken.at, "item": plain(taken.item), "by": taken.by, "comment": taken.comment or NOTHING}
        for taken in sorted(steps.values(), key=lambda taken: taken.at, reverse=True)
        if taken.step == "settle"
    ]
    if rows:
        name = words("work_settled")
        st.markdown(f"### {name}")
        tables.show(pl.DataFrame(rows), SETTLED_COLUMNS, words, key="work_settled", name=name)
