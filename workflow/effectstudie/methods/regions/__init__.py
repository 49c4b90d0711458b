"""Estimates of several regions as one: their mean, how far they differ, and what a next region may expect."""
