"""Tables of the appendix: reliability, scales, sizes of effects, and what is not shown."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.values import cell_text, find, interval, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES


def effect_sizes(bounds: Mapping[str, Mapping[str, float]], words: Mapping[str, str]) -> pd.DataFrame:
    """Table 1. `bounds`: `between` and `repeated`, each size id → lower bound; `words`: size id → Dutch word."""
    rows = [
        {
            "Grootte van het effect": words[size],
            "Verschil tussen groepen": f"vanaf {formats.coefficient(bounds['between'][size])}",
            "Verandering over de metingen": f"vanaf {formats.coefficient(bounds['repeated'][size])}",
        }
        for size in bounds["between"]
    ]
    return pd.DataFrame(rows)


def subscales(
    values: pd.DataFrame, outcomes: Mapping[str, Mapping], ids: Sequence[str], labels: Mapping
) -> pd.DataFrame:
    """Mean, standard deviation and n of scales, a column a group and measurement: `3,2 ± 1,1 (27)`."""
    rows = []
    for name in ids:
        definition, own = outcomes[name], values[values["outcome"] == name]
        line = {"Vragenlijst": definition["measure"], "Schaal": formats.capital(definition["label"])}
        for group in COMPARED:
            for wave in WAVES:
                head = f"{labels['groups'][group]} {labels['waves'][wave]}"
                line[head] = _mean_and_spread(find(own, group=group, wave=wave), definition["decimals"])
        rows.append(line)
    return pd.DataFrame(rows)


def _mean_and_spread(row: Mapping | None, decimals: int) -> str:
    mean = cell_text(row, decimals, False)
    if mean == formats.ABSENT:
        return mean
    spread = "" if pd.isna(row["sd"]) else f" ± {formats.number(row['sd'], decimals)}"
    return f"{mean}{spread} ({size_text(row)})".replace(" ", formats.NBSP)


def reliability(frame: pd.DataFrame, instruments: Mapping[str, str], labels: Mapping) -> pd.DataFrame:
    """Cronbach's alpha of this run beside the published one, of the first wave in which an instrument was asked.

    `instruments`: id → name, of those to show.
    """
    frame = frame[frame["wave"] == frame.groupby("instrument")["wave"].transform("min")]
    rows = [
        {
            "Instrument": instruments[row["instrument"]],
            "Schaal": row["label"],
            "Ingevuld door": labels["forms"].get(row["form"], row["form"]),
            "n": formats.number(row["n"]),
            "Items": formats.number(row["items"]),
            "α dit cohort": _alpha(row["alpha"]),
            "95%-interval": interval(row["ci_low"], row["ci_high"]),
            "α gepubliceerd": _alpha(row["published"]),
        }
        for row in frame.to_dict("records")
        if row["instrument"] in instruments
    ]
    return pd.DataFrame(rows)


def _alpha(value: float | None) -> str:
    return formats.ABSENT if value is None or pd.isna(value) else formats.coefficient(value)


def suppressed(
    frame: pd.DataFrame,
    outcomes: Mapping[str, Mapping],
    labels: Mapping,
    reasons: Mapping[str, str],
    limits: Mapping[str, int],
) -> pd.DataFrame:
    """The list of what is not shown, with the reason in words. `frame`: `Shown.suppressed`."""
    rows = []
    for row in frame[frame["group"].isin(COMPARED)].to_dict("records"):
        definition = outcomes.get(row["outcome"], {"label": labels["units"][row["unit"]]})
        rows.append(
            {
                "Cijfer": formats.capital(definition["label"]),
                "Categorie": formats.ranges(row["label"]) if row["cell"] else "",
                "Groep": labels["groups"][row["group"]],
                "Meting": labels["waves"][row["wave"]],
                "Reden": reasons[row["status"]].format(**limits),
            }
        )
    return pd.DataFrame(rows, columns=["Cijfer", "Categorie", "Groep", "Meting", "Reden"])
