"""The forum: places for conversation, topics in them, posts in these."""
