"""Figures for the coordinator, in which nobody can be found."""
