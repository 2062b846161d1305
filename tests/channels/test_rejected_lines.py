"""A line nobody can read: its rule and the sentence a person gets; the lines around it go on."""

import pytest

from pipelines.channels.rules import ROW_RULES
from tests.intake.deliveries import CARD, CASH, READINGS, Deliveries, bank_footer, bank_line, reading

AGAIN = "Исправьте значение и пришлите строку снова."
GOOD = reading()
SMART = "account_number;meter_serial;read_on;received_at;t1;t2;t3"
ACCOUNTS = "account_number;valid_from;valid_to;house_id;district;holder_name;address;settlement;stove;heating"
METERS = (
    "account_number;meter_serial;zone_plan;whole_digits;fraction_digits;transformer_ratio;installed_on;removed_on;"
    "verified_until;opening_t1;opening_t2;opening_t3"
)
DATE = "дата вида ГГГГ-ММ-ДД или ДД.ММ.ГГГГ"
VALUE = "число от 0, не больше трёх знаков после запятой"
RUBLES = "сумма в рублях от 0, не больше двух знаков после запятой"


def field(title: str, expected: str, found: str) -> str:
    return f"Поле «{title}». Ожидается: {expected}; найдено: {found}. {AGAIN}"


READING_CASES = [
    (
        "610000000001;1;all;2026-10-30;2026-10-30 10:00",
        "row_columns",
        "Ожидается полей в строке: 6; найдено: 5. Проверьте разделители «;» и пришлите строку снова.",
    ),
    (
        GOOD + ";",
        "row_columns",
        "Ожидается полей в строке: 6; найдено: 7. Проверьте разделители «;» и пришлите строку снова.",
    ),
    (
        GOOD.replace("12345", '12"345'),
        "row_quotes",
        (
            "Кавычки в строке расставлены неверно. Ожидается: поле в кавычках начинается и кончается кавычкой, кавычка"
            f" внутри него удвоена, между полями стоит «;». {AGAIN}"
        ),
    ),
    (
        GOOD.replace("610000000001", "61000000001"),
        "row_account",
        field("Лицевой счёт", "12 цифр", "«61000000001»"),
    ),
    (
        GOOD.replace("610000000001", "10000000e004"),
        "row_account",
        field("Лицевой счёт", "12 цифр", "«10000000e004»"),
    ),
    (
        GOOD.replace("12345", " "),
        "row_empty",
        field("Номер счётчика", "текст не длиннее 32 знаков", "пусто"),
    ),
    (
        GOOD.replace("12345", "9" * 33),
        "row_text",
        field("Номер счётчика", "текст не длиннее 32 знаков", f"«{'9' * 33}»"),
    ),
    (
        GOOD.replace("all", "утро"),
        "row_code",
        field(
            "Зона",
            "одно из: peak, пик, half_peak, полупик, day, день, night, ночь, all, сутки",
            "«утро»",
        ),
    ),
    (GOOD.replace("2026-10-30;", "2026-02-30;"), "row_date", field("Дата снятия", DATE, "«2026-02-30»")),
    (GOOD.replace("2026-10-30;", "0026-10-30;"), "row_date", field("Дата снятия", DATE, "«0026-10-30»")),
    (GOOD.replace("2026-10-30;", "infinity;"), "row_date", field("Дата снятия", DATE, "«infinity»")),
    (
        GOOD.replace("10:00", "10:60"),
        "row_date",
        field("Дата приёма", "дата и время вида ГГГГ-ММ-ДД ЧЧ:ММ или ДД.ММ.ГГГГ ЧЧ:ММ", "«2026-10-30 10:60»"),
    ),
    (
        GOOD.replace(" 10:00", " 10:00+05"),
        "row_date",
        field("Дата приёма", "дата и время вида ГГГГ-ММ-ДД ЧЧ:ММ или ДД.ММ.ГГГГ ЧЧ:ММ", "«2026-10-30 10:00+05»"),
    ),
    (reading("12a4"), "row_number", field("Показание", VALUE, "«12a4»")),
    (reading("1e5"), "row_number", field("Показание", VALUE, "«1e5»")),
    (reading("1.2345"), "row_number", field("Показание", VALUE, "«1.2345»")),
    (reading("1_000"), "row_number", field("Показание", VALUE, "«1_000»")),
    (reading("-5"), "row_negative", field("Показание", VALUE, "«-5»")),
]


@pytest.mark.parametrize(("line", "rule_id", "message"), READING_CASES, ids=[case[0][-40:] for case in READING_CASES])
def test_a_reading_that_cannot_be_read(inbox: Deliveries, line: str, rule_id: str, message: str) -> None:
    inbox.lines("cabinet/a.csv", READINGS, reading("1"), line, reading("2"))
    inbox.ingest()
    assert inbox.rejected() == [(3, rule_id, message, line)]
    assert inbox.query("select source_line from intake.reading_fact order by 1") == [(2,), (4,)]
    assert inbox.counts("a.csv") == ("accepted", 3, 2, 1, 0)


