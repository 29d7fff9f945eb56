"""The certificate on paper, read back as an employer, a screen reader and a scanner would."""

import io
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image

from courses.certificates import press
from courses.certificates.document import CertificateFacts, Wording, render_pdf, render_png
from courses.certificates.fonts import NoFontForScript, faces_of, installed_faces

ADDRESS = "https://academy.example.org/c/7F3K-92QD-X1PM"
ENGLISH = Wording(
    document_title="Certificate of Completion: Foundations of Preventive Diplomacy",
    confirms="This is to confirm that",
    completed="completed the course",
    issued="22 November 2026",
    issued_label="Date of issue",
    number_label="Certificate number",
    verify_label="Anyone can check this certificate at",
    qr_alt="QR code with the address where this certificate is checked",
    logo_alt="Logo of the partner",
)
DARI = Wording(
    document_title="تصدیق‌نامهٔ تکمیل دوره",
    confirms="بدین‌وسیله تصدیق می‌گردد که",
    completed="دورهٔ زیر را موفقانه تکمیل نموده است",
    issued="۲۲ نوامبر ۲۰۲۶",
    issued_label="تاریخ صدور",
    number_label="شمارهٔ تصدیق‌نامه",
    verify_label="هر کس می‌تواند این تصدیق‌نامه را در این نشانی بررسی کند:",
    qr_alt="کد QR با نشانی صفحهٔ بررسی",
)
LENA = CertificateFacts(
    holder_name="Lena Müller-Šimečka",
    course_title="Foundations of Preventive Diplomacy",
    certificate_title="Certificate of Completion",
    tier="completion",
    issued_on=date(2026, 11, 22),
    issued_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    code="7F3K-92QD-X1PM",
    verify_url=ADDRESS,
    issuer_name="Preventive Diplomacy Academy",
    language="en",
    hours="18 hours of study",
    cohort="Cohort of 2026",
    checked=("All 12 lessons read", "Four quizzes passed at 75 %", "One task marked by a trainer"),
)
FERESHTA = replace(
    LENA,
    holder_name="فرشته‌سادات حسینی‌نژاد",
    course_title="مبانی دیپلوماسی پیشگیرانه",
    certificate_title="تصدیق‌نامهٔ تکمیل دوره",
    issuer_name="اکادمی دیپلوماسی پیشگیرانه",
    language="fa",
    hours="۱۸ ساعت آموزش",
    cohort=None,
    checked=("همهٔ ۱۲ درس خوانده شده است",),
)
NAMES = [
    "Lena Müller-Šimečka",
    "Айгүл Сәтбекқызы",
    "Ҷамшед Ғафурзода Қӯҳистонӣ",
    "Oʻgʻiloy Gʻulomova",
    "Şöhrat Ňuryýew",
]
HANDS = (("Tariq Nasyrzoda", "Coordinator of the Academy"), ("Gulnara Aitmatova", "Head of the Centre"))
STATEMENT = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-/:" * 4 + "0123456789"
NINE = {
    "en": "Lena Müller-Šimečka",
    "ru": "Анастасия Ёлкина-Щукина",
    "kk": "Айгүл Сәтбекқызы Өмірұлы",
    "ky": "Жаңыл Өзүбекова Үсөнбаева",
    "tg": "Ҷамшед Ғафурзода Қӯҳистонӣ",
    "tk": "Şöhrat Ňuryýew Žumagulyýewa",
    "uz": "Oʻgʻiloy Gʻulomova Shahlo",
    "fa": "فرشته‌سادات حسینی‌نژاد",
    "ps": "ګلالۍ ځدراڼ څپېڅار ږغېدلې",
}
HOSTILE = [
    '#panic("x")',
    "$x$ *bold* _it_ `code`",
    "\"quotes\" 'single' \\ back \\u{41}",
    "</svg><script>alert(1)</script> @ref <label>",
    "}{ [ ] ]] // #let d = 1",
]

needs_arabic_font = pytest.mark.skipif(not installed_faces().arabic, reason="no font for Arabic script here")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_can_be_read_back_from_the_page(name: str) -> None:
    words = _words(render_pdf((replace(LENA, holder_name=name), ENGLISH)))
    for fact in (
        name,
        LENA.course_title,
        "Certificate of Completion",
        "18 hours of study · Cohort of 2026",
        *LENA.checked,
    ):
        assert fact in words
    assert "22 November 2026" in words
    assert LENA.code in words
    assert "academy.example.org/c/7F3K-92QD-X1PM" in words


@needs_arabic_font
@needs_poppler
def test_a_dari_certificate_reads_right_and_carries_both_calendars() -> None:
    words = _poppler_words(render_pdf((FERESHTA, DARI)))
    for fact in ("فرشته‌سادات حسینی‌نژاد", "مبانی دیپلوماسی پیشگیرانه", "۱ قوس ۱۴۰۵", "۲۲ نوامبر ۲۰۲۶", FERESHTA.code):
        assert _letters(fact) in _letters(words)


