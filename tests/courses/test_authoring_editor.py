"""The editor: a plain form in which nothing that anybody typed gets lost."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import choices, service, texts
from courses.authoring.merging import merge
from tests.browser import Browser, Page
from tests.courses import workshop
from tests.courses.course_files import LESSON as LESSON_TEXT
from tests.courses.workshop import DRAFT, EDITOR, LESSON, SLUG
from tests.queries import QueryCount

Counting = Callable[[], AbstractContextManager[QueryCount]]
AUTOSAVE = {"X-Requested-With": "autosave"}
ENDS = st.sampled_from(["\n", "\r\n", "\r", ""])
LINES = st.lists(st.tuples(st.sampled_from(["a", "ж", "", "  b"]), ENDS), max_size=6)


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at his desk, the draft begun."""
    workshop.begun(session, tariq)
    return browser.signed_in(tariq)


@pytest.fixture
def hers(browser: Browser, desk: Browser, ada: Member) -> Browser:
    """Ada at hers."""
    assert desk
    return browser.signed_in(ada)


def autosaved(who: Browser, page: Page, text: str, base: str = "") -> Any:
    """What a script gets that saves this text."""
    values = page.form("Save").values
    data = {**values, "text": text, "base": base or values["base"]}
    return who.client.post(page.url, data=data, headers=AUTOSAVE)


def changed(page: Page, old: str, new: str) -> str:
    text = str(page.form("Save").values["text"])
    assert old in text
    return text.replace(old, new)


def test_a_file_is_shown_whole_and_saved(desk: Browser, session: Session) -> None:
    page = desk.open(EDITOR)
    assert page.heading == "Edit: The canal"
    assert page.form("Save").values["text"] == LESSON_TEXT
    saved = page.submit("Save", text=LESSON_TEXT.replace("The canal", "Our canal", 1))
    assert saved.notice.endswith("Saved.")
    assert saved.heading == "Edit: Our canal"
    assert b"title: Our canal\n" in workshop.content(session)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_save_that_touches_nothing_changes_no_byte(desk: Browser, session: Session, end: str, mark: bytes) -> None:
    original = mark + LESSON_TEXT.replace("\n", end).encode()
    workshop.change(session, {LESSON: original})
    page = desk.open(EDITOR)
    sent = str(page.form("Save").values["text"]).replace("\n", "\r\n")  # as browsers send it
    page.submit("Save", text=sent)
    assert workshop.content(session) == original
    desk.open(EDITOR).submit("Save", text=sent.replace("A gate", "The gate"))
    assert workshop.content(session) == original.replace(b"A gate", b"The gate")


@given(LINES, st.booleans())
def test_any_text_comes_back_from_the_form_as_it_was(lines: list[tuple[str, str]], mark: bool) -> None:
    content = (b"\xef\xbb\xbf" if mark else b"") + "".join(word + end for word, end in lines).encode()
    sent = texts.shown(content).replace("\n", "\r\n")
    assert texts.written(sent, content).encode() == content


def test_a_text_that_is_too_large_is_refused_and_shown_again(desk: Browser, session: Session) -> None:
    page = desk.open(EDITOR)
    typed = page.form("Save").values["text"] + "water " * 12_000
    refused = page.submit("Save", text=typed)
    assert refused.status == 422
    assert "larger than 64 KB" in refused.text_of("[role=alert]")
    assert refused.form("Save").values["text"] == typed
    assert workshop.content(session) == LESSON_TEXT.encode()


def test_somebody_joins_other_lines(desk: Browser, hers: Browser, session: Session) -> None:
    mine, other = desk.open(EDITOR), hers.open(EDITOR)
    other.submit("Save", text=changed(other, "An invented source.", "A source of ours."))
    saved = mine.submit("Save", text=changed(mine, "A gate is shut.", "The gate is shut."))
    assert "Somebody else had changed other lines" in saved.notice
    assert b"The gate is shut." in workshop.content(session)
    assert b"A source of ours." in workshop.content(session)
    assert "Ada saved this file just now." in saved.text


