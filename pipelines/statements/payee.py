"""Whom the customer pays, and the payment code of ГОСТ Р 56042-2014 that says so."""

import csv
import datetime as dt
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import zxingcpp

REQUIRED = ("Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc")
"""The mandatory fields, in the order of the standard."""


def read_payee(reference: Path) -> Mapping[str, str]:
    """The payee's requisites from `payee.csv`.

    Raises:
        ValueError: a mandatory field is missing or holds the separator of the code.
    """
    path = reference / "payee.csv"
    with path.open(encoding="utf-8", newline="") as file:
        payee = {row["key"]: row["value"] for row in csv.DictReader(file)}
    for key in (*REQUIRED, "PayeeINN"):
        if not payee.get(key) or "|" in payee[key]:
            raise ValueError(f"{path}: {key} should be given and hold no vertical bar")
    return payee


def payment_text(payee: Mapping[str, str], account_number: int, period: dt.date, kopecks: int) -> str:
    """The text of the code: UTF-8 (ST00012), sum in kopecks; without a sum when nothing is to be paid."""
    fields = [f"{key}={payee[key]}" for key in REQUIRED]
    if kopecks > 0:
        fields.append(f"Sum={kopecks}")
    fields += [
        f"Purpose=Оплата электроэнергии, лицевой счёт {account_number}, {period:%m.%Y}",
        f"PayeeINN={payee['PayeeINN']}",
        f"PersAcc={account_number}",
        f"PaymPeriod={period:%m%Y}",
        "TechCode=02",
    ]
    return "|".join(["ST00012", *fields])


def contract_payment_text(payee: Mapping[str, str], contract: str, period: dt.date, kopecks: int) -> str:
    """The same for a contract; the purpose names it and the month as crediting reads them."""
    fields = [f"{key}={payee[key]}" for key in REQUIRED]
    purpose = f"Оплата за электроэнергию за {period:%m.%Y} по договору № {contract}, в т.ч. НДС"
    fields += [f"Sum={kopecks}", f"Purpose={purpose}", f"PayeeINN={payee['PayeeINN']}", f"Contract={contract}"]
    return "|".join(["ST00012", *fields])


def payment_code(text: str) -> list[list[int]]:
    """The code as rows of modules, quiet zone included: 1 is dark."""
    rows: list[list[int]] = (1 - _light(text)).tolist()
    return rows


def payment_picture(text: str) -> bytes:
    """The same as a PNG of one bit a module: of all pictures the quickest to make and to set."""
    light = _light(text)
    height, width = light.shape
    lines = np.packbits(light, axis=1)
    scanned = b"".join(b"\0" + line.tobytes() for line in lines)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(scanned, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def _light(text: str) -> Any:
    """The modules of the code as an array: 1 is light."""
    # As bytes: left to itself the writer may choose another character set, and ST00012 promises UTF-8.
    barcode = zxingcpp.create_barcode(text.encode(), zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=True)
    return (np.asarray(image) >= 128).astype(np.uint8)
