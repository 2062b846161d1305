"""Messages of a metering system, as a customer's own would make them."""

import datetime as dt


def message(
    point: str, *, day: dt.date, inn: str = "6199000019", number: int = 7, last_end: str = "0000", more: str = ""
) -> bytes:
    """A day of one point, 10 kWh an hour."""
    ends = [f"{hour:02d}00" for hour in range(1, 24)] + [last_end]
    periods = "".join(
        f'<period start="{hour:02d}00" end="{end}"><value{more}>10</value></period>' for hour, end in enumerate(ends)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><message class="80020" version="2" number="{number}">'
        f"<datetime><timestamp>20260419000000</timestamp><day>{day:%Y%m%d}</day></datetime>"
        f'<sender><inn>{inn}</inn></sender><area timezone="1"><inn>{inn}</inn>'
        f'<measuringpoint code="{point}"><measuringchannel code="01">{periods}</measuringchannel></measuringpoint>'
        "</area></message>"
    ).encode()
