"""The shape of what keepers type about topics and posts."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, Optional

from academy.folding import plain
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, LineField, ProseField, refuse, said
from academy.web.plain_fields import DayField
from alumni.forum.order.forms import CHOOSE
from alumni.forum.order.moving import ANNOUNCED, PINNED, UNPINNED
from alumni.forum.topics.rules import LONGEST, LONGEST_TITLE

PINS: dict[str, Text] = {
    UNPINNED: _l("Among the others"),
    PINNED: _l("At the top of its place"),
    ANNOUNCED: _l("An announcement: above every list"),
}
MOST_PICKED = 500
_PICKED = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?")


class PinForm(Form):
    """Where a topic stands in lists, and until when."""

    how = RadioField(_l("Where it stands"), validators=[InputRequired(message=CHOOSE)])
    until = DayField(_l("Until"), validators=[Optional()], description=_l("Empty: until somebody changes it."))
    version = HiddenField()

    def offer(self, *, announce: bool) -> "PinForm":
        """Put the choices in; announcements are for those who keep order in the whole forum."""
        pins = {name: words for name, words in PINS.items() if announce or name != ANNOUNCED}
        self.how.choices = [SelectChoice(name, str(words)) for name, words in pins.items()]
        return self


class MoveForm(Form):
    """To which place a topic goes."""

    to = SelectField(_l("Place"))
    version = HiddenField()

    def offer(self, places: Sequence[tuple[str, str]]) -> "MoveForm":
        """Put the places in."""
        self.to.choices = [SelectChoice(slug, name) for slug, name in places]
        return self


class MergeForm(Form):
    """Into which other topic the posts go."""

    into = LineField(
        _l("The other topic"),
        most=300,
        description=_l("Its address, or its number: the digits in its address."),
    )
    version = HiddenField()

    def number(self) -> int:
        """The number of the other topic; 0 if none was typed."""
        typed = plain(said(self.into))
        in_address = re.search(r"/forum/t/(\d{1,15})", urlsplit(typed).path)
        return int(in_address[1] if in_address else typed) if in_address or re.fullmatch(r"\d{1,15}", typed) else 0


class SplitForm(Form):
    """Which posts go to a new topic, and what it is called."""

    numbers = LineField(
        _l("Numbers of the posts"), most=300, description=_l("Single numbers and stretches, for example: 3, 5-8.")
    )
    title = LineField(_l("Title of the new topic"), most=LONGEST_TITLE)
    version = HiddenField()

    def validate_numbers(self, field: LineField) -> None:
        """Refuse what is no list of numbers."""
        if not self.picked() or len(self.picked()) > MOST_PICKED:
            raise refuse(_("Please write numbers of posts, for example: 3, 5-8."))
        del field

    def picked(self) -> list[int]:
        """The numbers, each once; empty for what cannot be read."""
        parts = [part.strip() for part in plain(said(self.numbers)).replace("،", ",").split(",")]
        found: set[int] = set()
        for part in parts:
            match = _PICKED.fullmatch(part)
            if match is None:
                return []
            first, last = int(match[1]), int(match[2] or match[1])
            found.update(range(first, min(last, first + MOST_PICKED) + 1))
        return sorted(found)


class LookForm(Form):
    """Why somebody has to know who wrote a post behind closed doors."""

    why = LineField(
        _l("Why you have to know"),
        most=200,
        description=_l("Somebody's safety is the only good reason. It is kept with your name."),
    )


class DoorsForm(Form):
    """A conversation in which nobody is named."""

    title = LineField(_l("Title"), most=LONGEST_TITLE)
    text = ProseField(_l("What it is about"), most=LONGEST)
    ends_on = DayField(
        _l("Deleted on"),
        validators=[InputRequired(message=_l("Please name a day."))],
        description=_l("On this day all of it goes, for everybody."),
    )
    token = HiddenField()
