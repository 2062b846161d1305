"""The whole cabinet as one ASGI application: the guard, the front's pages, Streamlit behind them (`make cabinet`)."""

from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from dashboard.cabinet.card.provider import HttpProvider
from dashboard.cabinet.front.guard import Guard
from dashboard.cabinet.front.pages import Front
from dashboard.cabinet.front.routes import front_routes
from dashboard.cabinet.mobile.routes import mobile_api
from dashboard.cabinet.own import has_paid, has_paid_lately, published_snapshot
from dashboard.cabinet.own_contracts import has_contract_paid
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.store import open_store

HERE = Path(__file__).parent


def application(settings: CabinetSettings) -> st.App:
    """The application of one installation."""
    provider = HttpProvider(settings.payment_url, settings.payment_key) if settings.payment_url else None
    front = Front(
        settings,
        open_store(settings.store),
        has_paid,
        paid_lately=has_paid_lately,
        contract_paid=has_contract_paid,
        snapshot=published_snapshot,
        provider=provider,
    )
    return st.App(
        HERE / "app.py",
        routes=[*front_routes(front), mobile_api(front), Mount("/look", StaticFiles(directory=HERE / "static"))],
        middleware=[Middleware(Guard, settings=settings, store=front.store)],
    )


def main() -> None:
    """Serve the cabinet where its address says; behind TLS a proxy on this machine passes requests on."""
    settings = CabinetSettings.from_environment()
    port = int(settings.host.rpartition(":")[2]) if ":" in settings.host and not settings.is_secure else 8502
    uvicorn.run(application(settings), host="127.0.0.1", port=port, server_header=False, access_log=False)


if __name__ == "__main__":
    main()
