"""Figures in pixels, for what cannot show SVG: Word, slides."""

import resvg_py

DPI = 200


def png(svg: str) -> bytes:
    """The figure as PNG. Its letters are paths, so no font of the machine is asked for."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=DPI, skip_system_fonts=True))