def disputed(desk: Browser, hers: Browser) -> Page:
    mine, other = desk.open(EDITOR), hers.open(EDITOR)
    other.submit("Save", text=changed(other, "A gate is shut.", "Hers."))
    return mine.submit("Save", text=changed(mine, "A gate is shut.", "Mine.").replace("Two villages", "Both villages"))


def test_the_same_lines_are_shown_side_by_side(desk: Browser, hers: Browser, session: Session) -> None:
    page = disputed(desk, hers)
    assert (page.status, page.heading) == (409, "Two versions of the same lines")
    versions = [node.to_text().strip() for node in page.all("fieldset .versions pre")]
    assert versions == ["summary: Mine.", "summary: Hers."]
    assert "Ada saved this file while you were writing" in page.text
    assert b"Hers." in workshop.content(session)


@pytest.mark.parametrize(
    ("choice", "said"),
    [("mine", "summary: Mine.\n"), ("theirs", "summary: Hers.\n"), ("both", "summary: Mine.\nsummary: Hers.\n")],
)
def test_each_decision_makes_its_text(desk: Browser, hers: Browser, session: Session, choice: str, said: str) -> None:
    saved = disputed(desk, hers).submit("Save the decided text", **{"choice-1": choice})
    assert saved.heading.startswith("Edit: ")
    text = workshop.content(session).decode()
    assert f"title: The canal\n{said}preview: true" in text
    assert "Both villages" in text


def test_neighbours_that_nobody_disputes_stand_as_one() -> None:
    both = merge("a\nb\nc\nd\n", "A\nb\nc\nmine\n", "a\nb\nC\ntheirs\n")
    stretches = choices.decide(both, {}).stretches
    assert [bool(stretch.number) for stretch in stretches] in ([False, True], [False, True, False])


def test_words_of_one_s_own_are_taken(desk: Browser, hers: Browser, session: Session) -> None:
    disputed(desk, hers).submit("Save the decided text", **{"own-1": "summary: Ours.\r\n"})
    assert b"summary: Ours.\npreview: true" in workshop.content(session)


def test_what_is_not_decided_is_asked_again_with_everything_kept(desk: Browser, hers: Browser) -> None:
    page = disputed(desk, hers)
    again = page.submit("Save the decided text")
    assert again.status == 422
    assert again.errors == ["Choose what is to stand here."]
    twice = again.submit("Save the decided text", **{"choice-1": "theirs", "own-1": "summary: Ours.\n"})
    assert twice.status == 422
    assert "You wrote a text of your own here" in twice.errors[0]
    assert twice.form("Save the decided text").values["own-1"] == "summary: Ours.\n"
    assert "Both villages" in str(twice.form("Save the decided text").values["text"])


def test_a_decision_is_checked_like_any_save(desk: Browser, hers: Browser, session: Session) -> None:
    page, other = disputed(desk, hers), hers.open(EDITOR)
    other.submit("Save", text=changed(other, "summary: Hers.", "summary: Hers again."))
    again = page.submit("Save the decided text", **{"choice-1": "mine"})
    assert again.status == 409
    assert "Hers again." in again.text
    again.submit("Save the decided text", **{"choice-1": "mine"})
    text = workshop.content(session).decode()
    assert "summary: Mine.\n" in text
    assert "Both villages" in text


def test_a_file_that_went_meanwhile_gives_the_text_back(desk: Browser, session: Session) -> None:
    page = desk.open(EDITOR)
    workshop.change(session, {LESSON: None})
    lost = page.submit("Save", text="My long work.\n")
    assert (lost.status, lost.heading) == (409, "This file is no longer there")
    lost.submit("Put it back under this name")
    assert workshop.content(session) == b"My long work.\n"


