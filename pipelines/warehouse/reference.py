"""Reference data as a whole: which version of it a run reckons by."""

import hashlib
from pathlib import Path


def reference_sha256(reference: Path) -> str:
    """One hash of all reference data: names and bytes of its files."""
    digest = hashlib.sha256()
    for path in sorted(reference.glob("*.csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
