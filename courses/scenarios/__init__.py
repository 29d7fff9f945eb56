"""Scenarios: stories in which a learner decides what happens next."""
