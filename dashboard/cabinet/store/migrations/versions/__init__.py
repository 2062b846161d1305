"""Alembic revisions of the application store."""
