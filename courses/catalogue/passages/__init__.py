"""A course's files passage by passage, and how a translation stands to its source."""
