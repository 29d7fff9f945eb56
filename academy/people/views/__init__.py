"""The pages of people, one module per noun, all in one blueprint."""
