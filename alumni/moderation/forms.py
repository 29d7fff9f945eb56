"""The shape of reports, decisions and appeals."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import AnyOf, InputRequired

from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, ProseField, hang
from alumni.moderation.words import FAULTS, OTHER, REASONS

LONGEST = 2000
CHOOSE = _l("Please choose one.")


class ReportForm(Form):
    """What is wrong with a thing: the button that was pressed says why."""

    words = ProseField(
        _l("What should the moderators know?"),
        most=LONGEST,
        required=False,
        description=_l("You need not write anything. Only the moderators read it."),
    )
    reason = StringField(_l("Why do you report it?"), validators=[AnyOf(list(REASONS), message=CHOOSE)])

    def is_complete(self) -> bool:
        """Whether something was said by whoever found none of the reasons right."""
        if self.reason.data == OTHER and not (self.words.data or "").strip():
            hang(self.words, REASONS_MISSING)
            return False
        return True


REASONS_MISSING = _l("Please say in a sentence what is wrong.")


class AppealForm(Form):
    """Why a decision should be looked at again."""

    words = ProseField(
        _l("Why should we look at it again?"),
        most=LONGEST,
        description=_l("Say what we did not know or got wrong. You can ask once, and somebody else reads it."),
    )


class AnswerForm(Form):
    """What becomes of an appeal."""

    verdict = RadioField(
        _l("What becomes of the decision?"),
        choices=[SelectChoice("granted", _l("Take it back")), SelectChoice("refused", _l("Let it stand"))],
        validators=[InputRequired(message=CHOOSE)],
    )
    words = ProseField(_l("What do you answer?"), most=LONGEST, description=_l("The person reads this. Be kind."))
    version = HiddenField()


class VerdictForm(Form):
    """Whether a thing that waits is let in."""

    verdict = RadioField(
        _l("May others see it?"),
        choices=[SelectChoice("approved", _l("Yes, show it")), SelectChoice("refused", _l("No, turn it away"))],
        validators=[InputRequired(message=CHOOSE)],
    )
    words = ProseField(
        _l("What do you tell whoever sent it?"),
        most=LONGEST,
        required=False,
        description=_l("Needed if you turn it away: what would have to be different?"),
    )
    note = ProseField(_l("Note for other moderators"), most=LONGEST, required=False)
    version = HiddenField()

    def is_complete(self) -> bool:
        """Whether somebody who is turned away learns why."""
        if self.verdict.data == "refused" and not (self.words.data or "").strip():
            hang(self.words, WHY_MISSING)
            return False
        return True


THINGS = {
    "kept": _l("Leave it as it is"),
    "hidden": _l("Hide it from others"),
    "removed": _l("Remove it"),
}
PERSONS = {
    "": _l("Nothing"),
    "warned": _l("Warn them"),
    "silenced": _l("Keep them from writing for a time"),
    "suspended": _l("Suspend them: they can no longer sign in"),
}
DAYS = {"1": _l("One day"), "7": _l("One week"), "30": _l("Thirty days"), "90": _l("Ninety days")}
WHY_MISSING = _l("Please say why: the person reads it.")


class DecisionForm(Form):
    """What is to happen to a reported thing and to its owner."""

    on_thing = RadioField(_l("What happens to it?"), validators=[InputRequired(message=CHOOSE)])
    on_person = RadioField(_l("What happens to its owner?"), default="", validate_choice=True)
    days = SelectField(_l("For how long?"), choices=[SelectChoice(*each) for each in DAYS.items()], default="7")
    reason = SelectField(_l("Which rule is it about?"), default="")
    words = ProseField(
        _l("What do you tell them?"),
        most=LONGEST,
        required=False,
        description=_l("Needed unless you leave everything as it is. The person reads it, with the way to object."),
    )
    note = ProseField(
        _l("Note for other moderators"), most=LONGEST, required=False, description=_l("Only moderators read it.")
    )
    version = HiddenField()

    def offer(self, acts: Sequence[str], *, has_owner: bool, may_keep: bool = True) -> "DecisionForm":
        """Let what is possible in this case be chosen; `may_keep`: there is something that could be left as it is."""
        possible = (*(("kept",) if may_keep else ()), *acts)
        self.on_thing.choices = [SelectChoice(name, label) for name, label in THINGS.items() if name in possible]
        self.on_person.choices = [SelectChoice(name, label) for name, label in PERSONS.items() if has_owner or not name]
        self.reason.choices = [SelectChoice("", CHOOSE), *(SelectChoice(*each) for each in FAULTS.items())]
        return self

    def is_complete(self) -> bool:
        """Whether a decision with consequences says which rule it is about, and why."""
        if self.on_thing.data == "kept" and not self.on_person.data:
            return True
        if not self.reason.data:
            hang(self.reason, CHOOSE)
        if not (self.words.data or "").strip():
            hang(self.words, WHY_MISSING)
        return not self.errors


class QueueForm(Form):
    """What narrows the queue."""

    place = HiddenField()
    kind = SelectField(_l("What it is"))
    reason = SelectField(_l("Reason"))