DECISIONS = "agent;operation_id;decision;account_number;named_period;decided_by;comment"
OTHER_CASES = [
    (
        "specialist/a.csv",
        f"{READINGS};decision;decided_value;decided_by;comment",
        "610000000001;7;all;2026-10-20;2026-10-20 10:00;544;correct;;П.;",
        "row_decision",
        (
            "Решение «correct», верное показание пусто. Ожидается показание при correct и только при нём. Исправьте"
            " строку и пришлите её снова."
        ),
    ),
    (
        "customers/a.csv",
        "house_id;valid_from;management;premises_m2;common_m2",
        "H1;2025-06-01;direct;0;10",
        "row_house_area",
        (
            "Площадь помещений дома «H1»: «0». Ожидается больше нуля: на неё делится расход дома. Исправьте строку и"
            " пришлите её снова."
        ),
    ),
    (
        "customers/a.csv",
        "account_number;reason;valid_from;valid_to",
        "610000000001;absent;2025-06-01;",
        "row_condition",
        (
            "Основание «absent» с «2025-06-01» без последнего дня. Ожидается день проверки счётчика или день"
            " возвращения. Допишите день и пришлите строку снова."
        ),
    ),
    (
        "customers/a.csv",
        DECISIONS,
        "sber;70001;move;;;Петрова А. С.;",
        "row_decision",
        (
            "Решение «move», лицевой счёт пусто, месяц пусто. Ожидается: счёт при assign и move, месяц при name_period,"
            " ни того ни другого при reverse. Исправьте строку и пришлите её снова."
        ),
    ),
    (
        "smart_meter/a.csv",
        SMART,
        "610000000001;1;2026-10-30;2026-10-30 10:00;1;;3",
        "row_zones",
        (
            "Есть показание Т3 («3»), но нет Т2. Ожидается одно показание (сутки), два (день, ночь) или три (пик, полупик,"
            " ночь). Дополните строку и пришлите её снова."
        ),
    ),
    (
        "customers/a.csv",
        METERS,
        "610000000001;7;two_zone;6;2;40;2020-01-01;;;1,5;;",
        "row_zones",
        (
            "Тарифность «two_zone», а начальные показания Т1 «1,5», Т2 пусто, Т3 пусто. Ожидается столько показаний,"
            " сколько зон: одно, два или три. Исправьте строку и пришлите её снова."
        ),
    ),
    (
        "customers/a.csv",
        METERS,
        "610000000001;7;one_rate;6;2;0;2020-01-01;;;1,5;;",
        "row_number",
        field("Коэффициент трансформации", "целое число от 1 до 100000", "«0»"),
    ),
    (
        "customers/a.csv",
        METERS,
        "610000000001;7;one_rate;6;2;1;2020-01-01;2019-12-31;;1,5;;",
        "row_order_of_dates",
        "Счётчик снят «2019-12-31», раньше дня установки «2020-01-01». Исправьте даты и пришлите строку снова.",
    ),
    (
        "customers/a.csv",
        ACCOUNTS,
        "610000000001;2014-01-01;2013-01-01;;Азов;Иванов;Мира;urban;gas;none",
        "row_order_of_dates",
        (
            "Лицевой счёт закрыт «2013-01-01», раньше дня, с которого действует запись, «2014-01-01». Исправьте даты и"
            " пришлите строку снова."
        ),
    ),
    (
        "customers/a.csv",
        ACCOUNTS,
        "610000000001;2014-01-01;;;Нигде;Иванов;Мира;urban;gas;none",
        "row_code",
        field("Район", "район или город из справочника районов (data/reference/district.csv)", "«Нигде»"),
    ),
    (
        "customers/a.csv",
        "account_number;valid_from;persons",
        "610000000001;2014-01-01;3.5",
        "row_number",
        field("Зарегистрировано", "целое число от 0 до 999", "«3.5»"),
    ),
    (
        "cash/a.csv",
        CASH,
        "k-1,2026-10-30,610000000001,2026-13,5,1",
        "row_date",
        field("Период", "месяц вида ГГГГ-ММ, ММ.ГГГГ, ММГГГГ или ММГГ", "«2026-13»"),
    ),
    ("cash/a.csv", CASH, "k-1,2026-10-30,610000000001,,1O,1", "row_number", field("Сумма", RUBLES, "«1O»")),
    ("cash/a.csv", CASH, "k-1,2026-10-30,610000000001,,-10,1", "row_negative", field("Сумма", RUBLES, "«-10»")),
    (
        "card/a.csv",
        CARD,
        "2026-10-30;c1;-5,00;;610000000001;lk;;PAYMENT;SBP;1;o",
        "row_refund",
        (
            "Сумма «-5,00» меньше нуля, а вид операции «PAYMENT». Ниже нуля бывает только возврат (REFUND). Уточните"
            " операцию у эквайера и пришлите строку снова."
        ),
    ),
    (
        "card/a.csv",
        CARD,
        "2026-10-30;c1;5,00;;610000000001;lk;c0;REFUND;SBP;1;o",
        "row_refund",
        (
            "У возврата (REFUND) сумма «5,00». Ожидается сумма меньше нуля. Уточните операцию у эквайера и пришлите строку"
            " снова."
        ),
    ),
    (
        "card/a.csv",
        CARD,
        "2026-10-30;c1;-5,00;;610000000001;lk;;REFUND;SBP;1;o",
        "row_refund",
        (
            "У возврата (REFUND) не назван исходный платёж: поле PARENT_TRANSACTION_ID пусто. Уточните операцию у эквайера"
            " и пришлите строку снова."
        ),
    ),
    (
        "card/a.csv",
        CARD,
        "2026-10-30;c1;5,00;;610000000001;lk;;ОПЛАТА;SBP;1;o",
        "row_code",
        field("Вид операции", "одно из: payment, refund", "«ОПЛАТА»"),
    ),
]


