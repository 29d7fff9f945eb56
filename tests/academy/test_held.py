"""A form that comes after its sign-in ended: nothing of it is lost, and no other site can have it sent."""

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.people.models import Member, SignIn
from tests.browser import Browser
from tests.courses import workshop
from tests.courses.workshop import EDITOR

HERE = {"Sec-Fetch-Site": "same-origin"}
TYPED = "---\ntitle: The canal\n---\n## A gate\n\nHe typed this for an hour.\n"


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq with an open editor, in a browser that says where a form comes from."""
    workshop.begun(session, tariq)
    his = browser.signed_in(tariq)
    his.headers |= HERE
    return his


def end_his_sign_in(session: Session) -> None:
    session.execute(delete(SignIn))
    session.commit()


def sign_in_again(desk: Browser, tariq: Member) -> None:
    """As in another tab: the same browser has another cookie then."""
    desk.client = desk.signed_in(tariq).client


def test_what_was_typed_outlives_the_sign_in(desk: Browser, session: Session, tariq: Member) -> None:
    editor = desk.open(EDITOR)
    end_his_sign_in(session)
    held = editor.submit("Save", text=TYPED)
    assert (held.status, held.heading) == (401, "You are signed out; nothing is lost")
    assert held.form("go on").values["text"] == TYPED
    assert ("Sign in in another tab", f"/account/sign-in?next={EDITOR}") in held.links()
    still = held.submit("go on")
    assert (still.status, still.form("go on").values["text"]) == (401, TYPED)
    sign_in_again(desk, tariq)
    once_more = still.submit("go on")
    assert (once_more.status, once_more.heading) == (400, "Please send this once more")
    assert "Tariq" in once_more.text
    saved = once_more.submit("Send it")
    assert saved.heading == "Edit: The canal"
    assert workshop.content(session) == TYPED.encode()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}])
def test_another_site_cannot_have_a_form_sent_again(desk: Browser, headers: dict[str, str]) -> None:
    desk.headers = headers
    forged = desk.send(EDITOR, {"text": TYPED, "csrf_token": "forged"})
    assert (forged.status, forged.heading) == (400, "The request was not understood")
    assert "He typed" not in forged.source


def test_an_older_browser_says_it_by_the_origin(desk: Browser) -> None:
    desk.headers = {"Origin": "http://localhost"}
    assert desk.send(EDITOR, {"text": TYPED, "csrf_token": "old"}).heading == "Please send this once more"


def test_no_password_comes_back_on_a_page(browser: Browser) -> None:
    browser.headers |= HERE
    page = browser.send("/account/sign-in", {"email": "a@example.org", "password": "four quiet lanterns", "x": "y z"})
    assert page.status == 400
    assert "lanterns" not in page.source


def test_a_button_alone_leads_back_to_its_page_after_signing_in(desk: Browser, session: Session) -> None:
    tree, token = desk.open(f"{workshop.DRAFT}/history?after=3"), desk.csrf()
    end_his_sign_in(session)
    page = desk.client.post(
        "/my/notices/read",
        data={"csrf_token": token},
        headers={**HERE, "Referer": f"http://localhost{tree.url}"},
    )
    assert page.headers["Location"] == f"/account/sign-in?next={workshop.DRAFT}/history?after%3D3"
