"""Take an erased member out of certificates: codes, states and moments remain, names and words go."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy import clock
from courses.certificates.models import (
    Certificate,
    CertificateBatchLine,
    CertificateEvent,
    CertificateName,
    CertificateRequest,
    CertificateVersion,
)
from courses.credentials import service as credentials


def forget_member(session: Session, member_id: int) -> None:
    """Erase a holder."""
    theirs = select(Certificate.id).where(Certificate.member_id == member_id)
    codes = session.scalars(select(Certificate.code).where(Certificate.member_id == member_id)).all()
    credentials.forget(session, codes=codes, now=clock.now())
    session.execute(update(CertificateEvent).where(CertificateEvent.certificate_id.in_(theirs)).values(words=""))
    own_steps = update(CertificateEvent).where(CertificateEvent.certificate_id.in_(theirs))
    session.execute(own_steps.where(CertificateEvent.by_id == member_id).values(by_id=None))
    versions = update(CertificateVersion).where(CertificateVersion.certificate_id.in_(theirs))
    session.execute(versions.values(holder_name="", second_name=""))
    for table in (CertificateName, CertificateRequest, CertificateBatchLine):
        session.execute(delete(table).where(table.member_id == member_id))
    gone = {"member_id": None, "holder_name": "", "second_name": "", "shows_name": False, "withdraw_words": ""}
    session.execute(update(Certificate).where(Certificate.member_id == member_id).values(gone))
