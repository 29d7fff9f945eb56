"""The rubric of a task: its criteria, and the levels of each."""

from courses.catalogue.questions import Criterion, Grade
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.keys import Keys, is_slug

CRITERION_KEYS = ("id", "title", "points", "text", "levels")
LEVEL_KEYS = ("title", "points", "text")
MOST_POINTS = 100
FEWEST_LEVELS, MOST_LEVELS = 2, 8

NO_RUBRIC = sentence("a task needs a rubric with at least one criterion")
BAD_ID = sentence('criterion "%(id)s": the id must be small Latin letters, digits and hyphens')
SAME_ID = sentence('criterion "%(id)s" is in the rubric twice')
SAME_TITLE = sentence('two criteria have the title "%(title)s"')
LEVELS = sentence("a criterion has from %(low)d to %(high)d levels, or none")
SAME_POINTS = sentence("two levels of this criterion earn %(points)d points")
TOP = sentence("the best level must earn all %(most)d points of its criterion")


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
    title, points = keys.text("title"), keys.number("points", 1, MOST_POINTS, required=True)
    graded = keys.has("levels")
    return Criterion(name, title, points, keys.text("text", required=not graded), _levels(keys, points))


def _levels(keys: Keys, most: int) -> tuple[Grade, ...]:
    if not keys.has("levels"):
        return ()
    sections = keys.sections("levels", LEVEL_KEYS)
    found = tuple(_level(each, most) for each in sections)
    line = keys.line_of("levels")
    if not FEWEST_LEVELS <= len(found) <= MOST_LEVELS:
        keys.note.say(line, LEVELS, low=FEWEST_LEVELS, high=MOST_LEVELS)
    worth: set[int] = set()
    for level, section in zip(found, sections, strict=True):
        if level.points in worth:
            keys.note.say(section.line, SAME_POINTS, points=level.points)
        worth.add(level.points)
    if found and max(worth) != most:
        keys.note.say(line, TOP, most=most)
    return found


def _level(keys: Keys, most: int) -> Grade:
    title = keys.text("title")
    return Grade(title, keys.number("points", 0, most, required=True), keys.text("text", required=False))


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
