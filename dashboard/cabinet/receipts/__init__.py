"""The electronic receipt (электронная квитанция): who wants it, and its delivery, each once."""

from dashboard.cabinet.receipts.delivery import Delivered, DeliveryStoppedError, deliver
from dashboard.cabinet.receipts.subscriptions import Subscribed, confirm, subscribe, subscriptions, unsubscribe

__all__ = [
    "Delivered",
    "DeliveryStoppedError",
    "Subscribed",
    "confirm",
    "deliver",
    "subscribe",
    "subscriptions",
    "unsubscribe",
]
