"""Letters back to whoever answered by e-mail: why their words, or their files, were not taken."""

from datetime import datetime
from enum import StrEnum

from academy import db
from academy.errors import DomainError
from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.mail.service import Address, queue
from academy.mail.writing import public_url, speaking
from academy.people.models import Member


class Why(StrEnum):
    """Why an answer was not taken."""

    LAPSED = "lapsed"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    SHUT = "shut"
    FILES = "files"


SENTENCES: dict[Why, Text] = {
    Why.LAPSED: _l("The address to which you wrote is older than 60 days. Please answer on the page."),
    Why.EMPTY: _l("There were no words of yours in it above the letter that you answered."),
    Why.TOO_LONG: _l("It is too long for a post."),
    Why.SHUT: _l("The topic is closed or gone, or you may not write in it any more."),
    Why.FILES: _l("Your words were posted, but not the files that came with them. You can add files on the page."),
}


class Refused(Exception):
    """An answer cannot be taken, for this reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def tell(member: Member, topic_id: int, token: str, why: Why | DomainError, now: datetime) -> None:
    """Queue the letter, once for each letter that came in."""
    with speaking(member.language):
        sentence = str(SENTENCES[why] if isinstance(why, Why) else why.sentence)
    with db.the_database().transaction() as session:
        queue(
            session,
            to=Address(member.email, member.display_name, member.language, member.time_zone),
            template="forum_answer",
            values={
                "sentence": sentence,
                "taken": why == Why.FILES,
                "topic_url": public_url("forum.topic", number=topic_id),
            },
            now=now,
            key=f"forum-answer:{member.id}:{token}",
        )
