"""What becomes of the channels of a message: rows, or a sentence for what cannot be taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.channels.askue.bodies import Bodies, Learned
from pipelines.channels.askue.channel import Day, Period, read_day
from pipelines.channels.askue.energy import watt_hours
from pipelines.channels.askue.message import BrokenMessageError, Message
from pipelines.channels.askue.rows import Node
from pipelines.channels.askue.words import RESEND, expected, quoted
from pipelines.channels.whole import Rejection

CODE_LIMIT = 32
"""Characters of the longest code."""

REJECTIONS_LIMIT = 10_000
"""A message with more mistakes is refused whole."""

EARLY_LIMIT = 500_000
"""Values that wait for the day they are of, should it come after them."""

_AREAS_SHOWN = 5

_HOME_ZONES = frozenset({"", "0", "1"})


@dataclass(slots=True)
class Channel:
    """A channel under way; a node that has periods and no channels is one with an empty code.

    Attributes:
        place: the line it is kept under.
        depth: how deep its element stands.
        body: its number among the bodies of the message; 0 when it has none.
        cut: what is known of its body, when that was cut out.
    """

    node: Node | None
    code: str
    line: int
    place: int
    depth: int
    periods: list[Period] = field(default_factory=list)
    body: int = 0
    cut: tuple[Learned, list[bytes]] | None = None


class Taking:
    """The channels of one message.

    Places are lines, but no two rows have the same: of two that stand on one line the second is counted on.
    """

    def __init__(self, message: Message, bodies: Bodies, first_line: int) -> None:
        self.message, self.rows, self.bodies = message, message.rows, bodies
        self.offset = first_line - 1
        self.place = 0
        self.early: list[Channel] = []
        self.waiting = 0
        self.seen: dict[tuple[str, str, str], list[int]] = {}

    def take(self, channel: Channel) -> None:
        """A channel has ended: keep what it says, or wait for the day if that comes later."""
        if self.message.day is None:
            self._wait(channel)
            return
        problem = _foreign(channel)
        if problem or channel.node is None:
            self._reject(channel, "energy_channel", channel.line, problem, place=channel.place)
            self.bodies.forget(channel.body)
        elif channel.cut is not None:
            self._take_cut(channel.node, channel, *channel.cut)
        else:
            self._take_day(channel.node, channel, read_day(self.message.day, channel.periods))

    def _wait(self, channel: Channel) -> None:
        self.early.append(channel)
        self.waiting += len(channel.periods)
        if self.waiting > EARLY_LIMIT:
            what = f"сутки данных (datetime/day) не позже {EARLY_LIMIT} значений"
            raise BrokenMessageError("message_header", channel.line, expected(what, "их ещё нет", channel.line))

    def _take_cut(self, node: Node, channel: Channel, learned: Learned, numbers: Sequence[bytes]) -> None:
        energy = watt_hours(numbers)
        self._remember(node, channel)
        if len(energy) == learned.size:
            self.rows.add_known(node, channel.code, channel.place, learned.minutes, energy)
        else:
            day = Day(learned.minutes, [None] * learned.size)
            for place, wh in zip(learned.places, energy, strict=True):
                day.wh[place] = wh
            self.rows.add(node, channel.code, channel.place, day)

    def _take_day(self, node: Node, channel: Channel, day: Day) -> None:
        if day.places is None or not channel.body:
            self.bodies.forget(channel.body)
        else:
            self.bodies.learn(channel.body, Learned(day.minutes, len(day.wh), day.places))
        if day.minutes:
            self._remember(node, channel)
            self.rows.add(node, channel.code, channel.place, day)
        else:
            message = expected("периоды по 30 или 60 минут", f"{len(channel.periods)} других", channel.line, RESEND)
            self._reject(channel, "energy_period", channel.line, message, place=channel.place)
        for one in day.problems:
            self._reject(channel, one.rule_id, one.period.line, one.message, one.period.raw_text)

    def _remember(self, node: Node, channel: Channel) -> None:
        self.seen.setdefault((node.kind, node.code, channel.code), []).append(len(self.rows))

    def _reject(
        self, channel: Channel, rule_id: str, line: int, message: str, raw_text: str = "", place: int | None = None
    ) -> None:
        words = f"{_named(channel.node.code if channel.node else '', channel.code)}. {message}"
        place = self.place_of(line) if place is None else place
        self.message.rejections.append(Rejection(place, rule_id, words, raw_text))
        if len(self.message.rejections) > REJECTIONS_LIMIT:
            raise BrokenMessageError(
                "message_header", line, expected(f"не больше {REJECTIONS_LIMIT} ошибок в сообщении", "больше", line)
            )

    def place_of(self, line: int) -> int:
        """The line that what stands on this line is kept under."""
        self.place = max(self.place + 1, line + self.offset)
        return self.place

    def finish(self) -> None:
        """Take what came before the day was known, and look at what was said twice."""
        for channel in self.early:
            self.take(channel)
        self._drop_contradictions()
        self.message.last_place = self.place

    def _drop_contradictions(self) -> None:
        """Take neither of two that say different things of one point and channel; the second of equal ones repeats."""
        for (_, code, channel), places in self.seen.items():
            if len(places) < 2 or all(self.rows.content(place) == self.rows.content(places[0]) for place in places[1:]):
                continue
            inns = sorted({self.rows.nodes[place].area.inn for place in places})
            areas = ", ".join(inn[:CODE_LIMIT] or "без ИНН" for inn in inns[:_AREAS_SHOWN])
            for place in places:
                self.rows.dropped.add(place)
                message = (
                    f"{_named(code, channel)}. Ожидается: значения один раз; найдено: {len(places)}"
                    f" раза, и разные (области {areas}). Какие верны, неизвестно: не приняты никакие. {RESEND}"
                )
                self.message.rejections.append(Rejection(self.rows.lines[place], "energy_twice", message, ""))


def _named(point: str, channel: str) -> str:
    """A point and its channel, as a sentence begins."""
    return f"Точка {point[:CODE_LIMIT] or 'без кода'}, канал {channel[:CODE_LIMIT] or 'без кода'}"


def _foreign(channel: Channel) -> str:
    """Why a channel cannot be anybody's; empty when it can."""
    numbers = len(channel.cut[1]) if channel.cut else sum(bool(one.text.strip()) for one in channel.periods)
    found = f"{numbers} значений"
    if channel.node is None:
        return expected("канал в элементе точки (measuringpoint) или группы", f"{found} вне её", channel.line, RESEND)
    if not channel.node.code.strip("-") or len(channel.node.code) > CODE_LIMIT or len(channel.code) > CODE_LIMIT:
        what = f"код точки и код канала до {CODE_LIMIT} знаков"
        return expected(what, f"{quoted(channel.node.code)} и {found}", channel.line, RESEND)
    if channel.node.area.timezone not in _HOME_ZONES:
        zone = quoted(channel.node.area.timezone)
        return expected("часовой пояс 1, московское время", f"{zone} и {found}", channel.line, RESEND)
    return ""
