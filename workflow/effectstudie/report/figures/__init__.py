"""Figures of the report as SVG, their data and their descriptions for who does not see them."""
