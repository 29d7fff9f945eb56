"""Bringing conversations in from other forums, and writing all of this one out."""
