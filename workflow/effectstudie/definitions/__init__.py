"""What people wrote down, read and held against each other.

`settings` is what was found right; `load` and `check_*` are the only modules that speak of mistakes. No pandas here:
every job of a run reads the configuration.
"""
