"""What each member has read of the forum, and how closely they follow what."""
