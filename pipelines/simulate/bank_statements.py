"""Files of the channel `bank_statement`: a working day of our account each, what businesses pay and agents transfer.

What a month costs is guessed from its energy: prices are the market's and not known here. That most pay in time and
write what they should is a stated assumption.
"""

import calendar
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from pipelines.russian import MONTHS
from pipelines.simulate.businesses import KINDS, Businesses, day_wh
from pipelines.simulate.households import Ints, day_of
from pipelines.simulate.writing import Inbox, Registry

ACCOUNT = "40702810000000000001"
"""Ours, as in data/reference/payee.csv."""
KOPECKS_A_MWH = 850_000
SHARES = {"general": ((10, 0, 30), (25, 0, 40), (18, 1, 30)), "uk": ((15, 1, 100),), "tszh": ((15, 1, 100),)}
"""Kind -> day, months after, percent of each part; heat_water pays as general."""
ON_TIME, LATE = 0.9, 0.98
"""Chance below which a part is paid by its day, and up to which it is paid within forty days; others never are."""
_AGENT_ACCOUNT = "30232810000000000009"
_OPENING_KOPECKS = 150_000_000


@dataclass(frozen=True)
class _Paid:
    """A document: who pays, how much, and what he writes; `number` where it is not the next one of the statement."""

    payer: str
    kopecks: int
    purpose: str
    inn: str
    account: str
    is_refund: bool = False
    number: str = ""


def write_bank_statements(inbox: Inbox, known: Businesses, first_period: dt.date, months: int) -> None:
    """Statements of every working day from the first month through the last, each delivered the day after."""
    random = np.random.default_rng((known.seed, 1024))
    by_day: dict[dt.date, list[_Paid]] = defaultdict(list)
    for month in range(months):
        period = day_of(first_period, month)
        costs = _costs(known, period)
        for contract, cost in enumerate(costs.tolist()):
            _pay(by_day, random, known, contract, period, cost)
    for registry in inbox.registries:
        if registry.day >= first_period:
            by_day[_worked(registry.day + dt.timedelta(days=1))].append(_transfer(registry))
    balance = _OPENING_KOPECKS
    end = day_of(first_period, months)
    number = 0
    for day in sorted(by_day):
        if day < end - dt.timedelta(days=1):
            balance, number = _write(inbox, day, by_day[day], balance, number)


