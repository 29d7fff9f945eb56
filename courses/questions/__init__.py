"""The questions of a course as a bank: found again, used again, and what learners' answers say about each."""
