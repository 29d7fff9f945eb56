"""Stories of those who run the place: finding people, roles, suspension, the last admin."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people import role_scopes, standing
from academy.people.actor import ADMIN, Role
from academy.people.models import ACTIVE, SUSPENDED, Member, RoleGrant
from academy.people.queries import PAGE
from tests import makers
from tests.academy.people_stage import letters, member, reader, register, sign_in, with_password
from tests.browser import Browser
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]


def roles_of(app: Flask, who: Member) -> set[tuple[str, str]]:
    """What somebody holds."""
    with reader(app) as session:
        return {(grant.role, grant.scope) for grant in session.scalars(select(RoleGrant).filter_by(member_id=who.id))}


def test_ada_finds_people_by_any_part_of_name_or_address(browser: Browser, ada: Member, lena: Member) -> None:
    hers = browser.signed_in(ada)
    for words in ("len", "ЕЛЕНА", "example.org LENA", "сәтбек"):
        page = hers.open(f"/admin/people?q={words}")
        assert ("Lena", f"/admin/people/{lena.id}") in page.links()
    assert "Nobody fits" in hers.open("/admin/people?q=%25").text
    assert hers.open("/admin/people?before=99999999999999999999999999&q=x").status == 200


def test_ada_gives_and_takes_a_role(app: Flask, browser: Browser, ada: Member, lena: Member) -> None:
    page = browser.signed_in(ada).open(f"/admin/people/{lena.id}")
    page = page.submit("Give the role", role="moderator", scope="")
    assert page.notice.endswith("The role is given.")
    assert roles_of(app, lena) == {("moderator", "")}
    assert page.submit("Take back").notice.endswith("The role is taken back.")
    assert roles_of(app, lena) == set()


def test_a_trainer_may_be_given_one_course(app: Flask, browser: Browser, ada: Member, lena: Member) -> None:
    with app.app_context():
        role_scopes.add(lambda _session: [("course:told-in-a-test", "Told in a test")])
    page = browser.signed_in(ada).open(f"/admin/people/{lena.id}")
    assert page.submit("Give the role", role="trainer", scope="course:told-in-a-test").status == 200
    assert roles_of(app, lena) == {("trainer", "course:told-in-a-test")}
    assert page.submit("Give the role", role="admin", scope="course:told-in-a-test").status == 409
    assert page.submit("Give the role", role="emperor").status == 409


def test_the_last_admin_stays(app: Flask, browser: Browser, ada: Member) -> None:
    hers = browser.signed_in(ada)
    assert hers.open(f"/admin/people/{ada.id}").submit("Take back").status == 409
    assert hers.post(f"/admin/people/{ada.id}/suspend").status == 409
    assert hers.open("/account/erase").submit("Erase", sure="y").status == 409
    assert roles_of(app, ada) == {("admin", "")}


def test_a_suspended_admin_does_not_count_as_one(app: Flask, browser: Browser, session: Session, ada: Member) -> None:
    ben = makers.member(session, "Ben", roles=(("admin", ""),))
    hers = browser.signed_in(ada)
    assert hers.post(f"/admin/people/{ben.id}/suspend").status == 200
    assert hers.open(f"/admin/people/{ada.id}").submit("Take back").status == 409
    assert member(app, ben.email).state == SUSPENDED


def test_two_admins_cannot_remove_each_other_at_once(app: Flask, session: Session, ada: Member) -> None:
    ben = makers.member(session, "Ben", roles=(("admin", ""),))
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def take(who: Member) -> None:
        gate.wait()
        with app.app_context():
            try:
                with app.extensions["academy.database"].transaction() as own:
                    standing.take_role(own, member=who, role=Role(ADMIN), by=None, now=clock.now())
                outcomes.append("taken")
            except standing.LastAdmin:
                outcomes.append("refused")

    threads = [threading.Thread(target=take, args=(who,)) for who in (ada, ben)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]


def test_ada_suspends_and_restores_max(
    app: Flask, browser: Browser, session: Session, ada: Member, max_: Member
) -> None:
    with_password(app, session, max_)
    his, page = browser.signed_in(max_), browser.signed_in(ada).open(f"/admin/people/{max_.id}")
    page = page.submit("Suspend")
    assert his.open("/account/").heading == "Sign in"
    assert "suspended" in sign_in(browser, max_.email).errors[0]
    page.submit("Let in again")
    assert member(app, max_.email).state == ACTIVE
    assert his.open("/account/").heading == "Sign in", "what was ended stays ended"
    assert sign_in(browser, max_.email, target="/account/").heading == "Your account"


def test_ada_signs_lena_out_everywhere(browser: Browser, ada: Member, lena: Member) -> None:
    hers = browser.signed_in(lena)
    browser.signed_in(ada).open(f"/admin/people/{lena.id}").submit("Sign out everywhere")
    assert hers.open("/account/").heading == "Sign in"


def test_a_role_is_given_only_after_a_fresh_proof(app: Flask, browser: Browser, ada: Member, lena: Member) -> None:
    hers = browser.signed_in(ada)
    with time_machine.travel(clock.now() + timedelta(minutes=15), tick=False):
        page = hers.open(f"/admin/people/{lena.id}").submit("Give the role", role="admin")
    assert page.heading == "Your password once more"
    assert roles_of(app, lena) == set()


@pytest.mark.parametrize("address", ["/admin/people", "/admin/people/1", "/admin/audit"])
def test_these_pages_are_for_admins_alone(
    browser: Browser, lena: Member, tariq: Member, mina: Member, address: str
) -> None:
    assert browser.open(address).heading == "Sign in"
    assert [browser.signed_in(who).open(address).status for who in (lena, tariq, mina)] == [403, 403, 403]


def test_moderators_have_a_desk_of_their_own(browser: Browser, mina: Member, lena: Member) -> None:
    page = browser.signed_in(mina).open("/admin/")
    assert page.heading == "Desk"
    assert "Audit log" not in page.text
    assert browser.signed_in(lena).open("/admin/").status == 403


def test_the_list_of_people_goes_on(browser: Browser, session: Session, ada: Member) -> None:
    for number in range(PAGE + 5):
        makers.member(session, f"Person{number}")
    page = browser.signed_in(ada).open("/admin/people?q=person")
    assert len(page.all(".list-row")) == PAGE
    assert len(page.follow("Show more").all(".list-row")) == 5


def test_pages_ask_the_database_little(browser: Browser, session: Session, ada: Member, query_count: Counter) -> None:
    hers = browser.signed_in(ada)
    hers.open("/admin/people")
    for number in range(PAGE):
        makers.member(session, f"Person{number}", roles=(("moderator", ""),))
    with query_count() as people:
        hers.open("/admin/people")
    with query_count() as account:
        hers.open("/account/")
    assert (people.total, account.total) == (3, 2)


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_every_page_of_admins_is_well_made(browser: Browser, ada: Member, lena: Member, language: str) -> None:
    hers = browser.signed_in(ada).speaking(language)
    for address in ("/admin/", "/admin/people", f"/admin/people/{lena.id}", f"/admin/people/{ada.id}", "/admin/audit"):
        assert hers.open(address).status == 200
    assert hers.open("/admin/people/999999999999999999999").status == 404


def test_an_admin_is_made_on_the_command_line(app: Flask, browser: Browser) -> None:
    made = app.test_cli_runner().invoke(args=["users", "create", "Rosa@Example.org", "--role", "admin"])
    assert made.exit_code == 0, made.output
    page = browser.open(made.output.strip().removeprefix("http://localhost"))
    assert page.submit("Set", password="twelve chars").status == 422
    assert "is set" in page.submit("Set", password="four quiet lanterns upriver").notice
    assert sign_in(browser, "rosa@example.org", target="/admin/").heading == "Set up a second factor"
    assert [letter.subject for letter in letters(app)] == ["A new device"]


def test_the_command_line_says_what_is_wrong(app: Flask, ada: Member, lena: Member) -> None:
    runner = app.test_cli_runner()
    for args in (
        ["users", "create", ada.email],
        ["users", "create", "not an address"],
        ["users", "role", "take", ada.email, "admin"],
        ["users", "role", "give", "nobody@example.org", "admin"],
        ["users", "role", "give", lena.email, "admin", "--course", "first-steps"],
    ):
        refused = runner.invoke(args=args)
        assert refused.exit_code == 1, args
        assert refused.output.startswith("Error: ")
    assert (
        runner.invoke(args=["users", "role", "give", lena.email, "trainer", "--course", "first-steps"]).exit_code == 0
    )
    assert "trainer course:first-steps" in runner.invoke(args=["users", "list", "--role", "trainer"]).output
    again = runner.invoke(args=["users", "link", lena.email])
    assert "/account/reset/" in again.output


def test_a_stranger_cannot_slip_into_the_account_of_an_invited_admin(app: Flask, browser: Browser) -> None:
    app.test_cli_runner().invoke(args=["users", "create", "rosa@example.org", "--role", "admin"])
    register(browser, "rosa@example.org", name="A stranger")
    (letter,) = letters(app)
    assert letter.subject == "About your account"


def test_nobody_gets_a_role_before_their_address_is_confirmed(app: Flask, browser: Browser, ada: Member) -> None:
    register(browser, "zarina@example.org")
    number = member(app, "zarina@example.org").id
    page = browser.signed_in(ada).open(f"/admin/people/{number}")
    assert page.submit("Give the role", role="admin", scope="").status == 409
