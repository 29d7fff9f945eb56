"""Languages of a course: a lesson beside its source, what is behind, what is missing, and whose name stands for it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.people.models import Member
from courses.authoring import queries as drafts
from courses.catalogue.reader.course import read_course
from tests.browser import Browser, Page
from tests.courses.course_files import LESSON as CANAL
from tests.courses.course_files import QUIZ as COURSE_QUIZ
from tests.courses.course_files import SVG, course_files
from tests.courses.publishing_stage import LESSON, PUBLISH, QUIZ, SLUG, begin, changed, publish, write
from tests.queries import QueryCount

Counting = Callable[[], AbstractContextManager[QueryCount]]
LANGUAGES = f"/teach/{SLUG}/languages/"
RUSSIAN = f"{LANGUAGES}ru/"
SHEET = f"{RUSSIAN}{LESSON}"
CHECK = f"{RUSSIAN}{QUIZ}"
FRONT = {"title": "Канал", "summary": "Шлюз закрыт."}
CANAL_RU = "01-water/01-canal.ru.md"
GATE, SHARED, PICTURE, MORE, SEE, NOTE = range(3, 9)
BODY = {
    GATE: "Шлюз",
    SHARED: "Две деревни делят **один** канал.[^1]",
    PICTURE: '![Канал между двумя деревнями](../media/canal.svg "Канал")',
    MORE: "Ещё",
    SEE: "Смотрите [проверку](02-check.md) и [Устав](https://www.un.org/en/about-us/un-charter).",
    NOTE: "Выдуманный источник.",
}
BY_HAND = "---\ntitle: Канал\nsummary: Шлюз закрыт.\n---\n" + "\n\n".join(
    ["## Шлюз", BODY[SHARED], BODY[PICTURE], "### Ещё", BODY[SEE], f"[^1]: {BODY[NOTE]}\n"]
)


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at his desk, with a draft of a published course."""
    begin(session, tariq)
    return browser.signed_in(tariq)


def name_at(page: Page, number: int) -> str:
    """The name of the field of a row."""
    return next(str(node.attrs["name"]) for node in page.all(f"#text-{number}"))


def typed(page: Page, words: dict[int, str]) -> dict[str, str]:
    return {name_at(page, number): text for number, text in words.items()}


def translated(desk: Browser, words: dict[int, str] | None = None) -> Page:
    """The lesson in Russian, its title and summary and these passages, all of them when none are given."""
    page = desk.open(SHEET)
    return page.submit("Save", **typed(page, {1: "Канал", 2: "Шлюз закрыт.", **(BODY if words is None else words)}))


def chips(page: Page) -> list[str]:
    return [str(node.to_text().strip()) for node in page.all("[data-chip]")]


def file(session: Session, path: str = CANAL_RU) -> str:
    session.rollback()
    kept = drafts.file_of(session, SLUG, path)
    session.rollback()
    return kept.text if kept else ""


def lesson(session: Session, **languages: str) -> object:
    del languages
    return read_course(SLUG, drafts.files_of(session, SLUG)).lesson("water/canal")


def test_a_lesson_is_translated_passage_by_passage(desk: Browser, session: Session) -> None:
    page = desk.open(SHEET)
    assert chips(page) == ["Missing"] * 8
    assert page.all("#source-4")[0].attrs["lang"] == "en"
    assert (page.all("#text-4")[0].attrs["lang"], page.all("#text-4")[0].attrs["dir"]) == ("ru", "ltr")
    page = translated(desk)
    assert page.notice == "Done Saved."
    assert chips(page) == ["Translated"] * 8
    head, body = file(session).split("---\n")[1:]
    assert "title: Канал\nsummary: Шлюз закрыт.\nmade_from:\n- " in head
    assert body == BY_HAND.split("---\n")[2]


def test_right_to_left_stands_beside_left_to_right(desk: Browser) -> None:
    page = desk.open(f"{LANGUAGES}fa/{LESSON}")
    assert page.all("#source-4")[0].attrs["dir"] == "ltr"
    assert page.all("#text-4")[0].attrs["dir"] == "rtl"


