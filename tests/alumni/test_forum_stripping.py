"""What is left of a letter: the sender's own words, whatever program and language it was written in."""

import pytest

from academy.mail.writing import ANSWER_ABOVE
from alumni.forum.letters import incoming
from alumni.forum.letters.stripping import own_words

QUOTED = "> What do you think?\n>> Before.\n"
CASES = {
    "gmail": f"Yes.\n\nOn Mon, Nov 23, 2026 at 9:00 AM Ana <a@example.org> wrote:\n\n{QUOTED}",
    "gmail wrapped": f"Yes.\n\nOn Mon, Nov 23, 2026 at 9:00 AM Common Ground\n<a@example.org> wrote:\n{QUOTED}",
    "gmail ru": f"Yes.\n\nпн, 23 нояб. 2026 г. в 09:00, Ana <a@example.org>:\n\n{QUOTED}",
    "mail.ru": f"Yes.\n\nПонедельник, 23 ноября 2026, 9:00 +03:00 от Ana <a@example.org>:\n{QUOTED}",
    "apple ru": f"Yes.\n\n> 23 нояб. 2026 г., в 09:00, Ana <a@example.org> написал(а):\n> \n{QUOTED}",
    "dari": f"Yes.\n\nدر تاریخ دوشنبه ۲ قوس ۱۴۰۵، Ana نوشت:\n{QUOTED}",
    "outlook": "Yes.\n\nFrom: Ana <a@example.org>\nSent: Monday\nTo: Lena\nSubject: Re: A\n\nWhat do you think?",
    "outlook ru": "Yes.\n\nОт: Ana\nОтправлено: 23 ноября\nКому: Lena\nТема: A\n\nЧто?",
    "outlook line": f"Yes.\n\n{'_' * 32}\nFrom: Ana\n\nWhat?",
    "original": "Yes.\n\n-----Original Message-----\nFrom: Ana\n\nWhat?",
    "forwarded": "Yes.\n\n---------- Forwarded message ---------\nFrom: Ana\n\nWhat?",
    "our line": f"Yes.\n\n23.11.2026 09:00, Common Ground <a@example.org>:\n\n{ANSWER_ABOVE}\n\nWhat?",
    "signature": "Yes.\n\n-- \nLena\n+1 555",
    "telephone": "Yes.\n\nSent from my telephone",
    "telephone ru": "Yes.\n\nОтправлено с iPhone",
    "telephone fa": "Yes.\n\nارسال شده از آیفون من",
    "windows": "Yes.\r\n\r\n> What?\r\n",
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_only_own_words_are_left(name: str) -> None:
    assert own_words(CASES[name]) == "Yes."


@pytest.mark.parametrize(
    "text",
    [
        "From: the beginning I said so.\n\nAnd on it goes.",
        "Ana wrote:\n\nnothing of the kind.",
        "Three things:\n\n- one\n- two",
        "Meet at 10:\nthe gate is open.",
    ],
)
def test_words_that_look_like_something_else_stay(text: str) -> None:
    assert own_words(text) == text


def test_answers_between_the_lines_stay() -> None:
    said = "On Monday Ana wrote:\n> One?\nYes.\n> Two?\nNo.\n"
    assert own_words(said) == "Yes.\nNo."


@pytest.mark.parametrize("text", ["a" * 200_000, "On " * 60_000, "1@a:\n" * 50_000, ": " * 90_000, "\n" * 200_000])
def test_no_text_takes_long(text: str) -> None:
    own_words(text)


def test_a_letter_of_html_alone_is_read_as_text() -> None:
    page = (
        "<html><head><title>T</title><style>p{}</style></head><body><p>Yes &amp; <b>no</b>.</p>"
        "<div>Second<br>line</div>"
        '<div class="gmail_quote">On Monday<blockquote>What?</blockquote></div></body></html>'
    )
    raw = f"From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n{page}".encode()
    assert incoming.read(raw).text == "Yes & no.\n\nSecond\nline"


def test_flowing_paragraphs_are_whole_again() -> None:
    raw = b"From: a@example.org\nContent-Type: text/plain; format=flowed\n\nOne long \nparagraph.\n\nAnother.\n"
    assert incoming.read(raw).text == "One long paragraph.\n\nAnother."
