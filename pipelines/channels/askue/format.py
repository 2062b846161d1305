"""Files of the channel `askue`: a message or a ZIP of them, as rows of facts."""

import re
from pathlib import Path

import pyarrow as pa

from pipelines.channels.askue.archive import BrokenArchiveError, Part, open_parts
from pipelines.channels.askue.message import BrokenMessageError, Message
from pipelines.channels.askue.reading import read_message
from pipelines.channels.askue.words import expected, quoted
from pipelines.channels.layout import FIRST_DAY, LAST_DAY, Identity
from pipelines.channels.whole import Conflict, Parsed, Refusal, Rejection, WholeFormat, WholeRows

ENERGY = "intake.energy_day_fact"

_NAME = re.compile(
    r"(?<![0-9])(?P<class>80020|80040)_(?P<inn>[0-9A-Za-z-]+)_(?P<day>[0-9]{8})_(?P<number>[0-9]+)(?=[_.]|$)"
)
_KEY = ("sender_inn", "message_class", "day", "message_number", "node", "point_code", "channel_code")
_CONTENT = ("interval_minutes", "wh", "noncommercial_wh", "bypass_of")


def read_askue(path: Path, name: str) -> Parsed | Refusal:
    """Read a file of the channel.

    Of an archive, a message that cannot be taken is one rejected row and the others are taken. Lines are counted on
    from message to message.
    """
    parts = open_parts(path, name)
    if isinstance(parts, Refusal):
        return parts
    tables: list[pa.Table] = []
    rejections: list[Rejection] = []
    line = 1
    for part in parts:
        answer = _read_part(part, line)
        if isinstance(answer, Refusal) and not part.is_member:
            return answer
        if isinstance(answer, Refusal):
            message = f"Файл «{part.name}» архива. {answer.message}"
            rejections.append(Rejection(line, answer.rule_id, message, answer.raw_text))
            line += 1
            continue
        tables.append(_table(answer))
        rejections += [_of_part(part, one) for one in answer.rejections]
        line = max(line + answer.lines, answer.last_place + 1)
    return Parsed({ENERGY: pa.concat_tables(tables)} if tables else {}, tuple(rejections))


def _read_part(part: Part, line: int) -> Message | Refusal:
    if part.is_member and not part.name.casefold().endswith(".xml"):
        return Refusal("archive_content", 1, expected("в архиве сообщения .xml", quoted(part.name), 1), "", 0)
    try:
        message = read_message(part.file, line)
    except BrokenMessageError as error:
        return Refusal(error.rule_id, error.line, error.message, "", 0)
    except BrokenArchiveError:
        return Refusal("archive_content", 1, expected("целый архив без пароля", "файл не распаковывается", 1), "", 0)
    return _foreign_name(part.name, message) or message


def _foreign_name(name: str, message: Message) -> Refusal | None:
    """A name of the usual form that says something else than the message: one of the two is another's."""
    match = _NAME.search(name)
    if match is None:
        return None
    day = message.day.strftime("%Y%m%d") if message.day else ""
    said = (match["class"], match["inn"].casefold(), match["day"], int(match["number"]))
    body = (message.class_, message.sender.inn.casefold(), day, message.number)
    if said == body:
        return None
    found = f"{message.class_}_{message.sender.inn}_{day}_{message.number}"
    text = expected(f"{quoted(match[0])}, как в имени файла", f"в сообщении {quoted(found)}", message.line)
    return Refusal("message_name", message.line, text, "", len(message.rows))


def _of_part(part: Part, one: Rejection) -> Rejection:
    if not part.is_member:
        return one
    return Rejection(one.line, one.rule_id, f"Файл «{part.name}» архива. {one.message}", one.raw_text)


def _table(message: Message) -> pa.Table:
    return message.rows.table(
        {
            "day": pa.scalar(message.day, pa.date32()),
            "sender_inn": pa.scalar(message.sender.inn, pa.string()),
            "message_class": pa.scalar(message.class_, pa.string()),
            "message_number": pa.scalar(message.number, pa.int64()),
            "made_at": pa.scalar(message.made_at, pa.timestamp("us")),
        }
    )


ASKUE_MESSAGE = WholeFormat(
    "askue_message",
    (
        WholeRows(
            ENERGY,
            Identity(
                columns=_KEY,
                content=_CONTENT,
                known=f"""
                    select {", ".join((*_KEY, *_CONTENT))}, source_file_id, source_line
                    from {ENERGY} where day between {FIRST_DAY} and {LAST_DAY}
                """,
                day="day",
            ),
            Conflict(
                "message_conflict",
                "Точка {point_code}, канал {channel_code}: сообщение {message_number} за {day} уже принято с другими"
                " значениями (файл «{file}», строка {line}). Ожидается: новые значения в сообщении с большим номером;"
                " найдено: тот же номер. Пришлите исправленное сообщение с новым номером.",
            ),
        ),
    ),
    read_askue,
)
