"""A pair on its way: goals, meetings, notes, and the end with thanks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.markdown import render_member_text
from alumni.mentoring import pair_queries, rules
from alumni.mentoring.kinds import GoalState
from alumni.mentoring.models import Mentor, MentoringMeeting, MentoringNote, Mentorship, MentorshipGoal
from alumni.mentoring.refusals import EndedAlready, EnoughGoals, NotEnded, NotThatStep, WrittenElsewhere
from alumni.mentoring.telling import What, tell, tell_meeting

PAIR = "mentoring.pair"


@dataclass(frozen=True, slots=True)
class Thanks:
    """What somebody says at the end, and whether it may stand on both profiles."""

    words: str
    agrees: bool


def _goes_on(pair: Mentorship) -> None:
    if pair.ended_at is not None:
        raise EndedAlready


def _other(pair: Mentorship, member_id: int) -> list[int]:
    other = pair.other_than(member_id)
    return [] if other is None else [other]


def add_goal(session: Session, *, pair: Mentorship, words: str, by: int, now: datetime) -> None:
    """Write down something the two want to reach; raise EndedAlready or EnoughGoals."""
    _goes_on(pair)
    if len(pair_queries.goals_of(session, pair.id)) >= rules.MOST_GOALS:
        raise EnoughGoals
    goal = MentorshipGoal(
        mentorship_id=pair.id, author_id=by, words=words, state=GoalState.PLANNED, made_at=now, changed_at=now
    )
    session.add(goal)
    session.flush()


def move_goal(session: Session, *, pair: Mentorship, goal: MentorshipGoal, to: str, now: datetime) -> None:
    """Say how far a goal is; saying the same twice changes nothing. Raises EndedAlready or NotThatStep."""
    _goes_on(pair)
    if goal.state == to:
        return
    if to not in rules.next_states(goal.state):
        raise NotThatStep
    goal.state, goal.changed_at = to, now
    session.flush()


def meet(session: Session, *, pair: Mentorship, at: datetime, place: str, by: int, now: datetime) -> MentoringMeeting:
    """Agree on a meeting, and tell the other; raise EndedAlready."""
    _goes_on(pair)
    meeting = MentoringMeeting(mentorship_id=pair.id, author_id=by, at=at, place=place, made_at=now)
    session.add(meeting)
    session.flush()
    _say_when(session, pair, meeting, by, now)
    return meeting


def _say_when(session: Session, pair: Mentorship, meeting: MentoringMeeting, by: int, now: datetime) -> None:
    if meeting.at > now:  # what took place already is only written down
        tell_meeting(session, "set", member_ids=_other(pair, by), at=meeting.at, pair=pair.id, now=now)


def move_meeting(
    session: Session, *, pair: Mentorship, meeting: MentoringMeeting, at: datetime, place: str, by: int, now: datetime
) -> None:
    """Meet at another time or place; the other is told, and both are reminded anew. Raises EndedAlready."""
    _goes_on(pair)
    if (meeting.at, meeting.place) == (at, place):
        return
    if meeting.at != at:
        meeting.at, meeting.reminded_at = at, None
    meeting.place = place
    session.flush()
    _say_when(session, pair, meeting, by, now)


def cancel_meeting(session: Session, *, pair: Mentorship, meeting: MentoringMeeting, by: int, now: datetime) -> None:
    """Let a meeting not take place; to do it twice changes nothing. Raises EndedAlready."""
    _goes_on(pair)
    if meeting.cancelled_at is None:
        meeting.cancelled_at = now
        session.flush()
        tell_meeting(session, "cancelled", member_ids=_other(pair, by), at=meeting.at, pair=pair.id, now=now)


def note(session: Session, *, pair: Mentorship, meeting: int, text: str, version: int, by: int, now: datetime) -> None:
    """Keep one's own note about a meeting, for both to read; raise EndedAlready or WrittenElsewhere.

    `version` is that of the note that was changed; 0 for the first one.
    """
    _goes_on(pair)
    words = {"text": text, "html": str(render_member_text(text)), "written_at": now}
    if version == 0:
        new = insert_into(MentoringNote, session.get_bind()).values(
            meeting_id=meeting, author_id=by, version=1, **words
        )
        kept = session.scalar(new.on_conflict_do_nothing().returning(MentoringNote.author_id))
    else:
        same = update(MentoringNote).where(
            MentoringNote.meeting_id == meeting, MentoringNote.author_id == by, MentoringNote.version == version
        )
        kept = session.scalar(same.values(version=version + 1, **words).returning(MentoringNote.author_id))
    if kept is None:
        raise WrittenElsewhere
    if version == 0:
        tell(session, What.NOTED, member_ids=_other(pair, by), page=PAIR, number=pair.id, now=now)


def end(session: Session, *, pair: Mentorship, thanks: Thanks, by: int, now: datetime) -> None:
    """Say goodbye, with thanks or without a word; the place is free again. Raises EndedAlready."""
    over = update(Mentorship).where(Mentorship.id == pair.id, Mentorship.ended_at.is_(None))
    if session.scalar(over.values(ended_at=now, ended_by=by).returning(Mentorship.id)) is None:
        raise EndedAlready
    free_place(session, pair.mentor_id)
    session.refresh(pair)
    tell(session, What.ENDED, member_ids=_other(pair, by), page=PAIR, number=pair.id, now=now)
    if thanks.words or thanks.agrees:
        thank(session, pair=pair, thanks=thanks, by=by, now=now)


def free_place(session: Session, mentor_member_id: int | None) -> None:
    """Give a mentor back the place of a pair that ended."""
    theirs = update(Mentor).where(Mentor.member_id == mentor_member_id, Mentor.taken > 0)
    session.execute(theirs.values(taken=Mentor.taken - 1))


def thank(session: Session, *, pair: Mentorship, thanks: Thanks, by: int, now: datetime) -> None:
    """Say thanks after the end, say it otherwise, or no longer agree that it is shown; raise NotEnded."""
    if pair.ended_at is None:
        raise NotEnded
    if by == pair.mentor_id:
        first = thanks.words and not pair.mentor_thanks
        pair.mentor_thanks, pair.mentor_agrees = thanks.words, thanks.agrees
    else:
        first = thanks.words and not pair.mentee_thanks
        pair.mentee_thanks, pair.mentee_agrees = thanks.words, thanks.agrees
    session.flush()
    if first:
        tell(session, What.THANKED, member_ids=_other(pair, by), page=PAIR, number=pair.id, now=now)


def own_thanks(pair: Mentorship, member_id: int) -> Thanks:
    """What this one of the two said at the end."""
    if member_id == pair.mentor_id:
        return Thanks(pair.mentor_thanks, pair.mentor_agrees)
    return Thanks(pair.mentee_thanks, pair.mentee_agrees)
