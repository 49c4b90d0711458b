"""Who is of a study's approach, who may be a control, and what was measured when."""
