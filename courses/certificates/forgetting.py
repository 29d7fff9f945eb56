"""Take an erased member out of certificates: codes, states and moments remain, names and words go.

Unless its holder left the name on a standing certificate: then that, and what is signed of it, can still be checked.
"""

from sqlalchemy import Select, delete, exists, select, update
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

LEFT = Certificate.keeps_proof & Certificate.withdrawn_at.is_(None)


def any_to_keep(session: Session, member_id: int) -> bool:
    """Whether somebody holds a certificate on which the name could stay."""
    standing = exists().where(Certificate.member_id == member_id, Certificate.withdrawn_at.is_(None))
    return bool(session.scalar(select(standing)))


def keep_proofs(session: Session, member_id: int) -> None:
    """Let the name stay on the certificates that stand, whatever becomes of the account."""
    standing = update(Certificate).where(Certificate.member_id == member_id, Certificate.withdrawn_at.is_(None))
    session.execute(standing.values(keeps_proof=True))


def forget_member(session: Session, member_id: int) -> None:
    """Erase a holder."""
    theirs = select(Certificate.id).where(Certificate.member_id == member_id)
    codes = session.scalars(select(Certificate.code).where(Certificate.member_id == member_id, ~LEFT)).all()
    credentials.forget(session, codes=codes, now=clock.now())
    session.execute(update(CertificateEvent).where(CertificateEvent.certificate_id.in_(theirs)).values(words=""))
    own_steps = update(CertificateEvent).where(CertificateEvent.certificate_id.in_(theirs))
    session.execute(own_steps.where(CertificateEvent.by_id == member_id).values(by_id=None))
    _forget_names(session, theirs)
    for table in (CertificateName, CertificateRequest, CertificateBatchLine):
        session.execute(delete(table).where(table.member_id == member_id))
    mine = update(Certificate).where(Certificate.member_id == member_id)
    session.execute(mine.where(~LEFT).values(holder_name="", second_name="", shows_name=False))
    session.execute(mine.values(member_id=None, withdraw_words=""))


def _forget_names(session: Session, theirs: Select[int]) -> None:
    """Also those of former documents; what is left behind says the last name alone."""
    present = exists().where(
        Certificate.id == CertificateVersion.certificate_id, Certificate.version == CertificateVersion.number, LEFT
    )
    former = update(CertificateVersion).where(CertificateVersion.certificate_id.in_(theirs), ~present)
    session.execute(former.values(holder_name="", second_name=""), execution_options={"synchronize_session": False})
