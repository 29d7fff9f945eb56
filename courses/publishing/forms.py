"""The shape of what is typed to publish, to review and to invite."""

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, NumberRange

from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, LineField, ProseField, refuse
from courses.publishing.guests import MOST_DAYS, USUAL_DAYS
from courses.publishing.models import Source, Verdict

CHOOSE = _l("Please choose one.")
LONGEST_NOTE, LONGEST_COMMENT = 2000, 4000
YES, NO = "yes", "no"


class PublishForm(Form):
    """The word that a draft shall be what learners read; `digest` and `base` say which difference was looked at."""

    digest = HiddenField()
    base = HiddenField()
    revision = HiddenField()
    note = ProseField(
        _l("What changed, for learners"),
        most=LONGEST_NOTE,
        required=False,
        description=_l("A few plain sentences. They stand on the page that shows learners what changed."),
    )
    show = RadioField(
        _l("Who sees the course"),
        choices=[
            SelectChoice(YES, _l("Everybody: it is in the catalogue from now on")),
            SelectChoice(NO, _l("Only those who have a part in it, for now")),
        ],
        default=YES,
        validators=[InputRequired(message=CHOOSE)],
    )

    def without_choice(self) -> None:
        """The course is in the catalogue already: nothing is asked."""
        del self.show

    @property
    def shown(self) -> bool:
        """Whether the course shall be in the catalogue."""
        return "show" in self and self.show.data == YES


class AskForm(Form):
    """Who shall look at a draft."""

    reviewer = SelectField(_l("Who shall review it"), validators=[InputRequired(message=CHOOSE)])
    request = ProseField(
        _l("What should they look at?"),
        most=LONGEST_NOTE,
        required=False,
    )

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Let one of these people be chosen: pairs of number and name."""
        self.reviewer.choices = [SelectChoice(str(number), name) for number, name in people]


class VerdictForm(Form):
    """What a reviewer thinks of a draft."""

    digest = HiddenField()
    verdict = RadioField(
        _l("Your verdict"),
        choices=[
            SelectChoice(Verdict.APPROVED.value, _l("Good to be published as it is")),
            SelectChoice(Verdict.CHANGES.value, _l("Changes are needed first")),
        ],
        validators=[InputRequired(message=CHOOSE)],
    )
    answer = ProseField(_l("Why"), most=LONGEST_COMMENT, required=False)

    def validate_answer(self, field: ProseField) -> None:
        """Nobody is asked for changes without a word."""
        if self.verdict.data == Verdict.CHANGES and not (field.data or "").strip():
            raise refuse(_l("Please say what should be changed."))


class CommentForm(Form):
    """A remark on a file of the draft."""

    path = HiddenField()
    line = IntegerField(_l("Line"), validators=[NumberRange(1, 100_000)], filters=[lambda value: value or None])
    text = ProseField(_l("Comment"), most=LONGEST_COMMENT)

    def validate(self, extra_validators: object = None) -> bool:
        """A comment on a whole file names no line."""
        del extra_validators
        if not self.line.raw_data or not str(self.line.raw_data[0]).strip():
            self.line.validators = ()
            self.line.process_errors = []
        return bool(super().validate())


class GuestForm(Form):
    """An expert who shall look at one lesson."""

    guest = LineField(_l("Name of the guest"), most=80, description=_l("It stands beside what they write."))
    lesson = SelectField(_l("Lesson"), validators=[InputRequired(message=CHOOSE)])
    source = RadioField(
        _l("What they see"),
        choices=[
            SelectChoice(Source.DRAFT.value, _l("The draft, always as it is at that moment")),
            SelectChoice(Source.LIVE.value, _l("The edition that learners read")),
        ],
        default=Source.DRAFT.value,
        validators=[InputRequired(message=CHOOSE)],
    )
    days = IntegerField(
        _l("Days until the link ends"),
        default=USUAL_DAYS,
        validators=[
            InputRequired(message=REQUIRED),
            NumberRange(1, MOST_DAYS, message=_l("Please give a number from %(min)d to %(max)d.")),
        ],
    )
    answers = BooleanField(
        _l("Show the right answers, if the lesson is a quiz"),
    )

    def offer(self, lessons: Sequence[tuple[str, str]]) -> None:
        """Let one of these lessons be chosen: pairs of key and title."""
        self.lesson.choices = [SelectChoice(key, title) for key, title in lessons]


class GuestCommentForm(Form):
    """What a guest says about one paragraph."""

    name = LineField(_l("Your name"), most=80)
    text = ProseField(_l("Your comment"), most=LONGEST_COMMENT)


class RuleForm(Form):
    """Whether a second person must approve drafts."""

    required = BooleanField(_l("A second person must approve a draft before it is published"))
