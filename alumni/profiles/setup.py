"""What profiles add to the application."""

from flask import Flask, url_for
from sqlalchemy.orm import Session

from academy import demonstration
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.later import later
from academy.people import data_rights, renaming
from academy.uploads import holders
from alumni.profiles import parts, queries, rights, service
from alumni.profiles.viewers import Viewer
from alumni.profiles.views import blocks, editing, members, mine, photo
from alumni.profiles.views.blueprint import bp
from courses import facts

PAGES = (blocks, editing, members, mine, photo)


def init_app(app: Flask) -> None:
    """Add profiles to the application being built."""
    app.register_blueprint(bp)
    renaming.add_follower(service.follow_name)
    holders.add(queries.photos_held)
    data_rights.add_provider("profile", rights.known_of)
    data_rights.add_eraser(service.forget)
    demonstration.add_chapter(later("alumni.profiles.demo:tell"))
    parts.add_section(parts.Section(_l("Certificates"), 10, _certificates))
    parts.add_act(parts.Act(_l("Keep away"), lambda handle: url_for("profiles.block", handle=handle), parts.of_another))


def _certificates(session: Session, _viewer: Viewer, member_id: int) -> list[parts.Line]:
    held = facts.certificates_of(session, [member_id])[member_id]
    return [parts.Line(_("%(title)s, %(year)s", title=each.course_title, year=each.issued_at.year)) for each in held]
