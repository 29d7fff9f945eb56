"""The forum in the demo."""
