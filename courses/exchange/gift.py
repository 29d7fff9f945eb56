"""Questions in Moodle's GIFT format. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    OpenQuestion,
    Option,
    Pair,
    Question,
)
from courses.exchange.carried import FALSE, PARTLY, TRUE, UNREADABLE, Carried, Remark, accepted, one_line

ESCAPED = re.compile(r"\\([~=#{}:\\])")
HIDDEN = {char: chr(0xE000 + place) for place, char in enumerate("~=#{}:\\")}
SHOWN = str.maketrans({hidden: char for char, hidden in HIDDEN.items()})
FORMAT = re.compile(r"^\s*\[(?:markdown|html|plain|moodle)\]")
ANSWER = re.compile(r"(?P<sign>[~=])(?:%(?P<weight>-?[0-9.]+)%)?(?P<text>[^~=#]*)(?:#(?P<said>[^~=]*))?")
TRUTH = re.compile(r"(?P<word>T|TRUE|F|FALSE)(?:#.*)?", re.IGNORECASE | re.DOTALL)
ARROW = "->"
ESSAY_WORDS = 150
WHOLE = 100.0


def read(text: str, taken: Collection[str] = ()) -> Carried:
    """The questions of a GIFT file; `taken` are ids that are used already."""
    remarks: list[Remark] = []
    return accepted(list(_questions(text, remarks)), remarks, taken)


def _questions(text: str, remarks: list[Remark]) -> Iterator[tuple[str, Question]]:
    hidden = ESCAPED.sub(lambda found: HIDDEN[found[1]], text.replace("\r\n", "\n"))
    lines = (line for line in hidden.split("\n") if not line.lstrip().startswith(("//", "$CATEGORY")))
    for place, block in enumerate(re.split(r"\n[ \t]*\n", "\n".join(lines)), start=1):
        if block.strip():
            found = _parts(block.strip())
            question = _question(found, remarks) if found else None
            name = _shown((found.title if found else "") or block.strip()[:40]) or str(place)
            if question is None:
                remarks.append(Remark(name, UNREADABLE))
            else:
                yield name, question


@dataclass(frozen=True, slots=True)
class _Block:
    """A question as it stands: ::title:: text before {answers} text after."""

    title: str
    before: str
    answers: str
    after: str


def _parts(block: str) -> _Block | None:
    """Its parts, found by one look at each letter, whatever somebody made up."""
    title, closed, rest = block[2:].partition("::") if block.startswith("::") else ("", "", "")
    before, opened, inside = (rest if closed else block).partition("{")
    answers, ended, after = inside.partition("}")
    return _Block(title if closed else "", before, answers, after) if opened and ended else None


def _shown(text: str) -> str:
    return one_line(FORMAT.sub("", text).translate(SHOWN))


def _question(found: _Block, remarks: list[Remark]) -> Question | None:
    gap = " ___ " if found.after.strip() else ""
    asked = ("q", _shown(f"{FORMAT.sub('', found.before)}{gap}{found.after}"), "", "", 1)
    answers = found.answers.strip()
    if not answers:
        return OpenQuestion(*asked, ESSAY_WORDS)
    truth = TRUTH.fullmatch(answers)
    if truth:
        is_true = truth["word"][0].upper() == "T"
        return ChoiceQuestion(*asked, (Option(TRUE, is_true), Option(FALSE, not is_true)))
    if answers.startswith("#"):
        return _numeric(asked, answers[1:])
    return _listed(asked, list(ANSWER.finditer(answers)), remarks)


def _numeric(asked: tuple[str, str, str, str, int], answers: str) -> Question | None:
    parts = [part.partition("#")[0] for part in re.split(r"[=~]", answers) if part.strip()]
    texts = [_number(re.sub(r"%[^%]*%", "", part).strip()) for part in parts]
    return AnswerQuestion(*asked, tuple(ExactAnswer(text) for text in texts)) if texts else None


def _number(text: str) -> str:
    value, colon, around = text.partition(":")
    return f"{value.strip()} ± {around.strip()}" if colon else text.replace("..", "-")


def _listed(
    asked: tuple[str, str, str, str, int], answers: list[re.Match[str]], remarks: list[Remark]
) -> Question | None:
    texts = [_shown(each["text"]) for each in answers]
    if not answers:
        return None
    if all(each["sign"] == "=" and ARROW in each["text"] for each in answers):
        sides = [each["text"].partition(ARROW) for each in answers]
        return MatchQuestion(*asked, tuple(Pair(_shown(term), _shown(meant)) for term, _, meant in sides))
    if all(each["sign"] == "=" for each in answers):
        return AnswerQuestion(*asked, tuple(ExactAnswer(text) for text in texts))
    weights = [float(each["weight"] or (WHOLE if each["sign"] == "=" else 0)) for each in answers]
    if any(0 < weight < WHOLE for weight in weights):
        remarks.append(Remark(asked[1], PARTLY, lost=False))
    said = [_shown(each["said"] or "") for each in answers]
    rights = [weight > 0 for weight in weights]
    return ChoiceQuestion(*asked, tuple(map(Option, texts, rights, said)))
