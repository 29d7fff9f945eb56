"""The settings of quizzes and tasks, from their front matter."""

import re
from datetime import date

from courses.catalogue.questions import Due, HandIn, Late, Peers, Question, Quiz, Task
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.keys import Keys
from courses.catalogue.reader.rubrics import rubric

QUIZ_KEYS = ("pass", "attempts", "draw", "shuffle", "minutes")
TASK_KEYS = (
    "words",
    "pass",
    "rubric",
    "hand_in",
    "files",
    "most_files",
    "due",
    "grace",
    "late",
    "resubmit",
    "blind",
    "second_marker",
    "peers",
    "peer_days",
    "peer_weight",
)
DEFAULT_TASK_PASS = 60
MOST_QUESTIONS = 500
FILE_KINDS = ("pdf", "docx", "odt", "png", "jpg")
MOST_FILES, USUAL_FILES = 10, 3
MOST_PEERS, PEER_DAYS = 5, 7
DUE = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?P<days>[1-9][0-9]{0,2}) days?")
DAYS = re.compile(r"(?P<days>[1-9][0-9]{0,1}) days?")

NOT_DUE = sentence('key "%(key)s" must be a day as in 2026-12-15, or a number of days after joining as in 14 days')
NO_DAY = sentence('key "%(key)s": there is no day %(value)s')
NOT_DAYS = sentence('key "%(key)s" must be a number of days as in 2 days')
NEEDS = sentence('key "%(key)s" has no meaning here without the key "%(other)s"')
NO_FILES = sentence('key "%(key)s" has no meaning here: only text is handed in (hand_in: text)')
BAD_TASKS = sentence('key "tasks" must be all, none or a whole number of per cent')
UNKNOWN_FILE = sentence('key "files": "%(value)s" is not taken; it may be %(known)s')


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
    hand_in = keys.choice("hand_in", HandIn, HandIn.TEXT)
    takes_files = hand_in is not HandIn.TEXT
    return Task(
        words=keys.optional_number("words", 1, 20_000),
        pass_mark=keys.number("pass", 0, 100, DEFAULT_TASK_PASS),
        rubric=rubric(keys),
        hand_in=hand_in,
        files=_files(keys, takes_files=takes_files),
        most_files=_most_files(keys, takes_files=takes_files),
        due=_due(keys),
        resubmit=keys.optional_number("resubmit", 0, 20),
        blind=keys.flag("blind", default=False),
        second_marker=keys.flag("second_marker", default=False),
        peers=_peers(keys),
    )


def _files(keys: Keys, *, takes_files: bool) -> tuple[str, ...]:
    if keys.has("files") and not takes_files:
        keys.note.say(keys.line_of("files"), NO_FILES, key="files")
    chosen = keys.texts("files")
    for value in chosen:
        if value and value not in FILE_KINDS:
            keys.note.say(keys.line_of("files"), UNKNOWN_FILE, value=value[:20], known=", ".join(FILE_KINDS))
    known = tuple(kind for kind in FILE_KINDS if kind in chosen)
    return (known or FILE_KINDS) if takes_files else ()


def _most_files(keys: Keys, *, takes_files: bool) -> int:
    if keys.has("most_files") and not takes_files:
        keys.note.say(keys.line_of("most_files"), NO_FILES, key="most_files")
    most = keys.number("most_files", 1, MOST_FILES, USUAL_FILES)
    return most if takes_files else 0


def _due(keys: Keys) -> Due | None:
    found = keys.phrase("due", DUE, NOT_DUE)
    grace = keys.phrase("grace", DAYS, NOT_DAYS)
    late = keys.choice("late", Late, Late.ACCEPT)
    if not keys.has("due"):
        _without(keys, ("grace", "late"), "due")
    if found is None:
        return None
    extra = int(grace["days"]) if grace else 0
    if found["days"]:
        return Due(None, int(found["days"]), extra, late)
    try:
        return Due(date.fromisoformat(found["day"]), None, extra, late)
    except ValueError:
        keys.note.say(keys.line_of("due"), NO_DAY, key="due", value=found["day"])
        return None


def _peers(keys: Keys) -> Peers | None:
    readers = keys.number("peers", 0, MOST_PEERS)
    days = keys.number("peer_days", 1, 60, PEER_DAYS)
    weight = keys.number("peer_weight", 0, 100)
    if not readers:
        _without(keys, ("peer_days", "peer_weight"), "peers")
        return None
    return Peers(readers, days, weight)


def _without(keys: Keys, names: tuple[str, ...], other: str) -> None:
    for name in names:
        if keys.has(name):
            keys.note.say(keys.line_of(name), NEEDS, key=name, other=other)


def all_or_part(keys: Keys) -> int:
    """How many tasks a course asks for, in per cent: all of them unless it says otherwise."""
    node = keys.nodes.get("tasks")
    if node is None or node.value == "all":
        return 100
    if node.value == "none":
        return 0
    if isinstance(node.value, str) and node.value.isdecimal() and len(node.value) < 4 and int(node.value) <= 100:  # noqa: PLR2004 - per cent
        return int(node.value)
    keys.note.say(node.line, BAD_TASKS)
    return 100
