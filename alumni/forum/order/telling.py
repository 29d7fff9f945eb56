"""What members are told about the order of the forum."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.notices.kinds import Kind, Values
from academy.notices.models import AT_ONCE
from academy.notices.service import tell
from alumni.forum.places.models import Category, Keeper
from alumni.forum.topics.models import Post, Topic

CARE = "forum_care"


def init_app() -> None:
    """Register what is told."""
    kinds.add(
        Kind(
            CARE,
            _l("Places of the forum you look after"),
            _sentence,
            mail=AT_ONCE,
        )
    )


_WORDS = {
    "appointed": _l("You look after the place “%(place)s” of the forum now."),
    "reported": _l("Somebody reported a post in “%(place)s”."),
    "waits": _l("A newcomer's post waits in “%(place)s”."),
}


def _sentence(values: Values) -> str:
    return str(_WORDS[str(values["what"])]) % values


def appointed(session: Session, place: Category, member_id: int, now: datetime) -> None:
    """Tell somebody that a place is theirs to look after."""
    values = {"what": "appointed", "place": place.name}
    tell(session, member_ids=[member_id], kind=CARE, values=values, url=f"/forum/{place.slug}/", now=now)


def reported(session: Session, post_id: int, reporter_id: int, now: datetime) -> None:
    """Tell those who look after a place that a post of it was reported."""
    _tell_keepers(session, post_id, "reported", now, but=reporter_id)


def waits(session: Session, post_id: int, now: datetime) -> None:
    """Tell those who look after a place that a post waits for them."""
    _tell_keepers(session, post_id, "waits", now)


def _tell_keepers(session: Session, post_id: int, what: str, now: datetime, but: int = 0) -> None:
    places = (
        select(Category.name, Category.slug, Keeper.member_id, Post.author_id)
        .join(Topic, Topic.category_id == Category.id)
        .join(Post, Post.topic_id == Topic.id)
        .join(Keeper, Keeper.category_id == Category.id)
        .where(Post.id == post_id)
    )
    for row in session.execute(places):
        if row.member_id not in {but, row.author_id}:
            values = {"what": what, "place": row.name}
            url = f"/forum/{row.slug}/waiting"
            tell(session, member_ids=[row.member_id], kind=CARE, values=values, url=url, now=now)
