"""Households are matched in R, or weighed, and checked in numpy; `balance`, `overlap`, `unmatched` and `variants`
judge it.
"""
