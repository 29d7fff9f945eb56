"""Events: members meet, online or at a place; who goes, who waits, what is kept of it."""
