"""The one list of codes: what each means, in Russian for users and in English for the switch.

The closed sets stand as types in `sql/schema.sql`; a test keeps the two equal.
"""

from collections.abc import Mapping
from types import MappingProxyType

RULES_VERSION = "2026.1"
"""Names the rules that computed a posting; raise it when a rule's result changes (decision 3)."""

_CODES: dict[str, dict[str, tuple[str, str]]] = {
    "channel": {
        "customers": ("абонентский отдел", "customer records"),
        "cabinet": ("личный кабинет", "personal cabinet"),
        "mobile": ("мобильное приложение", "mobile app"),
        "site": ("сайт без входа", "public site"),
        "office": ("офис", "office"),
        "phone": ("телефон", "phone"),
        "controller": ("контролёр", "controller"),
        "smart_meter": ("умный счётчик", "smart meter"),
        "bank": ("банк", "bank"),
        "card": ("карта в кабинете или приложении", "card in cabinet or app"),
        "post": ("почта", "post"),
        "cash": ("касса", "cash desk"),
        "specialist": ("решение специалиста", "decision of a specialist"),
        "contracts": ("договорной отдел", "contract records"),
        "askue": ("АСКУЭ", "metering system"),
        "plans": ("плановые объёмы", "planned volumes"),
        "market": ("цены рынка", "market prices"),
        "bank_statement": ("банковская выписка", "bank statement"),
    },
    "zone_plan": {
        "one_rate": ("однотарифный", "one rate"),
        "two_zone": ("двухзонный", "two zones"),
        "three_zone": ("трёхзонный", "three zones"),
    },
    "zone": {
        "peak": ("пик", "peak"),
        "half_peak": ("полупик", "half peak"),
        "day": ("день", "day"),
        "night": ("ночь", "night"),
        "all": ("сутки", "all day"),
    },
    "settlement": {"urban": ("город", "urban"), "rural": ("село", "rural")},
    "stove": {"gas": ("газовая плита", "gas stove"), "electric": ("электроплита", "electric stove")},
    "heating": {
        "none": ("без электроотопления", "no electric heating"),
        "electric": ("электроотопление", "electric heating"),
    },
    "category": {
        "urban": ("городское население", "urban"),
        "urban_electric": ("город, электроплита или электроотопление", "urban, electric stove or heating"),
        "rural": ("сельское население", "rural"),
    },
    "band": {
        "in_norm": ("в пределах нормы", "within the norm"),
        "above_norm": ("сверх нормы", "above the norm"),
        "band1": ("1-й диапазон", "range 1"),
        "band2": ("2-й диапазон", "range 2"),
        "band3": ("3-й диапазон", "range 3"),
    },
    "verdict": {
        "accepted": ("принято", "accepted"),
        "rejected": ("отклонено", "rejected"),
        "held": ("на проверке", "held"),
    },
    "line_kind": {
        "charge": ("начисление", "charge"),
        "storno": ("сторно", "reversal"),
        "correction": ("перерасчёт", "correction"),
    },
    "basis": {
        "reading": ("по показаниям", "by reading"),
        "average": ("по среднему", "by average"),
        "normative": ("по нормативу", "by normative"),
        "house_need": ("на содержание дома", "house needs"),
        "house_need_average": ("на содержание дома по среднему", "house needs by average"),
        "house_need_normative": ("на содержание дома по нормативу", "house needs by normative"),
    },
    "payment_status": {
        "posted": ("зачислен", "posted"),
        "suspense": ("невыясненный", "suspense"),
        "reversal": ("снят", "taken back"),
    },
    "debt_age": {
        "not_due": ("срок не наступил", "not due"),
        "days_30": ("до 30 дней", "up to 30 days"),
        "days_60": ("31–60 дней", "31–60 days"),
        "days_90": ("61–90 дней", "61–90 days"),
        "days_180": ("91–180 дней", "91–180 days"),
        "days_365": ("181–365 дней", "181–365 days"),
        "years_3": ("от 1 до 3 лет", "1 to 3 years"),
        "older": ("больше 3 лет", "over 3 years"),
    },
    "dwelling": {"flat": ("квартира", "flat"), "house": ("дом", "house")},
    "management": {
        "direct": ("непосредственное управление", "direct management"),
        "managed": ("управляющая организация", "managed"),
    },
    "condition_reason": {
        "meter_failed": ("счётчик неисправен", "meter failed"),
        "access_refused": ("не допустили к счётчику", "access refused"),
        "two_refusals": ("дважды не допустили к счётчику", "access refused twice"),
        "interference": ("вмешательство в счётчик", "interference"),
        "no_meter_impossible": ("счётчик установить нельзя", "no meter possible"),
        "absent": ("временное отсутствие", "absence"),
        "large_family": ("многодетная семья", "large family"),
        "exempt": ("льгота по соцнорме", "exempt from the social norm"),
    },
    "reading_decision": {
        "accept": ("принять", "accept"),
        "correct": ("исправить", "correct"),
        "reject": ("отклонить", "reject"),
    },
    "payment_decision": {
        "assign": ("зачислить на счёт", "assign to an account"),
        "move": ("перенести на счёт", "move to an account"),
        "reverse": ("отозвать", "take back"),
        "name_period": ("назвать месяц", "name the month"),
    },
    "debt_kind": {
        "opening": ("долг, принятый с лицевым счётом", "debt brought in"),
        "bill": ("счёт за месяц", "bill of a month"),
    },
    "posting_kind": {
        "opening": ("входящий остаток", "opening balance"),
        "charge": ("начислено", "charged"),
        "correction": ("перерасчёт", "corrected"),
        "penalty": ("пени", "penalty"),
        "payment": ("оплачено", "paid"),
    },
    "customer_kind": {
        "general": ("прочий потребитель", "general"),
        "uk": ("управляющая организация", "managing organisation"),
        "tszh": ("ТСЖ или ЖСК", "owners' association"),
        "heat_water": ("тепло- или водоснабжающая организация", "heat or water supplier"),
    },
    "payment_schedule": {
        "thirds": ("30 % / 40 % / остаток", "30 % / 40 % / the rest"),
        "single": ("одним платежом", "one payment"),
        "halves": ("50 % / 50 % / остаток", "50 % / 50 % / the rest"),
    },
    "voltage": {
        "vn": ("ВН", "high voltage"),
        "sn1": ("СН1", "middle voltage 1"),
        "sn2": ("СН2", "middle voltage 2"),
        "nn": ("НН", "low voltage"),
    },
    "power_group": {
        "up_to_670": ("до 670 кВт", "up to 670 kW"),
        "to_10_mw": ("от 670 кВт до 10 МВт", "670 kW to 10 MW"),
        "over_10_mw": ("от 10 МВт", "10 MW and more"),
    },
    "network_variant": {
        "one_rate": ("одноставочный", "one rate"),
        "two_rate": ("двухставочный", "two rates"),
    },
    "component": {
        "energy": ("электроэнергия", "energy"),
        "capacity": ("мощность", "capacity"),
        "network": ("услуги по передаче", "network"),
        "network_capacity": ("содержание сетей", "network capacity"),
        "markup": ("сбытовая надбавка", "sales mark-up"),
        "other": ("иные услуги", "other services"),
        "deviation_up": ("превышение плана", "above the plan"),
        "deviation_down": ("недобор плана", "below the plan"),
        "deviation_a": ("плановый объём", "planned volume"),
        "deviation_b": ("отклонения от плана", "deviations from the plan"),
    },
    "volume_basis": {
        "hours": ("по часам", "by hours"),
        "register": ("по показаниям", "by register"),
        "last_year": ("по прошлому году", "by last year"),
        "last_known": ("по последнему известному месяцу", "by the last known month"),
        "max_power": ("по максимальной мощности", "by maximum power"),
        "act": ("по акту", "by act"),
    },
    "energy_node": {
        "measuring_point": ("точка измерения", "measuring point"),
        "account_point": ("точка учёта", "account point"),
        "delivery_point": ("точка поставки", "delivery point"),
        "delivery_group": ("группа точек поставки", "group of delivery points"),
        "flow": ("сечение перетока", "flow between groups"),
    },
    "hour_basis": {
        "measured": ("измерено", "measured"),
        "last_year": ("тот же час прошлого года", "same hour of last year"),
        "register": ("показания, разнесённые по часам", "register spread over the hours"),
        "max_power": ("по максимальной мощности", "by maximum power"),
        "unknown": ("неизвестно", "unknown"),
    },
    "price_version": {
        "preliminary": ("предварительные", "preliminary"),
        "final": ("окончательные", "final"),
    },
    "bank_direction": {
        "incoming": ("поступление", "incoming"),
        "outgoing": ("списание", "outgoing"),
        "internal": ("между своими счетами", "between own accounts"),
        "unknown": ("направление неизвестно", "unknown direction"),
    },
    "receipt_rule": {
        "contract_and_inn": ("номер договора и ИНН", "contract number and INN"),
        "invoice_and_inn": ("номер счёта и ИНН", "invoice number and INN"),
        "contract_of_another": ("номер договора, платит другой", "contract number, another pays"),
        "inn": ("ИНН с одним договором", "INN with one contract"),
        "account": ("счёт, с которого платят по одному договору", "account that pays for one contract"),
        "amount": ("ИНН и сумма одного из договоров", "INN and the sum of one contract"),
        "decision": ("решение специалиста", "decision of a specialist"),
    },
    "receipt_reason": {
        "unknown_direction": ("ни один счёт не наш", "neither account is ours"),
        "says_refund": ("поступил возврат", "a refund came in"),
        "unknown_contract": ("договора с таким номером нет", "no contract of that number"),
        "unknown_payer": ("плательщик неизвестен", "unknown payer"),
        "names_another": ("у плательщика свой договор, назван чужой", "has a contract, names another's"),
        "several_contracts": ("у плательщика несколько договоров", "the payer has several contracts"),
    },
    "transfer_rule": {
        "order": ("номер поручения и сумма", "number of the order and sum"),
        "number": ("номер реестра и сумма", "number of the registry and sum"),
        "sum": ("сумма и дата", "sum and date"),
        "number_alone": ("номер реестра, сумма другая", "number of the registry, another sum"),
    },
    "registry_status": {
        "matched": ("деньги пришли", "money came"),
        "differs": ("пришла другая сумма", "another sum came"),
        "no_transfer": ("денег нет", "no money yet"),
        "no_statement": ("выписки за эти дни нет", "no statement of those days"),
        "no_registry": ("реестра нет", "no registry yet"),
    },
    "receipt_status": {
        "credited": ("зачислен", "credited"),
        "suspense": ("невыясненный", "suspense"),
        "registry": ("перевод по реестру населения", "transfer by a registry of households"),
        "foreign": ("не относится к договорам", "of no contract"),
    },
    "receipt_decision": {
        "assign": ("зачислить на договор", "assign to a contract"),
        "dismiss": ("не относится к договорам", "of no contract"),
    },
    "document_kind": {
        "invoice": ("счёт", "invoice"),
        "advance_invoice": ("счёт на аванс", "advance invoice"),
        "act": ("акт приёма-передачи", "act of acceptance"),
        "tax_invoice": ("УПД", "tax invoice"),
        "correction": ("корректировочный счёт-фактура", "corrective tax invoice"),
        "volumes": ("ведомость потребления", "statement of volumes"),
        "reconciliation": ("акт сверки", "reconciliation"),
        "penalty_invoice": ("счёт на пени", "penalty invoice"),
    },
    "value_status": {
        "quoted": ("опубликовано", "quoted"),
        "derived": ("выведено из опубликованного", "derived"),
        "carried": ("перенесено с соседнего периода", "carried"),
        "inferred": ("заключено по косвенным данным", "inferred"),
        "forecast": ("прогноз", "forecast"),
        "assumed": ("допущение", "assumed"),
    },
}

CODE_SETS: Mapping[str, tuple[str, ...]] = MappingProxyType({name: tuple(codes) for name, codes in _CODES.items()})
"""Code set -> its codes, in the order of the SQL type."""

RUSSIAN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {name: MappingProxyType({code: words[0] for code, words in codes.items()}) for name, codes in _CODES.items()}
)
"""Code set -> code -> what a user reads."""

ENGLISH: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {name: MappingProxyType({code: words[1] for code, words in codes.items()}) for name, codes in _CODES.items()}
)
"""Code set -> code -> the same in English."""

SURE_STATUSES = frozenset({"quoted", "derived"})
"""A line that rests on a value of any other status is marked wherever it is shown."""
