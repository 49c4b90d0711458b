"""Scores become what studies report: violence classes, yes/no variables, risk factors."""
