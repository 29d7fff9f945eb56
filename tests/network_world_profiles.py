"""What the network's people show of themselves in the world of permissions."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.audiences import Audience
from tests.alumni.profile_stage import profile

HANDLE, CLOSED = "ana-h", "zoya-h"


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Ana is open to the network, Zoya to nobody; what they are called in addresses."""
    profile(session, people["ana"], handle=HANDLE)
    profile(session, people["zoya"], show=Audience.ME, handle=CLOSED)
    return {"handle-of-ana": HANDLE, "handle-of-zoya": CLOSED}
