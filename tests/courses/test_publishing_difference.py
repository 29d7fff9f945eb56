"""What differs between two states of a course, without a database: files, lines, words, paragraphs, rules."""

from hypothesis import assume, given
from hypothesis import strategies as st
from justhtml import JustHTML

from courses.catalogue.reader.course import read_course
from courses.publishing import blocks, difference
from courses.publishing.difference import Gap, Line, State
from courses.publishing.places import line_of, quote_of
from courses.publishing.rules import Asked, departures, restored_keys, rule_changes, stale
from tests.courses.course_files import COURSE, LESSON, QUIZ, TASK, course_files, course_with

TEXTS = st.lists(st.sampled_from(["a b c\n", "a b d\n", "e\n", "\n", "f g\n"]), max_size=12).map("".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_difference(before: str, after: str) -> None:
    assume(before != after)
    found = [each for each in difference.lines(before, after, around=10_000) if isinstance(each, Line)]
    for state, text in ((State.GONE, before), (State.NEW, after)):
        kept = [line for line in found if line.state in {State.SAME, state}]
        assert ["".join(piece.text for piece in line.pieces) for line in kept] == text.splitlines()


@given(TEXTS, TEXTS)
def test_nothing_but_lines_that_stay_is_left_out(before: str, after: str) -> None:
    found = difference.lines(before, after)
    new, gone = difference.counts(before, after)
    assert sum(1 for each in found if isinstance(each, Line) and each.state is State.NEW) == new
    assert sum(1 for each in found if isinstance(each, Line) and each.state is State.GONE) == gone
    left_out = sum(each.lines for each in found if isinstance(each, Gap))
    shown = sum(1 for each in found if isinstance(each, Line) and each.state is not State.GONE)
    assert left_out + shown == len(after.splitlines())


def test_words_that_changed_are_marked_in_their_line() -> None:
    gone, new = difference.lines("The gate is shut at night.", "The gate is open at night.")
    assert isinstance(gone, Line)
    assert isinstance(new, Line)
    assert [(piece.state, piece.text) for piece in gone.pieces if piece.state is not State.SAME] == [
        (State.GONE, "shut")
    ]
    assert [(piece.state, piece.text) for piece in new.pieces if piece.state is not State.SAME] == [(State.NEW, "open")]


def states(
    old: dict[str, bytes], new: dict[str, bytes], moved: dict[str, str] | None = None
) -> list[tuple[str, str, str]]:
    return [(change.state.value, change.old, change.new) for change in difference.between(old, new, moved or {})]


def test_a_file_is_added_changed_removed_or_renamed() -> None:
    old = course_files()
    new = course_files(
        {"01-water/01-canal.md": None, "01-water/05-canal.md": LESSON + "\nMore.\n", "media/canal.svg": None}
    )
    new["media/river.svg"] = old["media/canal.svg"]
    new["glossary.ru.md"] = b"*[canal]: word\n"
    assert states(old, new) == [
        ("renamed", "01-water/01-canal.md", "01-water/05-canal.md"),
        ("new", "", "glossary.ru.md"),
        ("renamed", "media/canal.svg", "media/river.svg"),
    ]
    assert states(old, course_files({"01-water/03-map.md": None})) == [("gone", "01-water/03-map.md", "")]


def test_lessons_that_change_places_are_renamed_not_rewritten() -> None:
    old = course_files()
    new = {path.replace("01-canal", "09-canal").replace("02-check", "01-check"): text for path, text in old.items()}
    assert {state for state, _, _ in states(old, new)} == {"renamed"}


def test_a_lesson_that_moved_to_another_module_is_found_by_what_the_course_says() -> None:
    old, new = {"01-water/01-canal.md": b"a\n"}, {"02-talk/03-canal.md": b"b\n"}
    assert states(old, new, {"water/canal": "talk/canal"}) == [
        ("renamed", "01-water/01-canal.md", "02-talk/03-canal.md")
    ]


HTML = (
    '<h2 id="s-a"><a class="anchor" href="#s-a">A</a></h2>'
    '<p>One &amp; <a href="/courses/x/">two</a>.</p>'
    '<div class="note note-key" role="note"><p class="note-title">Key</p><ul><li>x</li></ul></div>'
    '<p><img src="/m/a.svg" alt="A &lt;b&gt;"><br>y</p>'
)


def test_a_page_falls_into_inert_paragraphs() -> None:
    found = blocks.blocks(HTML)
    assert [block.text for block in found] == ["A", "One & two.", "Key x", "y"]
    whole = "".join(block.html for block in found)
    assert " id=" not in whole
    assert "href" not in whole
    assert "<h2" not in whole
    assert JustHTML(f"<!doctype html><title>t</title>{whole}", sanitize=False, collect_errors=True).errors == []


def test_a_guest_may_follow_links_to_other_sites_alone() -> None:
    html = '<p><a href="https://www.un.org/x">a</a> <a href="/teach/">b</a> <a href="javascript:alert(1)">c</a></p>'
    (block,) = blocks.blocks(html, blocks.outside, headings=True)
    assert block.html == '<p><a href="https://www.un.org/x">a</a> <a>b</a> <a>c</a></p>'


def test_a_picture_is_the_same_wherever_it_is_kept() -> None:
    here, there = (
        blocks.blocks(f'<p><img src="{base}/media/12345678/a.svg" alt="A"></p>')
        for base in ("/courses/x", "/teach/x/draft")
    )
    assert [row.state for row in blocks.compare(here, there) if isinstance(row, blocks.Row)] == [State.SAME]


def test_paragraphs_are_compared_one_by_one() -> None:
    old, new = (
        blocks.blocks("<p>a</p><p>b</p><p>c</p><p>d</p>"),
        blocks.blocks("<p>a</p><p>B</p><p>c</p><p>d</p><p>e</p>"),
    )
    rows = [row.state.value for row in blocks.compare(old, new) if isinstance(row, blocks.Row)]
    assert rows == ["same", "changed", "same", "same", "new"]


def test_every_stricter_and_looser_rule_is_found() -> None:
    before = course_with()
    course = (
        COURSE.replace("quizzes: 75", "quizzes: 80")
        .replace("sessions: 80", "sessions: 0")
        .replace("enrolment: open", "enrolment: code")
        .replace("  participation: true\n", "  participation: false\n")
    )
    quiz = (
        QUIZ.replace("attempts: 3", "attempts: 2").replace("minutes: 30", "minutes: 60").replace("pass: 75", "pass: 90")
    )
    after = course_with(
        {
            "course.md": course,
            "01-water/02-check.md": quiz,
            "01-water/04-meeting.md": None,
            "01-water/05-more.md": "---\ntitle: More\nsummary: More.\n---\nMore.\n",
        }
    )
    found = {(change.asked, change.stricter) for change in rule_changes(before, after)}
    assert found == {
        (Asked.QUIZZES, True),
        (Asked.SESSIONS, False),
        (Asked.ENROLMENT, True),
        (Asked.PARTICIPATION, True),
        (Asked.ATTEMPTS, True),
        (Asked.MINUTES, False),
        (Asked.PASS_MARK, True),
        (Asked.NEW_LESSON, True),
        (Asked.GONE_LESSON, False),
    }
    assert rule_changes(before, before) == []


def test_a_translation_is_behind_when_its_original_alone_changed() -> None:
    ru = LESSON.replace("title: The canal", "title: Канал").replace("preview: true\n", "")
    before = course_with({"01-water/01-canal.ru.md": ru})
    after = course_with({"01-water/01-canal.ru.md": ru, "01-water/01-canal.md": LESSON.replace("**one**", "*one*")})
    assert [(each.path, each.language) for each in stale(before, after)] == [("01-water/01-canal.ru.md", "ru")]
    assert stale(before, before) == []


def test_what_comes_back_keeps_what_happened_since() -> None:
    then = course_with()
    moved = course_files({"01-water/03-map.md": None, "01-water/04-meeting.md": None})
    moved["02-talk/module.md"] = b"---\ntitle: Talk\nsummary: Talk.\n---\n"
    moved["02-talk/01-map.md"] = course_files()["01-water/03-map.md"]
    moved["02-talk/02-more.md"] = b"---\ntitle: More\nsummary: More.\n---\nMore.\n"
    moved["course.md"] = COURSE.replace(
        "retired: [old-module/old-lesson]",
        "retired: [old-module/old-lesson, water/meeting]\nmoved: {water/map: talk/map}",
    ).encode()
    now = read_course("first-steps", moved)
    assert [(each.lesson.key, each.new) for each in departures(then, now)] == [
        ("water/map", "talk/map"),
        ("water/meeting", ""),
    ]
    said = restored_keys(then, now)
    assert said == {"retired": ("old-module/old-lesson", "talk/more"), "moved": {"talk/map": "water/map"}}
    assert restored_keys(then, then) == {}


def test_a_comment_finds_its_line_again() -> None:
    text = "First line\nSecond line here\nThird\n"
    assert quote_of(text, 2) == "Second line here"
    assert line_of(f"Before\n\n{text}", "Second line here", 2) == 4
    assert line_of("**Two** villages share *one* canal.\n", "Two villages share one canal.") == 1
    assert line_of(text, "nothing like it", 2) is None
    assert line_of(text, "", 2) == 2


def test_a_task_that_is_due_sooner_or_takes_less_is_stricter() -> None:
    def task(keys: str) -> dict[str, str]:
        return {"01-water/03-map.md": TASK.replace("pass: 60\n", f"pass: 60\n{keys}")}

    before = course_with(task("due: 30 days\ngrace: 3 days\nresubmit: 2\n"))
    after = course_with(task("due: 20 days\ngrace: 3 days\nlate: refuse\nresubmit: 1\n"))
    there = {(change.asked, change.stricter) for change in rule_changes(before, after)}
    assert there == {(Asked.DUE, True), (Asked.LATE, True), (Asked.RESUBMIT, True)}
    back = {(change.asked, change.stricter) for change in rule_changes(after, before)}
    assert back == {(Asked.DUE, False), (Asked.LATE, False), (Asked.RESUBMIT, False)}
    assert [change.stricter for change in rule_changes(course_with(), before) if change.asked is Asked.DUE] == [True]
