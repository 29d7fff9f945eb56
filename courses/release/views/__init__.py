"""The trainers' pages of release."""
