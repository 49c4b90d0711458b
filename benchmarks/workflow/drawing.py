"""Put behind workflow/sitecustomize.py of a measured run: the job that draws the figures notes the CPU time of each.

The first number is that of starting Python and importing Matplotlib; processes that the job starts add theirs.
"""

import os
import sys


def _note_drawing(notes: str) -> None:
    import time
    from functools import wraps

    import matplotlib.backends.backend_svg
    import matplotlib.figure  # noqa: F401

    def note(seconds: float) -> None:
        with open(notes, "a", encoding="utf-8") as file:
            file.write(f"{seconds}\n")

    note(time.process_time())
    from effectstudie.report.figures import style

    draw = style.draw

    @wraps(draw)
    def timed(*given, **options):
        start = time.process_time()
        try:
            return draw(*given, **options)
        finally:
            note(time.process_time() - start)

    style.draw = timed


if "DRAWING_NOTES" in os.environ and sys.argv[0].endswith("render_study.py"):
    _note_drawing(os.environ["DRAWING_NOTES"])
