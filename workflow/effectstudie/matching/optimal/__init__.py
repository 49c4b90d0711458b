"""Sets of households whose differences in score add up to the least: made by R's optmatch, and checked."""
