"""The effect of an approach as one number with its interval, and what it rests on."""
