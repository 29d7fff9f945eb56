"""So many of everything in the world of the tables: what lists, counts and N+1 questions are tried on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, Table, Text, insert, update
from sqlalchemy.orm import Session

from academy import clock
from academy.column_types import UtcMoment
from academy.db import Base
from academy.people.models import ACTIVE, Member
from alumni.audiences import Audience
from alumni.directory import service as directory
from alumni.profiles.models import SHOWN_FIELDS
from tests.makers import LONG_AGO

Row = Mapping[str, Any]
FIRST = 100_000
"""The number of the first of each new thing; those of the world are smaller."""


@dataclass(frozen=True)
class Crowd:
    """What is made, and of what it is made: the words of the world's table, and how many."""

    session: Session
    world: Mapping[str, str]
    count: int

    def number(self, name: str) -> int:
        """The number of a thing of the world."""
        return int(self.world[name])

    def each(self) -> Iterator[tuple[int, int]]:
        """A place and a number for each new thing; the number is that of a new member, too."""
        return ((place, FIRST + place) for place in range(self.count))

    def later(self) -> range:
        """The numbers of those who only ask and wait: as many again."""
        return range(FIRST + self.count, FIRST + 2 * self.count)

    def put(self, table: str, row: Callable[[int, int], Row]) -> None:
        """One row of a table for each new thing."""
        self.put_all(table, (row(place, number) for place, number in self.each()))

    def put_all(self, table: str, rows: Iterator[Row]) -> None:
        """These rows of a table."""
        into = Base.metadata.tables[table]
        self.session.execute(insert(into), [{**_needed(into), **row} for row in rows])


def _needed(table: Table) -> Row:
    """Something for each column that must hold something."""
    needed = [each for each in table.c if not each.nullable and each.default is None and not each.primary_key]
    moments = {each.name: LONG_AGO for each in needed if isinstance(each.type, UtcMoment)}
    return moments | {each.name: "x" for each in needed if isinstance(each.type, String | Text)}


def fill(session: Session, world: Mapping[str, str], count: int) -> None:
    """Make so many more of everything, and commit."""
    crowd, now = Crowd(session, world, count), clock.now()
    _people(crowd)
    _groups(crowd)
    _inside(crowd)
    _events(crowd, now)
    _mentoring(crowd, now)
    _facilitators(crowd)
    _opportunities(crowd, now)
    _messages(crowd)
    _moderation(crowd)
    _graduates(crowd)
    directory.refresh(session, [number for _place, number in crowd.each()])
    session.commit()


def _people(crowd: Crowd) -> None:
    ana, cohort = crowd.number("ana"), crowd.number("cohort")
    everybody = [*(number for _place, number in crowd.each()), *crowd.later()]
    shown = {f"show_{field}": int(Audience.NETWORK) for field in SHOWN_FIELDS}
    for number in everybody:
        address = f"n{number}@example.org"
        member = {"id": number, "email": address, "email_key": address, "display_name": f"N {number}", "state": ACTIVE}
        crowd.put_all("member", iter([{**member, "alumnus_since": LONG_AGO, "confirmed_at": LONG_AGO}]))
    named = ({"member_id": each, "handle": f"n-{each}", "shown_name": f"N {each}", **shown} for each in everybody)
    crowd.put_all("profile", ({**each, "name_key": each["shown_name"].lower(), "country": "KG"} for each in named))
    crowd.put("profile_language", lambda _, number: {"member_id": number, "code": "en", "level": "c1"})
    crowd.put("profile_term", lambda _, number: {"member_id": number, "kind": "skills", "key": f"s{number}"})
    crowd.put("cohort_member", lambda _, number: {"cohort_id": cohort, "member_id": number})
    crowd.put_all("block", ({"member_id": ana, "blocked_id": number} for number in crowd.later()))


def _groups(crowd: Crowd) -> None:
    ana = crowd.number("ana")
    common = {"kind": "theme", "entry": "open", "people": 1, "proposed_by": ana, "decided_at": LONG_AGO}
    for first, state in ((0, "open"), (crowd.count, "proposed")):
        crowd.put(
            "network_group",
            lambda _, number, first=first, state=state: {  # type: ignore[misc]
                "id": number + first,
                "key": f"g{number + first}",
                "name": f"G {number}",
                "state": state,
                "name_key": f"g {number}",
                **common,
            },
        )
    crowd.put("group_language", lambda _, number: {"group_id": number, "code": "en"})
    crowd.put(
        "group_member", lambda _, number: {"group_id": number, "member_id": ana, "is_convener": True, "id": number}
    )


