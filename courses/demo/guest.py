"""What an expert without an account said about one lesson of the draft, by a link from the trainer."""

from datetime import datetime, timedelta

from courses.authoring import queries
from courses.demo.world import MAIN, World
from courses.publishing import guests
from courses.publishing.guests import Invitation

LESSON, KEY = "01-foundations/02-a-short-history.md", "foundations/a-short-history"
NAME = "Dr Sanam Rahimi"
SAID = (
    ("In October 1904 a Russian war fleet", "Name the place: the Dogger Bank. Readers will want to look it up."),
    ("Look at how it worked.", "This is the best paragraph of the lesson. Could it come first?"),
)


def comment(world: World, now: datetime) -> None:
    """Let the trainer invite the expert, who writes two comments the same day."""
    trainer, file = world.actor("trainer"), queries.file_of(world.session, MAIN, LESSON)
    link, _token = guests.invite(
        world.session, slug=MAIN, invitation=Invitation(NAME, KEY), by=trainer, now=now - timedelta(hours=5)
    )
    for place, (quote, text) in enumerate(SAID):
        if file is not None and quote in file.text:
            guests.comment(
                world.session, link=link, path=LESSON, place=place, quote=quote, name=NAME, text=text, now=now
            )
