"""Estimates with their intervals, from plain numbers; no study, no configuration, no file.

A figure that the data do not define is NaN, with a `reason` and a `note`; it is never 0, 1 or infinite by accident.
Results do not depend on the order of rows. Intervals are of 95 %, p-values two-sided, unless said otherwise.
`tests/oracles/` holds the values of R and of published examples.
"""
