"""Questions that come from elsewhere: what could be carried over, and what could not and why. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from courses.catalogue import writing
from courses.catalogue.questions import Question
from courses.catalogue.reader import documents, quizzes
from courses.catalogue.reader.faults import Fault, Notes, sentence

FRONT = "---\nkind: quiz\ntitle: A\n---\n"
LONGEST_ID, MOST = 40, 500
NOT_ID = re.compile(r"[^a-z0-9]+")
TRUE, FALSE = sentence("True"), sentence("False")

KIND = sentence("questions of the type “%(kind)s” have no counterpart here")
PARTLY = sentence("options worth a part of the points became right ones")
PLAIN = sentence("its formatting became plain text")
PICTURE = sentence("its pictures did not come along; upload them and put them in again")
UNREADABLE = sentence("it cannot be read")


class TooManyQuestions(DomainError):
    """More than anybody would look through."""

    sentence = _l("The file has more than %(most)d questions. Divide it, and bring in what this quiz needs.", most=MOST)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one question that its author should know; `lost` when the question did not come along."""

    name: str
    text: str
    values: dict[str, str] = field(default_factory=dict)
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Carried:
    """The questions that came along, and what is to be said about them and the others."""

    questions: tuple[Question, ...]
    remarks: tuple[Remark, ...]


def one_line(text: str) -> str:
    """A text on one line, without what would be a mark of ours at its beginning."""
    return " ".join(text.split()).lstrip("#>=").strip()


def id_for(name: str, taken: Collection[str], place: int) -> str:
    """An id made of a question's name that nobody else has."""
    stem = NOT_ID.sub("-", name.lower()).strip("-")[: LONGEST_ID - 4].strip("-")
    wanted = stem if stem[:1].isalpha() else f"q{place}"
    number, made = 2, wanted
    while made in taken:
        made, number = f"{wanted}-{number}", number + 1
    return made


def accepted(found: Sequence[tuple[str, Question]], remarks: list[Remark], taken: Collection[str]) -> Carried:
    """The questions under ids of their own, as far as our reader takes them; the rest is said."""
    known, kept = set(taken), list[Question]()
    if len(found) > MOST:
        raise TooManyQuestions
    for place, (name, question) in enumerate(found, start=1):
        named = replace(question, id=id_for(name, known, place))
        faults = _faults(named)
        if faults:
            remarks += [_remark(name, fault) for fault in faults]
        else:
            kept.append(named)
            known.add(named.id)
    return Carried(tuple(kept), tuple(remarks))


def _remark(name: str, fault: Fault) -> Remark:
    return Remark(name, fault.text, {key: str(value) for key, value in fault.values.items()})


def _faults(question: Question) -> list[Fault]:
    notes = Notes("quiz")
    source = (FRONT + writing.question_text(question)).encode()
    document = documents.read("a.md", source, notes.on("a.md"))
    if document is not None:
        quizzes.read(document)
    return notes.faults
