"""What one cabinet is told by its environment: where it is reached, where its store is, how it sends mail."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.settings import Settings

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class CabinetSettings:
    """One installation of the cabinet.

    Attributes:
        url: where customers reach it, without a slash at the end; links in letters begin with it.
        store: SQLAlchemy URL of the application store.
        smtp_host: the mail server letters are handed to.
        smtp_port: its port.
        sender: the address letters come from.
        mobile_hosts: further host names under which the mobile application's API is reached, and nothing else.
    """

    url: str
    store: str
    smtp_host: str = "localhost"
    smtp_port: int = 25
    sender: str = "cabinet@localhost"
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
        """Read `ENERGOSBYT_CABINET_URL`, `_STORE`, `_SMTP_HOST`, `_SMTP_PORT`, `_SENDER` and `_MOBILE_HOSTS`.

        Raises:
            ValueError: the address is neither https nor this very machine.
        """
        url = os.environ.get("ENERGOSBYT_CABINET_URL", "http://localhost:8502").rstrip("/")
        parts = urlsplit(url)
        if parts.scheme != "https" and (parts.scheme != "http" or parts.netloc.split(":")[0] not in LOCAL_HOSTS):
            raise ValueError(f"ENERGOSBYT_CABINET_URL is {url}: outside this machine the cabinet needs https")
        return cls(
            url,
            store_url(Settings.from_environment()),
            os.environ.get("ENERGOSBYT_SMTP_HOST", cls.smtp_host),
            int(os.environ.get("ENERGOSBYT_SMTP_PORT", cls.smtp_port)),
            os.environ.get("ENERGOSBYT_SENDER", cls.sender),
            tuple(os.environ.get("ENERGOSBYT_MOBILE_HOSTS", "").split()),
        )


def store_url(settings: Settings) -> str:
    """What `ENERGOSBYT_STORE` says, else SQLite beside everything else that is made at run time."""
    return os.environ.get("ENERGOSBYT_STORE") or f"sqlite:///{settings.home / 'store' / 'store.sqlite'}"
