"""How certain the outcomes are, as far as it may be shown: other analyses, risk at the start, those who were lost."""

from collections.abc import Collection, Mapping, Sequence
from math import nextafter

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.analysis import OTHER_QUESTIONS
from effectstudie.disclosure.cells import blank_cells
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import DIFFERENCE_LIMIT, Conclusion
from effectstudie.disclosure.values import rounded_or_missing
from effectstudie.methods.many_tests import benjamini_hochberg, holm
from effectstudie.shared.formats import P_BOUNDS
from effectstudie.shared.vocabulary import ALPHA, COMPARED, UNITS

NAN = float("nan")


# What a p is raised to that may only be said coarsely (`formats.p_bound`): just under the bound that is said.
P_ENDS = (*(nextafter(bound, 0) for bound in P_BOUNDS), 1.0)

# Before the name of another way to match, in the name of an analysis of it.
WAY = "matching_"

# Analyses that rest on more people than those with both measurements, with the measurement at which these are.
OF_EVERYONE = {"staying_weights": ("T0",), "all_waves_reml": ("T0", "follow_up")}


def visible(
    sensitivity: pd.DataFrame,
    shown: Collection[str],
    limits: Limits,
    near: Collection[str] = (),
    coarse: Collection[str] = (),
    unseen: Mapping[str, Collection[str]] | None = None,
    shares: Collection[str] = (),
) -> pd.DataFrame:
    """The analyses that may be shown: of outcomes in `shown`, with enough units in either group.

    Not those of a way to match in `near` (`matching.near_ways`), or in which a few other people take part than in the
    main analysis: beside that its p tells what these are like. Of any analysis in which, in either group, some people
    more or less take part, or have another follow-up, but no whole group, only a bound of p is told: two exact ones
    give the mean of these.

    Of outcomes in `coarse` only a p, raised to the end of what is said of it (P_ENDS): from more, hidden counts could
    be worked out, also from the p of another outcome that is adjusted for it. An analysis that could not be made has
    the last of these, for whether it could hangs on hidden counts. The same holds for analyses OF_EVERYONE where
    everyone is hidden at a measurement (`unseen`: wave → outcomes): beside the pairs they tell what the others are
    like. Of the percentages among these few counts are left, and such an analysis is not shown at all. Of a percentage
    (`shares`) only the main analysis is exact: each other exact p is an equation over whole households, by how many of
    them say yes, and a few of these leave one answer.
    """
    enough = sensitivity["n_smallest"] >= limits.minimum_group
    unmade = sensitivity["outcome"].isin(coarse) & ~sensitivity["analysis"].str.startswith(WAY)
    found = sensitivity[sensitivity["outcome"].isin(shown) & enough & (sensitivity["p"].notna() | unmade)]
    of = zip(found["outcome"], found["analysis"], strict=True)
    others = [any(name in (unseen or {}).get(wave, ()) for wave in OF_EVERYONE.get(one, ())) for name, one in of]
    found = found.assign(coarse=pd.Series(others, found.index, dtype=bool))
    found = found[~(found["coarse"] & found["outcome"].isin(list(shares)))]
    main = found[found["analysis"] == "main"].set_index("outcome")["n"]
    # without any row a column of texts stays one when it is mapped to numbers
    apart = (found["n"] - found["outcome"].map(main).astype(float)).abs()
    ways = found["analysis"].str.startswith(WAY)
    exact = found["analysis"].eq("main") | ~found["outcome"].isin(list(shares))
    close = _apart_by_less_than_a_group(found, limits) | _other_values_of_less_than_a_group(found, sensitivity, limits)
    few = apart.map(limits.is_small) | found["analysis"].str.removeprefix(WAY).isin(list(near))
    found = found[~(ways & few)]
    found = found[["outcome", "analysis", "value", "ci_low", "ci_high", "p", "coarse"]].assign(
        coarse=found["coarse"] | found["outcome"].isin(coarse) | close[found.index] | ~exact[found.index]
    )
    found.loc[found["coarse"], ["value", "ci_low", "ci_high"]] = NAN
    found["p"] = [
        raised(1.0 if pd.isna(p) else p) if rough else p for p, rough in zip(found["p"], found["coarse"], strict=True)
    ]
    return found