def test_what_changes_in_the_source_is_behind_and_shows_what_changed(
    desk: Browser, session: Session, tariq: Member
) -> None:
    translated(desk)
    write(session, tariq, {LESSON: changed()})
    page = desk.open(SHEET)
    assert chips(page)[3] == "Behind its source"
    assert chips(page).count("Translated") == 7
    row = page.all("#row-4")[0]
    assert [node.to_text() for node in row.query("ins")] == ["*", "narrow", "*"] or "narrow" in "".join(
        node.to_text() for node in row.query("ins")
    )
    assert page.all("#text-4")[0].to_text().strip() == BODY[SHARED]
    page = page.submit("Still right")
    assert chips(page) == ["Translated"] * 8


def test_only_what_needs_work_is_listed_when_asked(desk: Browser, session: Session, tariq: Member) -> None:
    translated(desk)
    assert "Nothing here needs work." in desk.open(f"{SHEET}?show=open").text
    write(session, tariq, {LESSON: changed()})
    page = desk.open(f"{SHEET}?show=open")
    assert chips(page) == ["Behind its source"]
    page = page.submit("Save", **typed(page, {4: "Две деревни делят один *узкий* канал.[^1]"}))
    assert "Nothing here needs work." in page.text
    assert "узкий" in file(session)


def test_a_missing_passage_is_read_in_the_original_marked_as_such(
    desk: Browser, session: Session, tariq: Member, browser: Browser, lena: Member
) -> None:
    translated(desk, {GATE: "Шлюз", SHARED: BODY[SHARED]})
    publish(session, tariq)
    page = browser.signed_in(lena).speaking("ru").open(f"/courses/{SLUG}/water/canal/")
    texts = {node.to_text().strip(): node.attrs.get("lang") for node in page.all(".prose h2, .prose h3, .prose > p")}
    assert texts["Шлюз"] is None
    assert texts["More"] == "en"
    assert [node.attrs.get("lang") for node in page.all(".prose figure")] == ["en"]
    assert [node.attrs.get("lang") for node in page.all(".footnotes p")] == ["en"]
    assert "4 фрагмента этой страницы" in page.text


def test_new_words_of_the_source_are_read_at_once_where_nothing_is_translated(
    desk: Browser, session: Session, tariq: Member
) -> None:
    translated(desk, {GATE: "Шлюз"})
    write(session, tariq, {LESSON: changed() + "\nOne more paragraph of the source.\n"})
    found = read_course(SLUG, drafts.files_of(session, SLUG)).lesson("water/canal")
    assert found is not None
    assert "*narrow*" in found.texts["ru"].body
    assert "One more paragraph" in found.texts["ru"].body
    assert found.texts["ru"].body.startswith("## Шлюз")


def test_learners_see_a_translation_only_once_its_title_and_summary_are_there(desk: Browser, session: Session) -> None:
    page = desk.open(SHEET)
    page = page.submit("Save", **typed(page, {1: "Канал", GATE: "Шлюз"}))
    assert "once all that stands on other pages" in page.text
    found = read_course(SLUG, drafts.files_of(session, SLUG)).lesson("water/canal")
    session.rollback()
    assert found is not None
    assert list(found.texts) == ["en"]
    page = desk.open(SHEET)
    page.submit("Save", **typed(page, {2: "Шлюз закрыт."}))
    found = read_course(SLUG, drafts.files_of(session, SLUG)).lesson("water/canal")
    assert found is not None
    assert list(found.texts) == ["en", "ru"]


def test_a_quiz_falls_back_by_its_parts_and_its_key_is_the_sources(
    desk: Browser, session: Session, tariq: Member
) -> None:
    page = desk.open(CHECK)
    page.submit("Save", **typed(page, {1: "Проверка", 2: "Два вопроса.", 3: "Кто закрыл шлюз?", 6: "Никто"}))
    more = "- [ ] A third answer\n\n> Reread"
    write(session, tariq, {QUIZ: course_quiz().replace("> Reread", more).replace("- [x]", "- [X]")})
    course = read_course(SLUG, drafts.files_of(session, SLUG))
    session.rollback()
    text = course.lessons[1].texts["ru"]
    question = text.questions[0]
    assert [option.text for option in getattr(question, "options")] == ["Nobody asked", "Никто", "A third answer"]  # noqa: B009
    assert getattr(question, "right") == frozenset({1})  # noqa: B009
    assert {"gate/item/0", "gate/item/2"} <= text.borrowed_parts
    assert "gate/prompt" not in text.borrowed_parts
    publish(session, tariq)
    page = desk.open(f"/teach/{SLUG}/draft/preview/01-water/02-check.ru.md")
    assert page.status == 200