def test_a_draft_that_went_meanwhile_gives_the_text_back(desk: Browser, session: Session) -> None:
    page = desk.open(EDITOR)
    service.discard(session, slug=SLUG)
    session.commit()
    lost = page.submit("Save", text="My long work.\n")
    assert lost.status == 409
    assert "My long work." in lost.source


def test_a_script_is_told_the_new_base_and_the_problems(desk: Browser) -> None:
    page = desk.open(EDITOR)
    answer = autosaved(desk, page, changed(page, "](02-check.md)", "](02-chek.md)"))
    assert answer.status_code == 200
    assert answer.json["joined"] is None
    assert re.fullmatch("[0-9a-f]{64}", answer.json["base"])
    assert "did you mean &#34;02-check.md&#34;?" in answer.json["panel"]
    assert 'data-line="14"' in answer.json["panel"]
    again = autosaved(desk, page, changed(page, "A gate", "The gate"), answer.json["base"])
    assert "Nothing to mend" in again.json["panel"]


def test_typing_on_while_two_texts_are_joined_loses_nothing(desk: Browser, hers: Browser, session: Session) -> None:
    mine, other = desk.open(EDITOR), hers.open(EDITOR)
    other.submit("Save", text=changed(other, "An invented source.", "A source of ours."))
    first = changed(mine, "A gate is shut.", "The gate is")
    answer = autosaved(desk, mine, first).json
    assert "A source of ours." in answer["joined"]
    last = autosaved(desk, mine, first.replace("The gate is", "The gate is open."), answer["typed"]).json
    assert "The gate is open." in last["joined"]
    assert b"The gate is open." in workshop.content(session)
    assert b"A source of ours." in workshop.content(session)


def test_a_script_is_told_of_a_dispute_and_nothing_is_saved(desk: Browser, hers: Browser, session: Session) -> None:
    mine, other = desk.open(EDITOR), hers.open(EDITOR)
    other.submit("Save", text=changed(other, "A gate is shut.", "Hers."))
    answer = autosaved(desk, mine, changed(mine, "A gate is shut.", "Mine."))
    assert (answer.status_code, answer.json["disputed"]) == (409, True)
    assert b"Hers." in workshop.content(session)


def test_two_saves_at_the_same_instant_are_both_kept(desk: Browser, hers: Browser, session: Session) -> None:
    gate = Barrier(2)
    lines = LESSON_TEXT.splitlines()
    first, last = next(line for line in lines if line.startswith("summary:")), lines[-1]
    pages = [(desk, desk.open(EDITOR)), (hers, hers.open(EDITOR))]
    texts_of = [changed(pages[0][1], first, f"{first} By Tariq."), changed(pages[1][1], last, f"{last} By Ada.")]

    def save(at: int) -> int:
        gate.wait()
        return int(autosaved(*pages[at], texts_of[at]).status_code)

    with ThreadPoolExecutor(2) as crowd:
        assert list(crowd.map(save, range(2))) == [200, 200]
    assert f"{first} By Tariq.".encode() in workshop.content(session)
    assert f"{last} By Ada.".encode() in workshop.content(session)


def test_two_tabs_of_one_person_are_like_two_people(desk: Browser, session: Session) -> None:
    one, two = desk.open(EDITOR), desk.open(EDITOR)
    autosaved(desk, one, changed(one, "A gate is shut.", "The gate is shut."))
    answer = autosaved(desk, two, changed(two, "An invented source.", "A source of ours.")).json
    assert "The gate is shut." in answer["joined"]
    assert b"A source of ours." in workshop.content(session)


def test_problems_are_named_by_line_without_scripts_too(desk: Browser) -> None:
    page = desk.open(EDITOR)
    shown = page.submit("Save", text=changed(page, "![A canal between two villages]", "![]"))
    assert "Line 10 The picture" in shown.text
    assert "has no alternative text" in shown.text
    assert "1 thing to mend" in shown.text
    assert [node.attrs["data-line"] for node in shown.all(".finding-fault a")] == ["10"]


