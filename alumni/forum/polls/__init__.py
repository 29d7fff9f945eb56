"""Polls: a question under the first post of a topic, answered in the open or in secret."""
