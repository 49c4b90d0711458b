"""The one door for small cells: result tables and limits in, what may be shown out.

Nothing downstream sees a limit or a raw count.
"""
