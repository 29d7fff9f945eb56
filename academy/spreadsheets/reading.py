"""Read a table that somebody brings: a workbook (XLSX, ODS, XLS) or CSV in whatever encoding it was saved."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from academy.errors import DomainError
from academy.i18n import Text
from academy.i18n import lazy_gettext as _l

ROOT = Path(__file__).parents[2]
SECONDS = 40
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 10_000
REASONS: dict[str, Text] = {
    "empty": _l("There is nothing in this file."),
    "long": _l("This table has more than %(most)d rows. Please bring it in parts.", most=MOST_ROWS),
    "locked": _l("This file is locked by a password. Save it without one and choose it again."),
}


class NotATable(DomainError):
    """The file cannot be read; the sentence says why, as far as that is known."""

    status = 422
    sentence = _l("This file cannot be read as a table. Save it as XLSX or CSV and choose it again.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as texts, row by row; `others` counts the sheets of the file that were not read."""

    rows: list[list[str]]
    others: int = 0


def read(content: bytes) -> Sheet:
    """The first sheet that holds anything; raise NotATable. A child reads it, with little memory and time."""
    try:
        done = subprocess.run(  # noqa: S603  our own module
            [sys.executable, "-m", "academy.spreadsheets.reader", str(MOST_ROWS)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")},
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotATable from error
    found = json.loads(done.stdout)
    if "reason" in found:
        raise NotATable(REASONS.get(found["reason"], NotATable.sentence))
    return Sheet(found["rows"], found["others"])
