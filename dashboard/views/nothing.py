"""What to do when there is nothing to show yet."""

import streamlit as st

from dashboard.text import Words


def page(words: Words, problem: str | None) -> None:
    """Say how to run a night; `problem` says what is wrong with the pointer, None that nothing was published yet."""
    damaged = problem is not None
    with st.container(width=720):
        st.header(words("bad_snapshot" if damaged else "no_snapshot"), anchor=False)
        st.markdown(words("bad_snapshot_how" if damaged else "no_snapshot_how"))
        if problem:
            st.code(problem, language=None, wrap_lines=True)
        st.markdown(words("no_snapshot_sample"))
        st.code("make run", language="bash")
        st.markdown(words("no_snapshot_own"))
        st.code("energosbyt nightly", language="bash")
