"""Every reason for which a file or a line is not taken: its id and its short name in Russian."""

from collections.abc import Mapping
from types import MappingProxyType

FILE_RULES: Mapping[str, str] = MappingProxyType(
    {
        "file_channel": "папка не принадлежит ни одному каналу",
        "file_name": "имя файла не по договору",
        "file_empty": "пустой файл",
        "file_binary": "не текстовый файл",
        "file_encoding": "неизвестная кодировка",
        "file_unfinished": "файл передан не полностью",
        "file_header": "неизвестный заголовок",
        "file_changed": "файл менялся во время чтения",
        "file_vanished": "файл исчез до чтения",
        "line_too_long": "слишком длинная строка",
        "control_totals": "контрольные суммы не сходятся",
        "statement_line": "строка банковской выписки не по формату",
    }
)
"""Rules that refuse a whole file."""

DELIVERY_RULES = frozenset({"file_channel", "file_name", "file_changed", "file_vanished", "message_name"})
"""Those of them that lie in the delivery and not in the bytes: the same bytes, delivered rightly, are a new file."""

ROW_RULES: Mapping[str, str] = MappingProxyType(
    {
        "row_columns": "не то число полей",
        "row_quotes": "кавычки расставлены неверно",
        "row_empty": "пустое обязательное поле",
        "row_account": "неверный лицевой счёт",
        "row_number": "неверное число",
        "row_negative": "число меньше нуля",
        "row_date": "неверная дата",
        "row_code": "неизвестный код",
        "row_text": "неверный текст",
        "row_counter": "неверное показание в платеже",
        "row_sum": "суммы платежа не сходятся",
        "row_refund": "неверный возврат",
        "row_zones": "показания не по зонам",
        "row_order_of_dates": "даты в неверном порядке",
        "row_house_area": "дом без площади помещений",
        "row_condition": "основание без дня, который ему нужен",
        "row_decision": "решение не сходится с полями",
        "row_identifier": "неверный ИНН или КПП",
        "row_category": "ценовая категория, которой точке не положено",
        "row_act": "акт без объёма или с двумя",
        "plan_hours": "в плане не столько часов, сколько в сутках",
        "plan_late": "план подан после срока",
        "operation_conflict": "номер операции занят другим платежом",
    }
)
"""Rules that reject one line."""

MESSAGE_RULES: Mapping[str, str] = MappingProxyType(
    {
        "message_xml": "сообщение — не целый XML",
        "message_dtd": "DOCTYPE или сущности в сообщении",
        "message_header": "неверный заголовок сообщения",
        "message_name": "имя файла не сходится с сообщением",
        "archive_content": "в архиве не только сообщения, или он не распаковывается",
        "archive_limit": "слишком большой архив",
        "energy_period": "период не на своём месте",
        "energy_channel": "канал без точки, кода или в чужом часовом поясе",
        "energy_twice": "разные значения одной точки в одном сообщении",
        "message_conflict": "другие значения под тем же номером сообщения",
    }
)
"""Further rules of messages of metering systems: the first refuse a message, those from `energy_period` on a row."""

PRICE_RULES: Mapping[str, str] = MappingProxyType(
    {
        "price_file": "не файл цен одного месяца и одной версии",
        "price_hours": "цены не за каждый час месяца",
        "price_month": "не все показатели месяца",
        "price_value": "цена или дата не читается",
    }
)
"""Further rules of files of prices; each refuses the whole file."""
