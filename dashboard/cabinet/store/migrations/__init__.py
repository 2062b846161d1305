"""Alembic: how the schema of the application store came about."""
