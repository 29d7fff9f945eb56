"""What a learner has done, and what is left for the certificate."""
