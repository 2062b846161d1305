"""What files of the tax service's formats share: identifiers, parties, days, sums and how they are written."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.etree import ElementTree as ET

KWH = {"code": "245", "name": "кВт·ч"}
"""Of the classifier of units (ОКЕИ)."""
ROUBLE = {"КодОКВ": "643", "НаимОКВ": "Российский рубль"}
_NAMES = uuid.UUID("7f6d3c2e-5b1a-4d0e-9c3f-6168002922ab")
"""The name space of file identifiers: the same document always gets the same one."""


def identity(content: Mapping[str, Any], what: str) -> tuple[str, str, uuid.UUID]:
    """Recipient, sender and identifier of a file about `what`."""
    seller, buyer = content["seller"], content["buyer"]
    made = uuid.uuid5(_NAMES, f"{seller['PayeeINN']}/{what}")
    return f"{buyer['inn']}{buyer['kpp']}", f"{seller['PayeeINN']}{seller['KPP']}", made


def written(file: ET.Element) -> bytes:
    """The file, Windows-1251; it names no moment of its making, so that it is the same whenever it is written."""
    ET.indent(file)
    body: bytes = ET.tostring(file, "windows-1251", xml_declaration=False)
    return b'<?xml version="1.0" encoding="windows-1251"?>\n' + body


def party(parent: ET.Element, tag: str, name: str, inn: str, kpp: str, address: Mapping[str, str]) -> None:
    """Who sells or buys."""
    element = ET.SubElement(parent, tag)
    one = ET.SubElement(element, "ИдСв")
    if len(inn) == 12:
        # A person with a business of his own: «ИП Фамилия Имя Отчество».
        words = name.removeprefix("ИП").removeprefix("Индивидуальный предприниматель").split()
        person = ET.SubElement(one, "СвИП", ИННФЛ=inn)
        names = dict(zip(("Фамилия", "Имя", "Отчество"), words, strict=False))
        ET.SubElement(person, "ФИО", {"Фамилия": name, "Имя": "-", **names} if len(words) < 2 else names)
    else:
        ET.SubElement(one, "СвЮЛУч", {"НаимОрг": name, "ИННЮЛ": inn} | ({"КПП": kpp} if kpp else {}))
    ET.SubElement(ET.SubElement(element, "Адрес"), "АдрИнф", {"КодСтр": "643", **address})


def signer_names(parent: ET.Element, seller: Mapping[str, str]) -> None:
    """Who signs for us."""
    ET.SubElement(
        parent, "ФИО", Фамилия=seller["SignerLast"], Имя=seller["SignerFirst"], Отчество=seller["SignerMiddle"]
    )


def day(date: dt.date) -> str:
    """A day as these files write it."""
    return f"{date:%d.%m.%Y}"


def rubles(kopecks: int) -> str:
    """Kopecks as rubles."""
    sign = "-" if kopecks < 0 else ""
    return f"{sign}{abs(kopecks) // 100}.{abs(kopecks) % 100:02d}"


def price(net_kopecks: int, kwh: int) -> str:
    """Rubles for a kWh, eleven decimals at most."""
    exact = (Decimal(net_kopecks) / 100 / kwh).quantize(Decimal("0.00000000001"), ROUND_HALF_UP)
    return f"{exact.normalize():f}"


def good(service_period: dt.date, point: str) -> str:
    """What is sold, as a row names it."""
    where = f", точка поставки {point}" if point else ""
    return f"Электрическая энергия (мощность) за {service_period:%m.%Y}{where}"
