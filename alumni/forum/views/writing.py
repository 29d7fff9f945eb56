"""All pages on which something is written in the forum."""

from alumni.forum.views import (
    beginning,
    drafts,
    editing,
    files,
    history,
    marks,
    polls,
    replies,
    replying,
    tags_desk,
)

PAGES = (beginning, drafts, editing, files, history, marks, polls, replies, replying, tags_desk)
"""Views put themselves on the blueprint once their modules are loaded."""
