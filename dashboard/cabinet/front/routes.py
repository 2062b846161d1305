"""Every address of the front."""

from starlette.routing import Route

from dashboard.cabinet.front.appeal_pages import appeal_routes
from dashboard.cabinet.front.contract_pages import contract_routes
from dashboard.cabinet.front.handlers import routes
from dashboard.cabinet.front.mailbox import mailbox_routes
from dashboard.cabinet.front.pages import Front
from dashboard.cabinet.front.pay import pay_routes
from dashboard.cabinet.front.settings_pages import settings_routes


def front_routes(front: Front) -> list[Route]:
    """The open pages, and those of who is signed in."""
    return [
        *routes(front),
        *mailbox_routes(front),
        *settings_routes(front),
        *contract_routes(front),
        *pay_routes(front),
        *appeal_routes(front),
    ]
