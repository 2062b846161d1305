"""Sentences of the pages about debts, payments and KPIs, Russian and English side by side; part of TEXTS."""

from collections.abc import Mapping
from types import MappingProxyType

MONEY_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # Receivables
        "receivables": ("Дебиторка", "Receivables"),
        "receivables_now": (
            "Долги без пеней, открытые на {day}; возраст считается от срока оплаты.",
            "Debts without penalty, open on {day}; their age counts from the due date.",
        ),
        "open_debt": ("Открытые долги", "Open debts"),
        "overdue_debt": ("Просрочено", "Overdue"),
        "overdue_share": ("Доля просроченных", "Overdue share"),
        "dso": ("Оборачиваемость долга", "Days sales outstanding"),
        "dso_help": (
            "Долг на конец месяца ÷ начисления в день за двенадцать месяцев",
            "Debt at the end of the month ÷ charges a day over twelve months",
        ),
        "candidates": ("Кандидаты на ограничение", "Candidates for restriction"),
        "ages": ("Долги по возрасту", "Debts by age"),
        "ages_axis": ("дней просрочки", "days past due"),
        "age": ("Возраст долга", "Age of debt"),
        "age_-1": ("нет долга", "nothing owed"),
        "age_0": ("срок не наступил", "not yet due"),
        "age_1": ("до 30", "to 30"),
        "age_2": ("31–60", "31–60"),
        "age_3": ("61–90", "61–90"),
        "age_4": ("91–180", "91–180"),
        "age_5": ("181–365", "181–365"),
        "age_6": ("1–3 года", "1–3 years"),
        "age_7": ("больше 3 лет", "over 3 years"),
        "debts": ("Долгов", "Debts"),
        "ages_by_district": ("Просроченные долги по районам", "Overdue debts by district"),
        "open_debts": ("Открытые долги по счетам", "Open debts by account"),
        "first_rows": ("Показаны первые {shown}.", "The first {shown} are shown."),
        "due_on": ("Срок оплаты", "Due on"),
        "days_late": ("Дней просрочки", "Days late"),
        "debt_amount": ("Долг был", "Debt was"),
        "debt_paid": ("Погашено", "Paid off"),
        "debt_open": ("Осталось", "Still open"),
        "roll": ("Переход долга из возраста в возраст", "Roll rates"),
        "roll_hint": (
            "Строки: где счета стояли месяцем раньше, столбцы: где теперь; доля счетов строки.",
            "Rows: where accounts stood a month before, columns: where they stand now; share of the row.",
        ),
        "roll_basis": (
            "Восстановлено по проводкам: остаток без пеней лежит на последних счетах, возраст даёт старший из них.",
            "Told from postings: the balance without penalty lies on the newest bills, the oldest gives the age.",
        ),
        "roll_from": ("Было", "Before"),
        "roll_to": ("Стало", "After"),
        "rolled": ("Доля счетов", "Share of accounts"),
        "debt_before": ("Долг до", "Debt before"),
        "debt_after": ("Долг после", "Debt after"),
        "candidates_sum": (
            "{accounts} на {amount}: просрочено больше двух месячных плат по нормативу.",
            "{accounts} for {amount}: more than two monthly payments by the normative are overdue.",
        ),
        "candidates_law": (
            "Ограничить можно через 20 дней после уведомления. Рассрочки и споры здесь не учтены.",
            "Supply may be restricted 20 days after a notice. Instalments and disputes are not known here.",
        ),
        "candidates_none": (
            "Никто не должен больше двух месячных плат.",
            "Nobody owes more than two monthly payments.",
        ),
        "month_payment": ("Плата по нормативу", "Payment by normative"),
        "full_months": ("Полных месяцев", "Full months"),
        "oldest_due_on": ("Старший срок", "Oldest due date"),
        "may_restrict_from": ("Ограничить с", "May restrict from"),
        "normative_status": ("Норматив", "Normative"),
        "penalty_months": ("Пени по месяцам", "Penalty by month"),
        "penalties": ("Кому начислены пени", "Who penalty was posted to"),
        "penalty_posted": ("Начислено пеней", "Posted"),
        "penalty_back": ("Снято пеней", "Taken back"),
        "penalty_none": ("Пеней за эти месяцы нет.", "No penalty in these months."),
    }
)
