"""All studies of a set together: their effects, who shares controls, and what regions without an approach show."""
