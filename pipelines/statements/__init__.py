"""Documents for customers: a page to pay by, the month as a table, and what one account asks for."""

from pipelines.statements.archive import account_archive
from pipelines.statements.certificate import certificate_pdf
from pipelines.statements.extract import account_extract
from pipelines.statements.make import (
    StatementPage,
    StatementReport,
    billed_accounts,
    make_statements,
    statement_pages,
    statement_pdf,
    statement_picture,
)
from pipelines.statements.month import StatementError
from pipelines.statements.payee import contract_payment_text, payment_code, payment_text, read_payee
from pipelines.statements.reconciliation import reconciliation

__all__ = [
    "StatementError",
    "StatementPage",
    "StatementReport",
    "account_archive",
    "account_extract",
    "billed_accounts",
    "certificate_pdf",
    "contract_payment_text",
    "make_statements",
    "payment_code",
    "payment_text",
    "read_payee",
    "reconciliation",
    "statement_pages",
    "statement_pdf",
    "statement_picture",
]
