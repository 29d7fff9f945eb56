"""What the network's people show of themselves in the world of permissions."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from academy.people.models import Member
from academy.uploads import store
from academy.uploads.models import Upload
from alumni.audiences import Audience
from alumni.profiles.models import FormerHandle, ProfilePhoto
from tests.alumni.profile_stage import profile
from tests.makers import LONG_AGO

HANDLE, CLOSED = "ana-h", "zoya-h"
DIGEST, PHOTO = "a" * 64, b"RIFF of Ana"


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Ana is open to the network, Zoya to nobody; what they are called in addresses."""
    ana = profile(session, people["ana"], handle=HANDLE, photo=DIGEST, town="Osh")
    profile(session, people["zoya"], show=Audience.ME, handle=CLOSED)
    session.add(FormerHandle(handle="former-ana", member_id=ana.member_id, since=LONG_AGO))
    kind = {"media_type": "image/webp", "size": len(PHOTO), "created_at": LONG_AGO}
    file = Upload(member_id=ana.member_id, digest=DIGEST, name="photo-112.webp", **kind)
    session.add(file)
    session.flush()
    store.put(file.place, PHOTO)
    session.add(ProfilePhoto(member_id=ana.member_id, name="112.webp", upload_id=file.id))
    session.commit()
    return {"handle-of-ana": HANDLE, "handle-of-zoya": CLOSED, "photo-of-ana": DIGEST}
