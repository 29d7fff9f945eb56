"""The front page, and my learning."""
