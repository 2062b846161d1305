"""What appeals are called, in the customers' cabinet and in the analysts' dashboard."""

from collections.abc import Mapping
from types import MappingProxyType

APPEAL_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "appeal_kind_absence_recalculation": ("Перерасчёт за время отсутствия", "Recalculation for absence"),
        "appeal_kind_quality_complaint": ("Жалоба на качество электроэнергии", "Complaint on the quality of supply"),
        "appeal_kind_repeated": ("Повторное обращение", "Repeated appeal"),
        "appeal_kind_data_change": (
            "Изменение данных (жильцы, комнаты, площадь)",
            "Change of data (tenants, rooms, area)",
        ),
        "appeal_kind_owner_change": ("Смена собственника", "Change of owner"),
        "appeal_kind_payment_transfer": ("Перенос ошибочной оплаты", "Payment to a wrong account"),
        "appeal_kind_refund": ("Возврат переплаты", "Refund of an advance"),
        "appeal_kind_restructuring": ("Рассрочка долга", "Paying a debt in parts"),
        "appeal_kind_meter_replacement": ("Замена прибора учёта", "Replacement of a meter"),
        "appeal_kind_other": ("Другой вопрос", "Another question"),
        "appeal_status_new": ("получено", "received"),
        "appeal_status_work": ("в работе", "being worked on"),
        "appeal_status_asked": ("ждём вашего ответа", "waits for the customer"),
        "appeal_status_closed": ("закрыто", "closed"),
        "appeals_page": ("Обращения", "Appeals"),
        "appeals_none": ("Обращений нет.", "There are no appeals."),
        "appeals_open": ("В работе", "Open"),
        "appeals_overdue": ("Просрочено", "Overdue"),
        "appeals_due_soon": ("Ответить за 3 дня", "Due within 3 days"),
        "appeals_all": ("Все", "All"),
        "appeal_number": ("Номер", "Number"),
        "appeal_kind": ("Вид", "Kind"),
        "appeal_due": ("Ответить до", "Due"),
        "appeal_opened": ("Получено", "Received"),
        "appeal_customer": ("Клиент", "Customer"),
        "appeal_operator": ("Кто отвечает (имя)", "Who answers (name)"),
        "appeal_answer": ("Ответ клиенту", "Answer to the customer"),
        "appeal_next": ("Что дальше", "What next"),
        "appeal_send": ("Отправить ответ", "Send the answer"),
        "appeal_sent": ("Ответ отправлен, клиенту написали на e-mail.", "Sent, and the customer is told by e-mail."),
        "appeal_needs": ("Нужны имя и текст ответа.", "A name and an answer are needed."),
        "appeal_is_closed": ("Обращение уже закрыто.", "The appeal is closed already."),
        "appeal_wrote": ("{who}, {at}", "{who}, {at}"),
        "payments_disputed": (
            "Платежи по карте, о которых банк сказал не то, что заказано",
            "Card payments of which the bank said something else than was ordered",
        ),
        "card_order": ("Заказ", "Order"),
        "card_operation": ("Операция банка", "The bank's operation"),
        "card_outcome": ("Что не так", "What is wrong"),
        "card_outcome_wrong_sum": ("другая сумма", "another sum"),
        "card_outcome_second_operation": ("вторая операция", "a second operation"),
        "restore_for": ("Восстановить доступ клиенту", "Restore access for a customer"),
        "restore_for_how": (
            "Клиент пришёл с паспортом. На новый e-mail уйдёт ссылка, пароль задаст он сам; на прежний уведомление.",
            (
                "The customer came with a passport. A link goes to the new e-mail, he sets the password himself; the"
                " former one is told."
            ),
        ),
        "restore_email": ("Новый e-mail клиента", "The customer's new e-mail"),
        "restore_seen": ("Паспорт проверен", "The passport is checked"),
        "restore_send": ("Отправить ссылку", "Send the link"),
        "restore_sent": ("Ссылка отправлена, действует 10 минут.", "The link is sent, good for 10 minutes."),
        "restore_wrong": (
            "Не получилось: у этого счёта нет кабинета или их несколько, либо e-mail занят, либо поле неверно.",
            "That did not work: the account has no cabinet or several, the e-mail is taken, or a field is wrong.",
        ),
    }
)
