"""What a quiz asks and what a task is judged by, as paragraphs; answers only for those who may know. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from academy.i18n import gettext as _
from academy.i18n import number
from courses.catalogue.content import Lesson
from courses.catalogue.library import LessonPage, QuestionHtml, questions_on
from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    Criterion,
    MatchQuestion,
    OrderQuestion,
    Question,
)

LIST, ITEM, STRONG = Markup("<ul>{}</ul>"), Markup("<li>{}</li>"), Markup("<p><strong>{}</strong></p>")
NUMBERED, WORDS, BESIDE = Markup("<ol>{}</ol>"), Markup("<p>{}</p>"), Markup("{} – {}")


def questions_html(lesson: Lesson, page: LessonPage, *, answers: bool) -> Markup:
    """Every question of a quiz, or the rubric of a task, as HTML of our own; nothing for other lessons."""
    if lesson.task is not None:
        return _rubric(lesson.text(page.language).rubric or lesson.task.rubric)
    if lesson.quiz is None:
        return Markup()
    words = questions_on(page)
    own = lesson.text(page.language).questions or lesson.quiz.questions
    return Markup("").join(_question(each, words[each.id], answers) for each in own if each.id in words)


def _rubric(criteria: Sequence[Criterion]) -> Markup:
    said = [
        _("%(title)s (%(points)s): %(text)s", title=each.title, points=number(each.points), text=each.text)
        for each in criteria
    ]
    return STRONG.format(_("What is looked at, and the points")) + _list([Markup.escape(text) for text in said])


def _question(question: Question, words: QuestionHtml, answers: bool) -> Markup:
    parts = [STRONG.format(words.prompt), words.detail, *_items(question, words, answers)]
    if answers and words.explanation:
        parts.append(words.explanation)
    return Markup("<div>{}</div>").format(Markup("").join(parts))


def _items(question: Question, words: QuestionHtml, answers: bool) -> Iterator[Markup]:
    match question:
        case ChoiceQuestion():
            yield _list(_options(question, words) if answers else words.items)
        case OrderQuestion():
            yield _list(words.items, NUMBERED) if answers else _list(sorted(words.items))
        case MatchQuestion():
            terms, meanings = words.items[: len(question.pairs)], words.items[len(question.pairs) :]
            if answers:
                yield _list([BESIDE.format(*pair) for pair in zip(terms, meanings, strict=True)])
            else:
                yield _list(terms)
                yield _list(sorted(meanings))
        case AnswerQuestion() if answers:
            yield _list([Markup.escape(answer.text) for answer in question.accepted])
        case _:
            return


def _options(question: ChoiceQuestion, words: QuestionHtml) -> list[Markup]:
    feedback: Mapping[int, Markup] = dict(enumerate(words.feedback))
    lines = []
    for place, text in enumerate(words.items):
        line = Markup("<strong>{}</strong> {}").format(_("Right:"), text) if place in question.right else text
        said = feedback.get(place)
        lines.append(BESIDE.format(line, said) if said else line)
    return lines


def _list(items: Sequence[Markup], frame: Markup = LIST) -> Markup:
    return frame.format(Markup("").join(ITEM.format(item) for item in items))
