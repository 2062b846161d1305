"""Decisions of specialists (решения специалистов) about documents of bank statements."""

from pipelines.channels.customers import records
from pipelines.channels.kinds import DATE, MONEY, PERIOD, text, vocabulary_code
from pipelines.channels.layout import Claim, Field

RECEIPT_DECISIONS = records(
    "receipt_decisions",
    "intake.receipt_decision_fact",
    (
        Field("drawn_on", "drawn_on", "Дата документа", DATE),
        Field("document_number", "document_number", "Номер документа", text(64)),
        Field("amount_kopecks", "amount", "Сумма", MONEY),
        Field("payer_account", "payer_account", "Счёт плательщика", text(32), may_be_empty=True),
        Field("decision", "decision", "Решение", vocabulary_code("receipt_decision")),
        Field("contract_number", "contract_number", "Номер договора", text(32), may_be_empty=True),
        Field("named_period", "named_period", "Месяц оплаты", PERIOD, may_be_empty=True),
        Field("decided_by", "decided_by", "Кто решил", text(200)),
        Field("comment", "comment", "Основание", text(400), may_be_empty=True),
    ),
    nullable=("payer_account", "contract_number", "named_period", "comment"),
    claims=(
        Claim(
            "row_decision",
            "(decision = 'assign') = (contract_number is not null)",
            "Решение {decision}, договор {contract_number}. Ожидается номер договора при assign и только при нём."
            " Исправьте строку и пришлите её снова.",
        ),
    ),
)
