"""The rendered words of a quiz, question by question, as the edition keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from academy.errors import NotFound
from academy.i18n import Language, language_of
from courses.catalogue import library


@dataclass(frozen=True, slots=True)
class QuestionHtml:
    """One question. `items` are options, or steps in the right order, or all terms and then all definitions."""

    prompt: Markup
    detail: Markup
    explanation: Markup
    items: tuple[Markup, ...]
    feedback: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class QuizWords:
    """All questions of a quiz in the best language there is for a reader."""

    language: Language
    questions: Mapping[str, QuestionHtml]


def quiz_words(session: Session, edition_id: int, lesson_key: str, languages: Sequence[str]) -> QuizWords:
    """The words of a quiz in the first of these languages it exists in."""
    page = library.lesson_page(session, edition_id, lesson_key, languages)
    if page is None:
        raise NotFound
    questions = {name: _question(kept) for name, kept in page.extras["questions"].items()}
    return QuizWords(language_of(page.language), questions)


def _question(kept: Mapping[str, Any]) -> QuestionHtml:
    return QuestionHtml(
        _safe(kept["prompt"]),
        _safe(kept["detail"]),
        _safe(kept["explanation"]),
        tuple(_safe(item) for item in kept["items"]),
        tuple(_safe(said) for said in kept["feedback"]),
    )


def _safe(html: str) -> Markup:
    return Markup(html)  # noqa: S704  sanitised when the edition was published


def plain(text: Markup) -> str:
    """A text without its mark-up, for places that take only letters."""
    return text.striptags()
