"""Courses as everybody sees them: the reader, editions, the library, the catalogue's pages."""
