"""Reads a message with expat, element by element, in bounded memory; names and children in any case and order."""

import functools
from collections.abc import Mapping, Sequence
from xml.parsers import expat

from pipelines.channels.askue.bodies import Bodies, Reader
from pipelines.channels.askue.channel import Period
from pipelines.channels.askue.message import BrokenMessageError, Message
from pipelines.channels.askue.rows import Area, Node
from pipelines.channels.askue.taking import Channel, Taking
from pipelines.channels.askue.words import AGAIN, XML_WORDS, expected

NODES: Mapping[str, str] = {
    "measuringpoint": "measuring_point",
    "accountpoint": "account_point",
    "deliverypoint": "delivery_point",
    "deliverygroup": "delivery_group",
    "peretok": "flow",
}
"""Element -> what is measured, as the vocabulary names it."""

_LEAVES = frozenset({"timestamp", "day", "inn", "name", "name_abonent"})
_DEPTH_LIMIT = 32
_TEXT_LIMIT = 1000
_TOKEN_LIMIT = 8 << 20


def read_message(file: Reader, first_line: int = 1) -> Message:
    """Read a message to its end.

    Args:
        file: its bytes.
        first_line: the number its first line is kept under: the files of an archive are numbered on.

    Raises:
        BrokenMessageError: it is not well-formed, not safe, or no message.
        OSError: it cannot be read.
    """
    return _Follower(first_line).read(file)