def course_quiz() -> str:
    return COURSE_QUIZ


def test_a_folder_without_memory_says_so_and_can_be_noted_in_one_step(
    desk: Browser, session: Session, tariq: Member
) -> None:
    write(session, tariq, {CANAL_RU: BY_HAND})
    page = desk.open(SHEET)
    assert chips(page) == ["Source not noted"] * 8
    hint = "8 passages are translated, but their source is not noted."
    assert [hint in desk.open(where).text for where in (LANGUAGES, RUSSIAN)] == [True, True]
    page = desk.open(LANGUAGES).submit("They fit the source as it is now Русский")
    assert hint not in page.text
    assert page.notice == "Done 8 passages are noted."
    assert chips(desk.open(SHEET)) == ["Translated"] * 8
    assert file(session).split("---\n")[2] == BY_HAND.split("---\n")[2]


def test_words_whose_source_is_not_noted_are_not_left_to_translate(
    desk: Browser, session: Session, tariq: Member
) -> None:
    begun = desk.open(LANGUAGES).submit("Add the language", language="ru").url
    before = words_left(desk.open(begun))
    write(session, tariq, {CANAL_RU: BY_HAND})
    assert words_left(desk.open(begun)) < before
    translated(desk)
    noted = words_left(desk.open(begun))
    write(session, tariq, {CANAL_RU: BY_HAND})
    assert words_left(desk.open(begun)) == noted
    assert "Nothing here needs work." in desk.open(f"{SHEET}?show=open").text


def words_left(page: Page) -> int:
    found = re.search(r"([0-9]+) words left", page.text)
    return int(found[1]) if found else 0


def test_a_list_that_is_never_empty_is_not_called_optional(desk: Browser) -> None:
    page = desk.open(LANGUAGES)
    assert page.text_of("label[for=language]") == "Language"


def test_what_is_written_by_hand_afterwards_is_not_taken_for_granted(
    desk: Browser, session: Session, tariq: Member
) -> None:
    translated(desk)
    write(session, tariq, {CANAL_RU: file(session).replace("Две деревни", "Две соседние деревни")})
    assert chips(desk.open(SHEET))[3] == "Source not noted"


def test_two_translators_lose_nothing(desk: Browser, session: Session, ada: Member) -> None:
    translated(desk)
    mine = desk.open(SHEET)
    theirs = Browser(desk.app, session).signed_in(ada).open(SHEET)
    theirs.submit("Save", **typed(theirs, {SHARED: "Их слова.[^1]", MORE: "И ещё"}))
    page = mine.submit("Save", **typed(mine, {SHARED: "Мои слова.[^1]", GATE: "Ворота"}))
    assert page.status == 409
    assert "Ada changed this passage meanwhile" in page.text
    assert page.all("#text-4")[0].to_text().strip() == "Мои слова.[^1]"
    assert "Их слова" in page.all(".sheet-theirs")[0].to_text()
    text = file(session)
    assert ("Ворота" in text, "И ещё" in text, "Их слова" in text) == (True, True, True)
    page.submit("Save")
    assert "Мои слова" in file(session)


def test_words_that_would_change_the_structure_are_refused_beside_their_passage(
    desk: Browser, session: Session
) -> None:
    page = desk.open(SHEET)
    words = {1: "Канал", 2: "Шлюз закрыт.", SHARED: "Один.\n\nДва."}
    page = page.submit("Save", **typed(page, words))
    assert page.status == 422
    assert page.all("#text-4")[0].to_text().strip() == "Один.\n\nДва."
    assert page.all("#text-4")[0].attrs["aria-invalid"] == "true"
    assert "title: Канал" in file(session)
    assert "Один." not in file(session)


