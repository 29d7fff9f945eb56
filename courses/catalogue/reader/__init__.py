"""Files to a course: strict, kind, and all faults of a course in one run."""
