"""What the forum adds to the application."""

from datetime import timedelta

from flask import Flask

from academy import commands, demonstration
from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.later import later
from academy.people import data_rights
from academy.searching import sources
from academy.searching.sources import Source
from academy.site import sitemap
from academy.uploads import holders
from academy.web import choices, navigation
from academy.web.navigation import Entry
from alumni import places
from alumni.forum.demo import chapter
from alumni.forum.drafts import forgetting as drafts
from alumni.forum.finding import service as finding_service
from alumni.forum.following import jobs as quiet
from alumni.forum.following import service as following_service
from alumni.forum.letters import setup as letters
from alumni.forum.order import setup as order
from alumni.forum.places import models as _places
from alumni.forum.polls import models as _polls
from alumni.forum.polls import queries as poll_queries
from alumni.forum.polls import service as poll_service
from alumni.forum.topics import attachments, forgetting, settling, wiping
from alumni.forum.topics import models as _topics
from alumni.forum.views import (
    doors,
    feeds,
    following,
    judging_posts,
    keeping,
    lists,
    places_desk,
    reading,
    search,
    translating,
    watch_desk,
    writing,
)
from alumni.forum.views.blueprint import bp

TABLES = (_places, _topics, _polls)
"""Models are known to the database once their modules are loaded."""
PAGES = (
    doors,
    feeds,
    following,
    judging_posts,
    keeping,
    lists,
    reading,
    search,
    translating,
    watch_desk,
    *writing.PAGES,
)
"""Views put themselves on the blueprint once their modules are loaded."""


def init_app(app: Flask) -> None:
    """Add the forum to the application being built."""
    app.register_blueprint(bp)
    commands.add(app, forum="alumni.forum.exchange.cli:group")
    app.register_blueprint(feeds.everywhere)
    app.register_blueprint(places_desk.bp)
    navigation.add(Entry(_l("Forum"), "forum.index", 37, lambda _actor: True))
    places.add(Entry(_l("Forum"), "forum.index", 15, places.for_members))
    choices.add(Entry(_l("My choices for the forum"), "forum.choice", 20, places.for_members))
    settling.init_app()
    settling.add(following_service.wrote)
    settling.add(finding_service.put, gone=finding_service.take_out)
    sitemap.add(search.for_search_engines)
    sources.add(Source(_l("Forum"), 20, search.beside))
    quiet.init_app()
    demonstration.add_chapter(chapter.tell)
    demonstration.add_talk(later("alumni.forum.demo.many:fill"))
    order.init_app()
    holders.add(attachments.held_files)
    registry.add_interval("forum.wipe", wiping.wipe, every=timedelta(hours=1))
    letters.init_app()
    _add_data_rights()


def _add_data_rights() -> None:
    """What members take along and leave behind."""
    data_rights.add_provider("forum", forgetting.known_of)
    data_rights.add_provider("forum_drafts", drafts.known_of)
    data_rights.add_provider("forum_polls", poll_queries.known_of)
    data_rights.add_eraser(finding_service.forget)
    data_rights.add_eraser(poll_service.forget)
    data_rights.add_eraser(forgetting.forget)
    data_rights.add_eraser(drafts.forget)
    offer = _l("What I wrote in the forum, under “A former member”, so that conversations stay whole (files go)")
    data_rights.add_keepsake(data_rights.Keepsake("posts", offer, forgetting.any_to_keep, forgetting.keep_posts))
