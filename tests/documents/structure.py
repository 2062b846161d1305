"""What the tax service's schema of format 5.03 demands of the parts we write (order ЕД-7-26/970@, ON_NSCHFDOPPR_1_997_01_05_03).

Facts of the schema, written down by hand: names and order of elements, attributes that must or may stand, values.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

DATE = r"(0[1-9]|[12][0-9]|3[01])\.(0[1-9]|1[0-2])\.(19|20)[0-9]{2}"
SUM = r"[0-9]{1,17}(\.[0-9]{1,2})?"
NUMBER = r"[0-9]{1,15}(\.[0-9]{1,11})?"
RATES = r"0%|5%|7%|9,09%|10%|16,67%|18%|18,03%|20%|22%|5/105|7/107|10/110|18/118|20/120|22/122|без НДС"


def text(longest: int, shortest: int = 1) -> str:
    return rf"(?s).{{{shortest},{longest}}}"


@dataclass(frozen=True)
class Element:
    """`must` and `may`: attribute -> pattern of its value; `children`: name, least and most times, in their order."""

    must: dict[str, str] = field(default_factory=dict)
    may: dict[str, str] = field(default_factory=dict)
    children: tuple[tuple[str, int, int], ...] = ()
    value: str | None = None


MANY = 10**6
PARTY = Element(
    may={"ОКПО": text(10)}, children=(("ИдСв", 1, 1), ("Адрес", 1, 1), ("БанкРекв", 0, 1), ("Контакт", 0, 1))
)
PAPER = Element({"РеквНаимДок": text(255), "РеквНомерДок": text(255), "РеквДатаДок": DATE})
NAMES = Element({"Фамилия": text(60), "Имя": text(60)}, {"Отчество": text(60)})
SCHEMA = {
    "Файл": Element(
        {"ИдФайл": text(255), "ВерсФорм": r"5\.03", "ВерсПрог": text(40)}, children=(("Документ", 1, 1),)
    ),
    "Документ": Element(
        {
            "КНД": "1115131",
            "Функция": "СЧФДОП",
            "НаимДокОпр": text(255),
            "ДатаИнфПр": DATE,
            "ВремИнфПр": r"([01][0-9]|2[0-3])\.[0-5][0-9]\.[0-5][0-9]",
        },
        {"ПоФактХЖ": text(255), "НаимЭконСубСост": text(1000)},
        (("СвСчФакт", 1, 1), ("ТаблСчФакт", 1, 1), ("СвПродПер", 1, 1), ("Подписант", 1, MANY)),
    ),
    "СвСчФакт": Element(
        {"НомерДок": text(45), "ДатаДок": DATE},
        children=(
            ("ИспрДок", 0, 1), ("СвПрод", 1, MANY), ("ГрузОт", 0, MANY), ("ГрузПолуч", 0, MANY), ("СвПРД", 0, MANY),
            ("ДокПодтвОтгрНом", 0, MANY), ("СвПокуп", 1, MANY), ("ДенИзм", 1, 1), ("ДопСвФХЖ1", 0, 1),
        ),
    ),
    "СвПрод": PARTY,
    "СвПокуп": PARTY,
    "ИдСв": Element(children=(("СвИП", 0, 1), ("СвЮЛУч", 0, 1))),
    "СвЮЛУч": Element({"НаимОрг": text(1000), "ИННЮЛ": "[0-9]{10}"}, {"КПП": "[0-9]{4}[0-9A-Z]{2}[0-9]{3}"}),
    "СвИП": Element({"ИННФЛ": "[0-9]{12}"}, children=(("ФИО", 1, 1),)),
    "Адрес": Element(children=(("АдрИнф", 1, 1),)),
    "АдрИнф": Element({"КодСтр": "[0-9]{3}", "НаимСтран": text(255), "АдрТекст": text(1000)}),
    "ДокПодтвОтгрНом": PAPER,
    "ОснПер": PAPER,
    "ДенИзм": Element({"КодОКВ": "643", "НаимОКВ": text(100)}),
    "ТаблСчФакт": Element(children=(("СведТов", 1, MANY), ("ВсегоОпл", 1, 1))),
    "СведТов": Element(
        {"НомСтр": "[0-9]{1,6}", "НалСт": RATES, "СтТовБезНДС": SUM, "СтТовУчНал": SUM},
        {"НаимТов": text(2000), "ОКЕИ_Тов": "[0-9]{3,4}", "НаимЕдИзм": text(255), "КолТов": NUMBER, "ЦенаТов": NUMBER},
        (("СвДТ", 0, MANY), ("ДопСведТов", 0, 1), ("Акциз", 0, 1), ("СумНал", 1, 1), ("ИнфПолФХЖ2", 0, MANY)),
    ),
    "СведТов/СумНал": Element(children=(("СумНал", 1, 1),)),
    "СумНал": Element(value=SUM),
    "Акциз": Element(children=(("БезАкциз", 1, 1),)),
    "БезАкциз": Element(value="без акциза"),
    "ВсегоОпл": Element({"СтТовБезНДСВсего": SUM, "СтТовУчНалВсего": SUM}, children=(("СумНалВсего", 1, 1),)),
    "СумНалВсего": Element(children=(("СумНал", 1, 1),)),
    "СвПродПер": Element(children=(("СвПер", 1, 1),)),
    "СвПер": Element(
        {"СодОпер": text(255)}, {"ДатаПер": DATE, "ДатаНачПер": DATE, "ДатаОконПер": DATE}, (("ОснПер", 1, MANY),)
    ),
    "Подписант": Element({"СпосПодтПолном": "[1-6]"}, {"Должн": text(255)}, (("ФИО", 1, 1),)),
    "ФИО": NAMES,
}  # fmt: skip


def faults(file: ET.Element, schema: Mapping[str, Element] = SCHEMA) -> list[str]:
    """Everything in which a file differs from the schema."""
    return _faults(file, "", schema)


def _faults(element: ET.Element, parent: str, schema: Mapping[str, Element]) -> list[str]:
    path = f"{parent}/{element.tag}"
    spec = schema.get("/".join(path.split("/")[-2:])) or schema.get(element.tag)
    if spec is None:
        return [f"{path}: no such element"]
    found = [f"{path}: no attribute {name}" for name in spec.must if name not in element.attrib]
    for name, value in element.attrib.items():
        pattern = {**spec.may, **spec.must}.get(name)
        if pattern is None or not re.fullmatch(pattern, value):
            found.append(f"{path}: attribute {name}={value!r}")
    if spec.value is not None and not re.fullmatch(spec.value, element.text or ""):
        found.append(f"{path}: value {element.text!r}")
    order = [name for name, _, _ in spec.children]
    names = [child.tag for child in element]
    if [name for name in names if name not in order] or names != sorted(names, key=order.index):
        found.append(f"{path}: children {names}")
    found += [
        f"{path}: {name} {names.count(name)} times"
        for name, least, most in spec.children
        if not least <= names.count(name) <= most
    ]
    for child in element:
        found += _faults(child, path, schema)
    return found
