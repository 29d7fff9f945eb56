"""What messages add to the application."""

from datetime import timedelta

from flask import Flask, url_for
from sqlalchemy.orm import Session

from academy import demonstration
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.people import data_rights
from academy.people.actor import Actor
from academy.uploads import holders
from academy.web import choices
from academy.web.navigation import Entry
from alumni import places
from alumni.audiences import Audience
from alumni.messages import demo, leaving, naming, people, queries, reporting, telling
from alumni.messages.forms import CHOICES
from alumni.messages.rules import USUAL_CHOICE
from alumni.messages.views import conversation, lists, reported, settings, writing
from alumni.messages.views.blueprint import bp
from alumni.profiles import parts
from alumni.profiles import queries as profiles
from alumni.profiles.viewers import Viewer

PAGES = (lists, settings, writing, conversation, reported)


def init_app(app: Flask) -> None:
    """Add messages to the application being built."""
    app.register_blueprint(bp)
    choices.add(Entry(_l("Who may write to you"), "messages.settings", 30, places.for_members))
    places.add(Entry(_l("Messages"), "messages.index", 20, places.for_members))
    telling.init_app()
    reporting.init_app()
    registry.add_interval("messages.tidy", leaving.tidy_up, every=timedelta(days=1))
    holders.add(queries.held_files)
    data_rights.add_provider("messages", leaving.known_of)
    data_rights.add_eraser(leaving.forget)
    demonstration.add_chapter(demo.tell)
    parts.add_act(parts.Act(_l("Write a message"), _writing, _may_write, leads=True))
    profiles.add_acquaintances(naming.met_by)
    parts.add_choice(_who_may_write, "messages.settings")


def _writing(handle: str) -> str:
    return url_for("messages.to_handle", handle=handle)


def _may_write(session: Session, viewer: Viewer, actor: Actor | None, member_id: int) -> bool:
    return actor is not None and people.may_write(session, actor, viewer, member_id)


def _who_may_write(session: Session, member_id: int) -> str:
    chosen = queries.choice_of(session, member_id)
    return _("Who may write to you first: %(who)s", who=CHOICES[USUAL_CHOICE if chosen is None else Audience(chosen)])
