"""The words the renderer adds to a course's text, in the language of that text, whatever language the page speaks."""

from functools import cache

from babel.support import NullTranslations, Translations

from academy.digits import EASTERN, WESTERN
from academy.i18n import LOCALES, RIGHT_TO_LEFT, TRANSLATIONS, reading_order
from academy.prose.texts import Labels

BORROWED = (
    "%(num)s passage of this page is not translated yet and stands here in the language of the original.",
    "%(num)s passages of this page are not translated yet and stand here in the language of the original.",
)


def borrowed_in(language: str, count: int) -> str:
    """What a page that stands for itself says of its passages in the language of the original."""
    words = _catalogue(language).ngettext(*BORROWED, count)
    return words % {"num": labels_in(language).number(count)}


def _catalogue(language: str) -> NullTranslations:
    """The words of the first language with a catalogue that a reader of this one knows."""
    return Translations.load(TRANSLATIONS, [LOCALES.get(code, code) for code in reading_order(language)])


@cache
def labels_in(language: str) -> Labels:
    """The renderer's words in the language of a text, or in one that its readers know.

    Courses are published without a page, and even without the site, so the catalogue is opened here.
    """
    _ = _catalogue(language).gettext
    return Labels(
        note=_("Note %(number)s"),
        back=_("Back to the text at note %(number)s"),
        back_again=_("Back to the text at note %(number)s, place %(place)s"),
        footnotes=_("Notes"),
        table=_("Table %(number)s: %(heading)s"),
        table_alone=_("Table %(number)s"),
        titles={
            "aims": _("After this lesson you can"),
            "question": _("Question"),
            "key": _("Key idea"),
            "example": _("An example"),
            "caution": _("Take care"),
            "practice": _("Try it"),
            "short": _("In short"),
            "warning": _("Before you go on"),
            "note": _("Note"),
        },
        digits=WESTERN.translate(EASTERN) if language in RIGHT_TO_LEFT else WESTERN,
    )
