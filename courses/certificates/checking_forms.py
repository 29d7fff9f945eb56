"""Forms of checks: a file, and a list of codes."""

import re

from wtforms import Field

from academy.i18n import lazy_gettext as _l
from academy.web.file_forms import UploadField, content_of
from academy.web.forms import Form, ProseField, refuse
from courses.certificates import papers
from courses.certificates.codes import symbols

MOST_CODES = 500
_BETWEEN = re.compile(r"[\r\n;,\t]+")
_LENGTH = 16


class PaperForm(Form):
    """A file that somebody was handed."""

    paper = UploadField(
        _l("File of a certificate"),
        description=_l("A PDF, a picture (PNG or SVG) or a JSON file of at most 256 KB. It is read and not kept."),
    )

    def validate_paper(self, field: Field) -> None:
        """Refuse nothing at all, and too much."""
        if field.data is None:
            raise refuse(_l("Please choose a file."))
        content = content_of(field)
        field.data.seek(0)
        if len(content) > papers.MOST_BYTES:
            raise refuse(_l("This file is larger than 256 KB. Type the code from the paper instead."))


class ManyForm(Form):
    """Many codes: typed, pasted, or as a table whose first column they are."""

    codes = ProseField(
        _l("Codes"),
        most=40_000,
        required=False,
        description=_l("One on each line, at most 500. Whatever else stands on a line after a comma is left out."),
    )
    table = UploadField(_l("Or a table (CSV) with the codes in its first column"))

    def validate_table(self, field: Field) -> None:
        """Refuse what is no text, an empty list, and more than is answered at once."""
        content = content_of(field) if field.data else b""
        self._read = _codes_in(f"{self.codes.data or ''}\n{content.decode('utf-8-sig', 'replace')}")
        if not self._read:
            raise refuse(_l("Please give at least one code of 16 letters and digits."))
        if len(self._read) > MOST_CODES:
            raise refuse(_l("At most 500 codes are answered at once. Please split the list."))

    def typed(self) -> list[str]:
        """The codes as they were given, each once and in their order."""
        return self._read


def _codes_in(text: str) -> list[str]:
    firsts = (_BETWEEN.split(line.strip().strip('"'))[0].strip(' "') for line in text.splitlines())
    # A heading or an empty line is no code; what has about the length of one may be one that was mistyped.
    return list(dict.fromkeys(each[:80] for each in firsts if abs(len(symbols(each)) - _LENGTH) <= 1))