@pytest.mark.parametrize(
    ("name", "header", "line", "rule_id", "message"), OTHER_CASES, ids=[f"{case[0]} {case[3]}" for case in OTHER_CASES]
)
def test_a_line_that_cannot_be_read(
    inbox: Deliveries, name: str, header: str, line: str, rule_id: str, message: str
) -> None:
    inbox.lines(name, header, line)
    inbox.ingest()
    assert inbox.rejected() == [(2, rule_id, message, line)]
    assert inbox.counts("a.csv") == ("accepted", 1, 0, 1, 0)


COUNTER = "CounterVal:номер счётчика:зона:показание, не больше 15 раз"
BANK_CASES = [
    (
        bank_line("a", more=";CounterVal:7:all:5x"),
        "row_counter",
        field("Показания", COUNTER, "«CounterVal:7:all:5x»"),
    ),
    (
        bank_line("a", more=";CounterVal:7:all:5" * 16),
        "row_counter",
        field("Показания", COUNTER, f"«{';'.join(['CounterVal:7:all:5'] * 16)[:100]}»"),
    ),
    (
        bank_line("a").replace(";0,01", ";0,02"),
        "row_sum",
        (
            "Сумма платежа «100,00» не равна перечисленному «99,99» плюс комиссия «0,02». Уточните суммы у банка и пришлите"
            " исправленный реестр."
        ),
    ),
    (
        bank_line("a").replace("30-10-2026", "31-09-2026"),
        "row_date",
        field("Дата", "дата вида ДД-ММ-ГГГГ", "«31-09-2026»"),
    ),
    (
        bank_line("a").replace("10-11-12", "10-61-12"),
        "row_date",
        field("Время", "время вида ЧЧ-ММ-СС", "«10-61-12»"),
    ),
    (
        bank_line(""),
        "row_empty",
        field("Номер операции", "текст не длиннее 64 знаков", "пусто"),
    ),
]


@pytest.mark.parametrize(("line", "rule_id", "message"), BANK_CASES, ids=[case[1] for case in BANK_CASES])
def test_a_payment_that_cannot_be_read_still_counts_in_the_totals_of_its_registry(
    inbox: Deliveries, line: str, rule_id: str, message: str
) -> None:
    commission = 2 if rule_id == "row_sum" else 1
    footer = bank_footer(2, 20000).replace("0,02;77", f"0,{commission + 1:02d};77")
    inbox.lines("bank/sber_1_20261031.txt", bank_line("good"), line, footer)
    inbox.ingest()
    assert inbox.rejected() == [(2, rule_id, message, line)]
    assert inbox.counts("1_20261031.txt") == ("accepted", 2, 1, 1, 0)
    assert inbox.file("received_kopecks", "1_20261031.txt") == (20000,)
    assert inbox.query("select count(*) from intake.reading_fact") == [(0,)]


def test_a_bank_line_with_too_few_fields(inbox: Deliveries) -> None:
    inbox.lines("bank/sber_1_20261031.txt", "30-10-2026;10-11-12", "=1;0;0;0;1;31-10-2026")
    inbox.ingest()
    assert [row[1:3] for row in inbox.rejected()] == [
        (
            "row_columns",
            "Ожидается полей в строке: не меньше 12; найдено: 2. Проверьте разделители «;» и пришлите строку снова.",
        )
    ]


def test_a_long_bad_line_is_kept_up_to_a_thousand_characters(inbox: Deliveries) -> None:
    inbox.lines("cabinet/a.csv", READINGS, "ж" * 5000)
    inbox.ingest()
    assert [row[3] for row in inbox.rejected()] == ["ж" * 1000]


def test_every_rule_for_a_line_is_met_by_a_test_here_or_among_the_repetitions() -> None:
    tested = {case[1] for case in READING_CASES} | {case[3] for case in OTHER_CASES} | {case[1] for case in BANK_CASES}
    of_contracts = {"row_identifier", "row_category", "row_act"}
    of_plans = {"plan_hours", "plan_late"}
    assert tested | of_contracts | of_plans | {"operation_conflict"} == set(ROW_RULES)
