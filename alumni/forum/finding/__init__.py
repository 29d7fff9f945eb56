"""The search in the forum: only what whoever asks may read, titles and accepted answers first."""
