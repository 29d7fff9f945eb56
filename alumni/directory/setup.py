"""What the directory adds to the application."""

from flask import Flask, url_for
from sqlalchemy.orm import Session

from academy import commands, demonstration
from academy.i18n import lazy_gettext as _l
from academy.later import later
from academy.people import data_rights
from academy.people.actor import Actor
from academy.searching import sources
from academy.searching.sources import Hit, Hits, Source
from academy.web import navigation
from academy.web.navigation import Entry
from alumni import places
from alumni.directory import crowd, finding, jobs, saving, search_views, service, views, watching
from alumni.directory.forms import LONGEST_WORDS
from alumni.directory.rules import Wish
from alumni.profiles.viewers import viewer_at

MOST_FOUND = 5


def init_app(app: Flask) -> None:
    """Add the directory to the application being built."""
    app.register_blueprint(views.bp)
    navigation.add(Entry(_l("Network"), "directory.index", 35, places.for_members, places.MENU))
    app.register_blueprint(search_views.bp)
    jobs.init_app()
    commands.add(app, directory="alumni.directory.cli:group")
    watching.start()
    data_rights.add_provider("saved searches", saving.known_of)
    data_rights.add_eraser(saving.forget)
    demonstration.add_crowd(crowd.join)
    demonstration.add_chapter(later("alumni.directory.demo:tell"))
    data_rights.add_eraser(service.forget)
    sources.add(Source(_l("People"), 30, _found))
    places.add(Entry(_l("People"), "directory.index", 10, places.for_members))


def _found(session: Session, actor: Actor | None, typed: str) -> Hits:
    """People whom whoever asks may find by these words."""
    wish = Wish(words=typed[:LONGEST_WORDS])
    found = finding.people(session, viewer_at(actor), wish).people
    hits = [
        Hit(each.name, url_for("profiles.show", handle=each.handle), each.organisation) for each in found[:MOST_FOUND]
    ]
    return Hits(hits, url_for("directory.index", q=wish.words) if len(found) > MOST_FOUND else "")
