"""The guide of a course: for those who teach it and those who run sessions of it, never for its learners."""
