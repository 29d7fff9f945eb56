"""A table as CSV or XLSX. No cell can be a formula, whatever somebody chose as their name."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 60
Cell = str | int | None
RISKY = ("=", "+", "-", "@", "\t", "\r")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as CSV in UTF-8 with a byte order mark, which spreadsheet programs need to see."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_harmless(heading) for heading in headings])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet program would calculate gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def xlsx_of(sheet: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, right_to_left: bool) -> bytes:
    """The table as a workbook of one sheet. A child writes it, because its library weighs 10 MiB in a web server."""
    table = {"sheet": sheet, "headings": list(headings), "rows": [list(row) for row in rows], "rtl": right_to_left}
    done = subprocess.run(
        [sys.executable, "-m", "academy.spreadsheets.child"],
        input=json.dumps(table).encode(),
        capture_output=True,
        timeout=SECONDS,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")},
        check=True,
    )
    return done.stdout
