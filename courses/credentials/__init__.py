"""Credentials: certificates as signed Open Badges, the keys that sign them, the lists that take them back."""
