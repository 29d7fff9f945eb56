"""Translations go out as XLIFF 1.2 and come back, passage by passage; hostile files are refused clearly."""

import io
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.translating import xliff
from courses.translating.arriving import arrive
from courses.translating.rewriting import Edit, rewritten
from courses.translating.sheets import Sheets
from courses.translating.xliff import NotTaken
from tests.browser import Browser, Page
from tests.courses.course_files import LESSON as CANAL
from tests.courses.course_files import course_files
from tests.courses.publishing_stage import LESSON, SLUG, begin, changed, write
from tests.courses.test_translating import BODY, CANAL_RU, RUSSIAN, SHEET, chips, file, translated

SPACE = {"x": xliff.SPACE}
FILE = '<file original="a.md" source-language="en" target-language="ru" datatype="plaintext">'
UNIT = '<body><trans-unit id="title"><source>A</source><target>Б</target></trans-unit></body></file>'
HEAD = f'<xliff version="1.2" xmlns="{xliff.SPACE}">'
WHOLE = f"{HEAD}{FILE}{UNIT}</xliff>"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + HEAD + "&b;</xliff>"
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + WHOLE
SECRETS = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + WHOLE
HOSTILE = (
    (BOMB, xliff.DANGEROUS),
    (OUTSIDE, xliff.DANGEROUS),
    (SECRETS, xliff.DANGEROUS),
    ("<xliff", xliff.NOT_XML),
    ("", xliff.NOT_XML),
    ("\x00\x01", xliff.NOT_XML),
    ("<html></html>", xliff.NOT_XLIFF),
    ('<xliff version="1.2"><file/></xliff>', xliff.NOT_XLIFF),
    (WHOLE.replace('version="1.2"', 'version="2.0"'), xliff.NOT_XLIFF),
    (WHOLE.replace(' target-language="ru"', ""), xliff.NO_LANGUAGES),
    (WHOLE.replace('target-language="ru"', 'target-language="fa"'), xliff.OTHER_LANGUAGE),
    (WHOLE.replace('source-language="en"', 'source-language="kk"'), xliff.OTHER_LANGUAGE),
    (f"{HEAD}</xliff>", xliff.NOTHING),
    (
        f"{HEAD}{FILE}<body>{'<trans-unit><source/><target/></trans-unit>' * 20_001}</body></file></xliff>",
        xliff.TOO_MANY,
    ),
)


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at his desk, with a draft of a published course."""
    begin(session, tariq)
    return browser.signed_in(tariq)


def sent(desk: Browser, query: str = "") -> bytes:
    answer = desk.client.get(f"/teach/{SLUG}/languages/ru.xlf{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/xliff+xml")
    return bytes(answer.data)


def units(content: bytes) -> dict[tuple[str, str], ET.Element]:
    root = ET.fromstring(content)  # noqa: S314  what we wrote ourselves
    return {
        (part.get("original", ""), unit.get("id", "")): unit
        for part in root.iterfind("x:file", SPACE)
        for unit in part.iterfind("x:body/x:trans-unit", SPACE)
    }


def brought(desk: Browser, content: bytes | str) -> Page:
    data = content.encode() if isinstance(content, str) else content
    return desk.post(f"{RUSSIAN}import", {"file": (io.BytesIO(data), "back.xlf")})


def filled(content: bytes, words: dict[str, str], state: str = "translated") -> bytes:
    """The file with these passages translated, found by their source."""
    ET.register_namespace("", xliff.SPACE)
    root = ET.fromstring(content)  # noqa: S314  what we wrote ourselves
    for unit in root.iter(f"{{{xliff.SPACE}}}trans-unit"):
        source, target = unit.find("x:source", SPACE), unit.find("x:target", SPACE)
        assert source is not None
        assert target is not None
        if source.text in words:
            target.text = words[source.text]
            target.set("state", state)
    return bytes(ET.tostring(root))


def test_what_goes_out_is_xliff_with_languages_ids_and_states(desk: Browser, session: Session, tariq: Member) -> None:
    translated(desk)
    write(session, tariq, {LESSON: changed()})
    content = sent(desk)
    root = ET.fromstring(content)  # noqa: S314  what we wrote ourselves
    assert (root.tag, root.get("version")) == (f"{{{xliff.SPACE}}}xliff", "1.2")
    for part in root.iterfind("x:file", SPACE):
        names = [part.get(name) for name in ("source-language", "target-language", "datatype")]
        assert names == ["en", "ru", "x-markdown"]
        assert [child.tag.rpartition("}")[2] for child in part] == ["body"]
        ids = [unit.get("id") for unit in part.iterfind("x:body/x:trans-unit", SPACE)]
        assert len(ids) == len(set(ids))
    found = units(content)
    states = {key: unit.find("x:target", SPACE) for key, unit in found.items()}
    lesson = {key[1]: each.get("state") for key, each in states.items() if each is not None and key[0] == LESSON}
    assert sorted(filter(None, lesson.values())) == ["needs-review-translation", *["translated"] * 7]
    assert {each.get("state") for key, each in states.items() if each is not None and key[0] != LESSON} == {"new"}


def test_a_signed_translation_goes_out_as_signed_off(desk: Browser) -> None:
    translated(desk)
    desk.open(SHEET).submit("Sign with my name")
    found = units(sent(desk, f"?path={LESSON}"))
    assert {unit.get("approved") for unit in found.values()} == {"yes"}
    assert {unit.find("x:target", SPACE).get("state") for unit in found.values()} == {"signed-off"}  # type: ignore[union-attr]


def test_what_goes_out_and_comes_back_changes_nothing(desk: Browser, session: Session) -> None:
    translated(desk, {key: BODY[key] for key in (3, 4)})
    before = file(session)
    page = brought(desk, sent(desk))
    assert page.heading == "What came back in Русский"
    assert file(session) == before


def test_translated_passages_are_put_in_their_place_as_one_step(desk: Browser, session: Session) -> None:
    words = {"The canal": "Канал", "A gate is shut.": "Шлюз закрыт.", "A gate": "Шлюз", "Check": "Проверка"}
    page = brought(desk, filled(sent(desk, "?show=open"), words))
    assert "4 passages were taken." in page.notice
    assert "## Шлюз" in file(session)
    assert "title: Проверка" in file(session, "01-water/02-check.ru.md")
    history = desk.open(f"/teach/{SLUG}/draft/history")
    assert "back.xlf" in history.text
    history.submit("Take this step back")
    assert (file(session), file(session, "01-water/02-check.ru.md")) == ("", "")


def test_a_source_that_changed_meanwhile_makes_what_comes_back_fall_behind(
    desk: Browser, session: Session, tariq: Member
) -> None:
    content = sent(desk)
    write(session, tariq, {LESSON: changed()})
    source = "Two villages share **one** canal.[^1]"
    words = {"The canal": "Канал", "A gate is shut.": "Шлюз закрыт.", source: BODY[4]}
    page = brought(desk, filled(content, words))
    assert "Taken, but behind" in page.text
    assert chips(desk.open(SHEET))[3] == "Behind its source"


def test_what_does_not_fit_or_is_not_there_is_named(desk: Browser, session: Session) -> None:
    content = filled(sent(desk), {"The canal": "Канал", "A gate": "Шлюз\n\nи ещё", "More": "Ещё"})
    lost = content.replace(b">See [the check]", b">Nothing of the kind").replace(
        LESSON.encode(), b"01-water/09-no.md", 0
    )
    strange = lost.replace(
        b"</ns0:body>" if b"<ns0:" in lost else b"</body>",
        b'<trans-unit id="nowhere"><source>Quite another thing</source><target>x</target></trans-unit></body>',
        1,
    )
    page = brought(desk, strange)
    assert "Not taken: no such passage" in page.text
    assert "nowhere" in page.text
    assert "и ещё" in file(session)  # a heading is one line: what came in two is joined


def test_a_list_in_the_place_of_a_paragraph_is_refused_by_name(desk: Browser, session: Session) -> None:
    content = filled(sent(desk), {"The canal": "Канал", "Two villages share **one** canal.[^1]": "- а\n- б"})
    page = brought(desk, content)
    assert "Not taken: they would change the structure" in page.text
    assert "- а" not in file(session)


@pytest.mark.parametrize(("content", "sentence"), HOSTILE)
def test_hostile_files_are_refused_with_a_clear_sentence(content: str, sentence: str) -> None:
    with pytest.raises(NotTaken) as refusal:
        xliff.read(content.encode(), "en", "ru")
    assert refusal.value.text == sentence


def test_a_refusal_stands_beside_the_field_and_changes_nothing(desk: Browser, session: Session) -> None:
    page = brought(desk, BOMB)
    assert page.status == 422
    assert any("declares a document type or entities" in error for error in page.errors)
    assert file(session) == ""


def test_a_file_that_is_too_large_is_not_read(desk: Browser) -> None:
    body, kind = b"x" * (xliff.MOST + 200_000), "multipart/form-data; boundary=b"
    assert desk.client.post(f"{RUSSIAN}import", data=body, content_type=kind).status_code == 413


WORDS = st.text(st.sampled_from(list("аб вг дё.,&<>\"'*`_[]()!\n")), max_size=30)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=12), st.booleans())
def test_any_translation_survives_the_way_out_and_back(words: list[str], only_open: bool) -> None:
    files = course_files()
    sheet = Sheets(files, "en").sheet(LESSON, "ru")
    assert sheet is not None
    typed = {row.name: text.strip() for row, text in zip(sheet.rows, words, strict=False) if _can_stand(text)}
    there = rewritten(sheet, Edit({"title": "Канал", "summary": "Шлюз.", **typed}))
    sheets = Sheets({**files, CANAL_RU: there.encode()}, "en")
    content = xliff.write(SLUG, sheets.all("ru"), "en", only_open=only_open)
    if b"<trans-unit" not in content:
        return
    report = arrive(sheets, "ru", xliff.read(content, "en", "ru"))
    assert (report.files, report.taken, report.unknown) == ({}, 0, [])


def _can_stand(text: str) -> bool:
    return bool(text.strip()) and "\n" not in text.strip() and not text.strip().startswith(("!", "*", "[", ">", "`"))


def test_translations_of_the_whole_lesson_read_the_same_again() -> None:
    files = course_files({CANAL_RU: CANAL.replace("title: The canal", "title: Канал")})
    report = arrive(Sheets(files, "en"), "ru", [])
    assert report.files == {}
