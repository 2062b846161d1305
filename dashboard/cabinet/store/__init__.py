"""The application store: what people do in the cabinet, in any database SQLAlchemy speaks to."""

from dashboard.cabinet.store.database import open_store, upgrade

__all__ = ["open_store", "upgrade"]
