"""Intakes of a course: a name, a year, dates and the people who take it together."""