def _apart_by_less_than_a_group(found: pd.DataFrame, limits: Limits) -> pd.Series:
    """Whether in either group some, and fewer than `minimum_group`, take part here and not in the main analysis, or the
    other way round. The groups are told by their size: the smaller one and the other.
    """
    sizes = pd.DataFrame({"smaller": found["n_smallest"], "larger": found["n"] - found["n_smallest"]})
    main = sizes[found["analysis"] == "main"].set_axis(found.loc[found["analysis"] == "main", "outcome"])
    apart = (sizes - main.reindex(found["outcome"]).set_axis(found.index)).abs()
    return ((apart > 0) & (apart < limits.minimum_group)).any(axis=1) & (not limits.hide_nothing)


def _other_values_of_less_than_a_group(found: pd.DataFrame, sensitivity: pd.DataFrame, limits: Limits) -> pd.Series:
    """Which rows are of the other follow-up, where in either group some, and fewer than `minimum_group`, have both of
    them: those with all measurements. It takes as many people, with other values.
    """
    of_all = sensitivity[sensitivity["analysis"] == "all_waves"].set_index("outcome")
    sizes = pd.DataFrame({"smaller": of_all["n_smallest"], "larger": of_all["n"] - of_all["n_smallest"]})
    few = ((sizes > 0) & (sizes < limits.minimum_group)).any(axis=1)
    return found["analysis"].eq("other_follow_up") & found["outcome"].isin(list(few[few].index))


def conclusions(analyses: pd.DataFrame, verdicts: pd.DataFrame, families: Mapping[str, str]) -> dict[str, Conclusion]:
    """Of the outcomes with a main analysis in `analyses` (`visible`): what the other analyses there say of it.

    p is adjusted for the tests that are shown: Holm's within a family (`families`: outcome -> family). Those in
    `verdicts` are adjusted for all, and would not be what a reader counts. Of which p only a bound is told, an analysis
    that could not be made counts as one that finds nothing, as it is told (`visible`).
    """
    of_main = analyses[analyses["analysis"] == "main"].set_index("outcome")
    main, coarse = of_main["p"], of_main["coarse"]
    adjusted = {
        "holm": main.groupby(main.index.map(families), sort=False).transform(holm),
        "benjamini_hochberg": benjamini_hochberg(main),
    }
    found = {}
    for row in verdicts[verdicts["outcome"].isin(main.index)].itertuples():
        seen = analyses[analyses["outcome"] == row.outcome].set_index("analysis")["p"]
        apart = {*(row.against.split() if isinstance(row.against, str) else [])}
        if coarse[row.outcome] and main[row.outcome] < ALPHA:
            apart |= {
                name
                for name, p in seen.items()
                if p >= ALPHA and name not in OTHER_QUESTIONS and not name.startswith(WAY)
            }
        names = [name for name in seen.index if name in apart]
        ps = {name: float(p[row.outcome]) for name, p in adjusted.items()}
        names += [name for name, p in ps.items() if main[row.outcome] < ALPHA <= p]
        p_holm, p_bh = ps.values()
        found[row.outcome] = Conclusion(
            p_holm,
            NAN if coarse[row.outcome] else row.p_primary,
            p_bh,
            against=tuple(names),
            significant=bool(main[row.outcome] < ALPHA),
            coarse=bool(coarse[row.outcome]),
        )
    return found