def test_a_lost_link_is_said_beside_the_passage(desk: Browser) -> None:
    page = translated(desk, {SEE: "Смотрите."})
    assert "Its links are not those of the source." in page.all("#row-7")[0].to_text()


def test_a_name_stands_for_a_translation_until_it_changes(desk: Browser, session: Session, tariq: Member) -> None:
    translated(desk, {GATE: "Шлюз"})
    assert "It can be signed when no passage is missing" in desk.open(SHEET).text
    translated(desk)
    page = desk.open(SHEET).submit("Sign with my name")
    assert f"reviewed: {tariq.display_name}, 20" in file(session)
    assert "Signed: Tariq" in page.text
    assert session.scalars(select(AuditEntry.action)).all()[-1] == "translation.signed"
    session.rollback()
    page = page.submit("Save", **typed(page, {GATE: "Ворота"}))
    assert "The name that stood for this translation is taken back" in page.text
    assert "reviewed:" not in file(session)


def test_a_name_does_not_stand_for_what_the_source_says_now(desk: Browser, session: Session, tariq: Member) -> None:
    translated(desk)
    desk.open(SHEET).submit("Sign with my name")
    write(session, tariq, {LESSON: changed()})
    found = read_course(SLUG, drafts.files_of(session, SLUG)).lesson("water/canal")
    session.rollback()
    assert found is not None
    assert found.texts["ru"].review is None
    assert "signed an earlier state" in desk.open(SHEET).text


def test_signing_is_refused_while_something_is_missing(desk: Browser) -> None:
    translated(desk, {GATE: "Шлюз"})
    assert desk.post(f"{RUSSIAN}sign", {"path": LESSON}).status == 409


def test_a_language_is_added_and_shown_with_how_far_it_is(desk: Browser) -> None:
    page = desk.open(LANGUAGES)
    assert "This course is in one language only." in page.text
    page = page.submit("Add the language", language="fa")
    assert page.url == f"{LANGUAGES}fa/"
    assert "Not shown to learners yet" in page.text
    assert "دری" in desk.open(LANGUAGES).text


def test_the_page_of_publishing_says_how_far_each_language_is(desk: Browser, session: Session, tariq: Member) -> None:
    translated(desk, {GATE: "Шлюз"})
    write(session, tariq, {"media/canal.ru.svg": SVG})
    page = desk.open(PUBLISH)
    said = page.all("#languages")[0].to_text()
    assert "Русский" in said
    assert "1 file unreviewed" in said
    assert "passages missing" in said


def test_copying_the_source_fills_the_field_and_saves_nothing_yet(desk: Browser, session: Session) -> None:
    page = desk.open(SHEET)
    page = desk.post(SHEET, {**page.form("Save").values, "act": f"copy:{name_at(page, 4).removeprefix('text-')}"})
    assert page.all("#text-4")[0].to_text().strip() == "Two villages share **one** canal.[^1]"
    assert file(session) == ""


def test_a_paragraph_said_elsewhere_is_left_out_and_taken_in_again(desk: Browser, session: Session) -> None:
    page = translated(desk, {GATE: "Шлюз"})
    assert "leave:" not in str(page.all("#row-4")[0].to_html())
    name = name_at(page, SEE).removeprefix("text-")
    page = desk.post(SHEET, {**page.form("Save").values, "act": f"leave:{name}"})
    assert chips(page)[6] == "Said elsewhere"
    found = read_course(SLUG, drafts.files_of(session, SLUG)).lesson("water/canal")
    session.rollback()
    assert found is not None
    assert "the check" not in found.texts["ru"].body
    page = desk.post(SHEET, {**page.form("Save").values, "act": f"back:{name}"})
    assert chips(page)[6] == "Missing"


def test_a_translation_of_what_is_gone_is_kept_until_somebody_takes_it_out(
    desk: Browser, session: Session, tariq: Member
) -> None:
    translated(desk)
    write(session, tariq, {LESSON: CANAL.replace("### More\n\n", "")})
    page = desk.open(SHEET)
    assert "Translations whose source is gone" in page.text
    desk.post(SHEET, {**page.form("Save").values, "act": "drop:0"})
    assert "Ещё" not in file(session)


