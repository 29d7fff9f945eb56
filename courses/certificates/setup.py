"""What certificates add to the application: pages, commands, a card on the desk, a kind of notice, data rights."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from academy import commands
from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.system import doctor
from academy.web import desk
from courses.certificates import proofs, queries, service, telling
from courses.certificates.fonts import NoFontForScript, installed_faces
from courses.certificates.views import credential, mine, public, record, register, sheets
from courses.certificates.views.blueprint import bp
from courses.credentials import facts

PAGES = (credential, mine, public, record, register, sheets)


def init_app(app: Flask) -> None:
    """Add certificates to the application being built."""
    app.register_blueprint(bp)
    commands.add(app, certificates="courses.certificates.cli:certificates")
    telling.register()
    facts.set_source(proofs.SOURCE)
    data_rights.add_provider("certificates", _of_member)
    data_rights.add_eraser(service.forget_member)
    words = _l("See who is ready for one and what others lack; issue and withdraw.")
    desk.add(desk.Card(_l("Certificates"), words, "certificates.register", 40, queries.waiting))

    doctor.add(_missing_font)


def _missing_font() -> str:
    return "" if installed_faces().arabic else str(NoFontForScript.sentence)


def _of_member(session: Session, member_id: int) -> dict[str, Any]:
    held = queries.name_and_certificates(session, member_id).certificates
    return {
        "certificates": [
            {
                "code": each.code,
                "course": each.course_slug,
                "tier": each.tier,
                "name": each.holder_name,
                "issued_at": each.issued_at.isoformat(),
                "withdrawn_at": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
                "shows_name": each.shows_name,
            }
            for each in held
        ]
    }
