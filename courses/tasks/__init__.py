"""Tasks: work is drafted, handed in, marked by a rubric, and handed in again."""
