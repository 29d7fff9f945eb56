"""Forms: shapes of input with errors in the reader's language, CSRF included."""

import unicodedata
from typing import Any

from babel.support import NullTranslations, Translations
from flask import current_app
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.i18n import messages_path
from wtforms.validators import DataRequired, Length, ValidationError

from academy.i18n import current_code, current_locale
from academy.i18n import lazy_gettext as _l

CONTROL = frozenset({"Cc", "Cs", "Co", "Cn"})
# Marks that turn the direction of what follows: they let one name look like another.
OVERRIDES = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class Form(FlaskForm):
    """The base of every form."""

    class Meta(FlaskForm.Meta):
        """How forms are built."""

        csrf = False  # every request that may change something was checked before its view (academy/app.py)

        def get_translations(self, _form: object) -> NullTranslations:
            """The library's own sentences in the reader's language: read from its file once, not for every form."""
            known: dict[str, NullTranslations] = current_app.extensions.setdefault("academy.form_words", {})
            code = current_code()
            if code not in known:
                known[code] = Translations.load(messages_path(), [current_locale()], domain="wtforms")
            return known[code]


def tidy_line(text: str | None) -> str | None:
    """One line: NFC, no control or direction-override characters, single spaces."""
    if text is None:
        return None
    kept = (" " if char.isspace() else char for char in unicodedata.normalize("NFC", text) if _harmless(char))
    return " ".join("".join(kept).split())


def tidy_text(text: str | None) -> str | None:
    """Several lines: NFC, Unix line ends, no control characters except line breaks and tabs."""
    if text is None:
        return None
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or _harmless(char))


def _harmless(char: str) -> bool:
    return char.isspace() or (unicodedata.category(char) not in CONTROL and char not in OVERRIDES)


class LineField(StringField):
    """A line of text, tidied."""

    def __init__(self, label: Any, *, most: int = 120, required: bool = True, **kwargs: Any) -> None:  # noqa: ANN401
        validators = [
            _required() if required else None,
            Length(max=most, message=TOO_LONG),
            *kwargs.pop("validators", ()),
        ]
        filters = (*kwargs.pop("filters", ()), tidy_line)
        super().__init__(label, validators=[each for each in validators if each], filters=filters, **kwargs)
        self.most = most


class ProseField(TextAreaField):
    """Several lines of text, tidied."""

    def __init__(self, label: Any, *, most: int = 20_000, required: bool = True, **kwargs: Any) -> None:  # noqa: ANN401
        validators = [
            _required() if required else None,
            Length(max=most, message=TOO_LONG),
            *kwargs.pop("validators", ()),
        ]
        filters = (*kwargs.pop("filters", ()), tidy_text)
        super().__init__(label, validators=[each for each in validators if each], filters=filters, **kwargs)
        self.most = most


LONGEST_NUMBER = 9
REQUIRED = _l("Please fill this in.")
TOO_LONG = _l("Please use at most %(max)d characters.")


def _required() -> DataRequired:
    return DataRequired(message=REQUIRED)


def refuse(sentence: Any) -> ValidationError:  # noqa: ANN401  a text or a lazy text
    """The error to raise in a form's own check."""
    return ValidationError(str(sentence))


def hang(field: Field, sentence: object) -> None:
    """Put an error on a field that passed its own checks."""
    field.errors = [*field.errors, str(sentence)]


def whole(field: Field) -> int:
    """The whole number that a hidden field carries, such as a version; -1 for what is none."""
    text = str(field.data or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else -1


def said(field: Field) -> str:
    """What was typed into a field."""
    return str(field.data or "")
