"""Payments (оплаты): bank registries, acquiring of cabinet and app, post, cash office."""

from collections.abc import Mapping

from pipelines.channels.kinds import (
    DASHED_DATE,
    DASHED_TIME,
    DAY,
    MONEY,
    PERIOD,
    REGISTER_PATTERN,
    SIGNED_MONEY,
    ZONE,
    ZONE_WORDS,
    account_sql,
    code,
    moscow_sql,
    register_sql,
    text,
)
from pipelines.channels.layout import AGENT, CHANNEL, PAYMENTS, Claim, FactRows, Field, Footer, Identity, Layout, Tail
from pipelines.channels.readings import fact_id, reading_columns

_OPERATION = text(64)
# What stands for the account is kept as written: money with a wrong account waits in suspense, it is never dropped.
_AS_WRITTEN = text(100, shortest=0)

_ACCOUNT_OF_TEXT: Mapping[str, str] = {"account_number": account_sql("account_as_written")}

_PAYMENT = FactRows(
    PAYMENTS,
    {
        "payment_id": fact_id("0"),
        "account_number": "account_number",
        "account_as_written": "account_as_written",
        "paid_on": "paid_on",
        "amount_kopecks": "amount_kopecks",
        "channel": CHANNEL,
        "agent": AGENT,
        "operation_id": "operation_id",
        "named_period": "named_period",
    },
)

# Looked up among all payments of the agent, of any date: the number alone says that it is the same operation.
_IDENTITY = Identity(
    columns=("operation_id",),
    content=("account_as_written", "paid_on", "amount_kopecks"),
    known=f"""
        select operation_id, account_as_written, paid_on, amount_kopecks, source_file_id, source_line
        from {PAYMENTS}
        where channel = {CHANNEL} and agent = {AGENT}
    """,
)

BANK_REGISTRY = Layout(
    kind="bank_registry",
    has_header=False,
    is_quoted=False,
    name_pattern=r"(?P<agent>[^_]{1,40})_(?P<registry>[^_]{1,40})_[0-9]{8}\.txt",
    name_expected="банк_номер реестра_ГГГГММДД.txt",
    fields=(
        Field("paid_on", "date", "Дата", DASHED_DATE),
        Field("paid_at_time", "time", "Время", DASHED_TIME),
        Field("branch", "branch", "Отделение", None),
        Field("terminal", "terminal", "Терминал", None),
        Field("operation_id", "operation_id", "Номер операции", _OPERATION),
        Field("account_as_written", "account", "Лицевой счёт", _AS_WRITTEN),
        Field("payer", "payer", "Плательщик", None),
        Field("address", "address", "Адрес", None),
        Field("named_period", "period", "Период", PERIOD, may_be_empty=True),
        Field("amount_kopecks", "amount", "Сумма", MONEY),
        Field("transferred_kopecks", "transferred", "Перечислено", MONEY),
        Field("commission_kopecks", "commission", "Комиссия", MONEY),
    ),
    tail=Tail(
        column="counters",
        pattern=f"CounterVal:[^:;]{{1,32}}:(?i:{'|'.join(ZONE_WORDS)}):{REGISTER_PATTERN}",
        most=15,
        title="Показания",
        expected="CounterVal:номер счётчика:зона:показание, не больше 15 раз",
        rule_id="row_counter",
    ),
    derived={**_ACCOUNT_OF_TEXT, "received_at": moscow_sql("(paid_on + paid_at_time)")},
    claims=(
        Claim(
            "row_sum",
            "amount_kopecks = transferred_kopecks + commission_kopecks",
            "Сумма платежа {amount_kopecks} не равна перечисленному {transferred_kopecks} плюс комиссия"
            " {commission_kopecks}. Уточните суммы у банка и пришлите исправленный реестр.",
        ),
    ),
    footer=Footer(
        mark="=",
        expected="строка вида =число платежей;сумма;перечислено;комиссия;номер поручения;дата",
        columns=("amount_kopecks", "transferred_kopecks", "commission_kopecks"),
        titles=("сумма платежей", "перечислено", "комиссия"),
    ),
    facts=(
        _PAYMENT,
        FactRows(
            "intake.reading_fact",
            {
                **reading_columns("place", ZONE.sql("parts[3]"), register_sql("parts[4]")),
                "meter_serial": "parts[2]",
                "read_on": "paid_on",
            },
            # A payment in suspense has no account that its readings could belong to.
            source="""
                (
                    select
                        accepted.*,
                        string_split(unnest(string_split(counters, ';')), ':') as parts,
                        generate_subscripts(string_split(counters, ';'), 1) as place
                    from accepted
                    where counters is not null and account_number is not null
                )
            """,
        ),
    ),
    identity=_IDENTITY,
)

