"""The languages of a course: each lesson beside its source, passage by passage, and how far each language is."""
