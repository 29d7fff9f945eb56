"""Everything of a member's in one archive: to read (Markdown), as tables (CSV), for programs (JSON), and files."""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from sqlalchemy.orm import Session

from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import data_rights
from academy.spreadsheets.service import csv_of

IN_MEMORY = 1024 * 1024
PIECE = 64 * 1024
Known = Mapping[str, Any]


def pieces_of(archive: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an archive, which is closed at their end."""
    with archive:
        while piece := archive.read(PIECE):
            yield piece


def packed(session: Session, member_id: int, now: datetime) -> IO[bytes]:
    """The archive, open at its beginning; what is larger than a mebibyte lies on the disk until it is closed."""
    known = data_rights.export(session, member_id)
    target = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  whoever sends it closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _texts(known):
            _put(archive, name, [text], now)
        for file in data_rights.files_of(session, member_id):
            try:
                _put(archive, f"files/{file.name}", file.pieces(), now)
            except NotFound:
                continue  # its bytes were lost before: the list in the data still names it
    target.seek(0)
    return target


def _put(archive: zipfile.ZipFile, name: str, pieces: Any, now: datetime) -> None:  # noqa: ANN401  pieces of bytes
    part = zipfile.ZipInfo(name, now.timetuple()[:6])
    part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with archive.open(part, "w") as target:
        for piece in pieces:
            target.write(piece)


def _texts(known: Known) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", _readme().encode()
    yield "data.json", json.dumps(known, ensure_ascii=False, indent=2, default=str).encode()
    yield "data.md", "\n".join(_markdown(known)).encode()
    for part, facts in known.items():
        for name, rows in facts.items():
            if _is_table(rows):
                yield f"tables/{part}-{name}.csv", _csv(rows)


def _readme() -> str:
    lines = (
        _("This is everything that the site knew about you when you asked for it."),
        _("data.md: all of it to read, in any program for texts."),
        _("data.json: the same for programs."),
        _("tables: what there are several of, to open in a spreadsheet."),
        _("files: your pictures and documents, with the numbers they have here."),
    )
    return "\n\n".join(lines) + "\n"


def _is_table(rows: Any) -> bool:  # noqa: ANN401  whatever a feature exports
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, Mapping) for row in rows)


def _csv(rows: Sequence[Known]) -> bytes:
    headings = list(dict.fromkeys(key for row in rows for key in row))
    return csv_of(headings, [[_cell(row.get(heading)) for heading in headings] for row in rows])


def _cell(value: Any) -> str | int | None:  # noqa: ANN401
    if value is None or isinstance(value, str | int):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _markdown(known: Known) -> Iterator[str]:
    for part, facts in known.items():
        yield f"# {_title(part)}\n"
        yield from _lines(facts, 0)
        yield ""


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _lines(value: Any, depth: int) -> Iterator[str]:  # noqa: ANN401
    """A value as a list within lists: every fact of everything on a line of its own."""
    pairs = value.items() if isinstance(value, Mapping) else ((str(place), each) for place, each in enumerate(value, 1))
    indent = "  " * depth
    for name, each in pairs:
        if isinstance(each, Mapping | list | tuple):
            yield f"{indent}- {_title(str(name))}:"
            yield from _lines(each, depth + 1)
        elif each not in (None, ""):
            words = str(each).replace("\n", f"\n{indent}  ")
            yield f"{indent}- {_title(str(name))}: {words}"
