"""Names for paper: what is dropped, what is kept, and which letters no font has."""

from pathlib import Path

import pytest

from courses.certificates.fonts import faces_of, font_folders, installed_faces, missing_letters
from courses.certificates.names import direction_of, printable
from courses.certificates.printing import strange_letters, strange_letters_of

NAMES = [
    "Lena Müller-Šimečka",
    "Айгүл Сәтбекқызы",
    "Ҷамшед Ғафурзода Қӯҳистонӣ",
    "Oʻgʻiloy Gʻulomova",
    "Şöhrat Ňuryýew",
]

needs_arabic_font = pytest.mark.skipif(not installed_faces().arabic, reason="no font for Arabic script here")


def test_hidden_letters_are_dropped_and_joiners_kept() -> None:
    assert printable("Max\u202egnp.exe\u2066\u0000\x07\ufeff") == "Maxgnp.exe"
    assert printable("  Lena\n\tMu\u0308ller\u2028\u00a0 ") == "Lena Müller"
    assert printable("حسینی\u200cنژاد") == "حسینی\u200cنژاد"
    assert len(printable("a" * 500)) == 120
    assert printable("a" + "\u0335" * 50) == "a" + "\u0335" * 3


def test_a_name_is_read_from_the_side_of_its_first_letter() -> None:
    assert [direction_of(name) for name in ("Lena لینا", "لینا Lena", "(گل)", "12", "")] == [
        "ltr", "rtl", "rtl", "ltr", "ltr",
    ]  # fmt: skip


def test_letters_that_no_font_has_are_named_before_the_print() -> None:
    assert missing_letters("Lena 李 Müller 🎉明李") == "李🎉明"
    assert [missing_letters(name) for name in NAMES] == [""] * len(NAMES)


def test_many_names_are_asked_about_at_once_and_remembered() -> None:
    names = ["Lena", "李 Müller", "Айгүл", "گل明"]
    found = strange_letters_of(names)
    assert found == {"Lena": "", "李 Müller": "李", "Айгүл": "", "گل明": "明"}
    assert {name: strange_letters(name) for name in names} == found
    assert strange_letters_of([]) == {}


@needs_arabic_font
@pytest.mark.parametrize("name", ["فرشته‌سادات حسینی‌نژاد", "ګل مکۍ څپاند ښاغلې ځلمی", "عبدالرّحمٰن"])
def test_dari_and_pashto_names_lack_no_letter(name: str) -> None:
    assert missing_letters(name) == ""


def test_an_arabic_name_lacks_its_letters_where_no_arabic_font_is() -> None:
    assert missing_letters("گل", faces_of(None)) == "گل"


def test_fonts_are_looked_for_in_the_promised_order(tmp_path: Path) -> None:
    folders = list(font_folders({"ACADEMY_FONTS": "chosen"}, tmp_path))
    assert folders[:2] == [Path("chosen"), tmp_path / "node_modules" / "@expo-google-fonts" / "amiri"]
    assert folders[-1].name == "fonts-hosny-amiri"
    assert list(font_folders({}, tmp_path)) == folders[1:]
