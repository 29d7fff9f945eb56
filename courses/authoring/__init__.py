"""A course in the making: one working copy for all its trainers, every step of it kept and undoable."""