def by_risk(
    moderation: pd.DataFrame,
    cells: pd.DataFrame,
    levels: pd.DataFrame,
    shown: Sequence[str],
    outcomes: Mapping[str, Outcome],
    limits: Limits,
) -> pd.DataFrame:
    """What goes with accumulated risk at T0, of outcomes of which each group has enough households with and without,
    and so many that it does not follow how many (`Limits.is_split`).

    The changes of these are told inside only: beside the change of all of a group they tell how many have risk, and two
    outcomes that differ by one then tell the risk of whom left one questionnaire open. Of a percentage p is said only
    coarsely (`coarse`), and where of few of a group (`levels`: LEVELS as measured) the risk is not known.
    """
    p = moderation.set_index(["outcome", "effect"])["p"]
    pairs = levels.set_index(["outcome", "group"])["n"]
    rows = []
    for outcome in shown:
        own = cells[cells["outcome"] == outcome]
        if len(own) < 4 or (own["n"] < limits.minimum_group).any():
            continue
        of_groups = pairs.get(outcome, pd.Series(dtype=float))
        if any(limits.is_split(n) for n in of_groups):
            continue
        tests = {"p_risk": p.get((outcome, "risk"), NAN), "p_both": p.get((outcome, "group_x_risk"), NAN)}
        unknown = of_groups - own.groupby("group")["n"].sum()
        few = any(0 < n < limits.minimum_group for n in unknown)
        coarse = not limits.hide_nothing and (few or outcomes[outcome].kind == "percentage")
        if coarse:
            tests = {name: raised(p) for name, p in tests.items()}
        for row in own.sort_values(["group", "risk"], ascending=[True, False]).itertuples():
            change = row.change if limits.hide_nothing else NAN
            rows.append((outcome, row.group, row.risk, change, *tests.values(), coarse))
    return pd.DataFrame(rows, columns=["outcome", "group", "risk", "change", "p_risk", "p_both", "coarse"])


def raised(p: float) -> float:
    """p, raised to the end of what is said of one that may only be said coarsely (P_ENDS)."""
    return p if pd.isna(p) else next(end for end in P_ENDS if p <= end)


def losses(attrition: pd.DataFrame, minimum_cell: int, withheld: Collection[str]) -> pd.DataFrame:
    """Percentage of the participants at T0 without follow-up, and p of the difference where both may be shown."""
    loss = attrition[attrition["analysis"] == "loss"].set_index(["unit", "group"])
    tested = attrition[attrition["analysis"] == "differential_loss"].set_index("unit")["p"]
    rows = []
    for unit in (unit for unit in UNITS if unit in loss.index.get_level_values("unit")):
        shares = []
        for group in COMPARED:
            row = loss.loc[(unit, group)]
            # that nobody was lost says something of everyone
            hidden = blank_cells([int(row["n_lost"]), int(row["n_stayed"])], minimum_cell)[0] if row["n"] else "cell"
            hidden = hidden or f"size/lost/{unit}/{group}" in withheld
            shares.append(NAN if hidden else row["percentage_lost"])
        p = tested.get(unit, NAN) if all(share == share for share in shares) else NAN
        rows += [(unit, group, share, p) for group, share in zip(COMPARED, shares, strict=True)]
    return pd.DataFrame(rows, columns=["unit", "group", "percentage_lost", "p"])


def lost_at_start(
    attrition: pd.DataFrame, levels: pd.DataFrame, values: pd.DataFrame, shown: Collection[str], limits: Limits
) -> pd.DataFrame:
    """Comparisons at T0, within a group, of those who stayed and those who were lost, where both are many.

    `smd`: the lost minus those who stayed, as far as differences are shown. Beside the mean of everyone it tells that
    of those who stayed, and beside the pairs (`levels`: LEVELS as measured) that of those who stayed and have no
    second value: hidden where these are few. So it is where everyone's mean is hidden (`values`, as shown): beside the
    pairs it gives that back.
    """
    own = attrition[(attrition["analysis"] == "baseline") & attrition["outcome"].isin(shown) & attrition["p"].notna()]
    enough = own[own[["n_stayed", "n_lost"]].min(axis=1) >= limits.minimum_group].reset_index(drop=True)
    pairs = levels.set_index(["outcome", "group"])["n"]
    places = zip(enough["outcome"], enough["group"], enough["n_stayed"], strict=True)
    few = [0 < stayed - pairs[outcome, group] < limits.minimum_group for outcome, group, stayed in places]
    told = values[values["wave"].eq("T0") & values["value"].notna()]
    everyone = set(zip(told["outcome"], told["group"], strict=True))
    unseen = [place not in everyone for place in zip(enough["outcome"], enough["group"], strict=True)]
    hidden = (pd.Series(few, dtype=bool) | pd.Series(unseen, dtype=bool)) & (not limits.hide_nothing)
    capped = enough["smd"].clip(-DIFFERENCE_LIMIT, DIFFERENCE_LIMIT).mask(hidden)
    return enough[["outcome", "group", "p"]].assign(smd=[rounded_or_missing(size, 2) for size in capped])
