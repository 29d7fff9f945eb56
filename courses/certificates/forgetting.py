"""Take an erased member out of certificates: codes, states and moments remain, names and words go.

Unless its holder left the name on those that stand: then these, and what is signed of them, can still be checked.
"""

from sqlalchemy import ColumnElement, Select, delete, exists, select, update
from sqlalchemy.orm import Session

from academy import clock
from courses.certificates import service_wishes
from courses.certificates.models import (
    Certificate,
    CertificateBatchLine,
    CertificateEvent,
    CertificateName,
    CertificateRequest,
    CertificateVersion,
)
from courses.credentials import service as credentials


def any_to_keep(session: Session, member_id: int) -> bool:
    """Whether somebody holds a certificate on which the name could stay."""
    standing = exists().where(Certificate.member_id == member_id, Certificate.withdrawn_at.is_(None))
    return bool(session.scalar(select(standing)))


def keep_proofs(session: Session, member_id: int) -> None:
    """Let the certificates that stand go their own way with the name on them, just before their holder is erased."""
    standing = (Certificate.member_id == member_id, Certificate.withdrawn_at.is_(None))
    _forget_steps(session, select(Certificate.id).where(*standing), member_id)
    last = exists().where(
        Certificate.id == CertificateVersion.certificate_id, Certificate.version == CertificateVersion.number
    )
    _forget_names(session, select(Certificate.id).where(*standing), but=last)
    session.execute(update(Certificate).where(*standing).values(member_id=None))


def forget_member(session: Session, member_id: int) -> None:
    """Erase a holder."""
    theirs = select(Certificate.id).where(Certificate.member_id == member_id)
    service_wishes.forget(session, member_id)
    codes = session.scalars(select(Certificate.code).where(Certificate.member_id == member_id)).all()
    credentials.forget(session, codes=codes, now=clock.now())
    _forget_steps(session, theirs, member_id)
    _forget_names(session, theirs)
    for table in (CertificateName, CertificateRequest, CertificateBatchLine):
        session.execute(delete(table).where(table.member_id == member_id))
    gone = {"member_id": None, "holder_name": "", "second_name": "", "shows_name": False, "withdraw_words": ""}
    session.execute(update(Certificate).where(Certificate.member_id == member_id).values(gone))


def _forget_steps(session: Session, theirs: Select[int], member_id: int) -> None:
    """What was said at each step, and that the holder took it."""
    steps = update(CertificateEvent).where(CertificateEvent.certificate_id.in_(theirs))
    session.execute(steps.values(words=""))
    session.execute(steps.where(CertificateEvent.by_id == member_id).values(by_id=None))


def _forget_names(session: Session, theirs: Select[int], but: ColumnElement[bool] | None = None) -> None:
    """The names on documents, former ones too."""
    versions = update(CertificateVersion).where(CertificateVersion.certificate_id.in_(theirs))
    chosen = versions if but is None else versions.where(~but)
    session.execute(chosen.values(holder_name="", second_name=""), execution_options={"synchronize_session": False})
