"""What people wrote down, read and held against each other.

`settings` is what was found right; `load` and `checks` are the only ones that speak of mistakes. No pandas here: every
job of a run reads the configuration.
"""
