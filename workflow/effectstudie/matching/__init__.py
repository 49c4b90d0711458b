"""Households are matched in R and checked in numpy; `balance`, `overlap`, `unmatched` and `variants` judge it."""
