"""A chart of lines on two logarithmic axes, as SVG: a slope of 45 degrees is growth in proportion."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 460, 70, 150, 46, 50
COLOURS = ("#1f77b4", "#d95f02", "#1b9e77", "#7570b3", "#222222")


@dataclass(frozen=True)
class Series:
    """A named line of points."""

    name: str
    x: Sequence[float]
    y: Sequence[float]


def line_chart(series: Sequence[Series], title: str) -> str:
    """All series in one picture, decades as grid lines."""
    xs = [x for one in series for x in one.x]
    ys = [max(y, 0.01) for one in series for y in one.y]
    x_span, y_span = _decades(xs), _decades(ys)

    def at_x(value: float) -> float:
        return LEFT + (math.log10(value) - x_span[0]) / (x_span[1] - x_span[0]) * (WIDTH - LEFT - RIGHT)

    def at_y(value: float) -> float:
        share = (math.log10(max(value, 0.01)) - y_span[0]) / (y_span[1] - y_span[0])
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="26" font-size="16">{title}</text>',
    ]
    for power in range(x_span[0], x_span[1] + 1):
        x = at_x(10**power)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{10**power:,.0f}</text>')
    for power in range(y_span[0], y_span[1] + 1):
        y = at_y(10**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g} s</text>')
    for one, colour in zip(series, COLOURS, strict=False):
        points = [(at_x(x), at_y(y)) for x, y in zip(one.x, one.y, strict=True)]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        parts.append(f'<text x="{x + 9:.1f}" y="{y + 4:.1f}" fill="{colour}">{one.name} {one.y[-1]:.1f} s</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around all values."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)
