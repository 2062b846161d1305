"""Statements for customers: a page to pay by, and the month as a table."""

from pipelines.statements.make import StatementReport, make_statements, statement_pdf
from pipelines.statements.month import StatementError
from pipelines.statements.payee import payment_code, payment_text, read_payee

__all__ = [
    "StatementError",
    "StatementReport",
    "make_statements",
    "payment_code",
    "payment_text",
    "read_payee",
    "statement_pdf",
]
