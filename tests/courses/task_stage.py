"""A published course whose task asks for more than a text, with people who write, read and mark."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue.library import LiveCourse
from courses.enrolment.models import Enrolment
from courses.tasks.models import Work
from tests import makers
from tests.browser import Browser, Page, words
from tests.courses import quiz_stage as stage
from tests.courses.course_files import TASK as PLAIN
from tests.courses.quiz_stage import TASK

MAP = "01-water/03-map.md"
LEVELS = """    levels:
      - {title: Complete, points: 4, text: Everybody who decides or suffers is there.}
      - {title: Partly, points: 2}
      - {title: Missing, points: 0}
"""


def task_text(keys: str = "", levels: bool = False) -> str:
    """The task's file with more settings."""
    text = PLAIN.replace("words: 500\n", f"words: 500\n{keys}\n" if keys else "words: 500\n")
    return text.replace("    text: All of them.\n", f"    text: All of them.\n{LEVELS}") if levels else text


def publish(
    session: Session, keys: str = "", *, levels: bool = False, changes: Mapping[str, str] | None = None
) -> LiveCourse:
    """Publish the course with these settings of its task."""
    return stage.publish(session, changes={MAP: task_text(keys, levels), **(changes or {})})


def learners(session: Session, *names: str) -> list[Member]:
    """People with a place in the course."""
    found = [makers.member(session, name) for name in names]
    session.commit()
    stage.enrol(session, *found)
    return found


def hand_in(browser: Browser, who: Member, text: str = "") -> Browser:
    """A learner hands in; returns their browser."""
    desk = browser.signed_in(who)
    page = desk.open(f"{TASK}/").submit("Hand in", text=text or f"The map of {who.display_name}.")
    assert "Your work is handed in." in page.text, page.text
    return desk


def works(session: Session) -> list[Work]:
    """Every version of everybody, as it is in the database now."""
    session.expire_all()
    found = list(session.scalars(select(Work).order_by(Work.id)))
    session.commit()
    return found


def marker(session: Session, name: str, role: str = "marker") -> Member:
    """Somebody with a part in the course."""
    found = makers.member(session, name, roles=((role, f"course:{stage.SLUG}"),))
    session.commit()
    return found


def page_of(browser: Browser, who: Member, work: Work) -> Page:
    """The page on which this person marks this work."""
    return browser.signed_in(who).open(f"/teach/marking/tasks/{work.id}")


def joined(session: Session, who: Member, at: datetime) -> None:
    """Let this learner have joined at this moment."""
    session.execute(update(Enrolment).where(Enrolment.member_id == who.id).values(enrolled_at=at))
    session.commit()


def press(page: Page, button: str, **values: object) -> Page:
    """Press a button as a browser would: with its own address and its own name and value."""
    for form, node in zip(page.forms(), page.all("main form"), strict=True):
        for each in node.query("button"):
            if words(each).startswith(button):
                own = {each.attrs["name"]: each.attrs.get("value") or ""} if each.attrs.get("name") else {}
                target = each.attrs.get("formaction") or form.action or page.url
                answer = page.browser.send(target, {**form.values, **values, **own}, method=form.method)
                answer.response.request.environ["wsgi.input"].close()  # a large body is a file of the test's client
                return answer
    raise AssertionError(f"no button “{button}” on {page.url}")
