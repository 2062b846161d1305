"""Sentences of the pages about tariffs, use, receipts and services, Russian and English side by side."""

from collections.abc import Mapping
from types import MappingProxyType

SERVICE_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "page_tariffs": ("Тариф", "Tariff"),
        "page_consumption": ("Расход", "Use"),
        "page_receipts": ("Квитанции", "Receipts"),
        "page_guide": ("Справка", "Help"),
        # Tariffs
        "own_prices": ("Цены за {month}", "Prices of {month}"),
        "why_title": ("Почему именно такие", "Why these"),
        "why_category": (
            "Категория: **{category}** ({settlement}, {stove}, {heating}).",
            "Category: **{category}** ({settlement}, {stove}, {heating}).",
        ),
        "why_plan": ("Счётчик: **{plan}**.", "Meter: **{plan}**."),
        "why_persons_norm": (
            "Зарегистрировано: **{persons}**. От этого зависит норма.",
            "Registered: **{persons}**. The norm depends on it.",
        ),
        "why_persons_ranges": (
            "Зарегистрировано: **{persons}**. На диапазоны с 2026 года это не влияет.",
            "Registered: **{persons}**. Since 2026 the ranges do not depend on it.",
        ),
        "why_season": (
            "Электроотопление: границы диапазонов зависят от отопительного сезона, здесь они за {month}.",
            "Electric heating: the bounds of ranges depend on the heating season, these are of {month}.",
        ),
        "why_unlimited": (
            "Для вас нет нормы и диапазонов: весь расход по первой цене.",
            "No norm or range applies to you: all energy at the first price.",
        ),
        "why_whole": (
            "Диапазоны считаются по расходу за месяц по всем зонам вместе.",
            "Ranges are counted over the energy of the month, all zones together.",
        ),
        "reach": ("кВт·ч за месяц", "kWh a month"),
        "reach_first": ("до {to}", "up to {to}"),
        "reach_next": ("от {since} до {to}", "from {since} to {to}"),
        "reach_last": ("больше {since}", "above {since}"),
        "reach_all": ("весь расход", "all energy"),
        "prices_preliminary": (
            (
                "Отмеченные цены и границы предварительные: постановление прочесть не удалось. Когда его загрузят,"
                " разницу пересчитают."
            ),
            (
                "Marked prices and bounds are provisional: the decree could not be read. Once it is loaded, the"
                " difference is settled."
            ),
        ),
        "grounds": ("Основания цен и границ", "Grounds of prices and bounds"),
        "no_prices": ("Для этого счёта цен пока нет.", "There are no prices for this account yet."),
        # Calculator
        "plans_title": ("Что, если двухзонный счётчик?", "What if the meter had two zones?"),
        "plans_how": (
            "Пересчитаем ваши последние месяцы по обоим тарифам так же, как считает ночной расчёт.",
            "Your last months are charged by both plans, exactly as the night charges.",
        ),
        "night_share": (
            "Какая часть расхода придётся на ночь (23:00–7:00), %",
            "Share of use at night (23:00–7:00), %",
        ),
        "night_share_help": (
            "33 % — если расход одинаков весь день. Чтобы узнать свою долю, сравните показания вечером и утром.",
            "33 % is even use all day. To learn your own share, compare the readings of evening and morning.",
        ),
        "night_known": (
            "Ваш счётчик считает по зонам: ночной расход известен, ничего угадывать не нужно.",
            "Your meter counts by zones: use at night is known, nothing is guessed.",
        ),
        "plans_ask": ("Пересчитать", "Calculate"),
        "plans_cheaper": (
            "За {first} – {last} два тарифа обошлись бы **дешевле на {amount}**: {two} вместо {one}.",
            "From {first} to {last} two zones would have been **cheaper by {amount}**: {two} instead of {one}.",
        ),
        "plans_dearer": (
            "За {first} – {last} два тарифа обошлись бы **дороже на {amount}**: {two} вместо {one}.",
            "From {first} to {last} two zones would have been **dearer by {amount}**: {two} instead of {one}.",
        ),
        "plans_equal": (
            "За {first} – {last} оба тарифа стоили бы одинаково: {one}.",
            "From {first} to {last} both plans would have cost the same: {one}.",
        ),
        "pays_from": (
            "Два тарифа выгодны, если ночью расходуется не меньше {percent} %.",
            "Two zones pay when at least {percent} % is used at night.",
        ),
        "pays_never": (
            "При любой доле ночи два тарифа обошлись бы дороже.",
            "Two zones would have been dearer with any share of the night.",
        ),
        "plans_note": (
            (
                "Это расчёт по прошлым месяцам, сам счётчик и его замена в него не входят. Сменить тариф можно со"
                " следующего месяца по заявлению, если счётчик умеет считать по зонам."
            ),
            (
                "This is reckoned on past months; the meter itself and its replacement are not part of it. The plan"
                " changes from the month after your application, if the meter can count by zones."
            ),
        ),
        "plans_nothing": (
            "Закрытых месяцев пока нет, считать не по чему.",
            "There are no closed months to reckon on yet.",
        ),
        "posted": ("Начислено", "Charged"),
        "one_rate_sum": ("Один тариф", "One rate"),
        "two_zone_sum": ("День и ночь", "Day and night"),
        # Use
        "use_title": ("Расход за 13 месяцев", "Use over 13 months"),
        "use_now": ("Расход", "Use"),
        "use_before": ("Годом раньше", "A year before"),
        "use_estimated": ("Без показаний", "Without readings"),
        "use_change": (
            "{month}: {kwh}, годом раньше {before} ({change}).",
            "{month}: {kwh}, a year before {before} ({change}).",
        ),
        "use_same": ("столько же", "the same"),
        "use_only": (
            "{month}: {kwh}. С прошлым годом сравнить пока нечего.",
            "{month}: {kwh}. There is no year before yet.",
        ),
        "use_none": ("Закрытых месяцев ещё нет.", "There are no closed months yet."),
        "use_note": (
            "Расход по вашим счётчикам с учётом перерасчётов, без расходов на дом.",
            "Energy of your own meters, corrections included, without the needs of the house.",
        ),
        "similar_title": ("Похожие домохозяйства", "Similar households"),
        "similar_1": (
            "Ваш район, та же категория, столько же человек: {households}.",
            "Your district, the same category, as many persons: {households}.",
        ),
        "similar_2": ("Ваш район, та же категория: {households}.", "Your district, the same category: {households}."),
        "similar_3": (
            "Вся область, та же категория: {households}.",
            "The whole region, the same category: {households}.",
        ),
        "similar_none": (
            "Похожих домохозяйств меньше 20: по ним можно было бы узнать расход соседа, поэтому сравнения нет.",
            "There are fewer than 20 similar households: comparing would tell what a neighbour uses, so there is none.",
        ),
        "similar_below": (
            "{month}: у вас {kwh}, у половины похожих больше {median}.",
            "{month}: you used {kwh}, half of the similar ones more than {median}.",
        ),
        "similar_above": (
            "{month}: у вас {kwh}, у половины похожих не больше {median}.",
            "{month}: you used {kwh}, half of the similar ones at most {median}.",
        ),
        "similar_middle": ("Половина похожих", "Middle half"),
        "similar_median": ("Медиана", "Median"),
        "similar_own": ("Вы", "You"),
        "lower_quartile": ("Нижняя четверть", "Lower quartile"),
        "upper_quartile": ("Верхняя четверть", "Upper quartile"),
        "households_count": ("Домохозяйств", "Households"),
        # Forecast
        "forecast_title": ("Каким будет следующий счёт", "The next bill"),
        "forecast_sum": ("Около {amount} за {month}", "About {amount} for {month}"),
        "forecast_last_year": (
            "Считаем, что израсходуете столько же, сколько за {from_month}: {kwh}.",
            "It is assumed that you use as much as in {from_month}: {kwh}.",
        ),
        "forecast_last_months": (
            "Считаем, что израсходуете столько же, сколько в среднем за {from_month} – {to_month}: {kwh}.",
            "It is assumed that you use as much as on average from {from_month} to {to_month}: {kwh}.",
        ),
        "forecast_house": (
            "Из них на содержание дома, как в прошлом месяце: {kwh}.",
            "Of that for the needs of the house, as last month: {kwh}.",
        ),
        "forecast_prices": (
            "Цены и диапазоны — за {month}, какие известны сегодня.",
            "Prices and ranges are those of {month}, as known today.",
        ),
        "forecast_without": (
            "Долг, переплата, пени и перерасчёты сюда не входят.",
            "Debt, advance, penalty and corrections are not part of it.",
        ),
        "forecast_charged": ("{amount} за {month}", "{amount} for {month}"),
        "forecast_read": (
            "Показание за {month} уже учтено. Новое показание изменит эту сумму.",
            "A reading for {month} is taken into account. Another reading changes this sum.",
        ),
        "forecast_unread": (
            "Если до {day} не передать показание, начислят {amount}: по среднему расходу или по нормативу.",
            "Without a reading by {day} the charge will be {amount}: by average use or by the normative.",
        ),
        "forecast_none": (
            "Месяцев с показаниями нынешнего счётчика пока мало, прогноза нет.",
            "There are too few months read from the present meter for a forecast.",
        ),
        # Receipts
        "receipts_year": ("Год", "Year"),
        "receipts_none": ("Квитанций пока нет.", "There are no receipts yet."),
        "receipt_of": ("Квитанция за {month}", "Receipt for {month}"),
        "receipt_sum": (
            "Начислено {charged}, к оплате на конец месяца {closing}.",
            "Charged {charged}, to pay at the end {closing}.",
        ),
        "receipt_ahead": (
            "Начислено {charged}, переплата на конец месяца {closing}.",
            "Charged {charged}, in advance at the end {closing}.",
        ),
        "receipt_get": ("PDF за {month}", "PDF of {month}"),
        "by_email": ("Электронная квитанция", "Electronic receipt"),
        "by_email_how": (
            "Присылать квитанцию на почту в день, когда она сформирована.",
            "Send the receipt by e-mail on the day it is made.",
        ),
        "by_email_on": ("Присылать", "Send"),
        "by_email_address": ("E-mail для квитанций", "E-mail for receipts"),
        "by_email_save": ("Сохранить", "Save"),
        "by_email_saved_on": ("Квитанции будут приходить на {email}.", "Receipts will come to {email}."),
        "by_email_saved_asked": (
            "На {email} отправлена ссылка. Квитанции будут приходить, когда по ней перейдут; она действует три дня.",
            "A link was sent to {email}. Receipts begin to come once it is followed; it is good for three days.",
        ),
        "by_email_waits": (
            "Адрес {email} не подтверждён: квитанции на него не приходят. Сохраните ещё раз, и ссылка придёт снова.",
            "The address {email} is not confirmed: no receipts go to it. Save once more to be sent the link again.",
        ),
        "receipt_address_title": ("Квитанции на этот адрес", "Receipts at this address"),
        "receipt_address_how": (
            "Нажмите кнопку, если согласны получать сюда электронные квитанции за электроэнергию.",
            "Press the button if you agree to get electronic receipts for electricity here.",
        ),
        "receipt_address_done": ("Квитанции будут приходить на {email}.", "Receipts will come to {email}."),
        "by_email_saved_off": ("Квитанции на почту больше не приходят.", "Receipts no longer come by e-mail."),
        # Help
        "help_questions": ("Вопросы и ответы", "Questions and answers"),
        "help_services": ("Услуги и цены", "Services and prices"),
        "help_partners": ("Партнёры", "Partners"),
        "audience": ("Для кого", "For whom"),
        "audience_household": ("Населению", "Households"),
        "audience_business": ("Организациям", "Businesses"),
        "service": ("Услуга", "Service"),
        "unit": ("За что", "Per"),
        "service_price": ("Цена, ₽ с НДС", "Price, ₽ incl. VAT"),
        "price_at_most": ("Не больше {price}", "At most {price}"),
        "price_free": ("Бесплатно", "Free of charge"),
        "certainty": ("Откуда", "Source"),
        "services_on": ("Цены на {day}.", "Prices on {day}."),
        "services_assumed": (
            "Цены с пометкой «допущение» стоят здесь вместо прейскуранта, который поставщик ещё не загрузил.",
            "Prices marked as assumed stand in for the price list that the supplier has not loaded yet.",
        ),
        "service_per": ("{price} ₽ с НДС за: {unit}", "{price} ₽ incl. VAT, per: {unit}"),
        "service_more": ("Условия", "Conditions"),
        "partner": ("Партнёр", "Partner"),
        "partner_does": ("Что делает", "What it does"),
    }
)
