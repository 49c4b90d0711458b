"""Answers (view x item x report) become scale scores, with the rule that each came from."""