class _Follower:
    """Follows the elements of one message."""

    def __init__(self, first_line: int) -> None:
        self.message = Message()
        self.bodies = Bodies()
        self.taking = Taking(self.message, self.bodies, first_line)
        self.cut_lines = 0
        self.path: list[str] = []
        self.texts: list[str] | None = None
        self.area = Area()
        self.nodes: list[Node] = []
        self.channel: Channel | None = None
        self.period: Period | None = None
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartDoctypeDeclHandler = self.doctype

    @property
    def line(self) -> int:
        """The line the parser stands in."""
        return self.parser.CurrentLineNumber + self.cut_lines

    def read(self, file: Reader) -> Message:
        fed = 0
        try:
            for piece in self.bodies.pieces(file):
                self.parser.Parse(piece, False)  # noqa: FBT003
                fed += len(piece)
                if fed - self.parser.CurrentByteIndex > _TOKEN_LIMIT:
                    raise self.broken("message_xml", "элемент или текст короче 8 МиБ", "длиннее")
            self.parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            words = XML_WORDS.get(error.code, expat.ErrorString(error.code))
            line = error.lineno + self.cut_lines
            message = f"Строка {line}, знак {error.offset + 1}: {words}. {AGAIN}"
            raise BrokenMessageError("message_xml", line, message) from error
        except (LookupError, ValueError) as error:
            raise self.broken("message_xml", "известная кодировка (windows-1251 или UTF-8)", "другая") from error
        return self.finish()

    def doctype(self, *_: object) -> None:
        raise self.broken("message_dtd", "XML без DOCTYPE и сущностей", "DOCTYPE")

    def instruction(self, target: str, data: str) -> None:
        if target != self.bodies.target or self.channel is None:
            return
        body, self.cut_lines = map(int, data.split())
        cut = self.bodies.cut.pop(body, None)
        if self.period is not None:
            self.period.element = "measuringchannel"
        else:
            self.channel.body, self.channel.cut = body, cut

    def start(self, written: str, attributes: Sequence[str]) -> None:
        name = _local_name(written)
        depth = len(self.path)
        parent = self.path[-1] if self.path else ""
        self.path.append(name)
        if not depth:
            self.message.begin(name, _dictionary(attributes), self.line)
        elif self.period is not None and self.channel is not None:
            self.start_in_period(self.period, name, attributes, is_child=depth == self.channel.depth + 1)
        elif self.channel is not None:
            self.start_period(name, attributes)
        elif name == "period":
            self.channel = self.new_channel("", depth)
            self.start_period(name, attributes)
        else:
            self.start_other(name, parent, attributes)
        if depth > _DEPTH_LIMIT:
            raise self.broken("message_xml", f"не больше {_DEPTH_LIMIT} вложенных элементов", "больше")

    def start_other(self, name: str, parent: str, attributes: Sequence[str]) -> None:
        if name == "measuringchannel":
            self.channel = self.new_channel(_dictionary(attributes).get("code", "").strip(), len(self.path))
        elif name in NODES:
            self.nodes.append(self.new_node(name, _dictionary(attributes)))
        elif name == "area":
            self.area = Area(timezone=_dictionary(attributes).get("timezone", "").strip())
        elif name in _LEAVES and parent in {"datetime", "sender", "area"}:
            self.texts = []

    def start_period(self, name: str, attributes: Sequence[str]) -> None:
        said = _dictionary(attributes)
        self.period = Period(self.line, said.get("start", ""), said.get("end", ""), element=name)
        self.texts = []

    def start_in_period(self, period: Period, name: str, attributes: Sequence[str], *, is_child: bool) -> None:
        if not is_child or name != "value":
            period.element = f"{period.element}/{name}"[:_TEXT_LIMIT]
            return
        said = _dictionary(attributes) if attributes else {}
        period.values += 1
        period.status = said.get("status", "")
        period.extended_status = said.get("extendedstatus", "")
        period.donor = said.get("param1", "")
        period.stray += self.told()

    def text(self, data: str) -> None:
        if self.texts is not None and len(self.texts) < _TEXT_LIMIT:
            self.texts.append(data[:_TEXT_LIMIT])

    def told(self) -> str:
        """The text since it was last asked for."""
        said = "".join(self.texts or ())
        self.texts = []
        return said

    def end(self, _: str) -> None:
        name = self.path.pop()
        depth = len(self.path)
        channel, period = self.channel, self.period
        if channel is not None and period is not None:
            if depth > channel.depth and name == "value":
                period.text = self.told()
            elif depth == channel.depth:
                period.stray += self.told()
                channel.periods.append(period)
                self.period = self.texts = None
            return
        if channel is not None and depth < channel.depth:
            self.channel = None
            self.taking.take(channel)
        if name in NODES:
            self.nodes.pop()
        elif self.texts is not None:
            self.end_leaf(name, self.path[-1] if self.path else "", self.told().strip())
            self.texts = None

    def end_leaf(self, name: str, parent: str, text: str) -> None:
        if parent == "datetime":
            if name == "day":
                self.message.set_day(text, self.line)
            elif name == "timestamp":
                self.message.set_made_at(text)
        elif name in {"inn", "name", "name_abonent"}:
            whose = self.message.sender if parent == "sender" else self.area
            if name == "inn":
                whose.inn = text[:_TEXT_LIMIT]
            else:
                whose.name = text[:_TEXT_LIMIT]

    def new_node(self, name: str, said: Mapping[str, str]) -> Node:
        code = said.get("code", "")
        if name == "peretok":
            code = "-".join(said.get(f"code{end}", said.get(f"code-{end}", "")).strip() for end in ("from", "to"))
        return Node(NODES[name], code.strip(), said.get("name", "").strip()[:_TEXT_LIMIT], self.area)

    def new_channel(self, code: str, depth: int) -> Channel:
        return Channel(self.nodes[-1] if self.nodes else None, code, self.line, self.taking.place_of(self.line), depth)

    def finish(self) -> Message:
        self.message.finish()
        self.taking.finish()
        self.message.lines = self.line
        return self.message

    def broken(self, rule_id: str, what: str, found: str) -> BrokenMessageError:
        return BrokenMessageError(rule_id, self.line, expected(what, found, self.line))


@functools.lru_cache(maxsize=256)
def _local_name(written: str) -> str:
    return written.rpartition(":")[2].lower()


def _dictionary(attributes: Sequence[str]) -> dict[str, str]:
    return dict(zip(map(str.lower, attributes[::2]), attributes[1::2], strict=True))
