"""The site's own lines in a topic: what those who keep order did to it."""

from markupsafe import Markup, escape

from academy.i18n import lazy_gettext as _l
from alumni.forum.order.moving import (
    ANNOUNCED,
    CAME_FROM,
    CLOSED,
    MERGED,
    MOVED,
    OPENED,
    PINNED,
    SPLIT_OFF,
    UNPINNED,
)
from alumni.forum.views.addresses import topic_path

SENTENCES = {
    CLOSED: _l("%(name)s closed this topic."),
    OPENED: _l("%(name)s opened this topic again."),
    PINNED: _l("%(name)s put this topic above the others."),
    UNPINNED: _l("%(name)s put this topic back among the others."),
    ANNOUNCED: _l("%(name)s made this topic an announcement."),
    MOVED: _l("%(name)s moved this topic to “%(about)s”."),
    SPLIT_OFF: _l("%(name)s moved posts from here into the topic “%(about)s”."),
    CAME_FROM: _l("%(name)s moved posts here from the topic “%(about)s”."),
    MERGED: _l("%(name)s joined the topic “%(about)s” to this one."),
}
"""By the word that a line keeps."""
UNNAMED = {
    MOVED: _l("%(name)s moved this topic from another place."),
    SPLIT_OFF: _l("%(name)s moved posts from here into another topic."),
    CAME_FROM: _l("%(name)s moved posts here from another topic."),
    MERGED: _l("%(name)s joined another topic to this one."),
}
"""What is said to readers who may not know of the other place or topic: the line keeps nothing of it."""
WITH_TOPIC = frozenset({SPLIT_OFF, CAME_FROM})


def sentence_of(deed: str, about: str, name: str) -> Markup:
    """What happened, in the reader's language; the topic that posts went to or came from is a link."""
    sentence = SENTENCES[deed] if about else UNNAMED.get(deed, SENTENCES[deed])
    number, _space, title = about.partition(" ")
    if deed in WITH_TOPIC and number.isdecimal():
        about = Markup('<a href="{}" data-own-words><bdi>{}</bdi></a>').format(topic_path(int(number), title), title)
    else:
        about = Markup("<bdi data-own-words>{}</bdi>").format(about)
    named = Markup('<bdi translate="no">{}</bdi>').format(name)
    return Markup(escape(str(sentence))) % {"name": named, "about": about}  # noqa: S704  our own catalogue
