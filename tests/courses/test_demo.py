"""Stories of the demo: a site that was just set up is full of people, and the five of them can go everywhere."""

import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.mail.models import Letter
from academy.notices.models import Notice
from academy.people.models import Member
from courses.authoring.models import Step
from courses.catalogue import library
from courses.certificates.models import Certificate
from courses.cohorts.models import Cohort, CohortMember
from courses.demo import writing
from courses.demo.cast import ACCOUNTS, EVERYBODY, GRADUATES, LEARNERS
from courses.demo.paths import NOT_YET, RETURNED, WAITING
from courses.demo.world import MAIN, texts
from courses.enrolment.models import EnrolmentCode, PlaceRequest
from courses.progress.models import Completion, LessonRecord
from courses.quizzes.models import AnswerRow, Attempt
from courses.tasks.models import Work
from tests.browser import Browser
from tests.courses.walking import Walk
from tests.stage import Stage

KEYS = [account.key for account in ACCOUNTS]
HOME = ["/", "/my/certificates", "/my/notices", "/account/"]
LEVELS = 3

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]


@dataclass(frozen=True)
class Demo:
    """A site on which the demo was loaded, once for all stories here, and what was said of it."""

    app: Flask
    session: Session
    instance: Path
    said: str

    def member(self, key: str) -> Member:
        """One of the demo people."""
        return self.session.scalars(select(Member).where(Member.email_key == f"{key}@example.org")).one()

    def browser(self, key: str) -> Browser:
        """A browser in which one of them is signed in."""
        return Browser(self.app, self.session).signed_in(self.member(key))

    def count(self, *conditions: object) -> int:
        """How many rows fit."""
        return self.session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]

    def certificate(self, *conditions: object) -> Certificate:
        """The one certificate that fits."""
        return self.session.scalars(select(Certificate).where(*conditions)).one()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def demo(stage: Stage) -> Iterator[Demo]:
    runner = stage.app.test_cli_runner()
    assert runner.invoke(args=["courses", "import", "--bundled"]).exit_code == 0
    loaded = runner.invoke(args=["demo", "load"])
    assert loaded.exit_code == 0, loaded.output
    with stage.database.writing() as session:
        yield Demo(stage.app, session, stage.instance, loaded.output)
    stage.clean()


@pytest.fixture(autouse=True)
def _lock_given_back(demo: Demo) -> Iterator[None]:
    yield
    demo.session.rollback()


def accounts(demo: Demo) -> dict[str, dict[str, str]]:
    """What stands in the file with the passwords."""
    found: dict[str, dict[str, str]] = json.loads((demo.instance / "demo-accounts.json").read_text(encoding="utf-8"))
    return found


