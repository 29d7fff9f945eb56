"""The pages of opportunities: looking for them, posting them."""
