"""What the page about other prices says of an outcome."""

from datetime import date

from dashboard import whatif_figures
from dashboard.palette import Look
from dashboard.text import Words
from pipelines.whatif import Group, Outcome

OUTCOME = Outcome(
    date(2025, 11, 1),
    date(2026, 10, 1),
    (
        Group("region", "", 8, 3, 2, 900, 10_000_000, 10_050_000),
        Group("decile", "1", 3, 0, 2, 100, 1_000_000, 900_000),
        Group("decile", "2", 5, 3, 0, 800, 9_000_000, 9_150_000),
    ),
)


def test_a_difference_for_an_account_is_cut_towards_zero_and_the_rest_is_unmoved() -> None:
    frame = whatif_figures.groups(OUTCOME, "decile")
    told = frame.select("change_kopecks", "change_per_account_kopecks", "losers", "unmoved", "winners")
    assert told.rows() == [(-100_000, -33_333, 0, 1, 2), (150_000, 30_000, 3, 2, 0)]


def test_bars_of_a_decile_add_up_to_its_accounts_and_carry_its_difference() -> None:
    figure = whatif_figures.deciles(whatif_figures.groups(OUTCOME, "decile"), Look(Words(), dark=False, narrow=False))
    assert [sum(bar.y[place] for bar in figure.data) for place in range(2)] == [3, 5]
    assert [note.text for note in figure.layout.annotations] == ["−333\N{NO-BREAK SPACE}₽", "+300\N{NO-BREAK SPACE}₽"]
    assert [note.x for note in figure.layout.annotations] == [0, 1]
