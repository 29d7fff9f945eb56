"""The shape of messages and of the choice who may write."""

import re
import secrets

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.web.file_forms import UploadField
from academy.web.forms import Form, ProseField, hang, said
from alumni.audiences import WORDS, Audience
from alumni.messages import rules
from alumni.messages.refusals import NoLinks
from alumni.messages.rules import Words

TOKEN = re.compile(r"[0-9a-f]{32}")
CHOICES: dict[Audience, Text] = {
    Audience.ME: _l("Nobody"),
    Audience.COHORT: WORDS[Audience.COHORT],
    Audience.NETWORK: WORDS[Audience.NETWORK],
}
"""The audiences that may be let write, in words."""
NOTHING_WRITTEN = _l("Please write something, or choose a file.")


class _Written(Form):
    token = HiddenField()
    text: ProseField

    def begin(self, draft: str) -> None:
        """Let the form of a fresh page carry a token of its own and what was begun before."""
        self.token.data, self.text.data = secrets.token_hex(16), draft

    @property
    def own_token(self) -> str:
        """The form's token; a new one for what never was ours."""
        typed = str(self.token.data or "")
        return typed if TOKEN.fullmatch(typed) else secrets.token_hex(16)

    def words(self, upload_id: int | None = None) -> Words:
        """What was written."""
        return Words(said(self.text).strip(), self.own_token, upload_id)


class RequestForm(_Written):
    """The first message to somebody."""

    text = ProseField(_l("Your message"), most=rules.LONGEST_REQUEST)

    def complete(self, *, newcomer: bool) -> bool:
        """Whether it can be sent; newcomers write the first message without links."""
        good = bool(self.validate_on_submit())
        if good and newcomer and rules.has_link(said(self.text)):
            hang(self.text, NoLinks())
            return False
        return good


class MessageForm(_Written):
    """A message in a conversation: words, a file, or both."""

    text = ProseField(_l("Your message"), most=rules.LONGEST, required=False)
    file = UploadField(_l("A picture or a PDF"))

    def complete(self) -> bool:
        """Whether there is something to send."""
        good = bool(self.validate_on_submit())
        if good and not said(self.text).strip() and self.file.data is None:
            hang(self.text, NOTHING_WRITTEN)
            return False
        return good


class ChoiceForm(Form):
    """Who may write first."""

    who = RadioField(
        _l("Who may write to you"),
        choices=[SelectChoice(int(audience), words) for audience, words in CHOICES.items()],
        coerce=int,
    )
