"""The course page and the lesson pages of a learner."""
