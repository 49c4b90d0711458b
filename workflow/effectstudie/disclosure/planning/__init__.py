"""The door of the planning: what the cohort at T0 tells, as far as a page may rest on it."""
