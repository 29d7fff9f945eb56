"""The shape of polls."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, LineField, ProseField, hang, said
from academy.web.plain_fields import DayField, WholeField
from alumni.forum.polls import rules
from alumni.forum.polls.rules import Asked

LONGEST_TYPED = (rules.LONGEST_OPTION + 2) * rules.MOST_OPTIONS
OPEN, SECRET = "open", "secret"


class PollForm(Form):
    """A question with its options."""

    question = LineField(_l("Question"), most=rules.LONGEST_QUESTION)
    options = ProseField(_l("Options"), most=LONGEST_TYPED, description=_l("Two to ten, each on a line of its own."))
    most = WholeField(_l("How many somebody may choose"), default=1)
    ballots = RadioField(
        _l("How people vote"),
        choices=[SelectChoice(OPEN, _l("In the open")), SelectChoice(SECRET, _l("In secret"))],
        default=OPEN,
    )
    ends_on = DayField(_l("Last day"))

    def asked(self, zone: ZoneInfo, now: datetime) -> Asked | None:
        """The poll, if all of it is in order; what is wrong hangs on its field."""
        self.validate_on_submit()
        options, most = rules.options_in(said(self.options)), self.most.data or 0
        self._check_options(options, most)
        ends_at = self._end(zone, now)
        if self.errors or ends_at is None:
            return None
        return Asked(said(self.question), options, most, self.ballots.data == SECRET, ends_at)

    def _check_options(self, options: tuple[str, ...], most: int) -> None:
        if not self.options.errors and not rules.FEWEST_OPTIONS <= len(options) <= rules.MOST_OPTIONS:
            hang(self.options, _("Please give two to ten different options, each on a line of its own."))
        if any(len(each) > rules.LONGEST_OPTION for each in options):
            hang(self.options, _("Please keep each option within %(most)s characters.", most=rules.LONGEST_OPTION))
        if not self.most.errors and not 1 <= most <= max(len(options), 1):
            hang(self.most, _("Please give a number from 1 to the number of options."))

    def _end(self, zone: ZoneInfo, now: datetime) -> datetime | None:
        """The end of the last day, where whoever asks lives."""
        if self.ends_on.errors or self.ends_on.data is None:
            return None
        ends_at = datetime.combine(self.ends_on.data + timedelta(days=1), time(), zone)
        if not now < ends_at <= now + timedelta(days=rules.LONGEST_DAYS + 1):
            hang(self.ends_on, _("Please choose a day from today on, at most three months away."))
        return ends_at
