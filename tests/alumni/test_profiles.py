"""An alumna fills in her profile, and decides who sees what of it."""

import io
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.db import Base
from academy.people import accounts, data_rights
from academy.people.actor import Actor
from academy.people.models import Member
from academy.uploads.models import Upload
from alumni.audiences import Audience
from alumni.blocks.models import Block
from alumni.moderation import subjects
from alumni.profiles import service
from alumni.profiles.models import SHOWN_FIELDS, FormerHandle, Profile, ProfileLink, ProfilePhoto, ProfileTerm
from alumni.profiles.sections import SECTIONS, after
from tests.alumni.profile_stage import profile
from tests.browser import Browser, Page
from tests.courses.places import Counter
from tests.makers import LONG_AGO

Row = TypeVar("Row", bound=Base)
EVERYONE, NETWORK = int(Audience.EVERYONE), int(Audience.NETWORK)


@pytest.fixture
def hers(browser: Browser, session: Session, ana: Member) -> Browser:
    """Ana's browser; her profile is made, and shows nothing to anybody."""
    profile(session, ana, show=Audience.ME, handle="ana-h")
    return browser.signed_in(ana)


def stored(session: Session) -> Profile:
    """Ana's profile as it stands now."""
    session.rollback()
    session.expire_all()
    found = session.scalars(select(Profile).join(Member).where(Member.display_name == "Ana")).one()
    session.expunge(found)
    session.rollback()
    return found


def rows(session: Session, model: type[Row]) -> list[Row]:
    """What stands in a table now."""
    session.rollback()
    found = list(session.scalars(select(model)))
    session.expunge_all()
    session.rollback()
    return found


def opened(session: Session, **values: object) -> Profile:
    """Ana's profile with these values."""
    made = stored(session)
    for name, value in values.items():
        setattr(made, name, value)
    session.add(made)
    session.commit()
    return made


def test_a_profile_exists_only_once_its_owner_makes_it(browser: Browser, session: Session, ana: Member) -> None:
    page = browser.signed_in(ana).open("/alumni/me")
    assert "nobody in the network sees you" in page.text
    assert rows(session, Profile) == []
    session.rollback()
    page = page.submit("Make my profile")
    assert page.heading == "Your name"
    made = stored(session)
    assert {getattr(made, f"show_{field}") for field in ("name", "photo", "story", "record")} == {Audience.ME}
    assert made.handle.isalnum()
    assert "ana" not in made.handle


def test_learners_have_no_profile(browser: Browser, lena: Member) -> None:
    hers = browser.signed_in(lena)
    assert hers.open("/alumni/me").status == 404
    assert hers.post("/alumni/me").status == 404
    assert hers.open("/alumni/me/story").status == 404


def test_ana_goes_through_all_sections(hers: Browser, session: Session) -> None:
    page = hers.open("/alumni/me/name").submit("Save and go on", pen_name="Mahtob", show_name=NETWORK)
    for key in list(SECTIONS)[1:]:
        assert page.url.split("?")[0] == f"/alumni/me/{key}"
        page = page.submit("Save and go on" if after(key) else "Save", **FILLED.get(key, {}))
        assert page.errors == []
    assert page.heading == "My profile"
    for words in ("Mahtob", "Kazakhstan", "Osh", "Russian – C1: fluent at work", "Facilitation", "Water school"):
        assert words in page.text, words
    made = stored(session)
    assert (made.shown_name, made.name_key) == ("Mahtob", "mahtob")
    assert made.gender == "woman"
    assert "woman" not in page.text.lower()


FILLED: dict[str, dict[str, Any]] = {
    "place": {"country": "KZ", "town": "Osh", "show_country": NETWORK},
    "languages": {"language_0": "ru", "level_0": "c1", "language_1": "fa", "level_1": "native"},
    "work": {"field": "education", "organisation": "Water school", "skills": "Facilitation\nfacilitation\n Maps "},
    "story": {"story": "I teach **water**."},
    "links": {"words_0": "My pages", "address_0": "https://example.org/ana"},
    "help": {"offers": ["water", "speaking"], "offers_own": "Reading maps"},
    "figures": {"gender": "woman"},
}


