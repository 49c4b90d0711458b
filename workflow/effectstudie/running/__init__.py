"""Beside Snakemake: progress, explanations, targets, and what a job depends on."""
