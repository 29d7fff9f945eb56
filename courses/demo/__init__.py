"""Demo people and what they did, so that a site that was just set up has no empty page."""
