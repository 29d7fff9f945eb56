"""Messages between members: a request first, then a conversation; nobody's address is shown."""
