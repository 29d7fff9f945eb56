"""Whom a post concerns: notices, letters, answers by e-mail, feeds."""
