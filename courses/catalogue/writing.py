"""Questions as the Markdown that the reader reads; what stands around a question stays as it is. Pure."""

from collections.abc import Sequence

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    MatchQuestion,
    OpenQuestion,
    Option,
    OrderQuestion,
    Question,
)
from courses.catalogue.reader.quizzes import HEADING

INDENT = "  "


class NoSuchQuestion(LookupError):
    """The text has no question with this id."""


def question_text(question: Question) -> str:
    """A question as authors write it, ended by a line feed."""
    parts = [
        f"## {question.prompt} {{#{question.id}}}",
        question.detail,
        "\n".join(_items(question)),
        "\n".join(f"> {line}".rstrip() for line in question.explanation.split("\n")) if question.explanation else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _items(question: Question) -> list[str]:
    match question:
        case ChoiceQuestion():
            return [line for option in question.options for line in _option(option)]
        case OrderQuestion():
            return [f"{place}. {item}" for place, item in enumerate(question.items, start=1)]
        case MatchQuestion():
            return [f"- {pair.term} :: {pair.definition}" for pair in question.pairs]
        case AnswerQuestion():
            return [f"= {answer.text}" for answer in question.accepted]
        case OpenQuestion():
            return [f"= open: {question.words} words"]


def _option(option: Option) -> list[str]:
    feedback = [f"{INDENT}> {line}".rstrip() for line in option.feedback.split("\n")] if option.feedback else []
    return [f"- [{'x' if option.right else ' '}] {option.text}", *feedback]


def with_question(source: str, question: Question, *, instead_of: str = "") -> str:
    """The file with this question in the place of the one with that id, else behind the last one.

    Raises NoSuchQuestion.
    """
    if not instead_of:
        return f"{source.rstrip()}\n\n{question_text(question)}"
    lines = source.split("\n")
    first, last = _span(lines, instead_of)
    return _joined(lines[:first], question_text(question).rstrip("\n").split("\n"), lines[last:])


def without_question(source: str, question_id: str) -> str:
    """The file without one question; raise NoSuchQuestion."""
    lines = source.split("\n")
    first, last = _span(lines, question_id)
    return _joined(lines[:first], [], lines[last:])


def shifted(source: str, question_id: str, by: int) -> str:
    """The file with a question one place up (-1) or down (+1); at the end of the row nothing changes."""
    lines = source.split("\n")
    starts = _starts(lines)
    ids = [_id(lines[start]) for start in starts]
    if question_id not in ids:
        raise NoSuchQuestion(question_id)
    place = ids.index(question_id)
    other = place + by
    if not 0 <= other < len(ids):
        return source
    sections = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    sections[place], sections[other] = sections[other], sections[place]
    return _joined(lines[: starts[0]], *([*"\n".join(section).rstrip("\n").split("\n")] for section in sections))


def _starts(lines: Sequence[str]) -> list[int]:
    fences = [place for place, line in enumerate(lines) if line.rstrip() == "---"][:2]
    body = fences[1] + 1 if len(fences) > 1 and fences[0] == 0 else 0
    found = ((place, HEADING.fullmatch(lines[place])) for place in range(body, len(lines)))
    return [place for place, heading in found if heading and heading[1] == "##"]


def _id(line: str) -> str:
    mark = line.rstrip().rpartition("{#")[2]
    return mark.removesuffix("}").strip() if mark.endswith("}") else ""


def _span(lines: Sequence[str], question_id: str) -> tuple[int, int]:
    starts = _starts(lines)
    for place, start in enumerate(starts):
        if _id(lines[start]) == question_id:
            return start, starts[place + 1] if place + 1 < len(starts) else len(lines)
    raise NoSuchQuestion(question_id)


def _joined(*stretches: Sequence[str]) -> str:
    """Stretches of lines with a blank line between them, as far as there is none."""
    lines: list[str] = []
    for stretch in stretches:
        if stretch and lines and lines[-1].strip() not in {"", "---"}:
            lines.append("")
        lines += stretch
    return "\n".join(lines).rstrip("\n") + "\n"
