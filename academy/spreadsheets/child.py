"""The child: reads a table as JSON from standard input and writes a workbook to standard output."""

import io
import json
import re
import sys
from typing import Any

import xlsxwriter

WIDEST = 40
LONGEST_NAME = 31
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def workbook(table: dict[str, Any]) -> bytes:
    """The table as a workbook: bold headings that stay, columns as wide as their words, texts that stay texts."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(written, options)
    sheet = book.add_worksheet(NOT_IN_NAMES.sub(" ", table["sheet"])[:LONGEST_NAME])
    if table["rtl"]:
        sheet.right_to_left()
    rows = [table["headings"], *table["rows"]]
    sheet.freeze_panes(1, 1)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, ["" if cell is None else cell for cell in row], _bold(book) if not number else None)
    for column in range(len(table["headings"])):
        widest = max(len(str(row[column] or "")) for row in rows)
        sheet.set_column(column, column, min(widest + 2, WIDEST))
    book.close()
    return written.getvalue()


def _bold(book: Any) -> Any:  # noqa: ANN401  the library has no types
    return book.add_format({"bold": True, "text_wrap": True, "valign": "top"})


if __name__ == "__main__":
    sys.stdout.buffer.write(workbook(json.load(sys.stdin)))
