"""The shape of what is typed about the order of the forum."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, NumberRange, Regexp

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, LineField, ProseField, said
from academy.web.plain_fields import WholeField
from alumni.forum.order.models import LINK, REFUSE, WAIT, WORD
from alumni.forum.places.service import SLUG, Outline

NAME, LONGEST, LAST, LONGEST_WATCHED = 80, 2000, 999, 120
CHOOSE = _l("Please choose one.")
KINDS: dict[str, Text] = {WORD: _l("Words"), LINK: _l("Links to a site")}
DEEDS: dict[str, Text] = {
    WAIT: _l("The post waits for a moderator"),
    REFUSE: _l("The post is not taken; its author keeps it as a draft"),
}


class PlaceForm(Form):
    """What a place is called, what it is for, and who reads, writes and begins topics."""

    name = LineField(_l("Name"), most=NAME)
    slug = LineField(
        _l("Address"),
        most=SLUG,
        description=_l("Small Latin letters, digits and hyphens, as in “first-days”. It stays."),
        validators=[
            Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message=_l("Please use small Latin letters, digits and hyphens."))
        ],
    )
    description = ProseField(
        _l("What belongs here"),
        most=LONGEST,
        required=False,
        description=_l("One or two sentences above the list. Markdown works: **bold**, lists, links."),
    )
    readers = SelectField(_l("Who may read"))
    writers = SelectField(_l("Who may reply"))
    starters = SelectField(_l("Who may begin topics"))
    place = WholeField(
        _l("Where it stands"),
        default=50,
        description=_l("Smaller numbers come first."),
        validators=[NumberRange(0, LAST, message=_l("Please give a number from 0 to 999."))],
    )
    version = HiddenField(default="0")

    def offer(self, circles: Sequence[tuple[str, str]]) -> None:
        """Put the circles in, in the language of the page."""
        for field in (self.readers, self.writers, self.starters):
            field.choices = [SelectChoice(value, words) for value, words in circles]

    def keep_address(self) -> None:
        """The place is there: its address stays."""
        del self.slug

    def follow(self) -> None:
        """The place belongs to something: its name and its circles follow that."""
        for name in ("name", "slug", "readers", "writers", "starters"):
            delattr(self, name)

    def outline(self, slug: str) -> Outline:
        """What was typed."""
        return Outline(
            slug=slug,
            name=said(self.name),
            readers=self.readers.data,
            writers=self.writers.data,
            starters=self.starters.data,
            description=said(self.description),
            place=self.place.data or 0,
        )


class KeeperForm(Form):
    """Who is to look after a place."""

    who = LineField(_l("E-mail address or handle"), most=254)


class WatchForm(Form):
    """Something to be watched."""

    kind = RadioField(_l("What"), default=WORD, validators=[InputRequired(message=CHOOSE)])
    words = LineField(
        _l("Words, or the name of a site"),
        most=LONGEST_WATCHED,
        description=_l(
            "For example: easy money, or casino.example. Marks, capitals and look-alike letters count as one."
        ),
    )
    deed = RadioField(_l("What happens"), default=WAIT, validators=[InputRequired(message=CHOOSE)])

    def offer(self) -> None:
        """Put the choices in, in the language of the page."""
        self.kind.choices = [SelectChoice(value, str(words)) for value, words in KINDS.items()]
        self.deed.choices = [SelectChoice(value, str(words)) for value, words in DEEDS.items()]
