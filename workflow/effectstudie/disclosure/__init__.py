"""The one door for small cells: result tables and limits in, what may be shown out.

`study` is the door of the report, `quality` that of the data-quality page. Nothing downstream sees a limit or a raw
count.
"""
