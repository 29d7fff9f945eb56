"""The pages of the trainers' desk."""
