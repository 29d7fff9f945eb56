"""Pages of groups."""

from alumni.groups.views import conveners, desk, founding, joining, lists, notes, people
from alumni.groups.views.shared import bp, desk_bp

__all__ = ["bp", "conveners", "desk", "desk_bp", "founding", "joining", "lists", "notes", "people"]
