"""Before a study: what difference it could find with how many households, from the cohort at T0. One page, which stays
inside."""
