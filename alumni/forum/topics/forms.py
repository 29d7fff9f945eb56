"""The shape of what is written in the forum."""

import re
import secrets

from markupsafe import Markup
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.form import BaseForm

from academy.i18n import OWN_NAMES, current_code
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.file_forms import UploadField
from academy.web.forms import Form, LineField, ProseField, hang, refuse, said, whole
from alumni.forum.drafts.rules import Sketch
from alumni.forum.topics import tag_rules
from alumni.forum.topics.editing_rules import Change
from alumni.forum.topics.rules import LONGEST, LONGEST_TITLE, Words

TOKEN = re.compile(r"[0-9a-f]{32}")
LONGEST_WARNING, LONGEST_REASON, LONGEST_NAME = 80, 160, 160
SPOKEN = [SelectChoice("", _l("Another language")), *(SelectChoice(code, name) for code, name in OWN_NAMES.items())]


class WritingForm(Form):
    """Words in Markdown, with the language they are in and what they warn of."""

    text = ProseField(_l("Your post"), most=LONGEST)
    warning = LineField(
        _l("Warning"),
        most=LONGEST_WARNING,
        required=False,
        description=_l("Say what the post is about if it may weigh on somebody. It is folded until a reader opens it."),
    )
    language = SelectField(_l("Language of your post"), choices=SPOKEN, default=current_code)
    preview: Markup | None = None
    meanwhile: str | None = None

    def fill(self, text: str, warning: str = "") -> None:
        """Put in what was begun before."""
        self.text.data, self.warning.data = text, warning


class _NewForm(WritingForm):
    token = HiddenField()

    def begin(self) -> None:
        """Let the form of a fresh page carry a token of its own."""
        self.token.data = secrets.token_hex(16)

    @property
    def own_token(self) -> str:
        """The form's token; a new one for what never was ours."""
        typed = said(self.token)
        return typed if TOKEN.fullmatch(typed) else secrets.token_hex(16)

    def words(self) -> Words:
        """What was written."""
        return Words(said(self.text).strip(), self.own_token, said(self.language), said(self.warning))


class WithFile(Form):
    """A file, and what it shows."""

    file = UploadField(_l("A picture or a PDF"))
    file_name = LineField(
        _l("What the file shows"),
        most=LONGEST_NAME,
        required=False,
        description=_l("In a few words, for those who cannot see it or do not load it."),
    )

    def is_named(self) -> bool:
        """Whether a file, if there is one, comes with words."""
        if self.file.data is None or said(self.file_name):
            return True
        hang(self.file_name, _("Please say in a few words what the file shows."))
        return False


class ReplyForm(_NewForm, WithFile):
    """A post in a topic; `reply_to` is the permanent number of the post it answers."""

    reply_to = HiddenField()
    answers: int = 0
    """The number, in the topic, of the post that is answered."""

    @property
    def answered(self) -> int | None:
        """The permanent number of the post that is answered."""
        number = whole(self.reply_to)
        return number if number > 0 else None

    def complete(self) -> bool:
        """Whether it can be sent."""
        good = bool(self.validate_on_submit())
        return self.is_named() and good

    def sketch(self) -> Sketch:
        """What is kept of it before it is sent."""
        return Sketch(said(self.text), warning=said(self.warning), reply_to=self.answered)


class TagField(LineField):
    """Tags, apart by commas."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse too many of them, and long ones."""
        super().pre_validate(form)
        tags = typed_tags(self)
        if len(tags) > tag_rules.MOST_TAGS:
            raise refuse(_("Please give five tags at most."))
        if long := tag_rules.too_long(tags):
            raise refuse(_("Please use a shorter tag than “%(tag)s”.", tag=long))


def typed_tags(field: LineField) -> list[str]:
    """The tags that were typed into a field."""
    return tag_rules.typed_tags(said(field))


def _title() -> LineField:
    return LineField(_l("Title"), most=LONGEST_TITLE)


def _tags() -> TagField:
    return TagField(_l("Tags"), most=255, required=False, description=_l("Up to five, with commas between them."))


class TopicForm(_NewForm):
    """A topic with its first post."""

    title = _title()
    tags = _tags()

    def complete(self) -> bool:
        """Whether it can be sent."""
        return bool(self.validate_on_submit())

    def sketch(self) -> Sketch:
        """What is kept of it before it is sent."""
        return Sketch(said(self.text), said(self.title), said(self.tags), said(self.warning))


class EditForm(WritingForm):
    """Another wording of a post; `version` is the number of edits that were known when the form was opened."""

    title = _title()
    tags = _tags()
    reason = LineField(_l("Why you change it"), most=LONGEST_REASON, required=False)
    version = HiddenField(default="0")

    def of_a_reply(self) -> None:
        """The post has no title of its own, nor tags."""
        del self.title
        del self.tags

    def change(self) -> Change:
        """What the post shall say."""
        return Change(
            text=said(self.text).strip(),
            version=whole(self.version),
            reason=said(self.reason),
            warning=said(self.warning),
            language=said(self.language),
            title=said(self.title) if "title" in self else "",
        )


class TagForm(Form):
    """Other words for a tag."""

    words = LineField(_l("Words of the tag"), most=tag_rules.LONGEST_TAG)

    def validate_words(self, field: LineField) -> None:
        """Refuse what is no tag."""
        if len(tag_rules.typed_tags(said(field))) != 1:
            raise refuse(_("Please give one tag, with letters and without commas."))
