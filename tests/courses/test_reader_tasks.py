"""What the front matter of a task may say, and what the reader says when it does not."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from courses.catalogue import library, queries, service, stored
from courses.catalogue.questions import Due, Grade, HandIn, Late, Peers, Task
from tests.courses.course_files import TASK, course_files, course_with, faults_with
from tests.makers import LONG_AGO

MAP = "01-water/03-map.md"
LEVELS = """    levels:
      - title: Complete
        points: 4
        text: Everybody who decides or suffers.
      - {title: Partly, points: 2}
      - {title: Missing, points: 0}
"""
RU = TASK.replace("title: A map", "title: Карта").replace("Draw a map of the quarrel.", "Нарисуйте карту.")


def with_keys(keys: str) -> str:
    return TASK.replace("words: 500\n", f"words: 500\n{keys}\n")


def with_levels(levels: str = LEVELS, text: str = TASK) -> str:
    return text.replace("    text: All of them.\n", f"    text: All of them.\n{levels}")


def task_with(keys: str) -> Task:
    lesson = course_with({MAP: with_keys(keys)}).lesson("water/map")
    assert lesson is not None
    assert lesson.task is not None
    return lesson.task


def test_a_task_asks_for_a_text_unless_it_says_more() -> None:
    plain = task_with("# nothing more")
    assert (plain.hand_in, plain.files, plain.most_files) == (HandIn.TEXT, (), 0)
    assert (plain.due, plain.resubmit, plain.blind, plain.second_marker, plain.peers) == (
        None,
        None,
        False,
        False,
        None,
    )


def test_every_setting_is_read() -> None:
    task = task_with(
        "hand_in: both\nfiles: [docx, pdf]\nmost_files: 2\ndue: 2026-12-15\ngrace: 2 days\nlate: refuse\n"
        "resubmit: 2\nblind: true\nsecond_marker: true\npeers: 3\npeer_days: 5\npeer_weight: 30"
    )
    assert (task.hand_in, task.files, task.most_files) == (HandIn.BOTH, ("pdf", "docx"), 2)
    assert task.due == Due(date(2026, 12, 15), None, 2, Late.REFUSE)
    assert (task.resubmit, task.blind, task.second_marker, task.peers) == (2, True, True, Peers(3, 5, 30))
    assert task_with("due: 14 days").due == Due(None, 14, 0, Late.ACCEPT)
    assert task_with("hand_in: file").files == ("pdf", "docx", "odt", "png", "jpg")


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ("hand_in: paper", 'key "hand_in" is "paper"; it may be text, file, both'),
        ("files: [pdf]", 'key "files" has no meaning here: only text is handed in (hand_in: text)'),
        ("most_files: 2", 'key "most_files" has no meaning here: only text is handed in (hand_in: text)'),
        ("hand_in: file\nfiles: [exe]", 'key "files": "exe" is not taken; it may be pdf, docx, odt, png, jpg'),
        ("due: soon", 'key "due" must be a day as in 2026-12-15, or a number of days after joining as in 14 days'),
        ("due: 2026-02-30", 'key "due": there is no day 2026-02-30'),
        ("due: 14 days\ngrace: much", 'key "grace" must be a number of days as in 2 days'),
        ("grace: 2 days", 'key "grace" has no meaning here without the key "due"'),
        ("late: refuse", 'key "late" has no meaning here without the key "due"'),
        ("due: 14 days\nlate: perhaps", 'key "late" is "perhaps"; it may be accept, refuse'),
        ("resubmit: -1", 'key "resubmit" must be a whole number from 0 to 20'),
        ("peers: 9", 'key "peers" must be a whole number from 0 to 5'),
        ("peer_weight: 30", 'key "peer_weight" has no meaning here without the key "peers"'),
        ("seconds_marker: true", 'unknown key "seconds_marker"; did you mean "second_marker"?'),
    ],
)
def test_what_is_wrong_is_said_on_its_line(keys: str, fault: str) -> None:
    line = 6 + keys.count("\n")
    assert faults_with({MAP: with_keys(keys)}) == [f"{MAP}:{line}: {fault}"]


def test_a_criterion_may_have_levels() -> None:
    lesson = course_with({MAP: with_levels()}).lesson("water/map")
    assert lesson is not None
    assert lesson.task is not None
    everybody = "Everybody who decides or suffers."
    assert lesson.task.rubric[0].levels == (Grade("Complete", 4, everybody), Grade("Partly", 2), Grade("Missing", 0))
    assert lesson.task.points == 10


@pytest.mark.parametrize(
    ("levels", "fault"),
    [
        ("    levels:\n      - {title: All, points: 4}\n", "13: a criterion has from 2 to 8 levels, or none"),
        (LEVELS.replace("points: 2", "points: 4"), "16: two levels of this criterion earn 4 points"),
        (LEVELS.replace("points: 4", "points: 3"), "13: the best level must earn all 4 points of its criterion"),
        (LEVELS.replace("points: 4", "points: 5"), '14: key "points" must be a whole number from 0 to 4'),
        (LEVELS.replace("points: 2", "marks: 2"), '16: unknown key "marks"'),
    ],
)
def test_levels_have_to_fit_their_criterion(levels: str, fault: str) -> None:
    found = faults_with({MAP: with_levels(levels)})
    assert any(line.startswith(f"{MAP}:{fault}") for line in found), found


def test_a_translation_has_the_same_settings_and_levels() -> None:
    ru = MAP.replace(".md", ".ru.md")
    original = with_levels(text=with_keys("due: 14 days"))
    same = with_levels(text=RU.replace("words: 500\n", "words: 500\ndue: 14 days\n"))
    assert faults_with({MAP: original, ru: same}) == []
    other = same.replace("due: 14 days", "due: 15 days").replace("points: 2", "points: 3")
    assert faults_with({MAP: original, ru: other}) == [
        f'{ru}:6: key "due" is not the same as in the original; leave it out here, the original says it for all',
        f'{ru}:9: the levels of criterion "actors" are not those of the original, by their points: 4, 2, 0',
    ]


def test_what_was_read_is_exported_byte_for_byte(session: Session) -> None:
    files = course_files({MAP: with_levels(text=with_keys("due: 14 days   # a remark\nhand_in:   both"))})
    service.publish(session, slug="first-steps", files=files, by=None, now=LONG_AGO)
    live = library.live_course(session, "first-steps")
    assert live is not None
    kept = queries.edition_digests(session, live.edition_id)
    assert stored.load(session, list(kept.values()))[kept[MAP]] == files[MAP]
