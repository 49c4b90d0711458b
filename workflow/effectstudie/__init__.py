"""What the workflow computes and how: pure functions on data frames, one module a stage."""
