"""Write a letter: a template in the receiver's language becomes subject, plain text and small HTML."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app

from academy import i18n, zones
from academy.current import the_settings
from academy.web.forms import tidy_line, tidy_text

WEB_ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])")
LONGEST_SUBJECT = 200
ANSWER_ABOVE = "= = = = = = = = = = = ="
"""The line in a letter that can be answered: what stands below it is not part of the answer."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words of one letter."""

    language: str
    subject: str
    text: str
    html: str


def public_url(endpoint: str, **values: object) -> str:
    """The full address of one of our pages: from the settings, never from a request's Host; works without a request."""
    parts = urlsplit(the_settings().public_url)
    adapter = current_app.url_map.bind(parts.netloc, url_scheme=parts.scheme)
    return adapter.build(endpoint, values, force_external=True)


def path_of(endpoint: str, **values: object) -> str:
    """The path of one of our pages; works without a request."""
    return urlsplit(public_url(endpoint, **values)).path


def write(template: str, *, language: str, values: Mapping[str, object], time_zone: str = "") -> Written:
    """Fill in templates/mail/<template>.txt; its first line is the subject, the rest the text."""
    code = _spoken(language)
    with speaking(code), zones.telling(time_zone):
        known = {**_words(), **{name: _tidy(value) for name, value in values.items()}}
        draft = current_app.jinja_env.get_template(f"mail/{template}.txt").render(known)
        subject, _gap, body = draft.strip().partition("\n")
        text = current_app.jinja_env.get_template("mail/layout.txt").render(known, body=body.strip())
        html = current_app.jinja_env.get_template("mail/layout.html").render(
            known, language=i18n.language_of(code), subject=one_line(subject), paragraphs=paragraphs(text)
        )
    return Written(code, one_line(subject)[:LONGEST_SUBJECT], text.strip() + "\n", html)


def one_line(text: str) -> str:
    """The text on one line, fit for a header: no line break or other control character survives."""
    return tidy_line(text) or ""


def paragraphs(text: str) -> list[list[list[tuple[str, bool]]]]:
    """Paragraphs of lines of pieces; a piece that is a web address says so."""
    return [[_pieces(line) for line in block.splitlines()] for block in re.split(r"\n{2,}", text.strip())]


def _pieces(line: str) -> list[tuple[str, bool]]:
    return [(piece, index % 2 == 1) for index, piece in enumerate(WEB_ADDRESS.split(line)) if piece]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a moment; the page's own comes back unharmed."""
    before = i18n.current_code()
    i18n.speak(code)
    try:
        yield
    finally:
        i18n.speak(before)


def _spoken(language: str) -> str:
    offered = i18n.offered()
    return i18n.spoken_for(next((code for code in i18n.reading_order(language) if code in offered), offered[0]))


def _words() -> dict[str, object]:
    # Plain text is not escaped, so these stand in for the page's own gettext, which escapes.
    settings = the_settings()
    return {
        "_": i18n.gettext,
        "ngettext": i18n.ngettext,
        "address": public_url,
        "site_name": settings.name,
        "site_url": settings.public_url,
    }


def _tidy(value: object) -> object:
    return tidy_text(value) if isinstance(value, str) else value
