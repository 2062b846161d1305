"""A corrective tax invoice as the tax service's universal corrective document (УКД), format 5.01.

Order ЕД-7-26/736@ of 12.10.2020: the corrective invoice and the notice of the changed cost in one file (КСЧФДИС).
A row is a point of supply whose energy or cost changed: before, after and the difference.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from pipelines.documents.tax_file import KWH, ROUBLE, day, good, identity, party, price, rubles, signer_names, written

Content = Mapping[str, Any]


def has_ukd(content: Content) -> bool:
    """Whether a correction can be such a file: it names the tax invoice it corrects, and no cost is below zero."""
    return "invoice" in content and all(
        row[state][sums] >= 0
        for row in content["rows"]
        for state in ("before", "after")
        for sums in ("kwh", "net_kopecks", "vat_kopecks")
    )


def ukd_name(content: Content, number: str, drawn_on: dt.date) -> str:
    """The file's name without `.xml`: it is the identifier in the file as well."""
    recipient, sender, made = identity(content, f"correction/{drawn_on:%Y}/{number}")
    return f"ON_NKORSCHFDOPPR_{recipient}_{sender}_{drawn_on:%Y%m%d}_{made}"


def ukd_xml(content: Content, number: str, drawn_on: dt.date, service_period: dt.date) -> bytes:
    """The file."""
    seller, buyer, original = content["seller"], content["buyer"], content["invoice"]
    recipient, sender, _ = identity(content, "")
    first_day = day(dt.date.fromisoformat(original["drawn_on"]))
    file = ET.Element("Файл", ИдФайл=ukd_name(content, number, drawn_on), ВерсФорм="5.01", ВерсПрог="Energosbyt 1")
    ET.SubElement(file, "СвУчДокОбор", ИдОтпр=sender, ИдПол=recipient)
    document = ET.SubElement(
        file,
        "Документ",
        КНД="1115133",
        Функция="КСЧФДИС",
        ПоФактХЖ="Документ, подтверждающий согласие (факт уведомления) покупателя на изменение стоимости отгруженных"
        " товаров (выполненных работ, оказанных услуг), переданных имущественных прав",
        НаимДокОпр="Корректировочный счет-фактура и документ об изменении стоимости отгруженных товаров (выполненных"
        " работ, оказанных услуг), переданных имущественных прав",
        ДатаИнфПр=day(drawn_on),
        ВремИнфПр="00.00.00",
        НаимЭконСубСост=seller["Name"],
    )
    invoice = ET.SubElement(document, "СвКСчФ", НомерКСчФ=number, ДатаКСчФ=day(drawn_on), КодОКВ=ROUBLE["КодОКВ"])
    ET.SubElement(invoice, "СчФ", НомерСчФ=str(original["number"]), ДатаСчФ=first_day)
    party(invoice, "СвПрод", seller["Name"], seller["PayeeINN"], seller["KPP"], _address(seller["Address"]))
    party(invoice, "СвПокуп", buyer["name"], buyer["inn"], buyer["kpp"], _address(buyer["address"]))
    ET.SubElement(invoice, "ДопСвФХЖ1", НаимОКВ=ROUBLE["НаимОКВ"])
    _table(document, content["rows"], service_period)
    event = ET.SubElement(document, "СодФХЖ3", СодОпер="Уведомляю об изменении стоимости", ДатаНапр=day(drawn_on))
    ET.SubElement(
        event,
        "ПередатДокум",
        НаимОсн="Универсальный передаточный документ",
        НомОсн=str(original["number"]),
        ДатаОсн=first_day,
    )
    ET.SubElement(
        event,
        "ДокумОснКор",
        НаимОсн="Договор энергоснабжения",
        НомОсн=buyer["contract"],
        ДатаОсн=day(dt.date.fromisoformat(buyer["signed_on"])),
    )
    signer = ET.SubElement(document, "Подписант", ОблПолн="6", Статус="1", ОснПолн="Должностные обязанности")
    signer_names(
        ET.SubElement(signer, "ЮЛ", ИННЮЛ=seller["PayeeINN"], НаимОрг=seller["Name"], Должн=seller["SignerPosition"]),
        seller,
    )
    return written(file)


def _address(text: str) -> dict[str, str]:
    return {"АдрТекст": text or "адрес не указан"}


def _table(document: ET.Element, rows: Sequence[Content], service_period: dt.date) -> None:
    table = ET.SubElement(document, "ТаблКСчФ")
    for place, row in enumerate(rows, 1):
        _row(table, place, row, service_period)
    for tag, sign in (("ВсегоУвел", 1), ("ВсегоУм", -1)):
        net, vat = (
            sum(max(sign * (row["after"][name] - row["before"][name]), 0) for row in rows)
            for name in ("net_kopecks", "vat_kopecks")
        )
        if net or vat:
            total = ET.SubElement(table, tag, СтТовБезНДСВсего=rubles(net), СтТовУчНалВсего=rubles(net + vat))
            ET.SubElement(ET.SubElement(total, "СумНал"), "СумНДС").text = rubles(vat)


def _row(table: ET.Element, place: int, row: Content, service_period: dt.date) -> None:
    before, after = row["before"], row["after"]
    attributes = {"НомСтр": str(place), "НаимТов": good(service_period, row["point"])}
    if row["line"]:
        attributes["ПорНомТовВСЧФ"] = str(row["line"])
    # A price is there where there is a cost and energy it is of: a unit stands before and after, or nowhere.
    is_priced = all(state["kwh"] > 0 and state["net_kopecks"] > 0 for state in (before, after))
    for state, sums in (("До", before), ("После", after)) if is_priced else ():
        attributes |= {
            f"ОКЕИ_Тов{state}": KWH["code"],
            f"КолТов{state}": str(sums["kwh"]),
            f"ЦенаТов{state}": price(sums["net_kopecks"], sums["kwh"]),
        }
    attributes |= {"НалСтДо": f"{row['vat_pct']}%", "НалСтПосле": f"{row['vat_pct']}%"}
    goods = ET.SubElement(table, "СведТов", attributes)
    _changed(goods, "СтТовБезНДС", before["net_kopecks"], after["net_kopecks"])
    for tag in ("АкцизДо", "АкцизПосле"):
        ET.SubElement(ET.SubElement(goods, tag), "БезАкциз").text = "без акциза"
    for tag, sums in (("СумНалДо", before), ("СумНалПосле", after)):
        ET.SubElement(ET.SubElement(goods, tag), "СумНДС").text = rubles(sums["vat_kopecks"])
    change = after["vat_kopecks"] - before["vat_kopecks"]
    difference = ET.SubElement(goods, "СумНалРазн")
    ET.SubElement(difference, "СумУм" if change < 0 else "СумУвел").text = rubles(abs(change))
    _changed(goods, "СтТовУчНал", _with_vat(before), _with_vat(after))
    if is_priced:
        ET.SubElement(goods, "ДопСведТов", НаимЕдИзмДо=KWH["name"], НаимЕдИзмПосле=KWH["name"])


def _changed(goods: ET.Element, tag: str, before: int, after: int) -> None:
    """A cost before and after, and how much more or less it is."""
    attributes = {"СтоимДоИзм": rubles(before), "СтоимПослеИзм": rubles(after)}
    if after != before:
        attributes["СтоимУвел" if after > before else "СтоимУм"] = rubles(abs(after - before))
    ET.SubElement(goods, tag, attributes)


def _with_vat(sums: Content) -> int:
    return int(sums["net_kopecks"]) + int(sums["vat_kopecks"])
