"""Where the pages of a topic are."""

from dataclasses import dataclass

from alumni.forum.topics.queries import Thread
from alumni.forum.topics.rules import PAGE, page_from
from alumni.forum.views.addresses import slug_for, topic_path


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the pages beside this one are ('' where there is none), and which posts are on it."""

    first: str
    previous: str
    following: str
    last: str
    begins: int
    ends: int


def slug_in(thread: Thread) -> str:
    """What stands for the topic in its address."""
    return slug_for("" if thread.gone else thread.title, behind_doors=thread.behind_doors)


def path_of(thread: Thread, at: int = 1) -> str:
    """The address of the topic's page with this post."""
    title = "" if thread.gone else thread.title
    return topic_path(thread.id, title, behind_doors=thread.behind_doors, at=at)


def pages_around(thread: Thread, first: int) -> Pages:
    """The pages beside the one that begins with this number."""
    newest = page_from(max(thread.last_number, 1))
    return Pages(
        first=path_of(thread) if first > PAGE + 1 else "",
        previous=path_of(thread, first - PAGE) if first > 1 else "",
        following=path_of(thread, first + PAGE) if first < newest else "",
        last=path_of(thread, newest) if first + PAGE < newest else "",
        begins=first,
        ends=min(first + PAGE - 1, thread.last_number),
    )
