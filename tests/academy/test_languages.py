"""The languages of the interface: complete catalogues, and pages without a word of another language."""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from flask import Flask
from justhtml import JustHTML

from academy.i18n import language_of
from academy.languages import catalogues
from academy.languages.report import faults_of, is_translated, placeholders, report_on, source_of, words_of
from courses.catalogue.labels import labels_in
from tests.snapshot import standing
from tests.stage import Stage
from tests.test_pseudo_locale import AS_A_WHOLE, MACHINE, texts
from tests.world import World

COMPLETE = {"ru": "ru", "fa": "fa_AF"}
"""The languages that every message has words in, by the code of the site."""
SCRIPTS = {"ru": re.compile(r"[а-яё]", re.IGNORECASE), "fa_AF": re.compile(r"[\u0600-\u06ff]")}
ISOLATED = re.compile("\u2066[^\u2069]*\u2069")
NAME_AT_LARGE = re.compile(r"(?<![\u2066\u2068])%\((?:title|course|quiz|lesson|name|cohort|code|address)\)s")
"""A title or a name in Latin letters would pull the digits and quotation marks beside it to its own direction."""
LATIN = re.compile(r"[A-Za-z]{2,}")
LATIN_BY_RIGHT = {
    "UTC",
    "PDF",
    "DOCX",
    "ODT",
    "PNG",
    "JPG",
    "QR",
    "Esc",
    "JSON",
    "XLSX",
    "SVG",
    "Common",
    "Ground",
    "LinkedIn",
    "Comprehensive",
    "Learner",
    "Record",
    "Open",
    "Badge",
    "Badges",
}
MAIN_PAGES = (
    ("visitor", "/"),
    ("visitor", "/courses/"),
    ("visitor", "/courses/first-steps/"),
    ("visitor", "/courses/first-steps/water/canal/"),
    ("visitor", "/account/sign-in"),
    ("visitor", "/account/register"),
    ("visitor", "/account/forgotten"),
    ("visitor", "/verify/"),
    ("visitor", "/c/{certificate}"),
    ("visitor", "/c/{withdrawn}"),
    ("visitor", "/nowhere"),
    ("lena", "/"),
    ("lena", "/my/"),
    ("lena", "/my/certificates"),
    ("lena", "/my/notices"),
    ("lena", "/account/"),
    ("lena", "/courses/first-steps/"),
    ("lena", "/courses/first-steps/water/canal/"),
    ("lena", "/courses/first-steps/water/check/"),
    ("lena", "/courses/first-steps/water/check/attempt/1"),
    ("lena", "/courses/first-steps/water/why/attempt/1"),
    ("lena", "/courses/first-steps/water/map/"),
)


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Every message of the source as it is now."""
    return catalogues.words_of_the_source()


@pytest.fixture(params=sorted(COMPLETE.values()))
def kept(request: pytest.FixtureRequest, template: Catalog) -> tuple[str, Catalog]:
    """A complete language's locale, and its catalogue brought to the words of the source."""
    return request.param, catalogues.renewed(request.param, template)


def test_every_message_has_words_and_none_is_doubtful(kept: tuple[str, Catalog]) -> None:
    report = report_on(*kept)
    assert report.count > 1000
    assert report.missing == (), "run `flask languages update`, translate what is empty"
    assert report.percent == 100


def test_placeholders_and_tags_are_those_of_the_source(kept: tuple[str, Catalog]) -> None:
    assert report_on(*kept).faults == ()


def test_every_sentence_can_be_filled_in(kept: tuple[str, Catalog]) -> None:
    for message in kept[1]:
        if "%(" in source_of(message)[0]:
            values = {name[2:-2]: 7 for name in placeholders(source_of(message)[-1]) if name.startswith("%(")}
            assert all(words % values for words in words_of(message))


def test_the_kept_catalogues_are_those_of_the_source(kept: tuple[str, Catalog]) -> None:
    assert [message.id for message in catalogues.read(kept[0])] == [message.id for message in kept[1]]


@pytest.mark.parametrize(("locale", "forms"), [("ru", (1, 2, 5)), ("fa_AF", (1, 2))])
def test_each_language_has_its_number_of_plural_forms(locale: str, forms: tuple[int, ...]) -> None:
    catalogue = catalogues.read(locale)
    assert catalogue.num_plurals == len(forms)
    assert all(len(words_of(each)) == len(forms) for each in catalogue if each.pluralizable)


def test_words_are_written_in_the_script_of_their_language(kept: tuple[str, Catalog]) -> None:
    locale, catalogue = kept
    bare = [
        words
        for message in catalogue
        for words in words_of(message)
        if message.id
        and re.search("[a-z]{2}", re.sub(r"%\(\w+\)[sd]", "", source_of(message)[0]))
        and not SCRIPTS[locale].search(words)
    ]
    assert bare == []


