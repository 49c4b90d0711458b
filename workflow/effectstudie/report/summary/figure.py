"""The figure of the summary page: what every effect was estimated to be."""

from collections.abc import Collection

from effectstudie.report.contents import Contents
from effectstudie.report.figures import descriptions
from effectstudie.report.figures.forest import forest_figure
from effectstudie.report.summary.forest import forest_rows
from effectstudie.report.table import Figure


def forest(contents: Contents, primary: Collection[str]) -> Figure | None:
    """The forest plot, None where no effect may be told. `primary`: outcomes of the plan that it stands or falls by."""
    texts, labels = contents.texts, contents.labels
    rows = forest_rows(
        contents.outcome_facts, contents.shown.estimates, contents.outcomes, primary, contents.short_titles, texts
    )
    if rows.empty:
        return None
    return Figure(
        svg=forest_figure(rows, labels),
        caption=texts["captions"]["forest"].format(**labels["phrases"]),
        alt=descriptions.forest_alt(rows, labels, texts),
        notes=[
            texts["sources"]["forest"].format(**labels["phrases"]),
            texts["sources"]["forest_bare"] if rows["value"].isna().any() else "",
        ],
        data=rows,
    )