def _pay(
    by_day: dict[dt.date, list[_Paid]],
    random: np.random.Generator,
    known: Businesses,
    contract: int,
    period: dt.date,
    cost: int,
) -> None:
    kind = KINDS[int(known.kind[contract])]
    for on, later, percent in SHARES.get(kind, SHARES["general"]):
        fate = random.random()
        due = day_of(period, later).replace(day=on)
        day = due - dt.timedelta(days=int(random.integers(0, 5)))
        if fate >= ON_TIME:
            day = due + dt.timedelta(days=int(random.integers(1, 40)))
        kopecks = cost * percent // 100
        if fate >= LATE or kopecks == 0:
            continue
        by_day[_worked(day)].append(_document(random, known, contract, period, kopecks))
        if random.random() < 0.002:
            number, inn = known.contract_number[contract], known.inn[contract]
            purpose = f"Возврат переплаты по договору {number}"
            refund = _Paid(f"Покупатель {number}", kopecks // 10, purpose, inn, _account(contract), is_refund=True)
            by_day[_worked(day + dt.timedelta(days=7))].append(refund)


def _document(random: np.random.Generator, known: Businesses, contract: int, period: dt.date, kopecks: int) -> _Paid:
    """What a bookkeeper writes: mostly contract and month, sometimes less, sometimes wrong."""
    number, inn = known.contract_number[contract], known.inn[contract]
    payer = f"Покупатель {number}"
    month = MONTHS[period.month - 1]
    texts = (
        (0.40, f"Оплата за электроэнергию за {month} {period.year} по договору № {number}, в т.ч. НДС"),
        (0.60, f"За эл/энергию {period:%m.%Y}, дог. {number}"),
        (0.75, f"Оплата по договору энергоснабжения N {number} за {month.upper()} {period.year} г."),
        (0.85, f"Оплата по договору {number} за электроэнергию"),
        (0.93, f"Оплата за электроэнергию за {month}"),
        (0.97, f"Оплата по договору № {number[:-1]}"),
        (0.99, f"Оплата за ООО по договору № {number}"),
        (1.00, "Оплата по письму"),
    )
    choice = random.random()
    purpose = next(text for limit, text in texts if choice < limit)
    if choice >= 0.97:
        return _Paid(payer, kopecks, purpose, "7712345671", f"407028105{random.integers(10**6):011d}")
    return _Paid(payer, kopecks, purpose, inn, _account(contract))


def _transfer(registry: Registry) -> _Paid:
    """What an agent took from households in a registry, less its commission."""
    purpose = f"Перевод платежей населения по реестру № {registry.number} от {registry.day:%d.%m.%Y}"
    return _Paid(
        f"Агент {registry.agent}", registry.kopecks, purpose, "7700000009", _AGENT_ACCOUNT, number=registry.order
    )


def _account(contract: int) -> str:
    return f"407028109{contract:011d}"


def _write(inbox: Inbox, day: dt.date, documents: list[_Paid], opening: int, number: int) -> tuple[int, int]:
    """One statement; the closing balance and the last number used."""
    received = sum(one.kopecks for one in documents if not one.is_refund)
    spent = sum(one.kopecks for one in documents if one.is_refund)
    closing = opening + received - spent
    written = f"{day:%d.%m.%Y}"
    head = (
        f"1CClientBankExchange\nВерсияФормата=1.03\nКодировка=Windows\nОтправитель=Банк\nДатаНачала={written}\n"
        f"ДатаКонца={written}\nРасчСчет={ACCOUNT}\nСекцияРасчСчет\nДатаНачала={written}\nДатаКонца={written}\n"
        f"РасчСчет={ACCOUNT}\nНачальныйОстаток={_rubles(opening)}\nВсегоПоступило={_rubles(received)}\n"
        f"ВсегоСписано={_rubles(spent)}\nКонечныйОстаток={_rubles(closing)}\nКонецРасчСчет"
    )
    sections = [head]
    for one in documents:
        number += 1
        us, other = ("Плательщик", "Получатель") if one.is_refund else ("Получатель", "Плательщик")
        sections.append(
            f"СекцияДокумент=Платежное поручение\nНомер={one.number or number}\nДата={written}\n"
            f"Сумма={_rubles(one.kopecks)}\n"
            f"{'ДатаСписано' if one.is_refund else 'ДатаПоступило'}={written}\n{us}Счет={ACCOUNT}\n"
            f"{other}Счет={one.account}\n{other}ИНН={one.inn}\n"
            f"{other}1={one.payer}\nНазначениеПлатежа={one.purpose}\n"
            "КонецДокумента"
        )
    inbox.text(day + dt.timedelta(days=1), "bank_statement", f"kl_to_1c_{day:%Y%m%d}.txt", sections, "КонецФайла\n")
    return closing, number


def _costs(known: Businesses, period: dt.date) -> Ints:
    """About what the energy of a month costs each contract, in kopecks."""
    used = np.zeros(len(known.contract), np.int64)
    for day in range(1, calendar.monthrange(period.year, period.month)[1] + 1):
        used += day_wh(known, period.replace(day=day)).sum(axis=1)
    by_contract = np.zeros(len(known.contract_number), np.int64)
    np.add.at(by_contract, known.contract, used)
    return by_contract // 1000 * KOPECKS_A_MWH // 1_000_000 * 1000


def _worked(day: dt.date) -> dt.date:
    """The day itself, or the Monday after: banks do not work on Saturdays and Sundays."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _rubles(kopecks: int) -> str:
    return f"{kopecks // 100}.{kopecks % 100:02d}"
