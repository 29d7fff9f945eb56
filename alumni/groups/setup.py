"""What groups add to the application: pages, notices, a card on the desk, their part in a member's data."""

from flask import Flask

from academy.demonstration import add_chapter
from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.people.actor import Actor
from academy.web import desk
from academy.web.navigation import Entry
from alumni import places
from alumni.events import hosts
from alumni.groups import demo, desk_queries, rights, telling
from alumni.groups.hosting import GROUPS
from alumni.groups.reporting import GROUP
from alumni.groups.views import bp, desk_bp
from alumni.moderation import subjects

ORDER = 50


def init_app(app: Flask) -> None:
    """Add groups to the application being built."""
    app.register_blueprint(bp)
    app.register_blueprint(desk_bp)
    places.add(Entry(_l("Groups"), "groups.index", ORDER, places.for_the_network))
    telling.init_app()
    hosts.add(GROUPS)
    subjects.add_subject(GROUP)
    add_chapter(demo.tell)
    data_rights.add_provider("groups", rights.of_member)
    data_rights.add_eraser(rights.forget)
    desk.add(
        desk.Card(
            _l("Groups of the network"),
            _l("Proposals, and groups nobody looks after."),
            "group_desk.index",
            55,
            desk_queries.count,
            _opens_groups,
        )
    )


def _opens_groups(actor: Actor) -> bool:
    return actor.is_moderator