def test_every_save_is_a_step_that_can_be_undone(desk: Browser, session: Session) -> None:
    translated(desk)
    assert "Канал (Русский)" in desk.open(f"/teach/{SLUG}/draft/history").text
    desk.open(f"/teach/{SLUG}/draft/history").submit("Take this step back")
    assert file(session) == ""


def test_a_script_saves_one_passage_and_is_told_how_it_stands(desk: Browser, session: Session) -> None:
    page = desk.open(SHEET)
    name = name_at(page, GATE)
    was = page.form("Save").values[name.replace("text-", "was-")]
    values = {name: "Шлюз", name.replace("text-", "was-"): was, "csrf_token": desk.csrf()}
    answer = desk.client.post(SHEET, data=values, headers={"X-Requested-With": "autosave"})
    assert answer.json is not None
    row = answer.json["rows"][name.removeprefix("text-")]
    assert (row["state"], row["error"]) == ("Translated", "")
    again = {**values, name: "Ворота", name.replace("text-", "was-"): row["was"]}
    assert desk.client.post(SHEET, data=again, headers={"X-Requested-With": "autosave"}).status_code == 200
    assert "## Ворота" in file(session)


def test_a_course_published_without_a_draft_is_translated_into_a_new_draft(
    browser: Browser, session: Session, tariq: Member
) -> None:
    begin(session, tariq)
    browser = browser.signed_in(tariq)
    browser.open(f"/teach/{SLUG}/draft/discard").submit()
    page = translated(browser)
    assert page.notice == "Done Saved."
    assert "Канал" in file(session)


@pytest.mark.parametrize(("url", "most"), [(LANGUAGES, 4), (RUSSIAN, 4), (SHEET, 7)])
def test_the_pages_ask_as_little_for_many_passages_as_for_few(
    desk: Browser, session: Session, tariq: Member, query_count: Counting, url: str, most: int
) -> None:
    translated(desk)
    write(session, tariq, {LESSON: changed()})
    with query_count() as few:
        desk.open(url)
    more = "\n\n".join(f"Paragraph {number} of the source." for number in range(60))
    write(session, tariq, {LESSON: changed() + "\n" + more})
    with query_count() as many:
        desk.open(url)
    assert (few.total, many.total) == (most, most)


def test_books_say_what_is_not_translated_and_mark_it(desk: Browser) -> None:
    page = desk.open(f"{RUSSIAN}course.md")
    words = {1: "Первые шаги", 2: "Как ссоры остаются малыми.", 3: "Отличать спор от насилия", 4: "Свидетельство"}
    page = page.submit("Save", **typed(page, words))
    assert "Learners see this page" not in page.text
    translated(desk, {GATE: "Шлюз"})
    for kind in ("html", "epub"):
        answer = desk.client.get(f"/teach/{SLUG}/exchange/draft.ru.{kind}")
        assert answer.status_code == 200
    book = desk.client.get(f"/teach/{SLUG}/exchange/draft.ru.html").get_data(as_text=True)
    assert "5 фрагментов этой страницы ещё не переведены" in book
    assert re.search(r'<h3[^>]* lang="en"[^>]*>.*More', book)


def test_a_folder_notes_its_sources_by_command_and_keeps_every_other_byte(tmp_path: Path, app: Flask) -> None:
    folder = tmp_path / SLUG
    for path, content in course_files({CANAL_RU: BY_HAND.replace("\n", "\r\n")}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    runner = app.test_cli_runner()
    assert "passages noted: 8 (ru)" in runner.invoke(args=["courses", "remember", str(folder)]).output
    noted = (folder / CANAL_RU).read_bytes().decode()
    head, body = noted.split("---\r\n")[1:]
    assert body == BY_HAND.split("---\n")[2].replace("\n", "\r\n")
    assert head.count("\r\n- ") == 8
    (folder / LESSON).write_bytes(changed().encode())
    assert "passages noted: 0" in runner.invoke(args=["courses", "remember", str(folder)]).output
    assert "passages noted: 1" in runner.invoke(args=["courses", "remember", str(folder), "--behind"]).output
