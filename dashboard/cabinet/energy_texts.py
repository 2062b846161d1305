"""What the page of a contract's energy says, Russian and English side by side."""

from collections.abc import Mapping
from types import MappingProxyType

ENERGY_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "page_energy": ("Показания и планы", "Registers and plans"),
        "energy_registers": ("Показания", "Registers"),
        "energy_plans": ("План по часам", "Plan by hours"),
        "energy_message": ("Макет 80020", "80020"),
        "energy_look_only": (
            "Показания и планы по этому договору передаёт другой сотрудник.",
            "Another employee sends the registers and plans of this contract.",
        ),
        # Registers
        "energy_month": ("Месяц", "Month"),
        "energy_read_at": (
            "Показания на 00:00 {day}, московское время.",
            "Registers at 00:00 of {day}, Moscow time.",
        ),
        "energy_point": ("Точка поставки", "Point of supply"),
        "energy_register": ("Счётчик {serial}, {zone}", "Meter {serial}, {zone}"),
        "energy_last": ("было {value} на {day}", "was {value} on {day}"),
        "energy_known": ("уже принято {value}", "{value} taken already"),
        "energy_no_meters": (
            "В этом месяце на точках договора нет счётчиков с показаниями.",
            "No meter of the contract is read for this month.",
        ),
        "energy_will_do": ("Ошибок нет. Расход {kwh}.", "Nothing is wrong. The use is {kwh}."),
        "energy_is_much": (
            "больше, чем точка может взять при максимальной мощности: проверьте цифры",
            "more than the point can take at its maximum power: check the digits",
        ),
        "energy_check": ("Проверить", "Check"),
        "energy_by_file": ("Файлом XLSX", "By a workbook (XLSX)"),
        "energy_template": ("Скачать шаблон", "Download the template"),
        "energy_file": ("Заполненный шаблон XLSX, до 5 МБ", "The template filled in, XLSX, up to 5 MB"),
        "energy_check_file": ("Проверить файл", "Check the file"),
        "energy_file_rule": (
            "Пустые строки пропускаются. Если в файле есть ошибка, из него не принимается ничего.",
            "Empty rows are left out. If anything is wrong with a file, nothing of it is taken.",
        ),
        "energy_send": ("Передать", "Send"),
        "energy_sent": (
            "Принято, номер {receipt}. Войдёт в расчёты ближайшей ночью.",
            "Received under number {receipt}. It is in the reckoning after the coming night.",
        ),
        "energy_not_sent": ("Не принято. Исправьте и передайте снова.", "Not taken. Put it right and send it again."),
        "energy_row": ("Строка", "Row"),
        "energy_problem": ("Что не так и что делать", "What is wrong and what to do"),
        # Plans
        "plan_not_needed": (
            "План по часам нужен точкам пятой и шестой ценовой категории. У этого договора таких нет.",
            "A plan by hours is for points of price categories 5 and 6. This contract has none.",
        ),
        "plan_term": (
            "План на {day} принимается до {until}, московское время. Позже действует поданный раньше.",
            "The plan for {day} is taken until {until}, Moscow time. After that the one handed in before holds.",
        ),
        "plan_whole": ("весь договор", "the whole contract"),
        "plan_of": ("План", "Plan of"),
        "plan_first_day": ("Первый день", "First day"),
        "plan_days": ("Сколько дней", "How many days"),
        "plan_hour": ("Час", "Hour"),
        "plan_grid_how": (
            "кВт·ч на каждый час суток. День без значений не передаётся.",
            "kWh of each hour of the day. A day without values is not sent.",
        ),
        "plan_will_do": ("Ошибок нет. {days}, всего {kwh}.", "Nothing is wrong. {days}, {kwh} in all."),
        "plan_versions": ("Поданные планы", "Plans handed in"),
        "plan_day": ("Сутки", "Day"),
        "plan_handed_in": ("Подан", "Handed in"),
        "plan_due": ("Срок", "Term"),
        "plan_state": ("Состояние", "State"),
        "plan_total": ("кВт·ч за сутки", "kWh of the day"),
        "plan_in_time": ("в срок, действует", "in time, holds"),
        "plan_replaced": ("в срок, заменён более поздним", "in time, a later one holds"),
        "plan_late": ("опоздал, не действует", "too late, does not hold"),
        # Messages
        "message_how": (
            (
                "Файл макета 80020 или 80040, XML или ZIP, до 5 МБ. Отправитель в нём ваш ИНН, точки вашего договора."
                " Исправление присылайте с большим номером сообщения."
            ),
            (
                "A file of format 80020 or 80040, XML or ZIP, up to 5 MB. Its sender is your INN, its points are your"
                " contract's. A correction has a larger message number."
            ),
        ),
        "message_file": ("Файл XML или ZIP", "File, XML or ZIP"),
        "message_will_do": (
            "Файл читается. Точек: {points}, дни {days}, потребление {kwh}.",
            "The file can be read. Points: {points}, days {days}, consumption {kwh}.",
        ),
        "message_left_out": (
            "Эти части приняты не будут, остальное будет:",
            "These parts will not be taken, the others will:",
        ),
        # What was sent
        "energy_all_sent": ("Что передано", "What was sent"),
        "energy_nothing_sent": ("За последние месяцы ничего не передано.", "Nothing was sent in the last months."),
        "sent_what": ("Что", "What"),
        "sent_way_form": ("форма", "form"),
        "sent_way_xlsx": ("XLSX", "XLSX"),
        "sent_way_xml": ("файл", "file"),
        "sent_registers": ("показания за {months}", "registers of {months}"),
        "sent_plans": ("план на {days}", "plan for {days}"),
        "sent_waiting": ("принято, ждёт ночи", "received, waits for the night"),
        "sent_taken": ("учтено", "taken"),
        "sent_partly": ("учтено не всё", "taken in part"),
        "sent_refused": ("отклонено", "refused"),
        # Talking with an operator
        "page_chat": ("Чат", "Chat"),
        "chat_empty": (
            "Спросите оператора о договоре, счёте или приборе. Ответ появится здесь, и мы напишем на e-mail.",
            "Ask an operator about the contract, a bill or a meter. The answer appears here, and we write an e-mail.",
        ),
        "chat_over": (
            "Разговор № {number} окончен. Новое сообщение начнёт другой.",
            "Talk no. {number} is over. A new message begins another.",
        ),
        "chat_not_let": (
            "Переписку по этому договору ведёт другой сотрудник.",
            "Another employee writes about this contract.",
        ),
        # Workbooks that cannot be read
        "sheet_missing": ("Это не книга XLSX из нашего шаблона.", "This is no XLSX workbook made of our template."),
        "sheet_entities": (
            "В книге есть DOCTYPE или сущности: такие файлы не принимаются.",
            "The workbook has a DOCTYPE or entities: such files are not taken.",
        ),
        "sheet_large": (
            "В книге больше 5000 строк или 60 столбцов. Уберите лишнее.",
            "The workbook has more than 5000 rows or 60 columns. Take out what is too much.",
        ),
    }
)
