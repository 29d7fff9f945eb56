"""What the digest adds to the application: its page, its job, its pieces, its part in a member's data."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from academy.demonstration import add_chapter
from academy.i18n import lazy_gettext as _l
from academy.notices import stopping
from academy.notices.stopping import Letters
from academy.people import data_rights
from academy.web import choices
from academy.web.navigation import Entry
from alumni import places
from alumni.digest import demo, jobs, people, pieces, queries, rules, service
from alumni.digest.events import EVENTS
from alumni.digest.forum import FOLLOWED, QUESTIONS
from alumni.digest.groups import GROUPS
from alumni.digest.opportunities import OPPORTUNITIES
from alumni.digest.people import PEOPLE
from alumni.digest.views import bp

ORDER = 90


def init_app(app: Flask) -> None:
    """Add the digest to the application being built."""
    app.register_blueprint(bp)
    places.add(Entry(_l("Digest"), "digest.index", ORDER, places.for_the_network))
    choices.add(Entry(_l("The letter with news"), "digest.index", 40, places.for_the_network))
    for piece in (PEOPLE, EVENTS, OPPORTUNITIES, GROUPS, FOLLOWED, QUESTIONS):
        pieces.add(piece)
    stopping.add(Letters(rules.WHAT, _l("The letter with news"), service.stop, "digest.index"))
    jobs.init_app()
    add_chapter(demo.tell)
    data_rights.add_provider("digest", _of_member)
    data_rights.add_eraser(service.forget)
    data_rights.add_eraser(people.forget)


def _of_member(session: Session, member_id: int) -> dict[str, Any]:
    choice, since = queries.choice_of(session, member_id), people.known_since(session, member_id)
    return {
        "frequency": choice.frequency if choice else "never",
        "quiet_hours": [choice.quiet_from, choice.quiet_to] if choice else [],
        "next_letter": choice.next_at.isoformat() if choice and choice.next_at else "",
        "name_open_since": since.isoformat() if since else "",
    }
