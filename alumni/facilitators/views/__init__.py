"""The pages of facilitators."""
