"""Courses as Markdown files: read, rendered, kept as editions, shown."""