def test_dari_writes_its_own_digits_and_isolates_what_may_be_read_from_the_left() -> None:
    for message in catalogues.read("fa_AF"):
        for words in words_of(message) if message.id else ():
            assert words.count("\u2066") + words.count("\u2068") == words.count("\u2069"), words
            assert not NAME_AT_LARGE.search(words), words
            plain = ISOLATED.sub("", re.sub(r"%\(\w+\)[sd]|<[^>]*>", "", words))
            assert not re.search("[0-9]", plain), words


def test_a_wrong_translation_is_named() -> None:
    lost = Message("Hello %(name)s,", "Здравствуйте!")
    tagged = Message('<a href="%(url)s">Go</a> to %(place)s', '<b href="%(url)s">Идите</b> %(place)s')
    share = Message("Read %(share)s %% of it", "Прочитать %(share)s % этого")
    assert ["placeholders" in fault for fault in faults_of(lost)] == [True]
    assert ["tags" in fault for fault in faults_of(tagged)] == [True]
    assert ["per cent" in fault for fault in faults_of(share)] == [True]
    assert not is_translated(Message(("%(num)s hour", "%(num)s hours"), ("час", "часа")), 3)
    assert not is_translated(Message("Save", "Сохранить", flags={"fuzzy"}), 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the catalogues that a command may change."""
    copied = tmp_path / "translations"
    shutil.copytree(catalogues.FOLDER, copied)
    monkeypatch.setattr(catalogues, "FOLDER", copied)
    return copied


@pytest.mark.slow
def test_update_changes_nothing_when_no_words_changed(app: Flask, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.glob("*/LC_MESSAGES/*.po")}
    answer = app.test_cli_runner().invoke(args=["languages", "update"])
    assert "ru: 100 per cent" in answer.output
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.usefixtures("folder")
@pytest.mark.slow
def test_update_brings_new_messages_and_drops_lost_ones(app: Flask) -> None:
    catalogue = catalogues.read("ru")
    catalogue.delete("Sign in")
    catalogue.add("A sentence of last year", "Прошлогодняя фраза")
    catalogues.write("ru", catalogue)
    assert "1 missing" in app.test_cli_runner().invoke(args=["languages", "update"]).output
    renewed = catalogues.read("ru")
    assert "Sign in" in renewed
    assert "A sentence of last year" not in renewed
    told = app.test_cli_runner().invoke(args=["languages", "report"])
    assert told.exit_code == 0
    assert "missing: Sign in" in told.output


@pytest.mark.usefixtures("folder")
@pytest.mark.slow
def test_report_fails_when_a_translation_would_break_a_page(app: Flask) -> None:
    catalogue = catalogues.read("ru")
    catalogue["Hello %(name)s,"].string = "Здравствуйте, %(nmae)s!"
    catalogues.write("ru", catalogue)
    told = app.test_cli_runner().invoke(args=["languages", "report"])
    assert told.exit_code == 1
    assert "wrong: “Hello %(name)s,”" in told.output


@pytest.mark.slow
def test_a_language_is_begun_once_and_compiled(app: Flask, folder: Path) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["languages", "begin", "kk"]).exit_code == 0
    assert "kk: 0 per cent" in runner.invoke(args=["languages", "report"]).output
    assert "exists already" in runner.invoke(args=["languages", "begin", "kk"]).output
    assert runner.invoke(args=["languages", "compile"]).exit_code == 0
    with (folder / "fa_AF" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = read_mo(file)
    assert compiled.num_plurals == 2
    assert compiled["Sign in"].string == catalogues.read("fa_AF")["Sign in"].string


def test_what_is_added_to_a_text_speaks_the_language_of_the_text() -> None:
    assert labels_in("en").footnotes == "Notes"
    assert (labels_in("ru").footnotes, labels_in("ru").number(12)) == ("Примечания", "12")
    assert (labels_in("fa").footnotes, labels_in("fa").number(12)) == ("یادداشت‌ها", "۱۲")
    assert labels_in("ky").footnotes == labels_in("ru").footnotes
    assert (labels_in("ps").table_alone, labels_in("uz").table_alone) == ("جدول %(number)s", "Table %(number)s")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("code", sorted(COMPLETE))
def test_the_main_pages_have_no_english_left(code: str, stage: Stage) -> None:
    world: World = standing(stage)[0]
    found = {(who, path): english_on(world, who, path.format(**world.values), code) for who, path in MAIN_PAGES}
    assert {page: words for page, words in found.items() if words} == {}


def english_on(world: World, who: str, path: str, code: str) -> list[str]:
    """Latin words on a page that are neither names nor the text of a course."""
    client = world.client(who)
    client.set_cookie("language", code)
    answer = client.get(path, follow_redirects=True)
    source = answer.get_data(as_text=True)
    assert answer.status_code == (404 if path == "/nowhere" else 200), path
    assert f'<html lang="{code}" dir="{language_of(code).direction}"' in source, path
    said = "\n".join(" ".join(text.split()) for text in texts(JustHTML(source, sanitize=False).root))
    lines = [AS_A_WHOLE.sub(" ", MACHINE.sub(" ", line)) for line in said.splitlines()]
    return [line.strip() for line in lines if set(LATIN.findall(line)) - LATIN_BY_RIGHT]
