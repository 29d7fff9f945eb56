"""Messages of the world of the tables: Ana talks to Lena and reported what Lena wrote; Zoya asked Lena."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from academy.uploads import service as uploads
from academy.uploads.service import Parcel
from alumni.audiences import Audience
from alumni.messages import files, service, talking
from alumni.messages.models import Message
from alumni.messages.rules import Words
from alumni.moderation import service as moderation
from alumni.moderation.service import Complaint
from alumni.moderation.subjects import subject_of

SECRET = "Only Ana should read of the third gate."


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Make it, inside a request; what its things are called."""
    ana, lena, zoya, now = people["ana"].id, people["lena"].id, people["zoya"].id, clock.now()
    talking.choose(session, member_id=ana, who=int(Audience.NETWORK))
    talk = service.open_conversation(session, [ana, lena], "mentoring", now)
    said = talking.send(session, conversation_id=talk, by=lena, words=Words(SECRET, "1" * 32), now=now)
    reply = Words("I did.", "2" * 32, _file(session, ana))
    # It can be deleted for a quarter of an hour, and a slow machine tries the tables for longer than that.
    own = talking.send(session, conversation_id=talk, by=ana, words=reply, now=now + timedelta(hours=2))
    question = Words("May I ask you?", "3" * 32)
    request = service.begin(session, by=zoya, to=lena, words=question, most=3, staff=False, now=now)
    _report(session, said, ana)
    session.commit()
    return {"talk": str(talk), "message": str(said.id), "own-message": str(own.id), "message-request": str(request)}


def _file(session: Session, member_id: int) -> int:
    parcel = Parcel("file.pdf", "application/pdf", b"%PDF-1.7 of Ana")
    uploads.store_bytes(parcel, member_id)
    return files.add(session, parcel, member_id, clock.now())


def _report(session: Session, said: Message, by: int) -> None:
    subject = subject_of("message")
    assert subject is not None
    complaint = Complaint(by, "harassment")
    moderation.report(session, subject=subject, number=said.id, complaint=complaint, now=clock.now())
