"""What one cabinet is told by its environment: where it is reached, where its store is, how it sends mail."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.settings import Settings

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
SHORTEST_KEY = 32
"""Characters of the key shared with the provider of payments."""


@dataclass(frozen=True)
class CabinetSettings:
    """One installation of the cabinet.

    Attributes:
        url: where customers reach it, without a slash at the end; links in letters begin with it.
        store: SQLAlchemy URL of the application store.
        smtp_host: the mail server letters are handed to.
        smtp_port: its port.
        sender: the address letters come from.
        payment_url: the provider of card payments; empty: there is none.
        payment_key: the key that orders to it and notices from it are signed with.
        mobile_hosts: further host names under which the mobile application's API is reached, and nothing else.
    """

    url: str
    store: str
    smtp_host: str = "localhost"
    smtp_port: int = 25
    sender: str = "cabinet@localhost"
    payment_url: str = ""
    payment_key: str = ""
    mobile_hosts: tuple[str, ...] = ()

    @property
    def is_secure(self) -> bool:
        """Whether customers reach the cabinet over TLS. Without it cookies are neither Secure nor `__Host-`."""
        return self.url.startswith("https://")

    @property
    def host(self) -> str:
        """Host and port as browsers name them in `Host` and `Origin`."""
        return urlsplit(self.url).netloc

    @classmethod
    def from_environment(cls) -> "CabinetSettings":
        """Read `ENERGOSBYT_CABINET_URL`, `_STORE`, `_SMTP_HOST`, `_SMTP_PORT`, `_SENDER`, `_PAYMENT_URL`, `_KEY`.

        `_MOBILE_HOSTS` is a list with spaces.

        Raises:
            ValueError: an address is neither https nor this very machine, or the key of payments is too short.
        """
        url = os.environ.get("ENERGOSBYT_CABINET_URL", "http://localhost:8502").rstrip("/")
        payment_url = os.environ.get("ENERGOSBYT_PAYMENT_URL", "").rstrip("/")
        payment_key = os.environ.get("ENERGOSBYT_PAYMENT_KEY", "")
        for name, one in (("CABINET", url), ("PAYMENT", payment_url)):
            if one and not _is_private(one):
                raise ValueError(f"ENERGOSBYT_{name}_URL is {one}: outside this machine it needs https")
        if payment_url and len(payment_key) < SHORTEST_KEY:
            raise ValueError(f"ENERGOSBYT_PAYMENT_KEY needs at least {SHORTEST_KEY} characters")
        return cls(
            url,
            store_url(Settings.from_environment()),
            os.environ.get("ENERGOSBYT_SMTP_HOST", cls.smtp_host),
            int(os.environ.get("ENERGOSBYT_SMTP_PORT", cls.smtp_port)),
            os.environ.get("ENERGOSBYT_SENDER", cls.sender),
            payment_url,
            payment_key,
            tuple(os.environ.get("ENERGOSBYT_MOBILE_HOSTS", "").split()),
        )


def _is_private(url: str) -> bool:
    """Whether nobody can listen on the way there: TLS, or this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.netloc.split(":")[0] in LOCAL_HOSTS)


def store_url(settings: Settings) -> str:
    """What `ENERGOSBYT_STORE` says, else SQLite beside everything else that is made at run time."""
    return os.environ.get("ENERGOSBYT_STORE") or f"sqlite:///{settings.home / 'store' / 'store.sqlite'}"
