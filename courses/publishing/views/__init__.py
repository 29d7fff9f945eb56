"""The pages of publishing, one module for each kind of work."""
