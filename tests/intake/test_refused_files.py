"""Files that nobody can read: refused whole, with the rule, the line and a sentence; the others go on."""

import io
import tracemalloc
import zipfile

import pytest

from pipelines.channels.rules import FILE_RULES
from pipelines.intake.content import LINE_LIMIT
from tests.intake.deliveries import DAY, READINGS, Deliveries, bank_footer, bank_line, reading

AGAIN = "Сохраните данные как CSV в кодировке UTF-8 или Windows-1251 и передайте файл снова."
UNFINISHED = (
    "Последняя строка не закончена, после неё нет перевода строки: файл передан не полностью. Передайте его заново; пока"
    " файл копируется, его имя должно кончаться на .part."
)
WHOLE = f"{READINGS}\n{reading('1')}\n{reading('2')}\n"
POST = "Номер перевода;Дата;Лицевой счёт;Период;Сумма;Отделение"
POST_FOOTER = "строка вида ИТОГО;число переводов;сумма"
BANK_FOOTER = "строка вида =число платежей;сумма;перечислено;комиссия;номер поручения;дата"


def zipped(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", text)
    return buffer.getvalue()


CASES = [
    ("cabinet/a.csv", b"", "file_empty", 1, 0, "Файл пуст: 0 байт. Ожидается хотя бы заголовок или итоговая строка."),
    ("cabinet/a.csv", WHOLE.encode("utf-16"), "file_binary", 1, 0, "найдено: текст в кодировке UTF-16. " + AGAIN),
    (
        "cabinet/a.csv",
        WHOLE.encode("utf-16-le"),
        "file_binary",
        1,
        3,
        "найдено: нулевой байт в строке 1, так бывает в двоичном файле и в UTF-16. " + AGAIN,
    ),
    (
        "cabinet/a.csv",
        WHOLE.encode().replace(b";2\n", b";\0\n"),
        "file_binary",
        3,
        2,
        "найдено: нулевой байт в строке 3, так бывает в двоичном файле и в UTF-16. " + AGAIN,
    ),
    ("cabinet/a.csv", zipped(WHOLE), "file_binary", 1, 0, "найдено: архив ZIP или книга Excel. " + AGAIN),
    (
        "cabinet/a.csv",
        WHOLE.encode().replace(b"all", "день".encode() + b"\xff\x98"),
        "file_encoding",
        1,
        2,
        "Текст не читается ни как UTF-8, ни как Windows-1251. " + AGAIN,
    ),
    ("cabinet/a.csv", WHOLE.encode()[:-3], "file_unfinished", 3, 2, UNFINISHED),
    ("cabinet/a.csv", READINGS.encode(), "file_unfinished", 1, 0, UNFINISHED),
    (
        "cabinet/a.csv",
        WHOLE.replace("read_on", "день").replace("zone", "meter_serial").encode(),
        "file_header",
        1,
        2,
        (
            "Заголовок не подходит ни к одному формату канала. Нет колонок: zone, read_on. Неизвестные колонки: день."
            " Повторяются колонки: meter_serial. Ближайший формат: account_number;meter_serial;zone;read_on;received_at;value."
            " Исправьте заголовок и передайте файл снова."
        ),
    ),
    (
        "customers/a.csv",
        b"account_number,persons\n",
        "file_header",
        1,
        0,
        "Нет колонок: valid_from. Ближайший формат: account_number,valid_from,persons.",
    ),
    (
        "kabinet/a.csv",
        WHOLE.encode(),
        "file_channel",
        1,
        3,
        (
            "Папка «2026-10-31/kabinet» не принадлежит ни одному каналу. Ожидается: ГГГГ-ММ-ДД/канал/файл или канал/файл,"
            " каналы: customers, cabinet, mobile, site, office, phone, controller, smart_meter, bank, card, post, cash, specialist, contracts,"
            " askue, plans, market, bank_statement. Переложите файл в папку его канала."
        ),
    ),
    ("a.csv", WHOLE.encode(), "file_channel", 1, 3, "Папка «2026-10-31» не принадлежит ни одному каналу."),
    ("cabinet/sub/a.csv", WHOLE.encode(), "file_channel", 1, 3, "Папка «2026-10-31/cabinet/sub» не принадлежит"),
    (
        "bank/a.csv",
        f"{bank_line('a')}\n{bank_footer(1, 10000)}\n".encode(),
        "file_name",
        1,
        2,
        "Имя файла «a.csv». Ожидается: банк_номер реестра_ГГГГММДД.txt; имена card, cash, post заняты другими каналами.",
    ),
    (
        "bank/Card_1_20261031.txt",
        f"{bank_footer(0, 0)}\n".encode(),
        "file_name",
        1,
        1,
        "Имя файла «Card_1_20261031.txt».",
    ),
    (
        "bank/sber_1_20261031.txt",
        f"{bank_line('a')}\n{bank_line('b')}\n".encode(),
        "file_unfinished",
        2,
        2,
        f"Нет итоговой строки: реестр передан не полностью. Ожидается: {BANK_FOOTER}; найдено: «30-10-2026;10-11-12;",
    ),
    (
        "bank/sber_1_20261031.txt",
        f"{bank_line('a')}\n{bank_footer(1, 10000)[:-20]}\n".encode(),
        "file_unfinished",
        2,
        2,
        "Нет итоговой строки: реестр передан не полностью.",
    ),
    (
        "bank/sber_1_20261031.txt",
        f"{bank_line('a', 123456)}\n{bank_footer(2, 133456)}\n".encode(),
        "control_totals",
        2,
        1,
        (
            "Итоговая строка не сходится со строками файла. Число строк: в итоге 2, в файле 1. Сумма платежей: в итоге"
            " 1 334,56 ₽, в файле 1 234,56 ₽. Перечислено: в итоге 1 334,54 ₽, в файле 1 234,55 ₽. Комиссия: в итоге 0,02 ₽,"
            " в файле 0,01 ₽. Передайте исправленный реестр."
        ),
    ),
    (
        "bank/sber_1_20261031.txt",
        f"{bank_line('a')}\n{bank_line('b').replace('100,00', '1OO,00')}\n{bank_footer(2, 20000)}\n".encode(),
        "control_totals",
        3,
        2,
        "Сумма платежей: в итоге 200,00 ₽, в файле 100,00 ₽. Сумма не читается в строках: 2.",
    ),
    (
        "post/a.csv",
        f"{POST}\n1;30.10.2026;610000000001;;10,00;1\nИТОГО;1;10,01\n".encode("cp1251"),
        "control_totals",
        3,
        1,
        "Сумма переводов: в итоге 10,01 ₽, в файле 10,00 ₽.",
    ),
    (
        "post/a.csv",
        f"{POST}\n1;30.10.2026;610000000001;;10,00;1\n".encode("cp1251"),
        "file_unfinished",
        2,
        1,
        f"Нет итоговой строки: реестр передан не полностью. Ожидается: {POST_FOOTER}; найдено:",
    ),
    ("post/a.csv", f"{POST}\n".encode(), "file_unfinished", 1, 0, "Нет итоговой строки: реестр передан не полностью."),
]


@pytest.mark.parametrize(
    ("name", "content", "rule_id", "line", "rows", "message"), CASES, ids=[f"{case[2]} {case[0]}" for case in CASES]
)
def test_a_broken_file_is_refused_whole(
    inbox: Deliveries, name: str, content: bytes, rule_id: str, line: int, rows: int, message: str
) -> None:
    inbox.put(f"{DAY}/{name}", content)
    inbox.lines("mobile/good.csv", READINGS, reading())
    report = inbox.ingest()
    [(source_line, found_rule, found_message, _)] = inbox.rejected()
    assert (source_line, found_rule) == (line, rule_id)
    assert message in found_message.replace("\u00a0", " ")
    assert inbox.counts(name) == ("refused", rows, 0, rows, 0)
    assert (inbox.settings.refused / DAY / name).read_bytes() == content
    assert report.refused == 1
    assert inbox.counts("good.csv") == ("accepted", 1, 1, 0, 0)
    assert inbox.query(
        "select count(*) from intake.reading_fact union all select count(*) from intake.payment_fact"
    ) == [
        (1,),
        (0,),
    ]


def test_a_line_without_an_end_is_refused_in_bounded_memory(inbox: Deliveries) -> None:
    path = inbox.put(f"{DAY}/cabinet/a.csv", f"{READINGS}\n{reading()}\n")
    with path.open("ab") as file:
        for _ in range(30):
            file.write(b"9" * (1 << 20))
        file.write(b"\n")
    tracemalloc.start()
    inbox.ingest()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
    [(line, rule_id, message, raw_text)] = inbox.rejected()
    assert (line, rule_id, raw_text) == (3, "line_too_long", "9" * 1000)
    assert message == (
        "Строка 3 длиннее 1 МиБ. Ожидаются строки короче: проверьте, что в файле есть переводы строк, и передайте его"
        " снова."
    )


def test_the_longest_line_allowed_is_read(inbox: Deliveries) -> None:
    inbox.put(f"{DAY}/cabinet/a.csv", f"{READINGS}\n{'9' * LINE_LIMIT}\n{'9' * (LINE_LIMIT - 1)}\n")
    inbox.ingest()
    assert [row[1] for row in inbox.rejected()] == ["row_columns", "row_columns"]
    inbox.put(f"{DAY}/cabinet/b.csv", f"{READINGS}\n{'9' * (LINE_LIMIT + 1)}\n")
    inbox.ingest()
    assert inbox.rejected()[-1][:2] == (2, "line_too_long")


def test_a_file_from_the_wrong_folder_is_taken_from_the_right_one(inbox: Deliveries) -> None:
    for folder in ("kabinet", "cabinet", "cabinet"):
        inbox.lines(f"{folder}/a.csv", READINGS, reading())
        inbox.ingest()
    assert inbox.query("select name, status from intake.source_file order by source_file_id") == [
        (f"{DAY}/kabinet/a.csv", "refused"),
        (f"{DAY}/cabinet/a.csv", "accepted"),
    ]


def test_bytes_that_nobody_can_read_are_refused_once(inbox: Deliveries) -> None:
    for name in ("a.csv", "b.csv"):
        inbox.put(f"{DAY}/cabinet/{name}", b"")
        inbox.ingest()
    assert inbox.query("select name from intake.source_file") == [(f"{DAY}/cabinet/a.csv",)]


def test_every_rule_for_a_file_is_met_by_a_test() -> None:
    elsewhere = {"line_too_long", "file_changed", "file_vanished", "statement_line"}
    assert {case[2] for case in CASES} | elsewhere == set(FILE_RULES)
