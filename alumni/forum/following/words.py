"""How levels of following are called, what they mean, and why somebody follows something."""

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from alumni.forum.following.rules import BEGAN, OWN, PLACE, READ, WROTE, Following
from alumni.forum.topics.models import Level

NAMES: dict[Level, Text] = {
    Level.WATCH: _l("Watch"),
    Level.TRACK: _l("Track"),
    Level.NORMAL: _l("Usual"),
    Level.MUTE: _l("Mute"),
}
MEANINGS: dict[Level, Text] = {
    Level.WATCH: _l("You are told of every new post."),
    Level.TRACK: _l("New posts are counted, and you are told when somebody answers you."),
    Level.NORMAL: _l("You are told only when somebody answers or mentions you."),
    Level.MUTE: _l("It never shows as new, and you are told of nothing."),
}
LEVELS = tuple((level.value, NAMES[level], MEANINGS[level]) for level in NAMES)
"""Every level with its name and what it means, for forms."""
_REASONS: dict[tuple[Level, str], Text] = {
    (Level.WATCH, OWN): _l("You watch this topic because you chose to."),
    (Level.WATCH, BEGAN): _l("You watch this topic because you began it."),
    (Level.WATCH, WROTE): _l("You watch this topic because you wrote in it."),
    (Level.WATCH, PLACE): _l("You watch this topic because you watch all of its place."),
    (Level.TRACK, OWN): _l("You track this topic because you chose to."),
    (Level.TRACK, READ): _l("You track this topic because you read it."),
    (Level.TRACK, PLACE): _l("You track this topic because you track all of its place."),
    (Level.NORMAL, OWN): _l("You follow this topic as usual because you chose to."),
    (Level.MUTE, OWN): _l("You muted this topic."),
    (Level.MUTE, PLACE): _l("This topic is muted because you muted its place."),
}
_USUAL = _l("You follow this topic as usual.")


def reason_of(following: Following) -> str:
    """Why somebody follows a topic as they do, in a sentence."""
    return str(_REASONS.get((following.level, following.why), _USUAL))


OF_PLACES: dict[Level, Text] = {
    Level.WATCH: _l("You watch this place: you are told of every post in it."),
    Level.TRACK: _l("You track this place: new posts in it are counted."),
    Level.NORMAL: _l("You follow this place as usual."),
    Level.MUTE: _l("You muted this place: nothing in it shows as new."),
}
"""How somebody follows a place."""
