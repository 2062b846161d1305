"""The universal transfer document (УПД) as the tax service's XML, format 5.03 (order ЕД-7-26/970@ of 19.12.2023)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.etree import ElementTree as ET

from pipelines.documents.draft import last_day

_ROUBLE = {"КодОКВ": "643", "НаимОКВ": "Российский рубль"}
_KWH = {"ОКЕИ_Тов": "245", "НаимЕдИзм": "кВт·ч"}
_NAMES = uuid.UUID("7f6d3c2e-5b1a-4d0e-9c3f-6168002922ab")
"""The name space of file identifiers: the same document always gets the same one."""


def upd_name(content: Mapping[str, Any], number: str, drawn_on: dt.date) -> str:
    """The file's name without `.xml`: it is the identifier in the file as well."""
    seller, buyer = content["seller"], content["buyer"]
    made = uuid.uuid5(_NAMES, f"{seller['PayeeINN']}/{drawn_on:%Y}/{number}")
    return (
        f"ON_NSCHFDOPPR_{buyer['inn']}{buyer['kpp']}_{seller['PayeeINN']}{seller['KPP']}_{drawn_on:%Y%m%d}_{made}"
        "_0_0_0_0_0_00"
    )


def upd_xml(content: Mapping[str, Any], number: str, drawn_on: dt.date, service_period: dt.date) -> bytes:
    """The file, Windows-1251; it names no moment of its making, so that it is the same whenever it is written."""
    seller, buyer = content["seller"], content["buyer"]
    file = ET.Element("Файл", ИдФайл=upd_name(content, number, drawn_on), ВерсФорм="5.03", ВерсПрог="Energosbyt 1")
    document = ET.SubElement(
        file,
        "Документ",
        КНД="1115131",
        Функция="СЧФДОП",
        ПоФактХЖ="Документ об отгрузке товаров (выполнении работ), передаче имущественных прав",
        НаимДокОпр="Универсальный передаточный документ",
        ДатаИнфПр=_day(drawn_on),
        ВремИнфПр="00.00.00",
        НаимЭконСубСост=seller["Name"],
    )
    invoice = ET.SubElement(document, "СвСчФакт", НомерДок=number, ДатаДок=_day(drawn_on))
    _party(invoice, "СвПрод", seller["Name"], seller["PayeeINN"], seller["KPP"], seller["Address"])
    ET.SubElement(
        invoice,
        "ДокПодтвОтгрНом",
        РеквНаимДок="Универсальный передаточный документ",
        РеквНомерДок=number,
        РеквДатаДок=_day(drawn_on),
    )
    _party(invoice, "СвПокуп", buyer["name"], buyer["inn"], buyer["kpp"], buyer["address"])
    ET.SubElement(invoice, "ДенИзм", _ROUBLE)
    _table(document, content, service_period)
    _transfer(document, content, service_period)
    signer = ET.SubElement(document, "Подписант", Должн=seller["SignerPosition"], СпосПодтПолном="1")
    ET.SubElement(
        signer,
        "ФИО",
        Фамилия=seller["SignerLast"],
        Имя=seller["SignerFirst"],
        Отчество=seller["SignerMiddle"],
    )
    ET.indent(file)
    body: bytes = ET.tostring(file, "windows-1251", xml_declaration=False)
    return b'<?xml version="1.0" encoding="windows-1251"?>\n' + body


def _party(parent: ET.Element, tag: str, name: str, inn: str, kpp: str, address: str) -> None:
    party = ET.SubElement(parent, tag)
    identity = ET.SubElement(party, "ИдСв")
    if len(inn) == 12:
        # A person with a business of his own: «ИП Фамилия Имя Отчество».
        words = name.removeprefix("ИП").removeprefix("Индивидуальный предприниматель").split()
        person = ET.SubElement(identity, "СвИП", ИННФЛ=inn)
        names = dict(zip(("Фамилия", "Имя", "Отчество"), words, strict=False))
        ET.SubElement(person, "ФИО", {"Фамилия": name, "Имя": "-", **names} if len(words) < 2 else names)
    else:
        ET.SubElement(identity, "СвЮЛУч", {"НаимОрг": name, "ИННЮЛ": inn} | ({"КПП": kpp} if kpp else {}))
    place = ET.SubElement(party, "Адрес")
    ET.SubElement(place, "АдрИнф", КодСтр="643", НаимСтран="Россия", АдрТекст=address or "адрес не указан")


def _table(document: ET.Element, content: Mapping[str, Any], service_period: dt.date) -> None:
    table = ET.SubElement(document, "ТаблСчФакт")
    for place, row in enumerate(content["rows"], 1):
        point = f", точка поставки {row['point']}" if row["point"] else ""
        attributes = {
            "НомСтр": str(place),
            "НаимТов": f"Электрическая энергия (мощность) за {service_period:%m.%Y}{point}",
        }
        if row["kwh"] > 0 and row["net_kopecks"] > 0:
            price = (Decimal(row["net_kopecks"]) / 100 / row["kwh"]).quantize(Decimal("0.00000000001"), ROUND_HALF_UP)
            attributes |= {**_KWH, "КолТов": str(row["kwh"]), "ЦенаТов": f"{price.normalize():f}"}
        attributes |= {
            "СтТовБезНДС": _rubles(row["net_kopecks"]),
            "НалСт": f"{row['vat_pct']}%",
            "СтТовУчНал": _rubles(row["net_kopecks"] + row["vat_kopecks"]),
        }
        goods = ET.SubElement(table, "СведТов", attributes)
        excise = ET.SubElement(goods, "Акциз")
        ET.SubElement(excise, "БезАкциз").text = "без акциза"
        ET.SubElement(ET.SubElement(goods, "СумНал"), "СумНал").text = _rubles(row["vat_kopecks"])
    total = ET.SubElement(
        table,
        "ВсегоОпл",
        СтТовБезНДСВсего=_rubles(content["net_kopecks"]),
        СтТовУчНалВсего=_rubles(content["net_kopecks"] + content["vat_kopecks"]),
    )
    ET.SubElement(ET.SubElement(total, "СумНалВсего"), "СумНал").text = _rubles(content["vat_kopecks"])


def _transfer(document: ET.Element, content: Mapping[str, Any], service_period: dt.date) -> None:
    transfer = ET.SubElement(
        ET.SubElement(document, "СвПродПер"),
        "СвПер",
        СодОпер="Электрическая энергия (мощность) передана",
        ДатаНачПер=_day(service_period),
        ДатаОконПер=_day(last_day(service_period)),
    )
    ET.SubElement(
        transfer,
        "ОснПер",
        РеквНаимДок="Договор энергоснабжения",
        РеквНомерДок=content["buyer"]["contract"],
        РеквДатаДок=_day(dt.date.fromisoformat(content["buyer"]["signed_on"])),
    )


def _day(date: dt.date) -> str:
    return f"{date:%d.%m.%Y}"


def _rubles(kopecks: int) -> str:
    sign = "-" if kopecks < 0 else ""
    return f"{sign}{abs(kopecks) // 100}.{abs(kopecks) % 100:02d}"
