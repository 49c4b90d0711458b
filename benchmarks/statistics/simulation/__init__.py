"""Studies of which the truth is known, and how often what is said of them is right."""
