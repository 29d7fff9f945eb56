"""The trainers' desk."""
