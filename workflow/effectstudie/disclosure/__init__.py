"""The one door for small cells: result tables and limits in, what may be shown out.

`study` is the door of the report, `quality` that of the data-quality page, `planning` that of the planning. Nothing
downstream sees a limit or a raw count.
"""
