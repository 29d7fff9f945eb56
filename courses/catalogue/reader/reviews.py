"""Who checked a translation, and when: `reviewed: Full Name, 2026-11-22` in the front matter of a translated file."""

import re
from collections.abc import Collection
from datetime import date

from courses.catalogue.content import Review
from courses.catalogue.passages import memory
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.keys import Keys

KEY = "reviewed"
OWN = (KEY, memory.KEY)
LONGEST_NAME = 120
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

NOT_REVIEW = sentence('key "reviewed" must be a name, a comma and a day, as in: reviewed: Aigerim Sadykova, 2026-11-22')
ORIGINAL = sentence('key "reviewed" has its place in translations; this is the original')


def keys_of(document: Document, known: Collection[str], *, original: bool) -> Keys:
    """The keys of a file; a translation may have two more than its original."""
    nodes = document.keys or {}
    if original:
        return Keys({key: node for key, node in nodes.items() if key not in OWN}, known, document.note)
    return Keys(nodes, (*known, *OWN), document.note)


def review(document: Document, *, original: bool) -> Review | None:
    """The review a file names, if it names one; what is wrong with it is noted."""
    node = (document.keys or {}).get(KEY)
    if node is None:
        return None
    if original:
        document.note.say(node.line, ORIGINAL)
        return None
    text = Keys({KEY: node}, (KEY,), document.note).text(KEY)
    found = _read(text)
    if text and found is None:
        document.note.say(node.line, NOT_REVIEW)
    return found


def _read(text: str) -> Review | None:
    name, _, day = (part.strip() for part in text.rpartition(","))
    checked_on = _day(day)
    if checked_on is None or not any(map(str.isalpha, name)) or len(name) > LONGEST_NAME:
        return None
    return Review(name, checked_on)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:  # such as the 31st of June
        return None