def test_forms_for_parts_of_a_file_are_one_click_away(desk: Browser) -> None:
    quiz = desk.open(f"{DRAFT}/01-water/02-check.md")
    assert quiz.follow("Title and settings").follow("To the text").heading == "Edit: Check"
    assert quiz.follow("Questions one by one").status == 200
    assert "Questions one by one" not in desk.open(EDITOR).text
    assert "Title and settings" not in desk.open(f"{DRAFT}/glossary.md").text


def test_faults_elsewhere_are_counted(desk: Browser) -> None:
    quiz = f"{DRAFT}/01-water/02-check.md"
    page = desk.open(quiz)
    page.submit("Save", text=changed(page, "- [x]", "- [ ]"))
    assert "1 thing to mend in other files" in desk.open(EDITOR).text


def test_who_else_saved_is_said_to_others_only(desk: Browser, hers: Browser) -> None:
    page = hers.open(EDITOR)
    page.submit("Save", text=changed(page, "A gate is shut.", "Hers."))
    assert "Ada saved this file just now." in desk.open(EDITOR).text
    assert "Ada saved this file" not in hers.open(EDITOR).text


def test_the_editor_alone_may_frame_and_only_this_site(desk: Browser) -> None:
    policy = desk.open(EDITOR).response.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "frame-src" not in desk.open("/teach/").response.headers["Content-Security-Policy"]


def test_what_is_no_text_is_not_edited(desk: Browser, session: Session) -> None:
    workshop.change(session, {LESSON: b"---\ntitle: \xff\xfe\n---\n"})
    page = desk.open(EDITOR)
    assert "not text in UTF-8" in page.text
    assert page.submit("Save", text="x").status == 422
    assert desk.open(f"{DRAFT}/media/canal.svg").status == 404
    assert desk.open(f"{DRAFT}/nothing.md").status == 404


def test_a_script_learns_that_the_text_it_sent_was_taken(desk: Browser, hers: Browser) -> None:
    page = desk.open(EDITOR)
    saved = page.submit("Save", text=changed(page, "A gate is shut.", "The gate."), mark="17")
    assert saved.url == f"{EDITOR}?saved=17"
    other = hers.open(EDITOR)
    other.submit("Save", text=changed(other, "The gate.", "Hers."))
    page = saved.submit("Save", text=changed(saved, "The gate.", "Mine."), mark="18")
    assert page.status == 409
    assert page.submit("Save the decided text", **{"choice-1": "mine"}).url == f"{EDITOR}?saved=18"


def test_the_editor_asks_the_database_little(desk: Browser, query_count: Counting) -> None:
    page = desk.open(EDITOR)
    with query_count() as count:
        desk.open(EDITOR)
    assert count.total <= 8, count.statements
    with query_count() as count:
        autosaved(desk, page, changed(page, "A gate is shut.", "The gate is shut."))
    assert count.total <= 25, "\n".join(count.statements)


@given(
    st.lists(st.sampled_from("abc"), max_size=5),
    st.lists(st.sampled_from("abc"), max_size=5),
    st.lists(st.sampled_from("abc"), max_size=5),
    st.sampled_from(["mine", "theirs", "both"]),
)
def test_a_decision_has_the_lines_that_were_chosen(
    base: list[str], mine: list[str], theirs: list[str], choice: str
) -> None:
    texts_of = ["".join(f"{line}\n" for line in lines) for lines in (base, mine, theirs)]
    both = merge(*texts_of)
    answers = {f"choice-{number}": choice for number in range(1, 20)}
    decision = choices.decide(both, answers)
    assert decision.complete
    if choice == "mine":
        assert decision.text == both.text
    for stretch in decision.stretches:
        if stretch.number and choice == "both":
            assert stretch.piece.mine in decision.text
            assert stretch.piece.theirs in decision.text
