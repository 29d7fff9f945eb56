"""Mentoring: alumni who go a part of the way with somebody, as many at once as they say, and never more."""