def everything(demo: Demo) -> list[int]:
    """How many rows there are of everything that matters here."""
    tables = (Member, Certificate, LessonRecord, Attempt, Work, Notice, Letter, AuditEntry, PlaceRequest, EnrolmentCode)
    return [demo.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_it_says_who_is_there_and_where_the_passwords_are(demo: Demo) -> None:
    for key in KEYS:
        assert f"({key}@example.org)" in demo.said
    assert f"Their passwords are in {demo.instance / 'demo-accounts.json'}." in demo.said
    assert not any(each["password"] in demo.said for each in accounts(demo).values())


def test_the_file_of_passwords_is_for_its_owner_alone(demo: Demo) -> None:
    assert sorted(accounts(demo)) == sorted(KEYS)
    assert {frozenset(each) for each in accounts(demo).values()} == {frozenset({"email", "password"})}
    assert stat.S_IMODE((demo.instance / "demo-accounts.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("key", KEYS)
def test_each_of_the_five_signs_in_with_the_password_alone(demo: Demo, key: str) -> None:
    page = Browser(demo.app, demo.session).open("/account/sign-in").submit("Sign in", **accounts(demo)[key])
    assert page.status == 200
    assert demo.member(key).display_name in page.heading


def test_the_two_cohorts_are_as_the_academy_has_them(demo: Demo) -> None:
    people = select(Cohort.year, func.count()).join(CohortMember, CohortMember.cohort_id == Cohort.id)
    sizes = [count for _, count in demo.session.execute(people.group_by(Cohort.year).order_by(Cohort.year))]
    assert sizes == [len(GRADUATES), len(LEARNERS)] == [20, 48]
    assert sum(person.woman for person in LEARNERS) == 24
    assert sum(person.legal_name not in {"", person.display_name} for person in LEARNERS) == 16
    assert all(demo.session.scalars(select(Member.is_demo)))


def test_every_address_reaches_nobody(demo: Demo) -> None:
    addresses = demo.session.scalars(select(Member.email)).all()
    assert all(address.endswith("@example.org") for address in addresses)
    assert len(set(addresses)) == len(addresses) > len(EVERYBODY)


def test_people_stand_at_every_stage(demo: Demo) -> None:
    assert demo.count(Attempt.passed.is_(True)) > 100
    assert demo.count(Attempt.passed.is_(False)) > 20
    assert demo.count(Attempt.passed.is_(None)) > 0
    finished = [person for person in EVERYBODY if person.path.whole and person.path.marked]
    assert demo.count(Completion.tier == "completion", Completion.course_slug == MAIN) == len(finished) > 15
    states = set(demo.session.scalars(select(Work.state)))
    assert states == {"draft", "handed_in", "returned", "passed", "not_yet"}
    assert demo.count(Member.id.in_(select(LessonRecord.member_id))) < len(EVERYBODY)


def test_requests_codes_and_letters_wait(demo: Demo) -> None:
    assert [demo.count(PlaceRequest.state == state) for state in ("waiting", "admitted", "refused")] == [6, 4, 2]
    assert demo.count(EnrolmentCode.id > 0) == 5
    assert demo.count(Letter.state == "waiting") >= 3
    untold = demo.session.execute(
        select(Notice.kind, func.count()).where(Notice.mailed_at.is_(None)).group_by(Notice.kind)
    )
    assert max(count for _kind, count in untold) < 10  # the rest was told, and written, long ago


def test_the_log_is_in_the_order_of_time(demo: Demo) -> None:
    moments = list(demo.session.scalars(select(AuditEntry.at).order_by(AuditEntry.id)))
    assert moments == sorted(moments)
    assert len(moments) > 300


def test_the_learner_has_a_quiz_to_try_again_and_two_lessons_left_in_a_module(demo: Demo) -> None:
    live = library.live_course(demo.session, MAIN)
    assert live is not None
    module = next(each for each in live.course.modules if any(lesson.task for lesson in each.lessons))
    page = demo.browser("learner").open(f"/courses/{MAIN}/")
    assert f"{len(module.lessons) - 2} of {len(module.lessons)} lessons done" in page.text
    assert re.search(r"Your best so far is [0-9]+%\. It needs [0-9]+%\.", page.text)


def test_the_trainer_has_work_waiting(demo: Demo) -> None:
    works = demo.count(Work.state == "handed_in")
    answers = demo.count(AnswerRow.waiting_since.is_not(None))
    trainer = demo.browser("trainer")
    assert f"{works + answers} pieces of work wait for a trainer" in trainer.open("/teach/").text
    assert trainer.open("/teach/marking").text.count("Open answer") >= min(answers, 1) == 1


def test_two_trainers_are_at_a_draft_without_faults(demo: Demo) -> None:
    steps = demo.session.scalars(select(Step).order_by(Step.number)).all()
    assert [(step.kind, step.about) for step in steps] == [("saved", writing.LESSON), ("saved", writing.OTHER)]
    page = demo.browser("trainer").open(f"/teach/{MAIN}/draft/{writing.LESSON}")
    assert "Nothing to mend in this file" in page.text
    assert "to mend in other files" not in page.text


def test_anybody_can_check_the_certificate_of_the_alumnus(demo: Demo) -> None:
    alumnus = demo.member("alumnus")
    page = Browser(demo.app, demo.session).open(
        f"/c/{demo.certificate(Certificate.member_id == alumnus.id, Certificate.tier != '').code}"
    )
    assert (page.status, alumnus.legal_name in page.text) == (200, True)
    assert "withdrawn" not in page.text.lower()


def test_the_withdrawn_certificate_says_so(demo: Demo) -> None:
    gone = demo.certificate(Certificate.withdrawn_at.is_not(None))
    page = Browser(demo.app, demo.session).open(f"/c/{gone.code}")
    assert page.status == 200
    assert "withdrawn" in page.text.lower()
    assert demo.count(Certificate.withdrawn_at.is_(None), Certificate.tier != "") == 22


def test_certificates_stand_at_all_stages_of_their_lives(demo: Demo) -> None:
    assert demo.count(Certificate.version == 2) == 1
    assert demo.count(Certificate.template_id.is_not(None)) == 8
    assert demo.count(Certificate.expires_at < clock.now()) == 2
    register = demo.browser("admin").open(f"/admin/certificates/?course={MAIN}")
    assert "name checked" in register.text
    requests = register.follow("Requests of holders")
    assert "Асқар Тұрлыбекұлы" in requests.text
    assert "Камила Есенғалиева" in requests.text, "she waits for a certificate of service"
    assert "Facilitator of the Academy" in demo.browser("alumnus").open("/my/certificates").text, "another was given"
    assert "0 of 3 people done" in register.follow("What was issued").text


@pytest.mark.parametrize("key", KEYS)
def test_every_page_opens_for_each_of_the_five(demo: Demo, key: str) -> None:
    walk = Walk(demo.browser(key))
    walk.go(HOME, LEVELS)
    assert walk.faults == []
    assert len(walk.kinds) > 20


def test_a_second_load_changes_nothing(demo: Demo) -> None:
    before, passwords = everything(demo), accounts(demo)
    demo.session.commit()
    again = demo.app.test_cli_runner().invoke(args=["demo", "load"])
    assert (again.exit_code, again.output) == (0, "The demo people are here already; nothing was changed.\n")
    quiet = demo.app.test_cli_runner().invoke(args=["demo", "load", "--if-empty"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert (everything(demo), accounts(demo)) == (before, passwords)


def test_what_people_write_is_varied() -> None:
    assert [len(set(texts(name))) for name in ("answers", "tasks", "motives")] == [12, 12, 12]
    verdicts = {verdict for person in EVERYBODY for verdict in person.path.task}
    assert verdicts >= {WAITING, RETURNED, NOT_YET}
