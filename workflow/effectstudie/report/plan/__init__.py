"""The plan of the study: which one the report follows, where it departs from it, and what is exploratory."""
