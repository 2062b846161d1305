"""Sentences of the pages of contracts and of the front's for businesses, Russian and English side by side."""

from collections.abc import Mapping
from types import MappingProxyType

CONTRACT_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "page_contract": ("Договор", "Contract"),
        "page_bills": ("Счета и оплата", "Bills and payments"),
        "page_use": ("Факт и план", "Actual and planned"),
        "page_papers": ("Документы", "Documents"),
        "contract_title": ("Договор {contract}", "Contract {contract}"),
        "contract_of": ("договор {contract}", "contract {contract}"),
        "choose_holding": ("Лицевой счёт или договор", "Account or contract"),
        "foreign_contract": (
            "Этот договор не открыт в вашем кабинете, или на это действие у вас нет прав.",
            "This contract is not in your cabinet, or you may not do this.",
        ),
        # The contract
        "contract_owes": ("Долг {amount}", "Debt: {amount}"),
        "contract_ahead": ("Оплачен аванс {amount}", "Advance paid: {amount}"),
        "overdue_sum": ("Просрочено по счетам **{amount}**.", "Overdue by bills: **{amount}**."),
        "late_advance_sum": (
            "Аванс не внесён в срок: **{amount}**. В долг он войдёт со счётом за месяц.",
            "An advance is late: **{amount}**. It becomes a debt with the bill of its month.",
        ),
        "made_of_billed": ("не оплачено по счетам {amount}", "open by bills {amount}"),
        "made_of_penalty": ("пени {amount}", "penalty {amount}"),
        "made_of_advance": ("внесено авансом {amount}", "paid in advance {amount}"),
        "made_of_unused": ("ещё ни на что не зачтено {amount}", "credited to nothing yet {amount}"),
        "balance_as_of": ("По данным на {day}.", "As of {day}."),
        "to_pay_when": ("Что и когда оплатить", "What to pay by when"),
        "part_due": ("До {day}: {what}, **{amount}**", "By {day}: {what}, **{amount}**"),
        "part_late": (
            ":red[Просрочено {days}, срок был {day}:] {what}, **{amount}**",
            ":red[Overdue by {days}, was due on {day}:] {what}, **{amount}**",
        ),
        "part_advance": ("аванс {share} % за {month}", "advance of {share} % for {month}"),
        "part_rest": ("окончательный расчёт за {month}", "the rest for {month}"),
        "kpp": ("КПП", "Registration code (KPP)"),
        "about_contract": ("Сведения о договоре", "About the contract"),
        "power_group": ("Группа по мощности", "Power group"),
        "network_variant": ("Тариф на передачу", "Network tariff"),
        "transformer_ratio": ("Коэффициент", "Ratio"),
        "installed_on": ("Установлен", "Installed"),
        "verified_by": ("Поверен до", "Verified until"),
        # Bills and payments
        "your_bills": ("Счета и авансы", "Bills and advances"),
        "bills_not_yet": ("Счетов по договору пока нет.", "There are no bills of this contract yet."),
        "bill_what": ("За что", "For what"),
        "bill_number": ("Счёт №", "Bill No."),
        "bill_state": ("Состояние", "Status"),
        "left_to_pay": ("Осталось", "Left"),
        "bill_paid": ("оплачен", "paid"),
        "bill_partly": ("оплачен частично", "paid in part"),
        "bill_unpaid": ("не оплачен", "unpaid"),
        "bill_late": ("срок прошёл", "overdue"),
        "payment_order": ("Платёжка №", "Order No."),
        "credited_sum": ("Зачтено", "Credited"),
        "not_used_yet": ("Не зачтено", "Not credited"),
        "purpose": ("Назначение платежа", "Purpose"),
        "credited_how": ("На что зачтены платежи", "What payments were credited to"),
        "credited_to": ("Зачтено за", "Credited to"),
        "balance_by_month": ("Сальдо по месяцам", "Balance by month"),
        "vat_of_it": ("в т. ч. НДС", "of it VAT"),
        "nothing_here_yet": ("Пока пусто.", "Nothing yet."),
        "contract_pay_how": (
            "Код заполнит платёж в приложении банка. В платёжном поручении укажите договор {contract} и месяц.",
            "The code fills in the payment in your bank's app. In an order name contract {contract} and the month.",
        ),
        # Documents
        "papers_none": ("Документов по договору пока нет.", "There are no documents of this contract yet."),
        "papers_look_only": (
            "Получать документы вам не разрешено: попросите того, кто открыл вам договор.",
            "You may not get documents: ask who let you in.",
        ),
        "papers_month": ("Месяц", "Month"),
        "paper_title": ("{kind} № {number}", "{kind} No. {number}"),
        "paper_of": ("от {day}", "of {day}"),
        "paper_about": ("за {month}", "about {month}"),
        # Registering
        "register_contract": ("Регистрация для бизнеса", "Registration of a business"),
        "register_contract_title": ("Регистрация по договору", "Registration by contract"),
        "register_household": ("Регистрация по лицевому счёту", "Registration by account"),
        "register_contract_how": (
            "Для организаций и предпринимателей. Ссылка, по которой задают пароль, придёт на e-mail.",
            "For companies and entrepreneurs. The link to set the password comes by e-mail.",
        ),
        "lost_contract_title": ("Нет доступа к e-mail организации", "No access to the e-mail of a business"),
        "lost_contract_how": (
            "Назовите договор, ИНН, последний платёж и новый e-mail: на него придёт ссылка, на прежний уведомление.",
            "Name the contract, the INN, the last payment and the new e-mail: it gets a link, the former one is told.",
        ),
        "lost_contract_desk": (
            (
                "Если договоров в кабинете несколько или у договора несколько владельцев, поможет центр обслуживания:"
                " нужны паспорт и доверенность или устав."
            ),
            (
                "With several contracts in the cabinet or several owners of one, a service centre helps: bring a"
                " passport and the power of attorney or the charter."
            ),
        ),
        "contract_number": ("Номер договора", "Contract number"),
        "contract_number_help": (
            "Договор энергоснабжения, как на первом листе",
            "Of the supply contract, as on its first page",
        ),
        "inn": ("ИНН", "Taxpayer number (INN)"),
        "inn_help": ("10 цифр, у предпринимателя 12", "10 digits, 12 of an entrepreneur"),
        "representative_name": ("Фамилия, имя, отчество представителя", "Full name of the representative"),
        "representative_position": ("Должность", "Position"),
        "representative_authority": ("Основание полномочий", "Basis of authority"),
        "authority_help": (
            "Например: устав; доверенность № 12 от 01.09.2026",
            "For example: charter; power of attorney No. 12 of 01.09.2026",
        ),
        "mobile": ("Мобильный телефон", "Mobile phone"),
        "bad_contract": ("Нужен номер договора: буквы, цифры, дефис.", "A contract number is needed."),
        "bad_inn": ("В ИНН 10 цифр, у предпринимателя 12.", "An INN has 10 digits, 12 of an entrepreneur."),
        "bad_name": ("Нужны фамилия, имя и отчество.", "The full name is needed."),
        "bad_position": ("Нужна должность.", "The position is needed."),
        "bad_authority": ("Нужно основание полномочий.", "The basis of authority is needed."),
        "bad_phone": (
            "Нужен мобильный номер, например +7 918 123-45-67.",
            "A Russian mobile number is needed, for example +7 918 123-45-67.",
        ),
        "first_password_title": ("Придумайте пароль", "Choose a password"),
        "first_password_saved": (
            "Кабинет открыт. Войдите: логин — ваш e-mail.",
            "The cabinet is open. Sign in: your e-mail is the login.",
        ),
        # Contracts of a cabinet and employees
        "page_contracts": ("Договоры и сотрудники", "Contracts and employees"),
        "contracts_link": ("Договоры организации и доступ сотрудников", "Contracts of a company, access of employees"),
        "your_contracts": ("Договоры", "Contracts"),
        "contracts_how": (
            "Договор добавляют по номеру, ИНН и сумме последнего платежа.",
            "A contract is added by its number, INN and the sum of the last payment.",
        ),
        "add_contract": ("Добавить договор", "Add the contract"),
        "contract_refused": (
            (
                "Договор не добавлен: номер, ИНН и сумма последнего платежа не подошли друг к другу. Платёж виден нам"
                " на следующий день."
            ),
            (
                "Not added: the number, the INN and the sum of the last payment do not belong together. A payment"
                " reaches us the day after."
            ),
        ),
        "done_contract_added": ("Договор добавлен.", "The contract is added."),
        "done_contract_removed": (
            "Договор убран из кабинета, у ваших сотрудников тоже.",
            "The contract is removed from the cabinet, and from your employees'.",
        ),
        "employees_of": ("Сотрудники: {contract}", "Employees: {contract}"),
        "employees_how": (
            "Смотреть договор сможет каждый приглашённый; остальное отметьте. Забрать доступ можно в любую минуту.",
            "Everybody invited may look at the contract; tick the rest. You can take the access back at any moment.",
        ),
        "owners_of": ("Владельцы: {contract}", "Owners: {contract}"),
        "owners_how": (
            "Владельцем можно сделать сотрудника. Владельца убирает тот, кто стал им раньше, или центр обслуживания.",
            "An employee can be made an owner. An owner is taken off by one who came before him, or a service centre.",
        ),
        "new_owner": ("Сотрудник", "Employee"),
        "make_owner": ("Сделать владельцем", "Make an owner"),
        "owner_to_take_off": ("Владелец", "Owner"),
        "take_owner_off": ("Убрать владельца", "Take the owner off"),
        "done_owner_made": ("Сотрудник стал владельцем договора.", "The employee is an owner of the contract."),
        "done_owner_off": ("Владелец убран, он об этом узнает.", "The owner is taken off, and told so."),
        "sure_leave": (
            "Вы последний владелец: у сотрудников договор тоже пропадёт",
            "You are the last owner: your employees lose the contract too",
        ),
        "last_owner": (
            "Вы последний владелец. Сделайте владельцем сотрудника или отметьте, что договор пропадёт у всех.",
            "You are the last owner. Make an employee one, or tick that everybody loses the contract.",
        ),
        "employees_email": ("E-mail сотрудника", "The employee's e-mail"),
        "may_consumption": ("Передавать объёмы и планы", "Send volumes and plans"),
        "may_documents": ("Получать и отправлять документы", "Get and send documents"),
        "may_manage": ("Приглашать сотрудников", "Invite employees"),
        "right_owner": ("всё", "everything"),
        "right_view": ("смотреть", "look"),
        "right_consumption": ("передавать объёмы и планы", "send volumes and plans"),
        "right_documents": ("документы", "documents"),
        "right_manage": ("приглашать сотрудников", "invite employees"),
        "invitation_contract": (
            "Договор энергоснабжения {contract}. Вы сможете: {access}.",
            "Supply contract {contract}. You may: {access}.",
        ),
        "accepted_employ": ("Договор добавлен. Теперь можно войти.", "The contract is added. You can sign in now."),
    }
)

