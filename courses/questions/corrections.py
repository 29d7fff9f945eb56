"""What corrected keys do to the answers of a course that were marked before: in a list, and for one quiz in detail."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    MatchQuestion,
    OrderQuestion,
    Question,
)
from courses.questions.bank import quizzes_of
from courses.quizzes import outdated
from courses.quizzes.keys import Misfit
from courses.quizzes.outcomes import Outcome, outcome
from courses.quizzes.outdated import Alike

MOST_TRIED = 500
"""So many attempts are worked out for a preview, the latest first."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A quiz with answers that were marked by keys which have changed since."""

    lesson: Lesson
    questions: int
    attempts: int
    learners: int


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A question with what was right for attempts of an edition, and what is right now."""

    question: Question
    edition: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changing:
    """An attempt with what the new key makes of it."""

    learner: str
    member_id: int
    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Preview:
    """What marking a quiz again would do; `tried` of the attempts were worked out for it."""

    attempts: int
    learners: int
    keys: tuple[KeyLine, ...]
    misfits: Mapping[str, Misfit]
    changing: tuple[Changing, ...]
    tried: int

    @property
    def gained(self) -> int:
        """Attempts that pass by the new key and did not before."""
        return sum(each.outcome.gained for each in self.changing)

    @property
    def kept(self) -> int:
        """Attempts that keep what they passed with, although the new key gives less."""
        return sum(each.outcome.kept for each in self.changing)


def changed(session: Session, live: LiveCourse) -> list[Changed]:
    """The quizzes of a course with answers marked by old keys."""
    lessons = {lesson.key: lesson for lesson in quizzes_of(live)}
    taken = outdated.taken(session, live.slug, list(lessons)) if lessons else {}
    found = []
    for key, lesson in lessons.items():
        groups = outdated.alike(session, taken[key], lesson)
        attempts, learners = outdated.how_many(session, live.slug, key, groups)
        if attempts:
            questions = {name for group in groups for name in group.corrected}
            found.append(Changed(lesson, len(questions), attempts, learners))
    return found


def waiting(session: Session, live: LiveCourse) -> int:
    """How many attempts of a course were marked by old keys."""
    return sum(each.attempts for each in changed(session, live))


def preview(session: Session, live: LiveCourse, lesson: Lesson) -> Preview:
    """Whom marking this quiz again concerns, and what it does to them."""
    groups = outdated.alike(session, outdated.taken(session, live.slug, [lesson.key])[lesson.key], lesson)
    attempts, learners = outdated.how_many(session, live.slug, lesson.key, groups)
    misfits = {name: why for group in groups for name, why in group.misfits.items()}
    if not attempts:
        return Preview(0, 0, (), misfits, (), 0)
    tried = _tried(session, live, lesson, groups)
    concerned = (each for each in tried if each.outcome.changed or each.outcome.kept)
    changing = tuple(sorted(concerned, key=_how_much))
    return Preview(attempts, learners, _lines(groups, lesson), misfits, changing, len(tried))


def _how_much(each: Changing) -> int:
    """What is new first: passes gained, then passes that would be lost, then other scores."""
    return 0 if each.outcome.gained else 1 if each.outcome.loses_pass else 2 if each.outcome.changed else 3


def _tried(session: Session, live: LiveCourse, lesson: Lesson, groups: list[Alike]) -> list[Changing]:
    by_keys = {(group.edition, group.keys): group for group in groups}
    found = outdated.earlier(session, live.slug, lesson.key, groups, MOST_TRIED)
    rows = outdated.answers_in(session, [each.attempt.id for each in found])
    new = {
        name: outdated.by_keys_of(session, group, live.edition_number)
        for name, group in by_keys.items()
        if group.corrected
    }
    return [
        Changing(
            each.learner,
            each.attempt.member_id,
            each.attempt.number,
            outcome(
                outdated.with_attempt(new[each.attempt.edition, each.attempt.keys], each.attempt),
                rows[each.attempt.id],
            ),
        )
        for each in found
    ]


def _lines(groups: list[Alike], lesson: Lesson) -> tuple[KeyLine, ...]:
    asked = {each.id: each for each in lesson.quiz.questions} if lesson.quiz else {}
    lines = {}
    for group in groups:
        own = {each.id: each for each in group.case.quiz.questions}
        for name in group.corrected:
            later = group.case.corrected.get(name)
            before = right_words(later.question if later else own[name])
            edition = later.edition if later else group.edition
            lines[name, before] = KeyLine(asked[name], edition, before, right_words(asked[name]))
    return tuple(lines.values())


def right_words(question: Question) -> tuple[str, ...]:
    """What is right, in the words of the course."""
    match question:
        case ChoiceQuestion():
            return tuple(option.text for option in question.options if option.right)
        case AnswerQuestion():
            return tuple(dict.fromkeys(answer.text for answer in question.accepted))
        case OrderQuestion():
            return question.items
        case MatchQuestion():
            return tuple(f"{pair.term} – {pair.definition}" for pair in question.pairs)
        case _:
            return ()
