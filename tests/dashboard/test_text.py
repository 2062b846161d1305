"""Sentences, numbers and dates: two languages, nothing lost in either."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from string import Formatter

import pytest

from dashboard.sentences import TEXTS
from dashboard.text import Words, freshness, plain
from pipelines.settings import ROOT

RU, EN = Words("ru"), Words("en")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def spaced(text: str | None) -> str:
    return (text or "").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_the_same_things(key: str) -> None:
    russian, english = ({gap for _, gap, _, _ in Formatter().parse(text) if gap} for text in TEXTS[key])
    assert russian - {"space"} == english - {"space"}


def test_every_sentence_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "dashboard").rglob("*.py")
        if not path.name.endswith("sentences.py")
    )
    built = re.compile(
        r"(bucket|months|effect|age|waits|refusal|kpi_group|unread|component|season|dwelling|unit|better|owner|in_force"
        r"|appeal_kind|step|appeal_status|document_kind|file|card_outcome)_[-\w]+"
    )
    unused = {key for key in TEXTS if not built.fullmatch(key) and f'"{key}"' not in code}
    assert not unused


@pytest.mark.parametrize(
    ("kopecks", "russian", "english"),
    [
        (0, "0 ₽", "0 ₽"),
        (49, "0 ₽", "0 ₽"),
        (50, "1 ₽", "1 ₽"),
        (-50, "−1 ₽", "−1 ₽"),
        (999_949, "9 999 ₽", "9,999 ₽"),
        (1_000_000, "10,0 тыс. ₽", "10.0 k ₽"),
        (123_456_78, "123,5 тыс. ₽", "123.5 k ₽"),
        (143_000_000, "1,43 млн ₽", "1.43 m ₽"),
        (143_499_999, "1,43 млн ₽", "1.43 m ₽"),
        (143_500_000, "1,44 млн ₽", "1.44 m ₽"),
        (-2_345_600_000, "−23,5 млн ₽", "−23.5 m ₽"),
        (201_345_678_912, "2,01 млрд ₽", "2.01 bn ₽"),
    ],
)
def test_a_sum_on_a_card_keeps_three_or_four_digits(kopecks: int, russian: str, english: str) -> None:
    assert (spaced(RU.short_rubles(kopecks)), spaced(EN.short_rubles(kopecks))) == (russian, english)


def test_exact_sums_keep_every_kopeck() -> None:
    assert spaced(RU.rubles(123_456_789_01)) == "123 456 789,01 ₽"
    assert spaced(EN.rubles(-5)) == "−0.05 ₽"


def test_energy_is_told_in_the_unit_that_fits() -> None:
    assert spaced(RU.short_kwh(9_999)) == "9 999 кВт·ч"
    assert spaced(RU.short_kwh(256_878)) == "256,9 МВт·ч"
    assert spaced(EN.short_kwh(401_234_567)) == "401.2 GWh"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(110, 100, "+10,0 %"), (90, 100, "−10,0 %"), (100, 100, "0,0 %"), (1, 3, "−66,7 %"), (5, -10, "+150,0 %")],
)
def test_a_change_is_told_in_percent_with_its_sign(now: int, before: int, said: str) -> None:
    assert spaced(RU.growth(now, before)) == said


def test_nothing_is_compared_with_nothing() -> None:
    assert RU.growth(5, 0) is None
    assert RU.growth(5, None) is None
    assert RU.growth_points(None, 4) is None
    assert spaced(RU.growth_points(810, 987)) == "−17,7 п. п."
    assert spaced(RU.growth_rubles(0, -1_712_345)) == "+17,1 тыс. ₽"


@pytest.mark.parametrize(
    ("price", "said"), [("6.6600", "6,66"), ("5.4", "5,40"), ("7", "7,00"), ("4.0375", "4,0375"), ("10", "10,00")]
)
def test_a_price_has_two_places_or_as_many_as_the_decree(price: str, said: str) -> None:
    assert RU.price(Decimal(price)) == said


def test_a_register_is_written_without_needless_zeros() -> None:
    assert spaced(RU.number(Decimal("49105.000"))) == "49 105"
    assert spaced(RU.number(Decimal("1049105.250"))) == "1 049 105,25"


@pytest.mark.parametrize(("rate", "said"), [(None, "—"), (0, "0,0 %"), (964, "96,4 %"), (1277, "127,7 %")])
def test_a_rate_is_told_in_tenths_of_a_percent(rate: int | None, said: str) -> None:
    assert spaced(RU.share(rate)) == said


@pytest.mark.parametrize(
    ("minutes", "russian", "english"),
    [
        (0, "только что", "just now"),
        (1, "1 минуту назад", "1 minute ago"),
        (59, "59 минут назад", "59 minutes ago"),
        (60, "1 час назад", "1 hour ago"),
        (5 * 60 + 50, "5 часов назад", "5 hours ago"),
        (22 * 60, "22 часа назад", "22 hours ago"),
        (3 * 24 * 60, "3 дня назад", "3 days ago"),
        (-5, "только что", "just now"),
    ],
)
def test_how_long_ago_is_told_in_words(minutes: int, russian: str, english: str) -> None:
    then = NOW - timedelta(minutes=minutes)
    assert (spaced(RU.ago(then, NOW)), spaced(EN.ago(then, NOW))) == (russian, english)


@pytest.mark.parametrize(("hours", "state"), [(0, "fresh"), (26, "fresh"), (27, "late"), (50, "late"), (51, "stale")])
def test_a_missed_night_is_late_and_two_are_stale(hours: int, state: str) -> None:
    assert freshness(NOW - timedelta(hours=hours), NOW) == state


def test_months_bend_as_the_sentence_needs() -> None:
    assert RU.against_month(date(2026, 10, 1)) == "к октябрю"
    assert EN.against_month(date(2026, 10, 1)) == "vs October"
    assert (RU.short_month(date(2026, 5, 1)), EN.short_month(date(2026, 5, 1))) == ("май 2026", "May 2026")


def test_a_balance_is_told_in_words() -> None:
    assert [spaced(RU.balance(kopecks)) for kopecks in (67_266, -5, 0)] == [
        "Долг 672,66 ₽",
        "Переплата 0,05 ₽",
        "Долга нет",
    ]


def test_only_what_is_not_published_is_marked() -> None:
    assert RU.price_mark("quoted", "derived") == ""
    assert RU.price_mark("assumed", "quoted") == "цена предварительная: допущение"
    assert RU.price_mark("forecast", "inferred") == (
        "цена предварительная: прогноз; граница или норматив: заключено по косвенным данным"
    )


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert RU.code("channel", "pigeon") == "pigeon"
    assert RU.code("channel", "bank") == "банк"
    assert EN.code("channel", None) == "—"


def test_text_from_the_data_is_never_read_as_markup() -> None:
    assert plain("<b>*Дон*</b> [x](y) :red[z] $1$") == ("\\<b\\>\\*Дон\\*\\</b\\> \\[x\\]\\(y\\) \\:red\\[z\\] \\$1\\$")
