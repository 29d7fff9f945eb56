"""A translation against its original: other words, the same structure."""

from decimal import Decimal

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    Criterion,
    MatchQuestion,
    NumberAnswer,
    OpenQuestion,
    OrderQuestion,
    Question,
)
from courses.catalogue.reader.bodies import headings_of, masked
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import FileNotes, sentence
from courses.catalogue.reader.front_matter import Node

NAMES = {
    ChoiceQuestion: "a choice",
    AnswerQuestion: "a short answer",
    OrderQuestion: "an order",
    MatchQuestion: "a match",
    OpenQuestion: "an open question",
}

HEADINGS = sentence("this translation has headings of the levels %(here)s, its original of %(there)s")
NONE = "none"
HEADING = sentence("this heading is of level %(here)d, in the original it is of level %(there)d")
QUESTIONS = sentence("the number of questions is %(here)d, in the original %(there)d")
QUESTION = sentence('here the original has question "%(there)s", not "%(here)s"')
KIND = sentence('question "%(id)s" is %(here)s, in the original it is %(there)s')
COUNT = sentence('the number of items of question "%(id)s" is %(here)d, in the original %(there)d')
RIGHT = sentence('question "%(id)s" marks other options as right than its original')
NUMBERS = sentence('question "%(id)s" accepts other numbers than its original')
LENGTH = sentence('question "%(id)s" asks for %(here)d words, in the original for %(there)d')
SETTING = sentence('key "%(key)s" is not the same as in the original; leave it out here, the original says it for all')
CRITERIA = sentence("the criteria of the rubric are not those of the original: %(there)s")
LEVELS = sentence('the levels of criterion "%(id)s" are not those of the original, by their points: %(there)s')


def compare_headings(here: Document, there: Document) -> None:
    """Note the first heading whose level differs, or a heading too few or too many."""
    ours, theirs = headings_of(masked(here.body)), headings_of(masked(there.body))
    for (level, _, place), (original, _, _) in zip(ours, theirs, strict=False):
        if level != original:
            line = here.line + here.body.count("\n", 0, place)
            here.note.say(line, HEADING, here=level, there=original)
            return
    if len(ours) != len(theirs):
        here.note.say(here.line, HEADINGS, here=_levels(ours), there=_levels(theirs))


def _levels(headings: list[tuple[int, str, int]]) -> str:
    return ", ".join(str(level) for level, _, _ in headings) or NONE


def compare_settings(here: dict[str, Node], there: dict[str, Node], keys: tuple[str, ...], note: FileNotes) -> None:
    """Note each setting that a translation repeats with another value."""
    for key in keys:
        if key in here and (key not in there or bare(here[key]) != bare(there[key])):
            note.say(here[key].line, SETTING, key=key)


def bare(node: Node) -> object:
    """A value without its lines, to compare it."""
    if isinstance(node.value, list):
        return [bare(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: bare(item) for key, item in node.value.items()}
    return node.value


def compare_questions(here: tuple[Question, ...], there: tuple[Question, ...], document: Document) -> None:
    """Note questions that are missing, moved, of another kind or with other right answers."""
    if len(here) != len(there):
        document.note.say(document.line, QUESTIONS, here=len(here), there=len(there))
    for ours, theirs in zip(here, there, strict=False):
        if ours.id != theirs.id:
            document.note.say(ours.line, QUESTION, here=ours.id, there=theirs.id)
            return
        _compare(ours, theirs, document.note)


def _compare(ours: Question, theirs: Question, note: FileNotes) -> None:
    if type(ours) is not type(theirs):
        note.say(ours.line, KIND, id=ours.id, here=NAMES[type(ours)], there=NAMES[type(theirs)])
    elif _count(ours) != _count(theirs):
        note.say(ours.line, COUNT, id=ours.id, here=_count(ours), there=_count(theirs))
    elif isinstance(ours, ChoiceQuestion) and isinstance(theirs, ChoiceQuestion) and ours.right != theirs.right:
        note.say(ours.line, RIGHT, id=ours.id)
    elif isinstance(ours, AnswerQuestion) and isinstance(theirs, AnswerQuestion) and _numbers(ours) != _numbers(theirs):
        note.say(ours.line, NUMBERS, id=ours.id)
    elif isinstance(ours, OpenQuestion) and isinstance(theirs, OpenQuestion) and ours.words != theirs.words:
        note.say(ours.line, LENGTH, id=ours.id, here=ours.words, there=theirs.words)


def _count(question: Question) -> int:
    match question:
        case ChoiceQuestion():
            return len(question.options)
        case OrderQuestion():
            return len(question.items)
        case MatchQuestion():
            return len(question.pairs)
        case _:
            return 1


def _numbers(question: AnswerQuestion) -> set[tuple[Decimal, Decimal]]:
    return {(answer.low, answer.high) for answer in question.accepted if isinstance(answer, NumberAnswer)}


def compare_rubrics(here: tuple[Criterion, ...], there: tuple[Criterion, ...], line: int, note: FileNotes) -> None:
    """Note criteria that are missing, moved or worth other points."""
    ours = [(criterion.id, criterion.points) for criterion in here]
    theirs = [(criterion.id, criterion.points) for criterion in there]
    if ours != theirs:
        note.say(line, CRITERIA, there=", ".join(f"{name} ({points})" for name, points in theirs))
        return
    for criterion, original in zip(here, there, strict=True):
        if _worth(criterion) != _worth(original):
            note.say(line, LEVELS, id=criterion.id, there=", ".join(map(str, _worth(original))) or NONE)


def _worth(criterion: Criterion) -> list[int]:
    return [level.points for level in criterion.levels]
