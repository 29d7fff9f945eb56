"""The pages of moderation: reporting, the queue, and what a member is told."""
