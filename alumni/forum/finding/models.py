"""The index of what was written: a row for each post, its texts apart."""

from academy import search

TEXTS = search.add(search.TextIndex("search_forum", ("title", "words")))
"""The title of a topic stands with its first post."""
