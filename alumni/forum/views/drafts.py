"""What somebody began to write in the forum, and what they deleted within a day."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from alumni.forum.drafts import queries as drafts
from alumni.forum.drafts import service
from alumni.forum.drafts.models import Draft
from alumni.forum.drafts.rules import CATEGORY, POST, TOPIC, parted
from alumni.forum.finding.rules import plain
from alumni.forum.places.asking import asker_of
from alumni.forum.topics import destinations
from alumni.forum.views.addresses import topic_path
from alumni.forum.views.blueprint import bp, page

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft as the page shows it: `url` is where to go on writing, '' where one can no longer."""

    place: str
    title: str
    beginning: str
    kind: str
    url: str
    saved_at: datetime


@bp.get("/drafts")
@signed_in
def my_drafts() -> ResponseReturnValue:
    """Everything somebody began to write, the newest first."""
    actor = signed_in_actor()
    kept = drafts.drafts_of(db.session, actor.id)
    deleted = destinations.deleted_of(db.session, actor.id, clock.now())
    return page("drafts", drafts=_begun(list(kept)), deleted=deleted)


def _begun(kept: list[Draft]) -> list[Begun]:
    if not kept:
        return []
    asker = asker_of(db.session, signed_in_actor())
    numbers: dict[str, set[int]] = {TOPIC: set(), CATEGORY: set(), POST: set()}
    for each in kept:
        kind, number = parted(each.place)
        numbers.get(kind, set()).add(number)
    names = destinations.named(
        db.session, asker, topics=numbers[TOPIC], categories=numbers[CATEGORY], posts=numbers[POST]
    )
    return [_line(each, names.get(each.place)) for each in kept]


def _line(each: Draft, where: destinations.Where | None) -> Begun:
    return Begun(
        place=each.place,
        title=each.title or (where.title if where else ""),
        beginning=_beginning(each.text),
        kind=parted(each.place)[0],
        url=_url(each, where) if where else "",
        saved_at=each.saved_at,
    )


def _beginning(text: str) -> str:
    """The first of one's own words; of what is quoted only where there is nothing else."""
    own = "\n".join(line for line in text.splitlines() if not line.startswith(">"))
    return plain(own if own.strip() else text)[:SHOWN]


def _url(each: Draft, where: destinations.Where) -> str:
    kind, number = parted(each.place)
    if kind == CATEGORY:
        return url_for("forum.begin", slug=where.slug)
    if kind == POST:
        return url_for("forum.edit", number=number)
    path = topic_path(number, where.title, behind_doors=where.behind_doors, at=where.last_number)
    return f"{path}?reply={each.reply_to}#reply" if each.reply_to else f"{path}#reply"


@bp.post("/drafts/<place>/drop")
@signed_in
def drop_draft(place: str) -> ResponseReturnValue:
    """Let a draft go."""
    service.drop(db.session, signed_in_actor().id, place)
    flash(_("The draft is gone."), "done")
    return redirect(url_for("forum.my_drafts"), code=303)
