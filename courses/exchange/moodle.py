"""Questions in Moodle's XML format. Pure."""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

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
from courses.exchange.carried import (
    FALSE,
    KIND,
    PARTLY,
    PICTURE,
    PLAIN,
    TRUE,
    UNREADABLE,
    Carried,
    Remark,
    accepted,
    one_line,
)
from courses.exchange.gift import ESSAY_WORDS, WHOLE

SILENT = frozenset({"p", "br", "span", "div"})
Asked = tuple[str, str, str, str, int]


class NotMoodle(ValueError):
    """The file is no Moodle XML that can be read."""


def read(content: bytes, taken: Collection[str] = ()) -> Carried:
    """The questions of a Moodle XML file; raise NotMoodle. Entities and references of the file are never followed."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NotMoodle from error
    if root.tag != "quiz":
        raise NotMoodle
    remarks: list[Remark] = []
    return accepted(list(_questions(root, remarks)), remarks, taken)


def _questions(root: Element, remarks: list[Remark]) -> Iterator[tuple[str, Question]]:
    for place, node in enumerate(root.iter("question"), start=1):
        kind = node.get("type", "")
        if kind == "category":
            continue
        name = one_line(node.findtext("name/text") or "") or str(place)
        make = MAKERS.get(kind)
        if make is None:
            remarks.append(Remark(name, KIND, {"kind": kind[:40]}))
            continue
        _remark(name, node, remarks)
        asked = ("q", _words(node.find("questiontext")) or name, "", _words(node.find("generalfeedback")), 1)
        try:
            yield name, make(asked, node)
        except (ValueError, TypeError):
            remarks.append(Remark(name, UNREADABLE))


def _remark(name: str, node: Element, remarks: list[Remark]) -> None:
    text = "".join(each.text or "" for each in node.iter("text"))
    tags = {tag.lower() for tag in re.findall(r"<\s*([a-zA-Z0-9]+)", text)}
    if "img" in tags or node.find(".//file") is not None:
        remarks.append(Remark(name, PICTURE, lost=False))
    elif tags - SILENT:
        remarks.append(Remark(name, PLAIN, lost=False))
    single = node.get("type") == "multichoice" and node.findtext("single", "").strip() == "true"
    if single and any(0 < weight < WHOLE for weight in map(_weight, node.iter("answer"))):
        remarks.append(Remark(name, PARTLY, lost=False))


class _Words(HTMLParser):
    """Keeps the words of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins: its words do not stick to those before it."""
        del tag, attrs
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.parts.append(data)


def _words(node: Element | None) -> str:
    reader = _Words()
    reader.feed((node.findtext("text") or "") if node is not None else "")
    reader.close()
    return one_line("".join(reader.parts))


def _weight(answer: Element) -> float:
    return float(answer.get("fraction", "0") or 0)


def _choice(asked: Asked, node: Element) -> Question:
    options = [
        Option(_words(answer), _weight(answer) > 0, _words(answer.find("feedback"))) for answer in node.iter("answer")
    ]
    return ChoiceQuestion(*asked, tuple(options))


def _truth(asked: Asked, node: Element) -> Question:
    right = next((_words(answer).lower() for answer in node.iter("answer") if _weight(answer) > 0), "true")
    return ChoiceQuestion(*asked, (Option(TRUE, right == "true"), Option(FALSE, right != "true")))


def _short(asked: Asked, node: Element) -> Question:
    texts = [_words(answer) for answer in node.iter("answer") if _weight(answer) > 0]
    return AnswerQuestion(*asked, tuple(ExactAnswer(text) for text in texts))


def _numeric(asked: Asked, node: Element) -> Question:
    texts = []
    for answer in node.iter("answer"):
        around = float(answer.findtext("tolerance") or 0)
        texts += [f"{_words(answer)} ± {around:g}" if around else _words(answer)] if _weight(answer) > 0 else []
    return AnswerQuestion(*asked, tuple(ExactAnswer(text) for text in texts))


def _match(asked: Asked, node: Element) -> Question:
    pairs = [Pair(_words(each), _words(each.find("answer"))) for each in node.iter("subquestion")]
    return MatchQuestion(*asked, tuple(pair for pair in pairs if pair.term))


def _essay(asked: Asked, node: Element) -> Question:
    wanted = node.findtext("maxwordlimit") or node.findtext("minwordlimit") or ""
    return OpenQuestion(*asked, int(wanted) if wanted.isdecimal() and int(wanted) else ESSAY_WORDS)


MAKERS = {
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _numeric,
    "matching": _match,
    "essay": _essay,
}
