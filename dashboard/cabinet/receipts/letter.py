"""The letter a receipt comes in: what to pay and by when in words, the page attached."""

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from dashboard.cabinet.settings import CabinetSettings
from pipelines.russian import day, month, rubles
from pipelines.statements import StatementPage

TEXT = """Здравствуйте!

Счёт за электроэнергию за {month}, лицевой счёт {account}.

{pay}

Квитанция с кодом для оплаты — во вложении. Начисления, платежи и показания — в личном кабинете:
{url}

Показания передавайте каждый месяц с 23-го по 25-е число.

Больше не нужна электронная квитанция? Выключите её в личном кабинете.
"""


def compose(
    letter_id: int, email: str, page: StatementPage, period: dt.date, settings: CabinetSettings, now: dt.datetime
) -> EmailMessage:
    """The letter of one receipt; its Message-ID is the same whenever it is made."""
    pay = (
        f"К оплате до {day(page.due_on)}: {rubles(page.to_pay_kopecks)}."
        if page.to_pay_kopecks
        else "Платить не нужно: долга нет."
    )
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"] = settings.sender, email
    letter["Subject"] = f"Счёт за электроэнергию: {month(period)}"
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = f"<receipt-{period:%Y-%m}-{letter_id}@{settings.sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["List-Unsubscribe"] = f"<{settings.url}/>"
    letter.set_content(TEXT.format(month=month(period), account=page.account_number, pay=pay, url=settings.url))
    letter.add_attachment(
        page.pdf, maintype="application", subtype="pdf", filename=f"{page.account_number}-{period:%Y-%m}.pdf"
    )
    return letter