_CARD_TYPES = code({"payment": "payment", "refund": "refund"}, "varchar")

CARD_REPORT = Layout(
    kind="card_report",
    agent="card",
    fields=(
        Field("paid_on", "TRANS_DATE", "Дата операции", DAY),
        Field("operation_id", "TRANSACTION_ID", "Номер операции", _OPERATION),
        Field("amount_kopecks", "SUM", "Сумма", SIGNED_MONEY),
        Field("commission_kopecks", "COMMISSION", "Комиссия", SIGNED_MONEY, may_be_empty=True),
        Field("account_as_written", "USER_INFO", "Лицевой счёт", _AS_WRITTEN),
        Field("site", "MERCHANT_SITE_NAME", "Сайт", None),
        Field("parent_id", "PARENT_TRANSACTION_ID", "Исходная операция", _OPERATION, may_be_empty=True),
        Field("transaction_type", "TRANSACTION_TYPE", "Вид операции", _CARD_TYPES),
        Field("method", "PAYMENT_METHOD_TYPE", "Способ оплаты", None),
        Field("rrn", "RRN", "RRN", None),
        Field("order_uid", "ORDER_UID", "Заказ", None),
        Field("named_period", "PAYM_PERIOD", "Период", PERIOD, may_be_empty=True, may_be_absent=True),
        Field("itv_commission", "ITV_COMMISSION", "Комиссия ITV", None, may_be_absent=True),
        Field("merchant", "MERCH", "Торговая точка", None, may_be_absent=True),
        Field("merchant_site", "MERCH_SITE", "Код сайта", None, may_be_absent=True),
        Field("auth_code", "AUTH_CODE", "Код авторизации", None, may_be_absent=True),
        Field("qrc_id", "QRC_ID", "Код QR", None, may_be_absent=True),
    ),
    derived=_ACCOUNT_OF_TEXT,
    claims=(
        Claim(
            "row_refund",
            "transaction_type = 'refund' or amount_kopecks >= 0",
            "Сумма {amount_kopecks} меньше нуля, а вид операции {transaction_type}. Ниже нуля бывает только возврат"
            " (REFUND). Уточните операцию у эквайера и пришлите строку снова.",
        ),
        Claim(
            "row_refund",
            "transaction_type = 'payment' or amount_kopecks < 0",
            "У возврата (REFUND) сумма {amount_kopecks}. Ожидается сумма меньше нуля. Уточните операцию у эквайера и"
            " пришлите строку снова.",
        ),
        Claim(
            "row_refund",
            "transaction_type = 'payment' or parent_id is not null",
            "У возврата (REFUND) не назван исходный платёж: поле PARENT_TRANSACTION_ID пусто. Уточните операцию у"
            " эквайера и пришлите строку снова.",
        ),
    ),
    facts=(_PAYMENT,),
    identity=_IDENTITY,
)

POST_REGISTRY = Layout(
    kind="post_registry",
    agent="post",
    fields=(
        Field("operation_id", "transfer_number", "Номер перевода", _OPERATION),
        Field("paid_on", "paid_on", "Дата", DAY),
        Field("account_as_written", "account_number", "Лицевой счёт", _AS_WRITTEN),
        Field("named_period", "period", "Период", PERIOD, may_be_empty=True),
        Field("amount_kopecks", "amount", "Сумма", MONEY),
        Field("office", "office", "Отделение", None),
    ),
    derived=_ACCOUNT_OF_TEXT,
    footer=Footer(
        mark="ИТОГО",
        expected="строка вида ИТОГО;число переводов;сумма",
        columns=("amount_kopecks",),
        titles=("сумма переводов",),
    ),
    facts=(_PAYMENT,),
    identity=_IDENTITY,
)

CASH_BOOK = Layout(
    kind="cash_book",
    agent="cash",
    fields=(
        Field("operation_id", "receipt_number", "Номер чека", _OPERATION),
        Field("paid_on", "paid_at", "Дата оплаты", DAY),
        Field("account_as_written", "account_number", "Лицевой счёт", _AS_WRITTEN),
        Field("named_period", "period", "Период", PERIOD, may_be_empty=True),
        Field("amount_kopecks", "amount", "Сумма", MONEY),
        Field("desk", "desk", "Касса", None),
    ),
    derived=_ACCOUNT_OF_TEXT,
    facts=(_PAYMENT,),
    identity=_IDENTITY,
)