def test_a_skill_stands_there_once_however_it_was_typed(hers: Browser, session: Session) -> None:
    hers.open("/alumni/me/work").submit("Save", skills="Facilitation\nFACILITATION\n Maps  and  mapping ")
    assert [(each.key, each.words) for each in rows(session, ProfileTerm)] == [
        ("facilitation", "Facilitation"),
        ("maps and mapping", "Maps and mapping"),
    ]


@pytest.mark.parametrize(
    ("key", "typed", "error"),
    [
        ("links", {"address_0": "http://example.org"}, "https://"),
        ("links", {"address_0": "javascript:alert(1)"}, "https://"),
        ("links", {"address_0": "https://user:pw@example.org/"}, "https://"),
        ("links", {"address_0": "https://[broken"}, "https://"),
        ("links", {"words_0": "Nowhere"}, "fill in the address"),
        ("languages", {"language_0": "ru"}, "how well"),
        ("languages", {"language_0": "ru", "level_0": "c1", "language_1": "ru", "level_1": "c2"}, "twice"),
        ("languages", {"language_0": "xx", "level_0": "c1"}, "choice"),
        ("work", {"skills": "\n".join(map(str, range(21)))}, "at most 20 lines"),
        ("work", {"skills": "x" * 61}, "60 characters"),
        ("place", {"show_town": "7"}, "choice"),
        ("place", {"country": "QO"}, "choice"),
        ("help", {"offers": ["nothing-of-ours"]}, "choice"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_a_reason(
    hers: Browser, key: str, typed: dict[str, object], error: str
) -> None:
    page = hers.open(f"/alumni/me/{key}").submit("Save", **typed)
    assert page.status == 422
    assert error in " ".join(page.errors)
    kept = page.form("Save").values
    assert all(kept[name] in (value, [value]) for name, value in typed.items() if error != "choice")


def test_opening_to_everyone_is_asked_once_more(hers: Browser, session: Session) -> None:
    page = hers.open("/alumni/me/place").submit("Save", town="Osh", show_town=EVERYONE)
    assert page.heading == "Open this to everyone?"
    assert "Town" in page.text
    assert stored(session).town == ""
    back = page.submit("No, back to what I typed")
    assert back.form("Save").values["town"] == "Osh"
    page = page.submit("Yes, open it to everyone")
    assert page.heading == "My profile"
    made = stored(session)
    assert (made.town, made.show_town, made.show_country) == ("Osh", EVERYONE, Audience.ME)
    again = hers.open("/alumni/me/place").submit("Save", town="Talas")
    assert again.heading == "My profile"  # what is open already is not asked again


def test_the_word_for_one_field_opens_no_other(hers: Browser, session: Session) -> None:
    page = hers.open("/alumni/me/place").submit("Save", town="Osh", show_town=EVERYONE, sure="country")
    assert page.heading == "Open this to everyone?"
    assert stored(session).show_town == Audience.ME


def test_two_windows_lose_nothing_that_was_typed(hers: Browser, session: Session) -> None:
    first, second = hers.open("/alumni/me/story"), hers.open("/alumni/me/story")
    first.submit("Save", story="From the first window")
    page = second.submit("Save", story="From the second window")
    assert page.status == 409
    assert "From the first window" in page.text
    assert page.form("Save").values["story"].strip() == "From the second window"
    assert stored(session).story == "From the first window"
    page.submit("Save")
    assert stored(session).story == "From the second window"


def test_a_second_click_and_another_section_are_no_conflict(hers: Browser, session: Session) -> None:
    story, place = hers.open("/alumni/me/story"), hers.open("/alumni/me/place")
    assert story.submit("Save", story="Once").heading == "My profile"
    assert story.submit("Save", story="Once").heading == "My profile"
    assert place.submit("Save", town="Osh").heading == "My profile"
    assert (stored(session).story, stored(session).town) == ("Once", "Osh")


def test_the_preview_is_what_will_be_seen_and_saves_nothing(hers: Browser, session: Session) -> None:
    page = hers.open("/alumni/me/story").submit("Preview", story="I teach **water** <script>x</script>")
    assert "<strong>water</strong>" in page.source
    assert "<script>x" not in page.source
    assert stored(session).story == ""
    page.submit("Save")
    assert stored(session).story_html in page.source


def test_hide_me_everywhere_acts_at_once_and_can_be_undone(hers: Browser, session: Session, browser: Browser) -> None:
    opened(session, show_name=EVERYONE, show_story=EVERYONE)
    assert browser.open("/alumni/members/ana-h").status == 200
    page = hers.open("/alumni/me").submit("Hide me everywhere")
    assert "You are hidden" in page.text
    assert browser.open("/alumni/members/ana-h").status == 404
    assert hers.open("/alumni/me/as/everyone").text.count("They see nothing") == 1
    page.submit("Show my profile again")
    assert browser.open("/alumni/members/ana-h").status == 200


def test_as_others_see_it(hers: Browser, session: Session) -> None:
    opened(session, show_name=1, town="Osh", show_town=1)
    assert "Osh" in hers.open("/alumni/me/as/cohort").text
    assert "They see nothing" in hers.open("/alumni/me/as/network").text


def test_a_new_address_and_the_former_one(hers: Browser, session: Session, zoya: Browser) -> None:
    opened(session, show_name=NETWORK)
    hers.open("/alumni/me/address").submit("Save", handle="Mahtob-Reads")
    assert zoya.open("/alumni/members/ana-h").url == "/alumni/members/mahtob-reads"
    assert Browser(hers.app, session).open("/alumni/members/ana-h").status == 404  # a visitor learns nothing of it
    page = zoya.open("/alumni/me/address").submit("Save", handle="ana-h")
    assert "taken" in page.errors[0]
    assert "taken" in zoya.open("/alumni/me/address").submit("Save", handle="mahtob-reads").errors[0]
    assert zoya.open("/alumni/me/address").submit("Save", handle="-x").status == 422
    hers.open("/alumni/me/address").submit("Let it go")
    assert zoya.open("/alumni/members/ana-h").status == 404
    assert zoya.open("/alumni/me/address").submit("Save", handle="ana-h").heading == "My profile"


@pytest.fixture
def zoya(browser: Browser, session: Session) -> Browser:
    """Another alumna's browser, with a profile of her own."""
    from_another_year = Member(
        email="zoya@example.org",
        email_key="zoya@example.org",
        password_hash="",
        display_name="Zoya",
        state="active",
        created_at=LONG_AGO,
        confirmed_at=LONG_AGO,
        alumnus_since=LONG_AGO,
    )
    session.add(from_another_year)
    session.commit()
    profile(session, from_another_year, show=Audience.ME)
    return browser.signed_in(from_another_year)


def test_only_so_many_former_addresses_are_kept(app: Flask, session: Session, ana: Member) -> None:
    made = profile(session, ana, handle="h-0")
    with app.app_context():
        for place in range(1, 9):
            service.move(session, profile=made, handle=f"h-{place}", now=LONG_AGO + timedelta(days=place))
            session.flush()
    assert {each.handle for each in session.scalars(select(FormerHandle))} == {f"h-{place}" for place in range(3, 8)}
    session.rollback()


def picture(color: str = "teal", side: tuple[int, int] = (900, 600)) -> io.BytesIO:
    """A photograph that tells where it was taken."""
    file, image = io.BytesIO(), Image.new("RGB", side, color)
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    image.save(file, "JPEG", exif=exif)
    file.seek(0)
    return file


def send(hers: Browser, file: io.BytesIO) -> Page:
    """Send a photo."""
    return hers.open("/alumni/me/photo/file").submit("Send the photo", photo=(file, "IMG_at_home.jpg"))


def test_a_photo_is_cut_small_and_tells_nothing(hers: Browser, session: Session, app: Flask) -> None:
    assert send(hers, picture()).heading == "Your photo"
    made = stored(session)
    files = session.scalars(select(Upload).order_by(Upload.name)).all()
    assert [each.name for each in files] == ["photo-112.avif", "photo-112.webp", "photo-320.avif", "photo-320.webp"]
    assert max(each.size for each in files) <= 25 * 1024
    session.rollback()
    for name, side in (("320.webp", 320), ("112.webp", 112), ("320.avif", 320)):
        shown = hers.client.get(f"/alumni/members/ana-h/photo/{made.photo}/{name}")
        image = Image.open(io.BytesIO(shown.data))
        assert (image.size, dict(image.getexif())) == ((side, side), {})
        assert shown.headers["Cache-Control"] == "private, no-store"
    assert app.test_client().get(f"/alumni/members/ana-h/photo/{made.photo}/320.webp").status_code == 404


def test_a_photo_is_replaced_and_taken_away(hers: Browser, session: Session) -> None:
    send(hers, picture())
    send(hers, picture("navy"))
    assert len(rows(session, ProfilePhoto)) == 4
    hers.open("/alumni/me/photo").submit("Take the photo away")
    assert stored(session).photo == ""
    assert rows(session, Upload) == []


def test_what_is_no_picture_is_refused(hers: Browser, session: Session) -> None:
    page = send(hers, io.BytesIO(b"not a picture"))
    assert (page.status, "no picture" in page.errors[0]) == (422, True)
    assert hers.open("/alumni/me/photo/file").submit("Send the photo").status == 422
    assert stored(session).photo == ""


def test_an_open_photo_is_asked_for_each_time(hers: Browser, session: Session, app: Flask) -> None:
    send(hers, picture())
    made = opened(session, show_name=EVERYONE, show_photo=EVERYONE)
    address = f"/alumni/members/ana-h/photo/{made.photo}/112.webp"
    first = app.test_client().get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert app.test_client().get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_search_engines_only_by_ones_own_choice(hers: Browser, session: Session, browser: Browser) -> None:
    opened(session, show_name=EVERYONE)
    assert 'content="noindex"' in browser.open("/alumni/members/ana-h").source
    hers.open("/alumni/me/address").submit("Save", indexed="y")
    assert 'content="noindex"' not in browser.open("/alumni/members/ana-h").source


def test_the_shown_name_follows_the_display_name_unless_there_is_a_pen_name(
    app: Flask, session: Session, ana: Member
) -> None:
    made = profile(session, ana)
    with app.app_context():
        _rename(session, ana, "Anahita")
        assert (made.shown_name, made.name_key) == ("Anahita", "anahita")
        made.pen_name = "Mahtob"
        _rename(session, ana, "Ana")
        assert made.shown_name == "Mahtob"
    session.rollback()


def _rename(session: Session, who: Member, name: str) -> None:
    actor = Actor(who.id, who.display_name)
    accounts.rename(session, member=who, display_name=name, legal_name="", actor=actor, now=LONG_AGO)
    session.flush()


@pytest.mark.usefixtures("hers")
def test_keeping_somebody_away(session: Session, zoya: Browser) -> None:
    opened(session, show_name=NETWORK)
    page = zoya.open("/alumni/members/ana-h").follow("Keep away")
    assert page.submit("Keep them away").heading == "People I keep away"
    assert "Ana" in zoya.open("/account/blocks").text
    opened(session, show_name=Audience.ME)
    page = zoya.open("/account/blocks")
    assert "Ana" not in page.text  # what she hides meanwhile is not told here either
    assert "Somebody who shows you no name" in page.text
    page.submit("Let them near again")
    assert rows(session, Block) == []


def test_everything_typed_can_be_taken_along_and_erased(app: Flask, session: Session, ana: Member) -> None:
    made = profile(
        session,
        ana,
        handle="ana-h",
        town="Osh",
        story="Water",
        gender="woman",
        skills=["Maps"],
        offers=["water"],
        languages=[("ru", "c1")],
        links=[("Mine", "https://example.org")],
    )
    made.pen_name = "Mahtob"
    session.add(FormerHandle(handle="before", member_id=ana.id, since=LONG_AGO))
    session.commit()
    with app.app_context():
        said = str(data_rights.export(session, ana.id)["profile"])
        for typed in (
            "Osh",
            "Water",
            "woman",
            "Maps",
            "'ru', 'c1'",
            "https://example.org",
            "Mahtob",
            "before",
            "network",
        ):
            assert typed in said, typed
        data_rights.erase(session, ana.id)
        left = [session.scalars(select(table)).all() for table in (Profile, ProfileTerm, FormerHandle)]
        assert left == [[], [], []]
    session.rollback()


def test_whoever_is_no_alumna_any_more_still_has_what_she_wrote(
    hers: Browser, session: Session, ana: Member, browser: Browser
) -> None:
    made = stored(session)
    made.show_name = EVERYONE
    session.add(made)
    ana.alumnus_since = None
    session.commit()
    assert "Only alumni are shown" in hers.open("/alumni/me").text
    assert browser.open("/alumni/members/ana-h").status == 404


def test_a_reported_profile_is_withheld_until_moderators_let_it_be(
    app: Flask, hers: Browser, session: Session, zoya: Browser, ana: Member
) -> None:
    opened(session, show_name=NETWORK, show_story=NETWORK, story="Buy my course", story_html="<p>Buy my course</p>")
    assert "Buy my course" in zoya.open("/alumni/members/ana-h").text
    page = zoya.open("/alumni/members/ana-h").follow("Report")
    assert (page.status, page.url) == (200, "/moderation/report/profile/ana-h")
    assert hers.open("/alumni/members/ana-h/report").status == 404  # nobody reports themselves
    with app.test_request_context():
        subject = subjects.subject_of("profile")
        assert subject is not None
        assert (subject.page(session, ana.id), subject.owner(session, ana.id)) == ("/alumni/members/ana-h", ana.id)
        assert "Buy my course" in subject.excerpt(session, ana.id)
        subject.acts[subjects.HIDE].do(session, ana.id, LONG_AGO)
        session.commit()
        assert zoya.open("/alumni/members/ana-h").status == 404
        assert "Moderators keep your profile" in hers.open("/alumni/me").text
        subject.acts[subjects.HIDE].undo(session, ana.id, LONG_AGO)
        session.commit()
    assert zoya.open("/alumni/members/ana-h").status == 200


def test_moderators_read_no_more_of_it_than_the_network(app: Flask, session: Session, ana: Member) -> None:
    made = profile(session, ana, story="For my cohort", town="Osh", show_story=Audience.COHORT)
    made.story_html = "<p>For my cohort</p>"
    session.commit()
    with app.test_request_context():
        subject = subjects.subject_of("profile")
        assert subject is not None
        excerpt = subject.excerpt(session, ana.id)
    assert ("Osh" in excerpt, "For my cohort" in excerpt) == (True, False)
    session.rollback()


@pytest.mark.parametrize("many", [2, 60])
def test_a_page_asks_the_same_few_questions_however_much_stands_on_it(
    hers: Browser, session: Session, zoya: Browser, ana: Member, query_count: Counter, many: int
) -> None:
    opened(session, **{f"show_{field}": NETWORK for field in SHOWN_FIELDS})
    for place in range(many):
        key = f"term {place}"
        for kind in ("skills", "offers", "seeks"):
            session.add(ProfileTerm(member_id=ana.id, kind=kind, key=key, words=key, place=place))
        session.add(ProfileLink(member_id=ana.id, place=place, words=key, address="https://example.org"))
    session.commit()
    with query_count() as hers_count:
        assert hers.open("/alumni/me").status == 200
    with query_count() as zoyas_count:
        assert zoya.open("/alumni/members/ana-h").status == 200
    assert (hers_count.total, zoyas_count.total) == (12, 13)


@pytest.mark.parametrize("handle", ["%00", "a%00b", "%D1%8B", "x" * 300, "..%2F", "%ED%A0%80"])
def test_what_can_be_no_handle_is_simply_not_there(browser: Browser, handle: str) -> None:
    for address in (f"/alumni/members/{handle}", f"/alumni/members/{handle}/photo/{handle}/112.webp"):
        assert browser.open(address).status == 404
