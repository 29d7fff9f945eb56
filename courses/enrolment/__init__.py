"""A learner's place in a course."""
