"""`./bench [--write] [NAME…]`: run the benchmarks and write their report."""

import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import cpu, credentials, desk, directory, forum, memory, writes

WRITE = "--write"
REPORT = Path(__file__).with_name("RESULTS.md")
ALL = {
    "cpu": ("CPU per request", cpu.report),
    "credentials": ("Signing certificates", credentials.report),
    "desk": ("Trainers' pages at full size", desk.report),
    "directory": ("The directory at full size", directory.report),
    "forum": ("The forum at full size", forum.report),
    "memory": ("Memory and rest", memory.report),
    "writes": ("Writes under concurrency", writes.report),
}


def main(words: list[str]) -> int:
    """Run the named benchmarks, or all; a run of all writes the report, `--write` puts the named parts into it."""
    names = [word for word in words if word != WRITE]
    unknown = [name for name in names if name not in ALL]
    if unknown:
        sys.stderr.write(f"There is no benchmark “{unknown[0]}”; there are {', '.join(ALL)}.\n")
        return 2
    begun = f"# Benchmarks\n\nMeasured {_day()}. `./bench` writes this page.\n"
    if names and WRITE in words:
        begun = REPORT.read_text(encoding="utf-8")
    for name in names or ALL:
        title, report = ALL[name]
        said = [f"Measured {_day()}.", ""] if names else []
        part = "\n".join([f"## {title}", "", *said, *report()])
        sys.stdout.write(f"{part}\n\n")
        begun = with_part(begun, title, part)
        if WRITE in words or not names:
            REPORT.write_text(begun, encoding="utf-8")
    return 0


def with_part(report: str, title: str, part: str) -> str:
    """The report with this part instead of the one of its title, or at the end."""
    head, *others = re.split(r"(?m)^(?=## )", report)
    parts = {each.partition("\n")[0]: each.strip() for each in (*others, part)}
    parts[f"## {title}"] = part.strip()
    return "\n\n".join([head.strip(), *parts.values()]) + "\n"


def _day() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
