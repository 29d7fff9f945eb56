"""Accounts, roles, sign-in, guards, privacy: the only place that knows Flask-Login."""
