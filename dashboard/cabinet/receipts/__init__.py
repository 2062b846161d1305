"""The electronic receipt (электронная квитанция): who wants it, and its delivery, each once."""

from dashboard.cabinet.receipts.delivery import Delivered, DeliveryStoppedError, deliver
from dashboard.cabinet.receipts.subscriptions import Subscribed, subscribe, subscriptions, unsubscribe

__all__ = [
    "Delivered",
    "DeliveryStoppedError",
    "Subscribed",
    "deliver",
    "subscribe",
    "subscriptions",
    "unsubscribe",
]
