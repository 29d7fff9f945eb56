"""Quizzes: papers are drawn, attempts kept, answers marked, results explained."""
