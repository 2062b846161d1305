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
        "appeal_kind_chat": ("Вопрос оператору", "Question to an operator"),
        "appeal_kind_document": ("Передать документ", "Hand in a document"),
        "appeal_kind_contract_change": ("Изменить условия договора", "Change the terms of the contract"),
        "appeal_kind_points_change": ("Добавить или исключить точку поставки", "Add or take out a point of supply"),
        "appeal_kind_calculation_dispute": ("Несогласие с расчётом", "Disagreement with a calculation"),
        "appeal_kind_reconciliation": ("Запросить акт сверки", "Ask for an act of reconciliation"),
        "appeal_kind_other": ("Другой вопрос", "Another question"),
        "appeal_status_new": ("получено", "received"),
        "appeal_status_work": ("в работе", "being worked on"),
        "appeal_status_asked": ("ждём вашего ответа", "waits for the customer"),
        "appeal_status_closed": ("закрыто", "closed"),
        "appeal_status_accepted": ("принято", "accepted"),
        "appeal_status_refused": ("отклонено", "refused"),
        "document_kind_signed": ("подписанный договор или соглашение", "signed contract or agreement"),
        "document_kind_authority": ("доверенность", "letter of authority"),
        "document_kind_act": ("подписанный акт", "signed act"),
        "document_kind_reconciliation": ("подписанный акт сверки", "signed act of reconciliation"),
        "document_kind_meter": ("документы на прибор учёта", "papers of a meter"),
        "document_kind_letter": ("письмо", "letter"),
        "document_kind_other": ("другое", "other"),
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
        "appeal_about": ("Счёт или договор", "Account or contract"),
        "appeal_files": (
            "Файлы для клиента (PDF, JPEG, PNG, DOCX, XLSX)",
            "Files for the customer (PDF, JPEG, PNG, DOCX, XLSX)",
        ),
        "file_empty": ("Файл пуст.", "The file is empty."),
        "file_large": ("Файл больше 5 МБ, или все вместе больше 15 МБ.", "A file is over 5 MB, or all are over 15 MB."),
        "file_many": ("Не больше 5 файлов.", "No more than 5 files."),
        "file_kind": (
            "Нужен файл PDF, JPEG, PNG, DOCX или XLSX.",
            "A file of PDF, JPEG, PNG, DOCX or XLSX is needed.",
        ),
        "file_broken": ("Файл повреждён.", "The file is damaged."),
        "file_macros": ("Документ с макросами принять нельзя.", "A document with macros is not taken."),
        "file_bomb": ("Файл слишком велик в распакованном виде.", "The file unpacks to too much."),
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
        "owner_off_for": ("Убрать владельца договора", "Take an owner off a contract"),
        "owner_off_for_how": (
            "Организация обратилась с документами. Кого владелец пригласил, перейдут к оставшемуся; его известят.",
            "The business asked with papers. Employees the owner let in go to the one who stays; he is told.",
        ),
        "owner_off_contract": ("Договор", "Contract"),
        "owner_off_email": ("E-mail владельца", "The owner's e-mail"),
        "owner_off_do": ("Убрать", "Take off"),
        "owner_off_done": ("Владелец убран.", "The owner is taken off."),
        "owner_off_wrong": (
            "Не получилось: такого владельца нет, не проверены документы либо поле неверно.",
            "That did not work: there is no such owner, papers are not checked, or a field is wrong.",
        ),
        "ownerless": ("Договоры, у которых не осталось владельца", "Contracts left without an owner"),
        "ownerless_how": (
            "В личном кабинете этими договорами никто не управляет: свяжитесь с организацией.",
            "Nobody manages these contracts in the cabinet: get in touch with the business.",
        ),
        "ownerless_since": ("С какого времени", "Since"),
        "restore_for": ("Восстановить доступ клиенту", "Restore access for a customer"),
        "restore_for_how": (
            (
                "Клиент или представитель организации пришёл с документами. На новый e-mail уйдёт ссылка, пароль задаст"
                " он сам; на прежний уведомление."
            ),
            (
                "The customer or a representative of the business came with papers. A link goes to the new e-mail, he"
                " sets the password himself; the former one is told."
            ),
        ),
        "restore_number": ("Лицевой счёт или договор", "Account or contract"),
        "restore_email": ("Новый e-mail клиента", "The customer's new e-mail"),
        "restore_former": (
            "Прежний e-mail, если владельцев несколько",
            "The former e-mail, where there are several owners",
        ),
        "restore_basis": ("Основание", "Basis"),
        "restore_basis_such": (
            "Паспорт; доверенность № 12 от 01.09.2026",
            "Passport; power of attorney No. 12 of 01.09.2026",
        ),
        "restore_seen": ("Документы проверены", "The papers are checked"),
        "restore_send": ("Отправить ссылку", "Send the link"),
        "restore_sent": ("Ссылка отправлена, действует 10 минут.", "The link is sent, good for 10 minutes."),
        "restore_wrong": (
            "Не получилось: нет кабинета или их несколько, e-mail занят, не проверены документы либо поле неверно.",
            "That did not work: no cabinet or several, the e-mail is taken, papers not checked, or a field is wrong.",
        ),
    }
)
