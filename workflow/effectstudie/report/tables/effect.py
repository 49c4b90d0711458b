"""Tables of the estimated effect: what it is, what it rests on, and what stands beside it.

Outcomes that may not be shown are in none of them (see `disclosure.effect`). `words`: effect in texts; `names` and
`decimals`: by outcome, in order.
"""

from collections.abc import Mapping

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.effect import OF_RISK
from effectstudie.disclosure.shown import CHANGES
from effectstudie.report.prose.effect import verdict_text
from effectstudie.report.table import ABSENT, Cell, Number, Phrase, Table, number_columns, text_columns
from effectstudie.report.values import Named, difference_cell, estimate_cell
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES


def estimates(shown: pd.DataFrame, names: Named, outcomes: Mapping[str, Outcome], words: Mapping) -> Table:
    """The effect with its interval, which way is better, the margin, the verdict and what could have been found."""
    rows: list[list[Cell]] = []
    for row in shown.to_dict("records"):
        outcome = outcomes[row["outcome"]]
        places = outcome.decimals
        better = words["better"][outcome.better] if outcome.better else ""
        sizes = [Number(row[name], decimals=places) for name in ("margin", "detectable")]
        rows.append(
            [names[row["outcome"]], estimate_cell(row, places), better, sizes[0], verdict_text(row, words), sizes[1]]
        )
    outcome, effect, better, margin, verdict, detectable = words["heads"]["estimates"]
    columns = [*text_columns(outcome, effect, better), *number_columns(margin), *text_columns(verdict)]
    return Table([*columns, *number_columns(detectable)], rows)


def bracket(shown: pd.DataFrame, names: Named, decimals: Mapping[str, int], words: Mapping) -> Table:
    """The effect with and without T0, and what those who were lost may do to it."""
    rows: list[list[Cell]] = []
    for row in shown.to_dict("records"):
        places = decimals[row["outcome"]]
        lost = [Number(row[name], decimals=places) for name in ("value_like_others", "tipping")]
        rows.append(
            [names[row["outcome"]], estimate_cell(row, places), estimate_cell(row, places, "_without_t0"), *lost]
        )
    *texts, like_others, tipping = words["heads"]["bracket"]
    return Table([*text_columns(*texts), *number_columns(like_others, tipping)], rows)


def unmeasured(shown: pd.DataFrame, names: Named, covariates: Named, words: Mapping, counts: Mapping) -> Table:
    """Robustness value beside the strongest measured covariate, and how unlike the analysed are. `counts`: see
    `difference_cell`.
    """
    rows: list[list[Cell]] = []
    known = {**covariates, "T0": words["t0"]}
    for row in shown.to_dict("records"):
        shares = [
            Number(100 * row[name], "percent")
            for name in ("robustness_value", "robustness_value_ci", "benchmark_group", "benchmark_outcome")
        ]
        benchmark = (
            known.get(row["benchmark"], row["benchmark"]) if isinstance(row["benchmark"], str) else formats.ABSENT
        )
        unlike: list[Cell] = []
        for kind in ("unweighted", "weighted"):
            worst = row[f"worst_{kind}"]
            cell = difference_cell(row[f"max_smd_{kind}"], counts, row[f"max_step_{kind}"])
            named = known.get(worst, worst).lower() if isinstance(worst, str) else ""
            unlike.append(Phrase("{smd} ({name})", {"smd": cell, "name": named}) if named else cell)
        rows.append([names[row["outcome"]], *shares[:2], benchmark, *shares[2:], *unlike])
    outcome, value, limit, benchmark, group, of_outcome, *unlike = words["heads"]["unmeasured"]
    columns = [*text_columns(outcome), *number_columns(value, limit), *text_columns(benchmark)]
    return Table([*columns, *number_columns(group, of_outcome), *text_columns(*unlike)], rows)


