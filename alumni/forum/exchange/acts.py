"""One portion of what is brought in, in the transaction that writes it."""

from typing import Protocol

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from academy.i18n import OWN_NAMES
from academy.uploads.refusals import FileRefused
from alumni.forum.exchange import ballots, drawing, enclosures, queries, rules
from alumni.forum.exchange.enclosures import Enclosed
from alumni.forum.exchange.entries import Markup, Said, Talk
from alumni.forum.exchange.people import People
from alumni.forum.exchange.portions import Portion, said_of
from alumni.forum.exchange.reading import Desk
from alumni.forum.exchange.rules import Wish
from alumni.forum.exchange.wording import Lookups, Reference
from alumni.forum.finding import service as finding
from alumni.forum.order import states
from alumni.forum.order.moving import CAME_FROM, SPLIT_OFF
from alumni.forum.topics import attachments, tagging, wording
from alumni.forum.topics import service as topics
from alumni.forum.topics.models import Post, PostEdit, State, Topic
from alumni.forum.topics.refusals import TooManyFiles
from alumni.forum.topics.rules import LONGEST_TITLE, brought_in_at
from alumni.forum.topics.tag_rules import too_long

Files = dict[str, list[Enclosed]]
WITH_TOPIC = frozenset({CAME_FROM, SPLIT_OFF})
LONGEST_LINE, LONGEST_WORD = 255, 32


class Work(Protocol):
    """What is brought in, for whom, and where it goes."""

    @property
    def desk(self) -> Desk: ...  # noqa: D102
    @property
    def people(self) -> People: ...  # noqa: D102
    @property
    def wish(self) -> Wish: ...  # noqa: D102
    @property
    def places(self) -> dict[str, int]: ...  # noqa: D102
    @property
    def keeps_numbers(self) -> bool: ...  # noqa: D102