CONTRACT_LETTERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "represent": (
            "Задайте пароль личного кабинета",
            (
                "Здравствуйте!\n\nЧтобы открыть личный кабинет по договору, задайте пароль по ссылке в течение"
                " часа:\n\n{link}\n\nЛогин — этот адрес. Если вы не регистрировались, ничего не делайте: кабинет не"
                " откроется.\n"
            ),
        ),
        "contract_no_match": (
            "Кабинет не открыт",
            (
                "Здравствуйте!\n\nКто-то, возможно вы, хотел открыть личный кабинет с этим адресом, но номер договора,"
                " ИНН и сумма последнего платежа не подошли друг к другу.\n\nПроверьте номер и сумму по платёжному"
                " поручению. Платёж виден нам на следующий день. Потом зарегистрируйтесь ещё"
                " раз:\n\n{url}/register-contract\n"
            ),
        ),
        "contract_known": (
            "Кабинет уже открыт",
            (
                "Здравствуйте!\n\nКто-то, возможно вы, хотел открыть по договору личный кабинет с этим адресом, но он"
                " уже есть. Войдите и добавьте договор в нём: {url}/contracts\nЗабыли пароль: {url}/restore\n"
            ),
        ),
        "another_owner": (
            "К вашему договору подключился ещё один представитель",
            (
                "Здравствуйте!\n\nКто-то назвал номер одного из ваших договоров, ИНН и сумму последнего платежа и видит"
                " этот договор в своём личном кабинете. Если это не ваш сотрудник, сообщите нам: {url}\n"
            ),
        ),
        "owner_made": (
            "Вы владелец договора в личном кабинете",
            (
                "Здравствуйте!\n\nВладелец договора энергоснабжения сделал владельцем и вас: вы приглашаете и убираете"
                " сотрудников и можете всё. Договор: {url}/contracts\n"
            ),
        ),
        "owner_added": (
            "У вашего договора ещё один владелец",
            (
                "Здравствуйте!\n\nОдин из владельцев вашего договора сделал владельцем сотрудника. Кто это, видно в"
                " кабинете: {url}/contracts\n"
            ),
        ),
        "owner_off": (
            "Вы больше не владелец договора",
            (
                "Здравствуйте!\n\nВам больше не открыт договор энергоснабжения: вас убрал другой владелец или центр"
                " обслуживания. Если это ошибка, сообщите нам: {url}\n"
            ),
        ),
        "owner_off_told": (
            "У вашего договора одним владельцем меньше",
            "Здравствуйте!\n\nОдного из владельцев вашего договора убрали. Кто остался: {url}/contracts\n",
        ),
        "owner_gone": (
            "У договора больше нет владельца",
            (
                "Здравствуйте!\n\nПоследний владелец договора энергоснабжения убрал его из кабинета, и у вас его тоже"
                " больше нет. Открыть договор заново по номеру, ИНН и последнему платежу: {url}/register-contract\n"
            ),
        ),
        "employ": (
            "Вам открывают договор энергоснабжения",
            (
                "Здравствуйте!\n\nВас приглашают работать с договором энергоснабжения в личном кабинете. Принять можно"
                " по ссылке в течение трёх дней:\n\n{link}\n\nЕсли вы не знаете, от кого это, ничего не делайте.\n"
            ),
        ),
    }
)
"""Letter -> its subject and text, in Russian."""
