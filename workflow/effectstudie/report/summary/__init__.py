"""The summary page: a headline, the four questions, three numbers, one figure, how sure it is, and its limits."""
