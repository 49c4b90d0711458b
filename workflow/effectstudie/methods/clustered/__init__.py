"""Differences between groups of households whose members resemble each other; each method a module.

`household`: a whole number per row, the same for all members of a household.
"""
