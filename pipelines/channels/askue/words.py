"""What a person reads of a message that is not taken, or not all of it."""

from collections.abc import Mapping
from xml.parsers.expat import errors

AGAIN = "Передайте исправленный файл."
RESEND = "Исправьте сообщение и пришлите его с большим номером."

XML_WORDS: Mapping[int, str] = {
    errors.codes[errors.XML_ERROR_NO_ELEMENTS]: "XML не закончен, файл передан не полностью",
    errors.codes[errors.XML_ERROR_UNCLOSED_TOKEN]: "XML не закончен, файл передан не полностью",
    errors.codes[errors.XML_ERROR_PARTIAL_CHAR]: "XML не закончен, файл передан не полностью",
    errors.codes[errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: "XML не закончен, файл передан не полностью",
    errors.codes[errors.XML_ERROR_INVALID_TOKEN]: (
        "это не XML: лишний знак, или текст не в той кодировке, которая объявлена (без объявления: UTF-8)"
    ),
    errors.codes[errors.XML_ERROR_SYNTAX]: "это не XML: ожидается элемент message",
    errors.codes[errors.XML_ERROR_TAG_MISMATCH]: "закрывается не тот элемент, который открыт",
    errors.codes[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: "атрибут повторён",
    errors.codes[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "после конца сообщения стоит что-то ещё",
    errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]: "сущности (&…;) не принимаются",
    errors.codes[errors.XML_ERROR_UNKNOWN_ENCODING]: "объявлена неизвестная кодировка",
    errors.codes[errors.XML_ERROR_INCORRECT_ENCODING]: "кодировка не та, что объявлена",
}
"""Code of a mistake in XML -> what is wrong; others are told in the words of the parser."""


def expected(what: str, found: str, line: int, advice: str = AGAIN) -> str:
    """The sentence that every refusal is: where, what was expected, what was found, what to do."""
    return f"Строка {line}. Ожидается: {what}; найдено: {found}. {advice}"


def quoted(text: str) -> str:
    """A text of a file as a sentence shows it."""
    return f"«{text.strip()[:100]}»" if text.strip() else "пусто"