def _inside(crowd: Crowd) -> None:
    """What a group and its conveners see: members, requests, invitations, bans, notes."""
    group = int(crowd.world["group-number"])
    theirs = lambda _, number: {"id": number + crowd.count, "group_id": group, "member_id": number, "shown": True}  # noqa: E731
    crowd.put("group_member", theirs)
    for table in ("group_request", "group_invitation", "group_ban"):
        crowd.put(table, lambda _, number: {"id": number, "group_id": group, "member_id": number})
    crowd.put("group_note", lambda _, number: {"id": number, "group_id": group, "written_by": number})
    hers = crowd.number("ana")
    crowd.put(
        "group_invitation",
        lambda _, number: {"id": number + crowd.count, "group_id": number, "member_id": hers, "invited_by": number},
    )


def _events(crowd: Crowd, now: datetime) -> None:
    ana, day, first = crowd.number("ana"), timedelta(days=1), crowd.number("event")
    when = {"open": 2, "past": -5, "proposed": 2}
    for turn, (state, days) in enumerate(when.items()):
        rows, hosts = [], []
        for place, number in crowd.each():
            begins = now + days * day + timedelta(seconds=place)
            own = {"id": number + turn * crowd.count, "begins_at": begins, "ends_at": begins + timedelta(hours=1)}
            rows.append(
                {**own, "state": "open" if state == "past" else state, "form": "online", "host_kind": "network"}
            )
            hosts.append({"event_id": own["id"], "member_id": ana, "since": LONG_AGO})
        crowd.put_all("event", ({**row, "time_zone": "UTC"} for row in rows))
        crowd.put_all("event_host", iter(hosts))
        crowd.put_all("event_language", ({"event_id": row["id"], "code": "en"} for row in rows))
    states = ("going", "waiting", "asked")
    for event in (first, crowd.number("past-event")):
        crowd.put(
            "event_guest",
            lambda place, number, event=event: {  # type: ignore[misc]
                "event_id": event,
                "member_id": number,
                "state": states[place % len(states)],
            },
        )
    crowd.put(
        "event_guest", lambda _, number: {"event_id": number, "member_id": crowd.number("zoya"), "state": "going"}
    )


def _mentoring(crowd: Crowd, now: datetime) -> None:
    ana, pair, hers = crowd.number("ana"), crowd.number("pair"), crowd.number("mentor")
    crowd.put("mentor", lambda _, number: {"id": number, "member_id": number, "capacity": 2, "serves": "academy"})
    for kind, key in (("topics", "mediation"), ("languages", "en")):
        crowd.put("mentor_term", lambda _, number, kind=kind, key=key: {"mentor_id": number, "kind": kind, "key": key})  # type: ignore[misc]
    requests = {"state": "waiting", "topic": "mediation"}
    crowd.put("mentoring_request", lambda _, number: {"id": number, "member_id": number, **requests})
    asked = {"place": 0, "mentor_id": hers, "state": "asked", "expires_at": now + timedelta(days=9)}
    crowd.put("mentoring_choice", lambda _, number: {"request_id": number, **asked})
    crowd.put(
        "mentorship",
        lambda _, number: {"id": number, "mentor_id": ana, "mentee_id": number, "topic": "mediation"},
    )
    crowd.put("mentorship_goal", lambda _, number: {"id": number, "mentorship_id": pair, "author_id": ana})
    crowd.put("mentoring_meeting", lambda _, number: {"id": number, "mentorship_id": pair, "author_id": ana})
    crowd.put("mentoring_note", lambda _, number: {"meeting_id": number, "author_id": ana})


def _facilitators(crowd: Crowd) -> None:
    ana, ada = crowd.number("ana"), crowd.number("ada")
    crowd.put("facilitator", lambda _, number: {"id": number, "member_id": number})
    crowd.put("facilitator_term", lambda _, number: {"facilitator_id": number, "kind": "topics", "key": "mediation"})
    ran = {"invited_by": ada, "state": "accepted", "expected": 60, "logged": 60, "logged_at": LONG_AGO}
    crowd.put("facilitation", lambda _, number: {"id": number, "member_id": ana, **ran})
    crowd.put("facilitation", lambda _, number: {"id": number + crowd.count, "member_id": number, **ran})


