"""What certificates add to the application: pages, commands, a card on the desk, a kind of notice, data rights."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from academy import commands
from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.people import alumnus, data_rights
from academy.system import doctor
from academy.web import desk
from courses.certificates import (
    alumni,
    batches,
    ending,
    forgetting,
    proofs,
    queries,
    register_queries,
    service_wishes,
    telling,
    wishes,
)
from courses.certificates.fonts import NoFontForScript, installed_faces
from courses.certificates.models import CertificateRequest
from courses.certificates.service_wishes import ServiceWish
from courses.certificates.views import (
    anew,
    checking,
    credential,
    issuing,
    links,
    mine,
    public,
    record,
    register,
    service,
    sheets,
    without_course,
)
from courses.certificates.views import batches as batch_pages
from courses.certificates.views import wishes as wish_pages
from courses.certificates.views.blueprint import bp
from courses.credentials import facts

PAGES = (
    anew,
    batch_pages,
    checking,
    credential,
    issuing,
    links,
    mine,
    public,
    record,
    register,
    service,
    sheets,
    wish_pages,
    without_course,
)


def init_app(app: Flask) -> None:
    """Add certificates to the application being built."""
    app.register_blueprint(bp)
    commands.add(app, certificates="courses.certificates.cli:certificates")
    telling.register()
    facts.set_source(proofs.SOURCE)
    alumnus.add_ground(alumni.since_certificates)
    data_rights.add_provider("certificates", _of_member)
    data_rights.add_eraser(forgetting.forget_member)
    offer = _l("My name on certificates that are valid, so that others can still check them")
    data_rights.add_keepsake(data_rights.Keepsake("proof", offer, forgetting.any_to_keep, forgetting.keep_proofs))
    words = _l("See who is ready for one and what others lack; issue and withdraw.")
    desk.add(desk.Card(_l("Certificates"), words, "certificates.register", 40, _waiting))

    doctor.add(_missing_font)
    registry.add_pump(batches.OUTBOX, batches.pump)
    registry.add_interval("certificates.ends", ending.watch, every=timedelta(days=1))


def _waiting(session: Session) -> int:
    return register_queries.waiting(session) + wishes.waiting(session) + service_wishes.waiting(session)


def _missing_font() -> str:
    return "" if installed_faces().arabic else str(NoFontForScript.sentence)


def _of_member(session: Session, member_id: int) -> dict[str, Any]:
    own = queries.name_and_certificates(session, member_id)
    return {
        "second_name": own.second_name,
        "name_confirmed": own.confirmed,
        "requests": [_request(each) for each in wishes.of_member(session, member_id)],
        "service": [_service(each) for each in service_wishes.of_member(session, member_id)],
        "certificates": [
            {
                "code": each.code,
                "course": each.course_slug,
                "tier": each.tier,
                "title": each.course_title,
                "name": each.holder_name,
                "second_name": each.second_name,
                "version": each.version,
                "expires_at": each.expires_at.isoformat() if each.expires_at else None,
                "issued_at": each.issued_at.isoformat(),
                "withdrawn_at": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
                "shows_name": each.shows_name,
            }
            for each in own.certificates
        ],
    }


def _request(asked: CertificateRequest) -> dict[str, Any]:
    return {
        "wish": asked.wish,
        "name": asked.name,
        "second_name": asked.second_name,
        "words": asked.words,
        "made_at": asked.made_at.isoformat(),
        "decision": asked.decision,
        "answer": asked.answer,
    }


def _service(asked: ServiceWish) -> dict[str, Any]:
    return {
        "hours": asked.hours,
        "for": asked.lines,
        "made_at": asked.made_at.isoformat(),
        "decision": asked.decision,
        "answer": asked.answer,
    }
