"""What every feature stands on; knows nothing of courses or alumni."""
