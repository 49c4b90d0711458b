"""Tables of the report as plain frames: Dutch heads, cells as printed, one row of heads.

Heads are flat on purpose: the PDF writer ties cells to the wrong head where heads span columns or rows.
Every function takes treated values only (see `effectstudie.disclosure`).
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie import formats
from effectstudie.disclosure import DIFFERENCE_LIMIT

UNITS = ["household", "adult", "child", "youth"]
GROUPS = ["approach", "control"]
WAVES = ["T0", "follow_up"]


def cell_text(row: Mapping | None, decimals: int, percentage: bool) -> str:
    """The printed value of one treated row; a dash where there is none or it may not be shown."""
    if row is None or pd.isna(row["value"]):
        return formats.ABSENT
    return (formats.percent if percentage else formats.number)(row["value"], decimals)


def find(values: pd.DataFrame, **keys: str) -> dict | None:
    """The single treated row with these keys, or None."""
    own = values
    for column, value in keys.items():
        own = own[own[column] == value]
    return own.iloc[0].to_dict() if len(own) else None


def find_test(tests: pd.DataFrame, outcome: str, effect: str, **keys: str) -> dict | None:
    """The test of an effect on an outcome that has a p-value, or None."""
    own = tests[(tests["outcome"] == outcome) & (tests["effect"] == effect) & tests["p"].notna()]
    for column, value in keys.items():
        own = own[own[column] == value]
    return own.iloc[0].to_dict() if len(own) else None


def size_text(row: Mapping | None) -> str:
    """A group size, or a dash."""
    return formats.ABSENT if row is None or pd.isna(row["n"]) else formats.number(row["n"])


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


def participants(values: pd.DataFrame, labels: Mapping) -> pd.DataFrame:
    """Table 2: who took part, per group and measurement. `labels`: `groups`, `waves` and `units`."""
    rows = []
    for unit in UNITS:
        line = {"Deelnemers": formats.capital(labels["units"][unit])}
        for group in GROUPS:
            for wave in WAVES:
                head = f"{labels['groups'][group]}, {labels['waves'][wave]}"
                line[head] = size_text(find(values, outcome="participation", unit=unit, group=group, wave=wave))
        rows.append(line)
    return pd.DataFrame(rows)


def background(
    values: pd.DataFrame,
    tests: pd.DataFrame,
    outcomes: Mapping[str, Mapping],
    background_ids: Sequence[str],
    labels: Mapping,
) -> pd.DataFrame:
    """Table 3: one row per class (`Categorie`) of a characteristic (`Kenmerk`), with the test of the block."""
    rows, unit = [], None
    at_start = values[values["wave"] == "T0"]
    for outcome in background_ids:
        definition = outcomes[outcome]
        if definition["unit"] != unit:
            unit = definition["unit"]
            line = {"Kenmerk": f"Aantal {labels['units'][unit]}", "Categorie": ""}
            for group in GROUPS:
                size = find(at_start, outcome="participation", unit=unit, group=group)
                line[labels["groups"][group]] = size_text(size)
            rows.append({**line, "Verschil": ""})
        test = find_test(tests, outcome, "group", wave="T0")
        verdict = formats.p_class(test["p"]) if test else formats.ABSENT
        own = at_start[at_start["outcome"] == outcome]
        for place, cell in enumerate(own["cell"].drop_duplicates()):
            shown = {group: find(own, cell=cell, group=group) for group in GROUPS}
            label = next((row["label"] for row in shown.values() if row), "") if cell else definition["measure"]
            line = {"Kenmerk": definition["label"], "Categorie": formats.ranges(label)}
            for group, row in shown.items():
                line[labels["groups"][group]] = cell_text(row, definition["decimals"], definition["kind"] != "mean")
            rows.append({**line, "Verschil": "" if place else verdict})
    return pd.DataFrame(rows)


def problems(
    values: pd.DataFrame, tests: pd.DataFrame, outcomes: Mapping[str, Mapping], ids: Sequence[str], labels: Mapping
) -> pd.DataFrame:
    """Table 4: problems at T0 of the rest of the cohort and both groups, and which of them differ."""
    at_start, groups = values[values["wave"] == "T0"], ["rest", *GROUPS]
    line = {"Probleem": f"Aantal {labels['units']['household']}"}
    for group in groups:
        row = find(at_start, outcome="participation", unit="household", group=group)
        line[labels["groups"][group]] = size_text(row)
    rows = [{**line, "Verschil": ""}]
    for outcome in ids:
        definition = outcomes[outcome]
        percentage = definition["kind"] != "mean"
        shown = {group: find(at_start, outcome=outcome, group=group) for group in groups}
        line = {"Probleem": _problem_name(outcome, definition, labels)}
        for group, row in shown.items():
            line[labels["groups"][group]] = cell_text(row, definition["decimals"], percentage)
        known = {group for group, row in shown.items() if row is not None and pd.notna(row["value"])}
        rows.append({**line, "Verschil": _apart(tests, outcome, known, labels)})
    return pd.DataFrame(rows)


def _problem_name(outcome: str, definition: Mapping, labels: Mapping) -> str:
    name = formats.capital(labels["titles"].get(outcome, definition["label"]))
    return f"{name}, {definition['measure']}" if definition["kind"] == "mean" else name


def _apart(tests: pd.DataFrame, outcome: str, known: set[str], labels: Mapping) -> str:
    """Which groups differ, of those that are shown: `A en B: p<.05; …`, Ns, or a dash where nothing is tested."""
    own = tests[(tests["outcome"] == outcome) & (tests["effect"] == "problem") & tests["p"].notna()]
    own = own[[known.issuperset(pair.split("|")) for pair in own["group"]]]
    if own.empty:
        return formats.ABSENT
    said = []
    for pair, p in zip(own["group"], own["p"], strict=True):
        if p < 0.05:
            first, second = (labels["groups"][group].lower() if group != "approach" else labels["groups"][group]
                             for group in pair.split("|"))  # fmt: skip
            said.append(f"{first} en {second}: {formats.p_class(p)}")
    return "; ".join(said) or "Ns"


def outcome_means(
    values: pd.DataFrame, outcomes: Mapping[str, Mapping], outcome_ids: Sequence[str], labels: Mapping
) -> pd.DataFrame:
    """n, mean (or percentage) and standard deviation, one row per outcome (class), group."""
    rows = []
    for outcome in outcome_ids:
        definition = outcomes[outcome]
        own = values[values["outcome"] == outcome]
        for cell in own["cell"].drop_duplicates():
            for group in GROUPS:
                name = formats.capital(labels["titles"].get(outcome, definition["label"]))
                shown = {wave: find(own, cell=cell, group=group, wave=wave) for wave in WAVES}
                label = next((row["label"] for row in shown.values() if row), "")
                line = {"Uitkomst": f"{name}: {label}" if cell else name, "Groep": labels["groups"][group]}
                for wave, row in shown.items():
                    head = labels["waves"][wave]
                    line[f"n {head}"] = size_text(row)
                    line[f"M {head}"] = cell_text(row, definition["decimals"], definition["kind"] != "mean")
                    spread = row["sd"] if row and definition["kind"] == "mean" else float("nan")
                    line[f"SD {head}"] = (
                        formats.ABSENT if pd.isna(spread) else formats.number(spread, definition["decimals"])
                    )
                rows.append(line)
    return pd.DataFrame(rows)


def subscales(
    values: pd.DataFrame, outcomes: Mapping[str, Mapping], ids: Sequence[str], labels: Mapping
) -> pd.DataFrame:
    """Mean, standard deviation and n of scales, a column a group and measurement: `3,2 ± 1,1 (27)`."""
    rows = []
    for name in ids:
        definition, own = outcomes[name], values[values["outcome"] == name]
        line = {"Vragenlijst": definition["measure"], "Schaal": formats.capital(definition["label"])}
        for group in GROUPS:
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


def outcome_tests(
    tests: pd.DataFrame, outcomes: Mapping[str, Mapping], outcome_ids: Sequence[str], labels: Mapping
) -> pd.DataFrame:
    """The mixed analysis of variance: F, p, partial (with its interval) and generalised eta squared, the size word."""
    rows = []
    for outcome in outcome_ids:
        for effect in ("time", "group", "interaction"):
            test = find_test(tests, outcome, effect, analysis="mixed_anova")
            if test is None:
                continue
            rows.append(
                {
                    "Uitkomst": formats.capital(labels["titles"].get(outcome, outcomes[outcome]["label"])),
                    "Effect": labels["effects"][effect],
                    "n": formats.number(test["n"]),
                    "Toets": formats.statistic("F", test["value"], [test["df1"], test["df2"]]),
                    "p": formats.p_in_column(test["p"]),
                    "Partiële η²": formats.coefficient(test["effect_value"]),
                    "90%-interval": interval(test["ci_low"], test["ci_high"]),
                    "Gegen. η²": formats.ABSENT if pd.isna(test["ges"]) else formats.coefficient(test["ges"]),
                    "Grootte": size_word(test) or formats.ABSENT,
                }
            )
    return pd.DataFrame(rows)


def size_word(test: Mapping) -> str:
    """The size word of a test, empty where the effect is smaller than small."""
    return test["size_word"] if isinstance(test["size_word"], str) else ""


def interval(low: float, high: float) -> str:
    """`[,12; ,41]`, or a dash where it is undefined."""
    if pd.isna(low) or pd.isna(high):
        return formats.ABSENT
    return f"[{formats.coefficient(low)};{formats.NBSP}{formats.coefficient(high)}]"


def balance(frame: pd.DataFrame, covariate_labels: Mapping[str, str]) -> pd.DataFrame:
    """Standardised differences before and after matching. `frame`: capped (`disclosure.cap_differences`)."""
    rows = []
    levels = frame["level"].fillna("").astype(str)
    for covariate, level in dict.fromkeys(zip(frame["covariate"], levels, strict=True)):
        own = frame[(frame["covariate"] == covariate) & (levels == level)].set_index("sample")
        label = formats.capital(covariate_labels.get(covariate, covariate))
        ratio = own["variance_ratio"].get("matched", float("nan"))
        before, after = (own["smd"].get(sample) for sample in ("all", "matched"))
        rows.append(
            {
                "Kenmerk": f"{label}: {level}" if level else label,
                "Verschil vóór matching": difference_text(before),
                "Verschil na matching": difference_text(after),
                "Variantieverhouding na matching": formats.ABSENT if pd.isna(ratio) else formats.number(ratio, 2),
            }
        )
    return pd.DataFrame(rows)


def difference_text(smd: float | None) -> str:
    """A capped standardised difference; one at the cap is `1,2 of meer`, whatever its sign."""
    if smd is not None and abs(smd) >= DIFFERENCE_LIMIT:
        return f"{formats.number(DIFFERENCE_LIMIT, 1)} of meer"
    if smd is None or pd.isna(smd):
        return formats.ABSENT
    size = formats.guarded(abs(smd), 2, [0.1])
    return formats.MINUS + size if smd < 0 and size.strip("0,") else size


def matched_text(matched: int, unmatched: int, minimum_cell: int, above: str) -> str:
    """Matched approach households; only `above` how many where the number would tell how few have no match."""
    if 0 < unmatched < minimum_cell:
        return f"{above} {formats.number(matched + unmatched - minimum_cell)}"
    return formats.number(matched)


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
    privacy: Mapping[str, int],
) -> pd.DataFrame:
    """The list of what is not shown, with the reason in words. `frame`: `Treated.suppressed()`."""
    rows = []
    for row in frame[frame["group"].isin(GROUPS)].to_dict("records"):
        definition = outcomes.get(row["outcome"], {"label": labels["units"][row["unit"]]})
        rows.append(
            {
                "Cijfer": formats.capital(definition["label"]),
                "Categorie": formats.ranges(row["label"]) if row["cell"] else "",
                "Groep": labels["groups"][row["group"]],
                "Meting": labels["waves"][row["wave"]],
                "Reden": reasons[row["status"]].format(**privacy),
            }
        )
    return pd.DataFrame(rows, columns=["Cijfer", "Categorie", "Groep", "Meting", "Reden"])