def reliable_change(shown: pd.DataFrame, names: Named, groups: Named, words: Mapping) -> Table:
    """How many changed by more than the error of the questionnaire, per group."""
    rows = [
        [names[row["outcome"]], groups[row["group"]], *(Number(row[name]) for name in CHANGES)]
        for row in shown.to_dict("records")
    ]
    outcome, group, *counts = words["heads"]["reliable_change"]
    return Table([*text_columns(outcome, group), *number_columns(*counts)], rows)


def within_groups(
    shown: pd.DataFrame, names: Named, decimals: Mapping[str, int], labels: Mapping, words: Mapping
) -> Table:
    """Change over time and distance from a norm, of both groups together and of each, with households as clusters."""
    rows: list[list[Cell]] = []
    whose = ("", *COMPARED)
    of = shown.assign(group=shown["group"].fillna(""), wave=shown["wave"].fillna(""))
    groups = dict(iter(of.groupby(["outcome", "what", "wave"], sort=False)))
    # a group that is hidden at T0 has its follow-up first
    for outcome, what, wave in sorted(groups, key=lambda of: (list(names).index(of[0]), ("", *WAVES).index(of[2]))):
        found = groups[outcome, what, wave]
        told = {row["group"]: row for row in found.to_dict("records")}
        cells = [cell for group in whose for cell in _tested(told.get(group), group, decimals[outcome])]
        rows.append([names[outcome], words["what"][what].format(wave=labels["waves"].get(wave, "")), *cells])
    heads = [words["together"], *(labels["groups"][group] for group in COMPARED)]
    *first, p = words["heads"]["within_groups"]
    columns = [column for head in heads for column in (*text_columns(formats.capital(head)), *number_columns(p))]
    return Table([*text_columns(*first), *columns], rows)


def _tested(row: Mapping | None, group: str, decimals: int) -> list[Cell]:
    """An estimate and its p; nothing where it is not made, of both groups together."""
    if row is None:
        return [ABSENT, ABSENT] if group else ["", ""]
    return [estimate_cell(row, decimals), Number(row["p"], "p")]


def imputed(
    shown: pd.DataFrame, estimated: pd.DataFrame, names: Named, decimals: Mapping[str, int], words: Mapping
) -> Table:
    """The effect as estimated, and with missing covariates imputed. `estimated`: Shown.estimates."""
    before = {row["outcome"]: row for row in estimated.to_dict("records")}
    rows: list[list[Cell]] = []
    for row in shown.to_dict("records"):
        name, places = row["outcome"], decimals[row["outcome"]]
        other = estimate_cell(before[name], places) if name in before else ABSENT
        shares = [Number(100 * row[kind], "percent") for kind in ("share", "fmi")]
        rows.append([names[name], other, estimate_cell(row, places), *shares])
    *texts, share, fmi = words["heads"]["imputed"]
    return Table([*text_columns(*texts), *number_columns(share, fmi)], rows)


def by_risk(shown: pd.DataFrame, names: Named, decimals: Mapping[str, int], words: Mapping) -> Table:
    """The level at the start, the change and the effect that go with an accumulation of risk factors, each with p."""
    rows: list[list[Cell]] = []
    for outcome, of_outcome in shown.groupby("outcome", sort=False):
        told = {row["what"]: row for row in of_outcome.to_dict("records")}
        without = any(isinstance(row["without_factor"], str) for row in told.values())
        cells = [cell for what in OF_RISK for cell in _estimate_and_p(told.get(what), decimals[outcome])]
        rows.append([names[outcome], *cells, words["own_factor"] if without else ""])
    outcome, *effects, p, without = words["heads"]["by_risk"]
    columns = [column for head in effects for column in (*text_columns(head), *number_columns(p))]
    return Table([*text_columns(outcome), *columns, *text_columns(without)], rows)


def _estimate_and_p(row: Mapping | None, decimals: int) -> list[Cell]:
    return [ABSENT, ABSENT] if row is None else [estimate_cell(row, decimals), Number(row["p"], "p")]
