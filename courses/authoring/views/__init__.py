"""The pages of the workshop, one module for each kind of work."""
