"""Sentences of the page about other prices, Russian and English side by side; part of TEXTS."""

from collections.abc import Mapping
from types import MappingProxyType

WHATIF_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "whatif": ("Что, если", "What if"),
        "whatif_about": (
            "Закрытые месяцы по другим ценам, нормам или диапазонам, расчётом ночи. Начисления не меняются.",
            "Closed months by other prices, norms or ranges, reckoned as the night does. No charge changes.",
        ),
        "whatif_tables": ("Таблицы, которые сейчас действуют:", "The tables in force:"),
        "whatif_tables_help": (
            "Скачайте, измените строки и загрузите ниже. Таблица узнаётся по заголовку и заменяет действующую целиком.",
            "Download, change and upload below. A table is known by its header and replaces the one in force.",
        ),
        "in_force_tariff_rate": ("Цены", "Prices"),
        "in_force_social_norm": ("Социальная норма", "Social norm"),
        "in_force_consumption_range": ("Диапазоны потребления", "Consumption ranges"),
        "whatif_files": ("Предложение: файлы CSV", "The proposal: CSV files"),
        "whatif_months": ("Сколько последних закрытых месяцев", "How many of the last closed months"),
        "whatif_reckon": ("Посчитать", "Reckon"),
        "whatif_no_file": ("Загрузите хотя бы один файл.", "Upload at least one file."),
        "whatif_refused": (
            "Не принято: нужен заголовок действующей таблицы, без пропусков и наложений, с источниками. {why}",
            "Refused: the header of a table in force is needed, no gaps or overlaps, and sources. {why}",
        ),
        "whatif_reckoning": ("Считаем все счета…", "Reckoning all accounts…"),
        "whatif_of": ("{files}: {first} — {last}, {kwh}", "{files}: {first} — {last}, {kwh}"),
        "whatif_other_snapshot": (
            "Посчитано по снимку {snapshot}; с тех пор опубликован новый. Посчитайте заново.",
            "Reckoned on the snapshot {snapshot}; a newer one is published since. Reckon again.",
        ),
        "posted": ("Начислено", "Charged"),
        "proposed": ("Стало бы", "Would be"),
        "change": ("Разница", "Difference"),
        "losers": ("Платят больше", "Pay more"),
        "winners": ("Платят меньше", "Pay less"),
        "unmoved": ("Без изменений", "Unchanged"),
        "change_per_account": ("Разница на счёт", "Difference per account"),
        "whatif_deciles": (
            "Кто платит больше и меньше, по децилям расхода",
            "Who pays more and less, by decile of use",
        ),
        "whatif_deciles_hint": (
            "Счета по расходу за эти месяцы: в первом дециле тратят меньше всех.",
            "Accounts by their use in these months: the first decile uses least.",
        ),
        "decile": ("Дециль расхода", "Decile of use"),
        "whatif_by_category": ("По категориям", "By category"),
        "whatif_by_district": ("Разница по районам", "Difference by district"),
    }
)
