"""The certificate on paper, read back as an employer, a screen reader and a scanner would."""

import io
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pypdf
import pytest
from PIL import Image

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
    words = _words(render_pdf(replace(LENA, holder_name=name), ENGLISH))
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
    words = _poppler_words(render_pdf(FERESHTA, DARI))
    for fact in ("فرشته‌سادات حسینی‌نژاد", "مبانی دیپلوماسی پیشگیرانه", "۱ قوس ۱۴۰۵", "۲۲ نوامبر ۲۰۲۶", FERESHTA.code):
        assert _letters(fact) in _letters(words)


@needs_arabic_font
@needs_poppler
def test_two_scripts_in_one_name_both_read_right() -> None:
    pdf = render_pdf(replace(LENA, holder_name="لینا (Lena) مولر"), ENGLISH)
    assert {"لینا", "Lena", "مولر"} <= set(re.findall(r"\w+", _poppler_words(pdf)))


@pytest.mark.parametrize(
    ("facts", "wording", "language"),
    [(LENA, ENGLISH, "en"), pytest.param(FERESHTA, DARI, "fa-AF", marks=needs_arabic_font)],
)
def test_the_document_is_tagged_titled_and_says_its_language(
    facts: CertificateFacts, wording: Wording, language: str
) -> None:
    with pikepdf.open(io.BytesIO(render_pdf(facts, wording))) as pdf:
        assert str(pdf.Root.Lang) == language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as about:
            assert about["dc:title"] == wording.document_title
            assert about["pdfuaid:part"] == "1"
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")


def test_every_font_travels_inside_the_file() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(LENA, ENGLISH))) as pdf:
        fonts = [thing for thing in _dictionaries(pdf) if thing.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_a_scanner_finds_the_address_on_the_printed_page() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    with Image.open(io.BytesIO(render_png(LENA, ENGLISH))) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


@needs_arabic_font
def test_the_code_square_is_not_mirrored_with_the_dari_page() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    with Image.open(io.BytesIO(render_png(FERESHTA, DARI))) as picture:
        (code,) = zxingcpp.read_barcodes(picture)
        assert (code.text, code.position.top_left.x < code.position.top_right.x) == (ADDRESS, True)
        assert code.position.top_right.x < picture.width / 2


def test_the_same_facts_give_the_same_bytes() -> None:
    first, other = render_pdf(LENA, ENGLISH), render_pdf(replace(LENA, code="7F3K"), ENGLISH)
    assert render_pdf(LENA, ENGLISH) == first != other


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_plain_text_on_one_page(name: str) -> None:
    assert _flat(name) in _flat(_words(render_pdf(replace(LENA, holder_name=name), ENGLISH)))


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
    assert LENA.course_title in _words(render_pdf(replace(LENA, holder_name=name), ENGLISH))


@pytest.mark.parametrize("name", ["W" * 500, "Мухаммадрахимова " * 40, "а-" * 250, "ilil " * 100])
def test_the_longest_names_stay_on_the_page(name: str) -> None:
    facts = replace(
        LENA, holder_name=name, course_title="Course " * 60, checked=("x " * 200,) * 9, issuer_name="I" * 400
    )
    assert "Date of issue" in _words(render_pdf(facts, ENGLISH))
    assert _ink_outside_the_frame(render_png(facts, ENGLISH)) == 0


def test_without_an_arabic_font_the_certificate_is_refused_in_one_sentence() -> None:
    bare = faces_of(None)
    for facts, wording in ((FERESHTA, DARI), (replace(LENA, holder_name="گل"), ENGLISH)):
        with pytest.raises(NoFontForScript, match=r"^No font for Arabic script[^.]+\.$"):
            render_pdf(facts, wording, faces=bare)
    assert render_pdf(LENA, ENGLISH, faces=bare)


@needs_arabic_font
@pytest.mark.slow
def test_eight_threads_print_at_once() -> None:
    jobs = [(replace(LENA, holder_name=f"Lena {turn}"), ENGLISH) for turn in range(20)] + [(FERESHTA, DARI)] * 20
    with ThreadPoolExecutor(8) as pool:
        printed = list(pool.map(lambda job: render_pdf(*job), jobs))
    assert printed == [render_pdf(*job) for job in jobs]


def test_the_signed_credential_travels_inside_the_file() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(LENA, ENGLISH, credential=b'{"id": "\xd0\x96"}'))) as pdf:
        assert pdf.attachments["credential.json"].get_file().read_bytes() == b'{"id": "\xd0\x96"}'


def test_a_signatory_and_a_partner_logo_have_their_places() -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><rect width="3" height="1" fill="#777"/></svg>'
    facts = replace(
        LENA, signatory=("Tariq Nasyrzoda", "Coordinator of the Academy"), logo_svg=logo, tier="participation"
    )
    pdf = render_pdf(facts, ENGLISH)
    assert "Tariq Nasyrzoda" in _words(pdf)
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
