"""Questions from GIFT and Moodle XML: what comes along is right, what does not is said."""

import io
import time

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries, service
from courses.catalogue.questions import AnswerQuestion, ChoiceQuestion, MatchQuestion, OpenQuestion, Question
from courses.catalogue.writing import question_text
from courses.exchange import gift, moodle
from courses.exchange.carried import KIND, PARTLY, PICTURE, UNREADABLE
from tests.browser import Browser, Page
from tests.courses.course_files import course_files
from tests.makers import LONG_AGO

GIFT = r"""// a remark
$CATEGORY: $course$/Water

::Gate::Who shut the \{old\} gate? {=Nobody#Right. ~Amina#No. ~Bek}

::Lists::Which help? {~%50%Talking ~%50%Listening ~%-100%Shouting}

::True::The canal is shared. {T}

In which year? {#1992:1}

How many villages? {#2..4}

::Short::The river is called {=Syr =Syr Darya}.

::Match::Match. {=BATNA -> best course =ZOPA -> overlap}

::Why::Why so? {}

::Broken::No answers here
"""
XML = """<?xml version="1.0"?><quiz>
<question type="category"><category><text>x</text></category>
</question>
<question type="multichoice"><name><text>Gate</text></name>
<questiontext format="html">
<text><![CDATA[<p>Who shut it?</p>]]></text></questiontext>
<generalfeedback><text>Read again.</text></generalfeedback><single>true</single>
<answer fraction="100"><text>Nobody</text>
<feedback><text>Right.</text></feedback></answer>
<answer fraction="0"><text>Amina</text></answer>
</question>
<question type="truefalse"><name><text>True</text></name>
<questiontext><text>Shared?</text></questiontext>
<answer fraction="0"><text>true</text></answer>
<answer fraction="100"><text>false</text></answer>
</question>
<question type="numerical"><name><text>Year</text></name>
<questiontext><text>When?</text></questiontext>
<answer fraction="100"><text>1992</text><tolerance>2</tolerance></answer>
</question>
<question type="matching"><name><text>Match</text></name>
<questiontext><text>Match</text></questiontext>
<subquestion><text>BATNA</text><answer><text>best course</text></answer>
</subquestion>
<subquestion><text>ZOPA</text><answer><text>overlap</text></answer>
</subquestion>
</question>
<question type="essay"><name><text>Why</text></name>
<questiontext><text>Why?</text></questiontext>
</question>
<question type="cloze"><name><text>Gaps</text></name>
<questiontext><text>{1:SA:=x}</text></questiontext>
</question>
<question type="shortanswer"><name><text>Map</text></name>
<questiontext>
<text><![CDATA[<img src="x.png">Name it]]></text></questiontext>
<answer fraction="100"><text>Syr</text></answer>
</question>
</quiz>"""
BOMB = '<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz><question type="essay">&b;</question></quiz>'


def by_id(questions: tuple[Question, ...]) -> dict[str, Question]:
    return {question.id: question for question in questions}


def test_every_kind_of_gift_comes_along() -> None:
    carried = gift.read(GIFT)
    found = by_id(carried.questions)
    gate = found["gate"]
    assert isinstance(gate, ChoiceQuestion)
    assert gate.prompt == "Who shut the {old} gate?"
    assert [(option.text, option.right) for option in gate.options] == [
        ("Nobody", True),
        ("Amina", False),
        ("Bek", False),
    ]
    assert gate.options[0].feedback == "Right."
    lists = found["lists"]
    assert isinstance(lists, ChoiceQuestion)
    assert lists.right == {0, 1}
    assert isinstance(found["true"], ChoiceQuestion)
    assert isinstance(found["match"], MatchQuestion)
    assert isinstance(found["why"], OpenQuestion)
    assert isinstance(found["short"], AnswerQuestion)
    assert "= 1992 ± 1" in "".join(map(question_text, carried.questions))
    assert "= 2-4" in "".join(map(question_text, carried.questions))
    assert [(remark.name, remark.text) for remark in carried.remarks] == [
        ("Which help?", PARTLY),
        ("::Broken::No answers here", UNREADABLE),
    ]


def test_every_kind_of_moodle_comes_along_and_the_rest_is_said() -> None:
    carried = moodle.read(XML.encode(), {"gate"})
    assert list(by_id(carried.questions)) == ["gate-2", "true", "year", "match", "why", "map"]
    gate = carried.questions[0]
    assert isinstance(gate, ChoiceQuestion)
    assert (gate.prompt, gate.explanation) == ("Who shut it?", "Read again.")
    assert ("Gaps", KIND) in [(remark.name, remark.text) for remark in carried.remarks]
    assert ("Map", PICTURE) in [(remark.name, remark.text) for remark in carried.remarks]


@pytest.mark.parametrize("content", [b"", b"<quiz>", b"<html/>", BOMB.encode(), b"\x00<quiz/>"])
def test_what_is_no_moodle_is_refused(content: bytes) -> None:
    with pytest.raises(moodle.NotMoodle):
        moodle.read(content)


def test_questions_are_added_to_the_quiz_and_what_was_lost_is_listed(
    browser: Browser, session: Session, tariq: Member
) -> None:
    service.create(session, slug="first-steps", contents=course_files(), by=tariq.id, now=LONG_AGO)
    session.commit()
    path = "01-water/02-check.md"
    page = browser.signed_in(tariq).open(f"/teach/first-steps/questions-from-elsewhere/{path}")
    page = page.submit("Bring the questions in", file=(io.BytesIO(GIFT.encode()), "water.gift"))
    assert "8 questions came along" in page.notice
    assert "Not carried over" in page.text
    file = queries.file_of(session, "first-steps", path)
    session.rollback()
    assert file is not None
    assert "## Why so? {#why}" in file.text


def sent(browser: Browser, session: Session, tariq: Member, content: bytes) -> Page:
    """What comes back when Tariq brings this file into a quiz."""
    service.create(session, slug="first-steps", contents=course_files(), by=tariq.id, now=LONG_AGO)
    session.commit()
    page = browser.signed_in(tariq).open("/teach/first-steps/questions-from-elsewhere/01-water/02-check.md")
    return page.submit("Bring the questions in", file=(io.BytesIO(content), "x.gift"))


def test_a_file_that_is_neither_is_said_beside_its_field(browser: Browser, session: Session, tariq: Member) -> None:
    page = sent(browser, session, tariq, b"\xff\xfe\x00")
    assert page.errors == ["This is neither GIFT in UTF-8 nor Moodle XML."]


def test_no_gift_however_made_up_takes_long() -> None:
    began = time.process_time()
    assert gift.read("::" * 100_000).questions == ()
    assert gift.read("a{" + "~" * 100_000 + "}").questions == ()
    assert gift.read("{" * 100_000).questions == ()
    assert time.process_time() - began < 10


def test_more_questions_than_anybody_reads_are_refused(browser: Browser, session: Session, tariq: Member) -> None:
    page = sent(browser, session, tariq, ("a{}\n\n" * 501).encode())
    assert page.status == 422
    assert "more than 500 questions" in page.errors[0]


def test_questions_that_would_not_fit_change_nothing(browser: Browser, session: Session, tariq: Member) -> None:
    page = sent(browser, session, tariq, "\n\n".join(f"{'long ' * 60}{n} {{=yes}}" for n in range(400)).encode())
    assert page.status == 422
    assert "Bring in fewer." in page.errors[0]
    file = queries.file_of(session, "first-steps", "01-water/02-check.md")
    assert file is not None
    assert file.content == course_files()["01-water/02-check.md"]
