"""The trainers' queue: open answers and tasks that wait for marks, oldest first."""
