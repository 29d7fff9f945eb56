"""Inviting one's cohort: a text and a link to hand on oneself, and the page where a graduate asks for their place."""
