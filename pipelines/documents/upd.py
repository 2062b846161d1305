"""The universal transfer document (УПД) as the tax service's XML, format 5.03 (order ЕД-7-26/970@ of 19.12.2023)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from pipelines.documents.draft import last_day
from pipelines.documents.tax_file import KWH, ROUBLE, day, good, identity, party, price, rubles, signer_names, written


def upd_name(content: Mapping[str, Any], number: str, drawn_on: dt.date) -> str:
    """The file's name without `.xml`: it is the identifier in the file as well."""
    recipient, sender, made = identity(content, f"{drawn_on:%Y}/{number}")
    return f"ON_NSCHFDOPPR_{recipient}_{sender}_{drawn_on:%Y%m%d}_{made}_0_0_0_0_0_00"


def upd_xml(content: Mapping[str, Any], number: str, drawn_on: dt.date, service_period: dt.date) -> bytes:
    """The file."""
    seller, buyer = content["seller"], content["buyer"]
    file = ET.Element("Файл", ИдФайл=upd_name(content, number, drawn_on), ВерсФорм="5.03", ВерсПрог="Energosbyt 1")
    document = ET.SubElement(
        file,
        "Документ",
        КНД="1115131",
        Функция="СЧФДОП",
        ПоФактХЖ="Документ об отгрузке товаров (выполнении работ), передаче имущественных прав",
        НаимДокОпр="Универсальный передаточный документ",
        ДатаИнфПр=day(drawn_on),
        ВремИнфПр="00.00.00",
        НаимЭконСубСост=seller["Name"],
    )
    invoice = ET.SubElement(document, "СвСчФакт", НомерДок=number, ДатаДок=day(drawn_on))
    party(invoice, "СвПрод", seller["Name"], seller["PayeeINN"], seller["KPP"], _address(seller["Address"]))
    ET.SubElement(
        invoice,
        "ДокПодтвОтгрНом",
        РеквНаимДок="Универсальный передаточный документ",
        РеквНомерДок=number,
        РеквДатаДок=day(drawn_on),
    )
    party(invoice, "СвПокуп", buyer["name"], buyer["inn"], buyer["kpp"], _address(buyer["address"]))
    ET.SubElement(invoice, "ДенИзм", ROUBLE)
    _table(document, content, service_period)
    _transfer(document, content, service_period)
    signer = ET.SubElement(document, "Подписант", Должн=seller["SignerPosition"], СпосПодтПолном="1")
    signer_names(signer, seller)
    return written(file)


def _address(text: str) -> dict[str, str]:
    return {"НаимСтран": "Россия", "АдрТекст": text or "адрес не указан"}


def _table(document: ET.Element, content: Mapping[str, Any], service_period: dt.date) -> None:
    table = ET.SubElement(document, "ТаблСчФакт")
    for place, row in enumerate(content["rows"], 1):
        attributes = {
            "НомСтр": str(place),
            "НаимТов": good(service_period, row["point"]),
        }
        if row["kwh"] > 0 and row["net_kopecks"] > 0:
            attributes |= {
                "ОКЕИ_Тов": KWH["code"],
                "НаимЕдИзм": KWH["name"],
                "КолТов": str(row["kwh"]),
                "ЦенаТов": price(row["net_kopecks"], row["kwh"]),
            }
        attributes |= {
            "СтТовБезНДС": rubles(row["net_kopecks"]),
            "НалСт": f"{row['vat_pct']}%",
            "СтТовУчНал": rubles(row["net_kopecks"] + row["vat_kopecks"]),
        }
        goods = ET.SubElement(table, "СведТов", attributes)
        excise = ET.SubElement(goods, "Акциз")
        ET.SubElement(excise, "БезАкциз").text = "без акциза"
        ET.SubElement(ET.SubElement(goods, "СумНал"), "СумНал").text = rubles(row["vat_kopecks"])
    total = ET.SubElement(
        table,
        "ВсегоОпл",
        СтТовБезНДСВсего=rubles(content["net_kopecks"]),
        СтТовУчНалВсего=rubles(content["net_kopecks"] + content["vat_kopecks"]),
    )
    ET.SubElement(ET.SubElement(total, "СумНалВсего"), "СумНал").text = rubles(content["vat_kopecks"])


def _transfer(document: ET.Element, content: Mapping[str, Any], service_period: dt.date) -> None:
    transfer = ET.SubElement(
        ET.SubElement(document, "СвПродПер"),
        "СвПер",
        СодОпер="Электрическая энергия (мощность) передана",
        ДатаНачПер=day(service_period),
        ДатаОконПер=day(last_day(service_period)),
    )
    ET.SubElement(
        transfer,
        "ОснПер",
        РеквНаимДок="Договор энергоснабжения",
        РеквНомерДок=content["buyer"]["contract"],
        РеквДатаДок=day(dt.date.fromisoformat(content["buyer"]["signed_on"])),
    )
