"""Members whom a member keeps away: they see no more of each other than strangers do."""
