"""Topics and their posts."""
