"""What the admin said about the lessons of the further course that open later."""

from datetime import datetime, timedelta

from courses.demo.world import FURTHER, World
from courses.release import service
from courses.release.service import Wish

CHECK = "words-and-frames/check"
LATER = timedelta(days=42)


def open_at_once(world: World, key: str, now: datetime) -> None:
    """Somebody who knows the texts from elsewhere may take the quiz before they have read them."""
    _say(world, Wish(CHECK, member_id=world.number(key)), now)


def open_in_six_weeks(world: World, key: str, now: datetime) -> None:
    """Somebody reads with a group that meets in six weeks, and takes the quiz then."""
    _say(world, Wish(CHECK, (now + LATER).date(), member_id=world.number(key)), now)


def _say(world: World, wish: Wish, now: datetime) -> None:
    service.say(world.session, live=world.live(FURTHER), wish=wish, by=world.actor("admin"), now=now)