class Act:
    """Some topics and posts, written at once."""

    def __init__(self, work: Work, session: Session, files: Files) -> None:
        self.work, self.session, self.files = work, session, files
        self.now = work.desk.now
        self.here: dict[str, Reference] = {}
        self.free_topics: set[int] = set()
        self.free_posts: set[int] = set()

    def bring(self, portions: list[Portion]) -> None:
        """Write them."""
        if self.work.keeps_numbers:
            numbers = [int(each.key) for portion in portions for each in said_of(portion)]
            self.free_posts = queries.free_numbers(self.session, Post, numbers)
            self.free_topics = queries.free_numbers(self.session, Topic, [int(each.talk.key) for each in portions])
        posts = [post for portion in portions for post in self._portion(portion)]
        finding.put(self.session, [each for each in posts if each.state == State.SHOWN], self.now)
        if self.free_posts or self.free_topics:
            _count_on(self.session)

    def _portion(self, portion: Portion) -> list[Post]:
        topic = self._topic(portion)
        posts = [self._post(topic, portion.talk, each) for each in said_of(portion)]
        states.count_again(self.session, topic)
        return posts

    def _topic(self, portion: Portion) -> Topic:
        origin = rules.topic_origin(self.work.wish.source, portion.talk)
        known = queries.topics_from(self.session, [origin]).get(origin)
        there = topics.locked(self.session, known.id) if known is not None else None
        return there if there is not None else self._begun(portion, origin)

    def _begun(self, portion: Portion, origin: str) -> Topic:
        talk, said = portion.talk, said_of(portion)
        moments = [rules.moment(each.at) or self.now for each in said]
        begun = rules.moment(talk.begun_at) or min(moments, default=self.now)
        first = said[0] if said else None
        hidden = first is not None and not self.work.wish.ours and first.state != State.SHOWN
        closed = rules.moment(talk.closed_at) or (max(moments, default=begun) if talk.closed else None)
        topic = Topic(
            id=self._number(talk.key, self.free_topics),
            category_id=self.work.places[talk.place],
            title=_cut(talk.title),
            language=_spoken(talk.language) or self.work.wish.language,
            author_id=self.work.people.member(talk.author or (first.author if first else "")),
            state=State.HIDDEN if hidden else _standing(talk.state),
            begun_at=begun,
            last_posted_at=begun,
            closed_at=closed,
            pinned=min(max(talk.pinned, 0), 2),
            pinned_until=rules.moment(talk.pinned_until),
            behind_doors=talk.behind_doors,
            ends_at=rules.moment(talk.ends_at),
            origin=origin,
        )
        self.session.add(topic)
        self.session.flush()
        topic.last_post_id = brought_in_at(begun, topic.id)
        tagging.tag_topic(self.session, topic.id, [each for each in talk.tags if not too_long([each])])
        if talk.poll is not None:
            ballots.put(self.session, topic, talk.poll, self.work.people, self.now)
        return topic

    def _number(self, key: str, free: set[int]) -> int | None:
        return int(key) if self.work.keeps_numbers and int(key) in free else None

    def _post(self, topic: Topic, talk: Talk, said: Said) -> Post:
        number = self._place(topic, said)
        words = self._words(said)
        author = self.work.people.member(said.author)
        post = Post(
            id=self._number(said.key, self.free_posts),
            topic_id=topic.id,
            number=number,
            author_id=author,
            reply_to=self._answered(said),
            text=words,
            html="" if said.deed or not words else wording.drawn(self.session, words, topic_id=topic.id, number=number),
            language=_spoken(said.language) or ("" if self.work.wish.ours else topic.language),
            warning=said.warning[:LONGEST_LINE],
            deed=said.deed[:LONGEST_WORD],
            state=_standing(said.state),
            posted_at=rules.moment(said.at) or self.now,
            edited_at=rules.moment(said.edited_at),
            edits=len(said.history),
            wiki=said.wiki,
            locked=said.locked,
            voice=said.voice,
            helpful=max(said.helpful, 0),
            settled_at=self.now,
            told_at=self.now,
            origin=rules.post_origin(self.work.wish.source, said),
        )
        self.session.add(post)
        self.session.flush()
        topic.last_number = number
        self.here[post.origin or ""] = Reference(post.id, number)
        self._beside(post, said)
        answers = said.accepted or talk.answer == said.key or (talk.answered and talk.answered == said.number)
        if answers and number > 1 and post.state == State.SHOWN:
            topic.answer_id = post.id
        return post

    def _place(self, topic: Topic, said: Said) -> int:
        """Its number in the topic: the one it had, unless it is taken; what comes from elsewhere begins with 1."""
        first_of_another = topic.last_number == 0 and not self.work.wish.ours
        return said.number if said.number > topic.last_number and not first_of_another else topic.last_number + 1

    def _beside(self, post: Post, said: Said) -> None:
        """What it said before, and its files."""
        edits = [
            {
                "post_id": post.id,
                "text": self._words(said, each["text"]),
                "title": each["title"][:LONGEST_LINE],
                "reason": each["reason"][:LONGEST_LINE],
                "editor_id": self.work.people.member(each["editor"]),
                "edited_at": rules.moment(each["edited_at"]) or post.posted_at,
            }
            for each in said.history
        ]
        if edits:
            self.session.execute(insert(PostEdit), edits)
        for parcel, name in self.files.get(said.key, ()):
            try:
                attachments.attach(self.session, post=post, parcel=parcel, name=name, now=self.now)
            except (FileRefused, TooManyFiles) as refusal:
                self.work.desk.faults.remark(f"post {said.key}", f"“{name}”: {refusal}")

    def _words(self, said: Said, text_before: str | None = None) -> str:
        if said.deed:
            return self._about(said)
        if text_before is not None:
            said = Said(said.key, said.talk, said.at, text_before, said.markup)
        lookups = Lookups(
            handle_of=self.work.people.handle,
            post_of=lambda key, talk, number: self._reference(key, talk or said.talk, number),
            has_file=lambda word: enclosures.held(self.work.desk.folder, said, word),
        )
        words = drawing.drawn(said, lookups)
        stranger = self.work.wish.old_names and said.markup != Markup.OURS and not self.work.people.member(said.author)
        return drawing.under_name(words, said.name or self.work.people.name(said.author)) if stranger else words

    def _about(self, said: Said) -> str:
        """What a line of the site's own is about; a topic that it names has another number here."""
        number, _space, title = said.text.partition(" ")
        if said.deed not in WITH_TOPIC or not number.isdecimal():
            return said.text
        other = self.work.desk.stage.get(Talk, number)
        origin = rules.topic_origin(self.work.wish.source, other) if other is not None else ""
        known = queries.topics_from(self.session, [origin]).get(origin)
        if known is not None:
            return f"{known.id} {title}"
        return said.text if other is not None and self.work.keeps_numbers else title

    def _answered(self, said: Said) -> int | None:
        found = self._reference(said.answers, said.talk, said.answers_number)
        return found.post_id if found is not None and found in self.here.values() else None

    def _reference(self, key: str, talk: str, number: int) -> Reference | None:
        stage, source = self.work.desk.stage, self.work.wish.source
        named = stage.get(Said, key) if key else stage.by_number(talk, number) if number else None
        if named is None:
            return None
        origin = rules.post_origin(source, named)
        if origin not in self.here:
            row = queries.posts_from(self.session, [origin]).get(origin)
            if row is not None:
                self.here[origin] = Reference(row.id, row.number)
            elif self.work.keeps_numbers:  # it is still to come, with the number it had
                return Reference(int(named.key), named.number)
        return self.here.get(origin)


def _spoken(language: str) -> str:
    """A language as it is known here, or ''."""
    return language if language in OWN_NAMES else ""


def _standing(state: str) -> State:
    """A post that waited for a moderator there is hidden here: there is no case in which anybody looks at it."""
    return State.HIDDEN if state == State.WAITING else State(state)


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def _count_on(session: Session) -> None:
    """Let PostgreSQL give new rows numbers behind those that were given by hand."""
    if session.get_bind().dialect.name == "postgresql":
        for table in ("forum_topic", "forum_post"):
            last = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            session.execute(text(last))
