"""What the pages of settings, appeals and payment by card say, Russian and English side by side."""

from collections.abc import Mapping
from types import MappingProxyType

DESK_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "page_settings": ("Настройки", "Settings"),
        "page_appeals": ("Обращения", "Appeals"),
        "save": ("Сохранить", "Save"),
        # Accounts
        "your_accounts": ("Лицевые счета", "Accounts"),
        "accounts_how": (
            "Квартира, дача, гараж, родители: всё в одном кабинете.",
            "A flat, a dacha, a garage, your parents: all in one cabinet.",
        ),
        "alias": ("Название", "Name"),
        "remove": ("Убрать из кабинета", "Remove from the cabinet"),
        "add_account": ("Добавить счёт", "Add the account"),
        "account_refused": (
            (
                "Счёт не добавлен: номер и сумма последнего платежа не подошли друг к другу. Платёж виден нам на"
                " следующий день."
            ),
            (
                "Not added: the number and the sum of the last payment do not belong together. A payment reaches us the"
                " day after."
            ),
        ),
        "access_owner": ("всё", "everything"),
        "access_readings": ("смотреть и передавать показания", "look and send readings"),
        "look_only": (
            "Вам открыт просмотр этого счёта. Показания передаёт его владелец.",
            "You may look at this account. Its owner sends the readings.",
        ),
        "access_read": ("только смотреть", "look only"),
        # Relatives
        "relatives": ("Доступ для близких", "Access for relatives"),
        "relatives_how": (
            "Мы отправим письмо со ссылкой. Забрать доступ можно в любую минуту.",
            "We send a letter with a link. You can take the access back at any moment.",
        ),
        "relatives_email": ("E-mail близкого человека", "The relative's e-mail"),
        "may": ("Что можно делать", "What may be done"),
        "invite": ("Пригласить", "Invite"),
        "revoke": ("Забрать доступ", "Take the access back"),
        # Sessions
        "your_sessions": ("Где открыт кабинет", "Where you are signed in"),
        "session_since": ("вход {at}", "signed in {at}"),
        "session_seen": ("последнее действие {at}", "last used {at}"),
        "session_here": ("это вы сейчас", "this is you now"),
        "end_session": ("Завершить", "End"),
        "end_others": ("Завершить все другие входы", "End all other sessions"),
        # E-mail, password, data
        "your_email": ("E-mail", "E-mail"),
        "email_is": ("Письма приходят на {email}.", "Letters go to {email}."),
        "email_how": (
            "Новый адрес начнёт действовать, когда вы подтвердите его по ссылке из письма.",
            "A new address holds once you have confirmed it by the link in a letter.",
        ),
        "email_change": ("Сменить e-mail", "Change the e-mail"),
        "your_password": ("Пароль", "Password"),
        "your_data": ("Ваши данные", "Your data"),
        "data_how": (
            (
                "По закону 152-ФЗ вы можете забрать всё, что кабинет знает о вас, или удалить кабинет. Показания и"
                " платежи останутся в расчётах по счёту, без вашего имени в кабинете."
            ),
            (
                "By law 152-FZ you can take all the cabinet knows of you, or erase the cabinet. Readings and payments"
                " stay in the account's bills, without your name in the cabinet."
            ),
        ),
        "data_export": ("Скачать мои данные", "Download my data"),
        "data_erase": ("Удалить кабинет", "Erase the cabinet"),
        "erase_sure": ("Удалить без возможности восстановления", "Erase for good"),
        "bad_sure": ("Подтвердите удаление.", "Confirm that you mean it."),
        "erased": ("Кабинет удалён.", "The cabinet is erased."),
        # What has been done
        "done_added": ("Счёт добавлен.", "The account is added."),
        "done_named": ("Название сохранено.", "The name is saved."),
        "done_removed": (
            "Счёт убран из кабинета, у близких тоже.",
            "The account is removed from the cabinet, and from the relatives'.",
        ),
        "done_invited": (
            "Приглашение отправлено. Доступ откроется, когда его примут.",
            "The invitation is sent. The access opens when it is accepted.",
        ),
        "done_revoked": ("Доступ закрыт.", "The access is closed."),
        "done_ended": ("Входы завершены.", "The sessions are ended."),
        "done_email": (
            "На новый адрес отправлено письмо: подтвердите его в течение часа.",
            "A letter is on its way to the new address: confirm it within an hour.",
        ),
        # Paying by card
        "pay_about": (
            "Вы перейдёте на страницу банка. Комиссии нет. Данные карты мы не видим.",
            "You go on to the bank's page. There is no fee. We never see the card.",
        ),
        "pay_method": ("Как платить", "How to pay"),
        "method_card": ("Банковской картой", "By bank card"),
        "method_sbp": ("Через СБП, в приложении банка", "Through SBP, in the bank's app"),
        "pay_go": ("Перейти к оплате", "Go on to pay"),
        "no_card": (
            "Оплата картой сейчас недоступна. Оплатите по коду на странице «Оплата».",
            "Paying by card is not available now. Pay by the code on the page Payments.",
        ),
        "bad_pay_sum": ("Нужна сумма от 1 до 500 000 ₽.", "A sum from 1 to 500,000 ₽ is needed."),
        "provider_silent": (
            "Банк не отвечает, деньги не списаны. Попробуйте через несколько минут.",
            "The bank does not answer, no money was taken. Try again in a few minutes.",
        ),
        "your_payment": ("Ваш платёж", "Your payment"),
        "look_again": ("Проверить ещё раз", "Look again"),
        "card_waiting": ("ждёт подтверждения банка", "waits for the bank"),
        "card_paid": ("оплачен, ночью войдёт в баланс", "paid, in the balance after the night"),
        "card_failed": ("не прошёл, деньги не списаны", "failed, no money was taken"),
        "card_disputed": (
            "банк назвал другую сумму, её проверит специалист",
            "the bank named another sum, a specialist will look at it",
        ),
        "begun_payments": ("Платежи в пути", "Payments under way"),
        "begun_at": ("Начат", "Begun"),
        "method": ("Способ", "Way"),
        "sum": ("Сумма", "Sum"),
        "state": ("Состояние", "State"),
        "pay_by_card": ("Оплатить картой", "Pay by card"),
        "pay_by_sbp": ("Оплатить через СБП", "Pay through SBP"),
        # Appeals
        "your_appeals": ("Ваши обращения", "Your appeals"),
        "no_appeals": ("Обращений пока нет.", "There are no appeals yet."),
        "new_appeal": ("Новое обращение", "New appeal"),
        "new_appeal_business": ("Обращение по договору", "Appeal about a contract"),
        "answered_within": ("ответим за {days}", "answered within {days}"),
        "answer_by": ("ответим до {day}", "answered by {day}"),
        "answer_by_then": (
            "Ответим до {day} ({days}). Ход обращения виден здесь, об ответе напишем на e-mail.",
            "Answered by {day} ({days}). You can follow it here, and we write to your e-mail about the answer.",
        ),
        "answered_on": ("закрыто {day}", "closed on {day}"),
        "ready_documents": ("Готовые документы", "Documents ready at once"),
        "certificate": ("Справка об отсутствии задолженности (PDF)", "Certificate that nothing is owed (PDF)"),
        "certificate_how": (
            "Выдаётся сразу, если по счёту нет долга.",
            "Given at once when nothing is owed on the account.",
        ),
        "certificate_debt": (
            (
                "Справку выдать нельзя: по счёту есть неоплаченная сумма, она на странице «Счёт». Платёж виден нам на"
                " следующий день."
            ),
            "No certificate: the account has a sum to pay, shown on page Account. A payment reaches us a day later.",
        ),
        "send_appeal": ("Отправить обращение", "Send the appeal"),
        "appeal_body": ("Расскажите, что случилось", "Tell us what happened"),
        "bad_body": ("Напишите хотя бы несколько слов.", "Write a few words at least."),
        "files": ("Файлы, если есть", "Files, if any"),
        "files_needed": ("Документы", "Documents"),
        "files_help": (
            "До 5 файлов PDF, JPEG, PNG, DOCX или XLSX, каждый до 5 МБ",
            "Up to 5 files, PDF, JPEG, PNG, DOCX or XLSX, of 5 MB each",
        ),
        "file_needed": ("К этому обращению нужен документ.", "This appeal needs a document."),
        "conversation": ("Переписка", "Conversation"),
        "you": ("Вы", "You"),
        "retailer": ("Специалист", "Specialist"),
        "your_message": ("Сообщение", "Message"),
        "say": ("Отправить", "Send"),
        "appeal_closed": (
            "Обращение закрыто. Если вопрос остался, откройте новое.",
            "The appeal is closed. Open another if a question remains.",
        ),
        "done_appeal": ("Обращение принято.", "The appeal has arrived."),
        "done_message": ("Сообщение отправлено.", "The message is sent."),
        "bad_need": ("Заполните это поле.", "Fill this field in."),
        "need_document_kind": ("Что за документ", "What document it is"),
        "need_from_day": ("С какого дня", "From which day"),
        "need_to_day": ("По какой день", "To which day"),
        "need_paid_day": ("День платежа", "Day of the payment"),
        "need_wanted_day": ("Удобный день", "Day that suits"),
        "need_sum": ("Сумма, ₽", "Sum, ₽"),
        "need_to_account": ("На какой лицевой счёт перенести", "Account it belongs to"),
        "need_meter_serial": ("Номер счётчика", "Meter serial number"),
        "need_months": ("На сколько месяцев разделить", "Over how many months"),
        "need_new_owner": ("Новый собственник", "New owner"),
        "need_earlier_number": ("Номер прежнего обращения", "Number of the earlier appeal"),
    }
)
