"""Drafts: every change is a step, nothing of two trainers is lost, every step can be taken back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries, service
from courses.authoring.merging import merge
from courses.authoring.models import StepKind
from tests.courses.course_files import course_files

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SLUG = "first-steps"
LESSON = "01-water/01-canal.md"
LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=6).map("".join)


def _begin(session: Session, tariq: Member) -> None:
    service.create(session, slug=SLUG, contents=course_files(), by=tariq.id, now=NOW)


def _save(session: Session, by: Member, text: str, base: str) -> service.Saved:
    return service.save(session, slug=SLUG, path=LESSON, text=text, base=base, by=by.id, now=NOW)


def test_two_trainers_on_different_lines_of_one_file_lose_nothing(session: Session, tariq: Member, ada: Member) -> None:
    _begin(session, tariq)
    opened = queries.file_of(session, SLUG, LESSON)
    assert opened is not None
    _save(session, tariq, opened.text.replace("A gate is shut.", "The gate is shut."), opened.digest)
    saved = _save(session, ada, opened.text.replace("An invented source.", "A source we invented."), opened.digest)
    assert saved.joined
    assert "The gate is shut." in saved.text
    assert "A source we invented." in saved.text


def test_the_same_line_changed_by_two_is_disputed_and_both_texts_are_shown(
    session: Session, tariq: Member, ada: Member
) -> None:
    _begin(session, tariq)
    opened = queries.file_of(session, SLUG, LESSON)
    assert opened is not None
    _save(session, tariq, opened.text.replace("A gate is shut.", "Mine."), opened.digest)
    with pytest.raises(service.Disputed) as refused:
        _save(session, ada, opened.text.replace("A gate is shut.", "Hers."), opened.digest)
    disputed = [piece for piece in refused.value.merge.pieces if piece.disputed]
    assert [("Hers." in piece.mine, "Mine." in piece.theirs) for piece in disputed] == [(True, True)]


def test_saves_in_one_sitting_are_one_step_and_it_can_be_taken_back(session: Session, tariq: Member) -> None:
    _begin(session, tariq)
    opened = queries.file_of(session, SLUG, LESSON)
    assert opened is not None
    first = _save(session, tariq, opened.text + "One.\n", opened.digest)
    _save(session, tariq, first.text + "Two.\n", first.digest)
    assert [step.kind for step in queries.steps(session, SLUG)] == [StepKind.SAVED, StepKind.BEGUN]
    service.undo(session, slug=SLUG, number=2, by=tariq.id, now=NOW)
    after = queries.file_of(session, SLUG, LESSON)
    assert after is not None
    assert after.digest == opened.digest


def test_a_step_is_not_taken_back_under_a_later_one(session: Session, tariq: Member, ada: Member) -> None:
    _begin(session, tariq)
    opened = queries.file_of(session, SLUG, LESSON)
    assert opened is not None
    mine = _save(session, tariq, opened.text + "One.\n", opened.digest)
    _save(session, ada, mine.text + "Two.\n", mine.digest)
    with pytest.raises(service.ChangedSince):
        service.undo(session, slug=SLUG, number=2, by=tariq.id, now=NOW)


@given(base=LINES, mine=LINES, theirs=LINES)
def test_a_merge_has_every_side_s_lines(base: str, mine: str, theirs: str) -> None:
    joined = merge(base, mine, theirs)
    assert merge(base, mine, base).text == mine
    assert merge(base, base, theirs).text == theirs
    if not joined.clean:
        assert mine != theirs
