"""The settings of quizzes and tasks, from their front matter."""

from courses.catalogue.questions import Criterion, Question, Quiz, Task
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.keys import Keys, is_slug

QUIZ_KEYS = ("pass", "attempts", "draw", "shuffle", "minutes")
TASK_KEYS = ("words", "pass", "rubric")
CRITERION_KEYS = ("id", "title", "points", "text")
DEFAULT_TASK_PASS = 60
MOST_QUESTIONS = 500

NO_RUBRIC = sentence("a task needs a rubric with at least one criterion")
BAD_ID = sentence('criterion "%(id)s": the id must be small Latin letters, digits and hyphens')
SAME_ID = sentence('criterion "%(id)s" is in the rubric twice')
SAME_TITLE = sentence('two criteria have the title "%(title)s"')


def quiz(keys: Keys, questions: tuple[Question, ...]) -> Quiz:
    """A quiz with these settings and questions."""
    return Quiz(
        pass_mark=keys.optional_number("pass", 0, 100),
        attempts=keys.number("attempts", 0, 100),
        draw=keys.optional_number("draw", 1, MOST_QUESTIONS),
        shuffle=keys.flag("shuffle", default=False),
        minutes=keys.optional_number("minutes", 1, 600),
        questions=questions,
    )


def task(keys: Keys) -> Task:
    """A task with its rubric."""
    return Task(
        words=keys.optional_number("words", 1, 20_000),
        pass_mark=keys.number("pass", 0, 100, DEFAULT_TASK_PASS),
        rubric=rubric(keys),
    )


def rubric(keys: Keys) -> tuple[Criterion, ...]:
    """The criteria of a task."""
    if not keys.has("rubric"):
        keys.note.say(keys.line, NO_RUBRIC)
        return ()
    sections = keys.sections("rubric", CRITERION_KEYS)
    criteria = tuple(map(_criterion, sections))
    _check_same(criteria, sections)
    return criteria


def _criterion(keys: Keys) -> Criterion:
    name = keys.text("id")
    if name and not is_slug(name):
        keys.note.say(keys.line_of("id"), BAD_ID, id=name)
    return Criterion(name, keys.text("title"), keys.number("points", 1, 100, required=True), keys.text("text"))


def _check_same(criteria: tuple[Criterion, ...], sections: list[Keys]) -> None:
    ids: set[str] = set()
    titles: set[str] = set()
    for criterion, keys in zip(criteria, sections, strict=True):
        if criterion.id and criterion.id in ids:
            keys.note.say(keys.line_of("id"), SAME_ID, id=criterion.id)
        if criterion.title and criterion.title in titles:
            keys.note.say(keys.line_of("title"), SAME_TITLE, title=criterion.title)
        ids.add(criterion.id)
        titles.add(criterion.title)
