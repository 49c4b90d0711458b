"""The invented cohort and its illustrative norms."""