def _opportunities(crowd: Crowd, now: datetime) -> None:
    ana = crowd.number("ana")
    open_ = {"kind": "job", "state": "shown", "pay": "paid", "zone": "UTC", "closes_at": now + timedelta(days=5)}
    common = {**open_, "for_learners": True, "shown_at": LONG_AGO}
    crowd.put("opportunity", lambda _, number: {"id": number, "poster_id": ana, **common})
    crowd.put("opportunity", lambda _, number: {"id": number + crowd.count, "poster_id": number, **common})
    crowd.put(
        "opportunity_mark",
        lambda _, number: {"member_id": ana, "opportunity_id": number + crowd.count, "saved_at": LONG_AGO},
    )


def _messages(crowd: Crowd) -> None:
    """Ana talks to each, each asks Lena, and in one conversation much was said."""
    ana, lena = crowd.number("ana"), crowd.number("lena")
    for first, mine, box, state in ((0, ana, "talks", "open"), (crowd.count, lena, "to_me", "asked")):
        talks, sides, said = [], [], []
        for _place, number in crowd.each():
            talk = number + first
            low_high = {"low_id": mine, "high_id": number, "asked_by": number}
            talks.append({"id": talk, "state": state, "asked_at": LONG_AGO, **low_high})
            side = {"conversation_id": talk, "last_id": talk, "unread": 1}
            sides.append({**side, "member_id": mine, "other_id": number, "box": box})
            said.append({"id": talk, "conversation_id": talk, "author_id": number})
        for table, rows in (("conversation", talks), ("conversation_side", sides), ("message", said)):
            crowd.put_all(table, iter(rows))
    talk = crowd.number("talk")
    crowd.put("message", lambda _, number: {"id": number + 2 * crowd.count, "conversation_id": talk, "author_id": lena})


def _moderation(crowd: Crowd) -> None:
    ana, case, decided = crowd.number("ana"), crowd.number("case"), crowd.number("decided")
    waits = {"origin": "reported", "kind": "profile"}
    for turn, owner in enumerate((None, ana)):
        crowd.put(
            "moderation_case",
            lambda _, number, turn=turn, owner=owner: {  # type: ignore[misc]
                "id": number + turn * crowd.count,
                "number": number + turn * crowd.count,
                "owner_id": owner,
                **(waits if owner is None else {**waits, "state": "decided", "on_thing": "kept", "told_at": LONG_AGO}),
            },
        )
    for turn, about in enumerate((case, decided)):
        crowd.put(
            "moderation_report",
            lambda _, number, turn=turn, about=about: {  # type: ignore[misc]
                "id": number + turn * crowd.count,
                "case_id": about,
                "reporter_id": number,
                "reason": "spam",
            },
        )
        crowd.put(
            "moderation_entry",
            lambda _, number, turn=turn, about=about: {  # type: ignore[misc]
                "id": number + turn * crowd.count,
                "case_id": about,
                "by_id": number,
                "act": "claimed",
            },
        )
    crowd.put(
        "moderation_report",
        lambda _, number: {"id": number + 2 * crowd.count, "case_id": number, "reporter_id": ana, "reason": "spam"},
    )


def _graduates(crowd: Crowd) -> None:
    crowd.put(
        "past_cohort", lambda _, number: {"id": number, "name": f"C {number}", "name_key": f"c {number}", "year": 2001}
    )
    crowd.put(
        "earlier_graduate",
        lambda _, number: {
            "id": number,
            "cohort_id": number,
            "email": f"e{number}@x.org",
            "email_key": f"e{number}@x.org",
        },
    )
    crowd.put("place_claim", lambda _, number: {"id": number, "member_id": number, "year": 2001})
    rows = [["Name", "Year"], *([f"Person {number}", "2018"] for _place, number in crowd.each())]
    table = Base.metadata.tables["graduate_import"]
    crowd.session.execute(update(table).where(table.c.id == crowd.number("graduate_table")).values(rows=rows))
    crowd.session.execute(update(Member).where(Member.id >= FIRST).values(search_key=Member.display_name))