@needs_arabic_font
@needs_poppler
def test_two_scripts_in_one_name_both_read_right() -> None:
    pdf = render_pdf((replace(LENA, holder_name="لینا (Lena) مولر"), ENGLISH))
    assert {"لینا", "Lena", "مولر"} <= set(re.findall(r"\w+", _poppler_words(pdf)))


@pytest.mark.parametrize(
    ("facts", "wording", "language"),
    [(LENA, ENGLISH, "en"), pytest.param(FERESHTA, DARI, "fa-AF", marks=needs_arabic_font)],
)
def test_the_document_is_tagged_titled_and_says_its_language(
    facts: CertificateFacts, wording: Wording, language: str
) -> None:
    with pikepdf.open(io.BytesIO(render_pdf((facts, wording)))) as pdf:
        assert str(pdf.Root.Lang) == language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as about:
            assert about["dc:title"] == wording.document_title
            assert about["pdfuaid:part"] == "1"
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")


def test_every_font_travels_inside_the_file() -> None:
    with pikepdf.open(io.BytesIO(render_pdf((LENA, ENGLISH)))) as pdf:
        fonts = [thing for thing in _dictionaries(pdf) if thing.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


@needs_poppler
@pytest.mark.parametrize(
    "language", [pytest.param(code, marks=needs_arabic_font if code in {"fa", "ps"} else ()) for code in NINE]
)
def test_a_name_of_each_language_reads_back_letter_by_letter(language: str) -> None:
    facts, words = (FERESHTA, DARI) if language in {"fa", "ps"} else (LENA, ENGLISH)
    pdf = render_pdf((replace(facts, holder_name=NINE[language], language=language, also_written="Ana Petrova"), words))
    read = _letters(_poppler_words(pdf))
    assert _letters(NINE[language]) in read
    assert "AnaPetrova" in read
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as about:
        assert about["pdfuaid:part"] == "1", "it is still accessible: every letter has a shape"


@needs_arabic_font
def test_a_second_page_says_the_same_in_another_language() -> None:
    pages = pypdf.PdfReader(io.BytesIO(render_pdf((LENA, ENGLISH), (FERESHTA, DARI), credential=b"{}"))).pages
    assert [LENA.code in page.extract_text() for page in pages] == [True, True]
    assert "Date of issue" in pages[0].extract_text()
    assert "Date of issue" not in pages[1].extract_text()


def test_the_end_of_a_certificate_stands_under_its_day() -> None:
    assert "Valid until 1 May 2028" in _words(render_pdf((LENA, replace(ENGLISH, until="Valid until 1 May 2028"))))


def test_the_square_with_a_statement_is_read_from_paper_at_100_dots_an_inch() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    told = replace(LENA, verify_url="https://academy.example.org/c/7F3K-92QD-X1MB-4TGH", statement=STATEMENT)
    with Image.open(io.BytesIO(render_png((told, ENGLISH)))) as picture:
        assert picture.info["Certificate"] == f"{told.verify_url}#{STATEMENT}"
        coarse = picture.resize((round(picture.width / 1.5), round(picture.height / 1.5)))
        (code,) = zxingcpp.read_barcodes(coarse)
        assert code.text == f"{told.verify_url}#{STATEMENT}"
        side = code.position.top_right.x - code.position.top_left.x
        assert 26 < side / 100 * 25.4 < 28, "27 mm on paper"


def test_the_statement_travels_inside_the_file() -> None:
    with pikepdf.open(io.BytesIO(render_pdf((replace(LENA, statement="AB$"), ENGLISH)))) as pdf:
        assert pdf.attachments["offline-check.txt"].get_file().read_bytes() == f"{ADDRESS}#AB$".encode()


def test_the_typesetter_stays_for_the_next_sheet_and_another_comes_when_it_is_gone() -> None:
    press.close()
    render_pdf((LENA, ENGLISH))
    (first,) = press.warm
    render_pdf((LENA, ENGLISH))
    assert press.warm == [first]
    first.process.kill()
    first.process.wait()
    assert "Lena" in _words(render_pdf((LENA, ENGLISH)))
    assert press.warm != [first]


def test_a_bad_order_is_refused_and_the_typesetter_is_well() -> None:
    render_pdf((LENA, ENGLISH))
    (worker,) = press.warm
    with pytest.raises(subprocess.CalledProcessError):
        press.press("pdf", folder=None, template="none.typ", moment=0, sheets=[])
    assert press.warm == [worker]


@pytest.mark.slow
def test_a_warm_sheet_costs_less_than_50_milliseconds() -> None:
    render_pdf((LENA, ENGLISH), credential=b"{}")
    stat = Path(f"/proc/{press.warm[0].process.pid}/stat")
    spent = []
    for turn in range(7):
        before = _processor_time(stat)
        for name in ("Lena", "Ana", "Tariq"):
            render_pdf((replace(LENA, holder_name=f"{name} {turn}"), ENGLISH), credential=b"{}")
        spent.append((_processor_time(stat) - before) / 3)
    assert sorted(spent)[3] < 0.05


def _processor_time(stat: Path) -> float:
    """User and system time of a process, in seconds."""
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_scanner_finds_the_address_on_the_printed_page() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    with Image.open(io.BytesIO(render_png((LENA, ENGLISH)))) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


@needs_arabic_font
def test_the_code_square_is_not_mirrored_with_the_dari_page() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    with Image.open(io.BytesIO(render_png((FERESHTA, DARI)))) as picture:
        (code,) = zxingcpp.read_barcodes(picture)
        assert (code.text, code.position.top_left.x < code.position.top_right.x) == (ADDRESS, True)
        assert code.position.top_right.x < picture.width / 2


def test_the_same_facts_give_the_same_bytes() -> None:
    first, other = render_pdf((LENA, ENGLISH)), render_pdf((replace(LENA, code="7F3K"), ENGLISH))
    assert render_pdf((LENA, ENGLISH)) == first != other


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_plain_text_on_one_page(name: str) -> None:
    assert _flat(name) in _flat(_words(render_pdf((replace(LENA, holder_name=name), ENGLISH))))


@pytest.mark.parametrize(
    "name",
    [
        "Ana 🎉 Petrova",
        "李明",
        "Z" + "\u0301\u0489\u20dd" * 60,
        pytest.param("\ufdfd" * 120, marks=needs_arabic_font),
    ],
)
def test_a_name_no_font_can_write_still_gives_one_page(name: str) -> None:
    assert LENA.course_title in _words(render_pdf((replace(LENA, holder_name=name), ENGLISH)))


@pytest.mark.parametrize("name", ["W" * 500, "Мухаммадрахимова " * 40, "а-" * 250, "ilil " * 100])
def test_the_longest_names_stay_on_the_page(name: str) -> None:
    facts = replace(
        LENA, holder_name=name, course_title="Course " * 60, checked=("x " * 200,) * 9, issuer_name="I" * 400
    )
    assert "Date of issue" in _words(render_pdf((facts, ENGLISH)))
    assert _ink_outside_the_frame(render_png((facts, ENGLISH))) == 0


def test_without_an_arabic_font_the_certificate_is_refused_in_one_sentence() -> None:
    bare = faces_of(None)
    for facts, wording in ((FERESHTA, DARI), (replace(LENA, holder_name="گل"), ENGLISH)):
        with pytest.raises(NoFontForScript, match=r"^No font for Arabic script[^.]+\.$"):
            render_pdf((facts, wording), faces=bare)
    assert render_pdf((LENA, ENGLISH), faces=bare)


@needs_arabic_font
@pytest.mark.slow
def test_eight_threads_print_at_once() -> None:
    jobs = [(replace(LENA, holder_name=f"Lena {turn}"), ENGLISH) for turn in range(20)] + [(FERESHTA, DARI)] * 20
    with ThreadPoolExecutor(8) as pool:
        printed = list(pool.map(render_pdf, jobs))
    assert printed == [render_pdf(job) for job in jobs]


def test_the_signed_credential_travels_inside_the_file() -> None:
    with pikepdf.open(io.BytesIO(render_pdf((LENA, ENGLISH), credential=b'{"id": "\xd0\x96"}'))) as pdf:
        assert pdf.attachments["credential.json"].get_file().read_bytes() == b'{"id": "\xd0\x96"}'


def test_a_signatory_and_a_partner_logo_have_their_places() -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><rect width="3" height="1" fill="#777"/></svg>'
    facts = replace(LENA, signatories=HANDS, logo_svg=logo, tier="participation")
    pdf = render_pdf((facts, ENGLISH))
    assert all(words in _words(pdf) for hand in HANDS for words in hand)
    assert {"Logo of the partner", ENGLISH.qr_alt} <= _alternatives(pdf)


def _words(pdf: bytes) -> str:
    """The text of the only page, on one line."""
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text().split())


def _poppler_words(pdf: bytes) -> str:
    """The text as poppler reads it: pypdf scrambles Arabic script."""
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def _letters(words: str) -> str:
    """Only letters and digits: joiners and marks of direction are the extractor's own matter."""
    return re.sub(r"[\W_]", "", words)


def _flat(words: str) -> str:
    """Without spaces: a long name may break anywhere between words."""
    return re.sub(r"\s", "", words)


def _dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]


def _alternatives(pdf: bytes) -> set[str]:
    """What a screen reader says in place of the pictures."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {str(thing.Alt) for thing in _dictionaries(opened) if "/Alt" in thing}


def _ink_outside_the_frame(png: bytes) -> int:
    """How many points of the outer 8.4 mm are not white."""
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("L").point(lambda light: 0 if light == 255 else 1)
        picture.paste(0, (50, 50, picture.width - 50, picture.height - 50))
        return sum(picture.tobytes())
