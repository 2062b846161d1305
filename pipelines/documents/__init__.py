"""Documents for businesses: numbered without gaps, kept as issued, the same bytes whenever written."""

from pipelines.documents.make import DocumentError, DocumentReport, issue_documents, issued_file

__all__ = ["DocumentError", "DocumentReport", "issue_documents", "issued_file"]
