"""Facilitators: alumni who run sessions for new cohorts, and the hours that are confirmed to them."""
