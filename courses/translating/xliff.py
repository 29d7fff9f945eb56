"""Translations as XLIFF 1.2, for translators with tools of their own. Pure.

A file of the course is a `file`, a passage a `trans-unit`. Markdown stays as it is written: translators see the marks,
and nothing is lost on the way through tools that know no `g` or `x` of ours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courses.catalogue.passages.pairing import State
from courses.catalogue.reader.faults import sentence
from courses.translating.sheets import TO_DO, Row, Sheet

SPACE = "urn:oasis:names:tc:xliff:document:1.2"
XML = "http://www.w3.org/XML/1998/namespace"
VERSION, DATATYPE = "1.2", "x-markdown"
STATES = {
    State.MISSING: "new",
    State.STALE: "needs-review-translation",
    State.UNSURE: "needs-review-translation",
    State.DONE: "translated",
}
SIGNED = "signed-off"
UNTRANSLATED = frozenset({"new", "needs-translation"})
FINISHED = frozenset({"translated", "final", SIGNED})
MOST = 2 * 1024 * 1024
MOST_UNITS = 20_000

NOT_XML = sentence("This is no XML that can be read.")
DANGEROUS = sentence("The file declares a document type or entities. XLIFF needs neither, so it is not read.")
NOT_XLIFF = sentence("This is not XLIFF 1.2: it must begin with an xliff element of version 1.2.")
NO_LANGUAGES = sentence("A file element must name its source language and its target language.")
OTHER_LANGUAGE = sentence("This file translates from %(source)s to %(target)s, not from %(from)s to %(to)s.")
TOO_MANY = sentence("There are more than %(most)d passages in this file.")
NOTHING = sentence("There is no passage in this file.")


class NotTaken(ValueError):
    """The file cannot be taken; `text` with its `values` says why, and can be translated."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage as it came back: the file and the row it was of, its source then, its translation now."""

    original: str
    name: str
    source: str
    target: str
    state: str


def write(slug: str, sheets: Iterable[Sheet], source_language: str, *, only_open: bool) -> bytes:
    """The sheets as one XLIFF file; `only_open`: just what is missing, behind its source, or of no known source."""
    register_namespace("", SPACE)
    root = Element(_tag("xliff"), {"version": VERSION})
    for sheet in sheets:
        rows = [row for row in sheet.rows if _is_sent(row, only_open=only_open)]
        if rows:
            _write_file(root, slug, sheet, rows, source_language)
    indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _is_sent(row: Row, *, only_open: bool) -> bool:
    return row.pair.state is not State.LEFT_OUT and (not only_open or row.pair.state in TO_DO)


def _write_file(root: Element, slug: str, sheet: Sheet, rows: list[Row], source_language: str) -> None:
    languages = {"source-language": source_language, "target-language": sheet.language}
    named = {"original": sheet.source, "datatype": DATATYPE, "product-name": slug, **languages}
    body = SubElement(SubElement(root, _tag("file"), named), _tag("body"))
    for row in rows:
        signed = sheet.vouched and row.pair.state is State.DONE
        marks = {"id": row.name, "approved": "yes" if signed else "no", f"{{{XML}}}space": "preserve"}
        unit = SubElement(body, _tag("trans-unit"), marks)
        SubElement(unit, _tag("source"), {f"{{{XML}}}lang": source_language}).text = row.pair.source.text
        state = {f"{{{XML}}}lang": sheet.language, "state": SIGNED if signed else STATES[row.pair.state]}
        SubElement(unit, _tag("target"), state).text = row.pair.text


def _tag(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def read(content: bytes, source_language: str, target_language: str) -> list[Unit]:
    """The passages of an XLIFF file in these languages; raise NotTaken."""
    root = _root(content)
    found: list[Unit] = []
    for file in root.iter(_tag("file")):
        _check_languages(file, source_language, target_language)
        for unit in _units(file):
            found.append(unit)
            if len(found) > MOST_UNITS:
                raise NotTaken(TOO_MANY, most=MOST_UNITS)
    if not found:
        raise NotTaken(NOTHING)
    return found


def _root(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotTaken(DANGEROUS) from error
    except (ParseError, ValueError, LookupError) as error:
        raise NotTaken(NOT_XML) from error
    if root.tag != _tag("xliff") or root.get("version") != VERSION:
        raise NotTaken(NOT_XLIFF)
    return root


def _check_languages(file: Element, source: str, target: str) -> None:
    asked = [file.get(name, "").replace("_", "-") for name in ("source-language", "target-language")]
    if not all(asked):
        raise NotTaken(NO_LANGUAGES)
    if [each.partition("-")[0].lower() for each in asked] != [source, target]:
        raise NotTaken(OTHER_LANGUAGE, source=asked[0][:20], target=asked[1][:20], **{"from": source, "to": target})


def _units(file: Element) -> Iterator[Unit]:
    original = file.get("original", "")
    for unit in file.iter(_tag("trans-unit")):
        source, target = unit.find(_tag("source")), unit.find(_tag("target"))
        if source is not None and target is not None:
            yield Unit(original, unit.get("id", ""), _text(source), _text(target), target.get("state", "translated"))


def _text(element: Element) -> str:
    return "".join(element.itertext())
