"""Certificates: issue, withdraw, show, verify; the printed sheet and the signed credential."""
