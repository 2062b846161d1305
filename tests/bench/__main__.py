"""Measure parts of the product: `python -m tests.bench [part …] [--accounts N] [--months M] [--count N]`.

Each part writes `data/var/bench/<part>-<accounts>x<months>.json` and `.md`: machine, versions, rows, seconds, rows a second,
peak memory, bytes on disk. Without a name all parts run, each in a process of its own.
"""

import argparse
import importlib
import pkgutil
import subprocess
import sys

from tests.bench import parts
from tests.bench.measure import Bench

NAMES = sorted(module.name for module in pkgutil.iter_modules(parts.__path__))


def main() -> int:
    """Run one part here, several in processes of their own: what one left in memory is no other's."""
    titles = "\n".join(f"  {name:<14}{_title(name)}" for name in NAMES)
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        epilog=f"parts:\n{titles}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="*", help="all of them unless named")
    parser.add_argument("--accounts", type=int, default=100_000, help="size of the invented region")
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument(
        "--count", type=int, help="how many a part takes (pages, accounts); its own number unless given"
    )
    parser.add_argument("--sizes", type=int, nargs="*", help="sizes of the part growth: 10000 30000 100000")
    arguments = parser.parse_args()
    names = arguments.part or NAMES
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        parser.error(f"no part is called {unknown[0]!r}; there are {', '.join(NAMES)}")
    if len(names) == 1:
        bench = Bench(names[0], arguments.accounts, arguments.months, arguments.count, tuple(arguments.sizes or ()))
        importlib.import_module(f"{parts.__name__}.{names[0]}").run(bench)
        bench.write(_title(names[0]))
        return 0
    rest = [argument for argument in sys.argv[1:] if argument not in names]
    failed = [
        name
        for name in names
        if subprocess.run([sys.executable, "-m", "tests.bench", name, *rest], check=False).returncode
    ]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


def _title(name: str) -> str:
    return (importlib.import_module(f"{parts.__name__}.{name}").__doc__ or "").splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
