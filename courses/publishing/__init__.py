"""From a draft to an edition: what changes, whom it affects, who looked at it, and the way back."""
