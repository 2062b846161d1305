"""Statements for customers: a page to pay by, and the month as a table."""

from pipelines.statements.make import StatementReport, make_statements
from pipelines.statements.month import StatementError

__all__ = ["StatementError", "StatementReport", "make_statements"]
