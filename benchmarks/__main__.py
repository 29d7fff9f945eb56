"""`./bench [NAME…]`: run the benchmarks and write their report."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import cpu, credentials, desk, directory, memory, writes

REPORT = Path(__file__).with_name("RESULTS.md")
ALL = {
    "cpu": ("CPU per request", cpu.report),
    "credentials": ("Signing certificates", credentials.report),
    "desk": ("Trainers' pages at full size", desk.report),
    "directory": ("The directory at full size", directory.report),
    "memory": ("Memory and rest", memory.report),
    "writes": ("Writes under concurrency", writes.report),
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; only a run of all replaces the report."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        sys.stderr.write(f"There is no benchmark “{unknown[0]}”; there are {', '.join(ALL)}.\n")
        return 2
    day = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}"
    lines = ["# Benchmarks", "", f"Measured {day}. `./bench` writes this page.", ""]
    for name in names or ALL:
        title, report = ALL[name]
        lines.extend([f"## {title}", "", *report(), ""])
    text = "\n".join(lines)
    sys.stdout.write(text)
    if not names:
        REPORT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
