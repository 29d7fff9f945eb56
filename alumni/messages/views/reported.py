"""One message: the way to it for the two of its conversation, and what is around it for who handles a report."""

from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import reveal, signed_in
from alumni.messages import queries, reporting
from alumni.messages.models import Message
from alumni.messages.views.blueprint import back_to, bp, named, page
from alumni.messages.views.thread_page import line_of
from alumni.profiles.queries import Byline


@bp.get("/m/<int(max=999999999999999):number>")
@signed_in
def one(number: int) -> ResponseReturnValue:
    """A message where it stands; for a moderator who took the case of its report, with what is around it."""
    actor = signed_in_actor()
    message = queries.message_for(db.session, actor.id, number)
    if message is not None:
        return back_to(message.conversation_id, f"m{number}")
    message = queries.message(db.session, number)
    reveal(message is not None and reporting.may_look(db.session, actor, number))
    assert message is not None
    _note_reading(actor, number)
    return _context(message)


def _note_reading(actor: Actor, number: int) -> None:
    """Each reading stands in the audit log before anything is shown; in a transaction of its own, as this is a GET."""
    with db.the_database().transaction() as session:
        record(session, actor=actor, action="message.read", now=clock.now(), subject=f"message:{number}")


def _context(message: Message) -> ResponseReturnValue:
    now = clock.now()
    found = sorted(queries.around(db.session, message), key=lambda each: each.id)
    names = named(*{each.author_id for each in found if each.author_id is not None})
    owner = message.author_id or 0
    lines = [
        (line_of(each, reader=owner, origin="", now=now), names.get(each.author_id or 0, Byline(0, "")).called)
        for each in found
    ]
    return page("reported", lines=lines, number=message.id)
