"""Every page of those who write courses asks the database as much for a large course as for a small one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy.orm import Session

from academy import clock
from academy.people.actor import Actor, Role
from academy.people.models import Member
from courses.publishing import guests, reviewing
from courses.publishing.guests import Invitation
from courses.publishing.models import Verdict
from courses.publishing.reviewing import Place
from tests import makers
from tests.browser import Browser
from tests.courses import certified, places
from tests.courses.publishing_stage import LESSON, QUIZ, SLUG, TASK, begin, changed, publish, text, write
from tests.queries import QueryCount

Counting = Callable[[], AbstractContextManager[QueryCount]]
TEACH = f"/teach/{SLUG}"
DRAFT = f"{TEACH}/draft"
MODULE = "---\ntitle: Module {0}\nsummary: More.\n---\n"
MORE = """---
title: More {0}
summary: More.
---
See [the canal](../01-water/01-canal.md).

![A line](../media/more-{0}.svg)
"""
MORE_RU = """---
title: Ещё {0}
summary: Ещё.
---
См. [канал](../01-water/01-canal.md).

![Линия](../media/more-{0}.svg)
"""
QUESTION = "\n## What was number {0}? {{#more{0}}}\n\n= {0}\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h{0}"/></svg>'
COST = {
    "/teach/": 7,
    "/teach/new": 1,
    "/teach/import": 1,
    TEACH + "/": 9,
    f"{TEACH}/people": 5,
    f"{TEACH}/exchange": 6,
    f"{TEACH}/learners/{{lena}}": 9,
    f"{TEACH}/learners/{{lena}}/allowance": 4,
    DRAFT: 7,
    f"{DRAFT}/{LESSON}": 8,
    f"{DRAFT}/course.md": 8,
    f"{DRAFT}/add/lesson?module=01-water": 3,
    f"{DRAFT}/add/module": 2,
    f"{DRAFT}/change?thing=01-water/01-canal": 3,
    f"{DRAFT}/discard": 3,
    f"{DRAFT}/history": 8,
    f"{DRAFT}/media": 4,
    f"{DRAFT}/preview/{LESSON}": 3,
    f"{DRAFT}/preview/course.md": 3,
    f"{DRAFT}/questions/{QUIZ}": 5,
    f"{DRAFT}/question/{QUIZ}?id=gate": 4,
    f"{DRAFT}/settings/{LESSON}": 4,
    f"{DRAFT}/settings/course.md": 4,
    f"{DRAFT}/settings/{TASK}": 4,
    f"{TEACH}/questions-from-elsewhere/{QUIZ}": 4,
    f"{TEACH}/comments": 6,
    f"{TEACH}/editions/": 7,
    f"{TEACH}/editions/1/": 2,
    f"{TEACH}/editions/1/water/canal/": 2,
    f"{TEACH}/editions/1/restore": 3,
    f"{TEACH}/editions/compare?old=1&new=draft": 13,
    f"{TEACH}/editions/compare/{LESSON}?old=1&new=draft": 7,
    f"{TEACH}/guests": 6,
    f"{TEACH}/publish": 22,
    f"{TEACH}/reviews/": 11,
}


def grow(session: Session, by: Member, first: int, last: int) -> None:
    """Give the course more of everything: modules, lessons, languages, questions, pictures, editions, words, people."""
    actor = Actor(by.id, by.display_name, roles=frozenset({Role("trainer")}))
    for number in range(first, last):
        changes: dict[str, str | None] = {
            f"{number:02d}-more-{number}/module.md": MODULE.format(number),
            f"{number:02d}-more-{number}/01-more.md": MORE.format(number),
            f"{number:02d}-more-{number}/01-more.ru.md": MORE_RU.format(number),
            f"media/more-{number}.svg": PICTURE.format(number),
            LESSON: changed() + f"\nLine {number}.\n",
            QUIZ: text(QUIZ) + "".join(QUESTION.format(each) for each in range(first, number + 1)),
        }
        write(session, by, changes)
        publish(session, by)
        write(session, by, {LESSON: changed() + f"\nLine {number} of the draft.\n"})
        _talk(session, actor, number)
        name = f"Learner {number}"
        certified.learns(session, makers.member(session, name), done=certified.KEYS[:2])
        makers.member(session, f"Marker{number}", roles=(("marker", f"course:{SLUG}"),))


def _talk(session: Session, actor: Actor, number: int) -> None:
    now = clock.now()
    place = Place(LESSON, 10, "Two villages share one narrow canal.")
    reviewing.comment(session, slug=SLUG, place=place, text=f"Why, {number}?", by=actor, now=now)
    guests.invite(session, slug=SLUG, invitation=Invitation(f"Guest {number}", "water/canal"), by=actor, now=now)
    reader = makers.member(session, f"Reader{number}", roles=(("reviewer", f"course:{SLUG}"),))
    review = reviewing.ask(session, slug=SLUG, reviewer_id=reader.id, request="", by=actor, now=now)
    reviewing.withdraw(session, review=review, by=actor, now=now)
    assert review.verdict == Verdict.WITHDRAWN
    session.commit()


@pytest.mark.slow
def test_no_page_asks_more_for_a_large_course(
    browser: Browser, session: Session, ada: Member, lena: Member, query_count: Counting
) -> None:
    begin(session, ada)
    certified.learns(session, lena, done=certified.KEYS[:2])
    desk = browser.signed_in(ada)

    def counts() -> dict[str, int]:
        found = {}
        for address in COST:
            url = address.format(lena=lena.id)
            assert desk.open(url).status == 200, url  # what a process keeps, it keeps from now on
            with query_count() as count:
                desk.open(url)
            found[address] = count.total
        return found

    grow(session, ada, 10, 12)
    few = counts()
    grow(session, ada, 12, 20)
    places.copies(session, certified.found(session), [f"twin-{number}" for number in range(8)])
    many = counts()
    assert {address: (few[address], many[address]) for address in COST if many[address] > few[address]} == {}
    assert {address: (most, many[address]) for address, most in COST.items() if many[address] > most} == {}
