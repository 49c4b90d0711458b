"""The matching as it may be shown: how many households, how unlike the groups are."""

from collections.abc import Collection, Mapping
from functools import partial

import pandas as pd

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import AT_MOST, COARSE, DIFFERENCE_LIMIT, FINE, STEPS, Count, Matched, Variant
from effectstudie.disclosure.values import rounded_or_missing
from effectstudie.shared.vocabulary import LARGE_DIFFERENCE

# What is told of the scores: of which samples, and which percentiles.
AFTER = ("approach_matched", "control_matched")
QUARTILES = ("p25", "p50", "p75")

# STEPS as they are: the last has no end.
_ENDS = {**STEPS, "over": (STEPS["over"][0], float("inf"))}


def treat_overlap(overlap: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Quartiles of the scores of the groups after matching, to one decimal. `overlap`: result_tables.matching.OVERLAP.

    Not of everyone before matching, nor the tails: of each 0/1 covariate the scores of all who have it add up to how
    many of the approach have it (the score equations of a logistic fit). Of a group of n, quartiles leave its sum of
    scores a range of n / 4 (between them the edges add up to 1), so no group where that is under `minimum_cell`.
    """
    if limits.hide_nothing:
        return overlap.drop(columns="n").round(1)
    told = overlap["sample"].isin(AFTER) & overlap["n"].ge(max(limits.minimum_group, 4 * limits.minimum_cell))
    return overlap.loc[told, ["sample", *QUARTILES]].reset_index(drop=True).round(1)


def treat_balances(
    balances: Mapping[str, pd.DataFrame],
    summaries: Mapping[str, Mapping],
    hidden: Collection[str],
    limits: Limits,
) -> dict[str, pd.DataFrame]:
    """By strategy the balance without the means: covariate, level, sample, variance_ratio, smd, step, at_most and more.

    `smd` to the two decimals that are printed, within ±`DIFFERENCE_LIMIT`: beyond it a share could be worked out. Of a
    covariate `of_shares` it tells, with the size of the group, how many have it. Only `step` (of STEPS) and whether the
    approach has `more` are told where few have it or have it not, in a group before or after matching, and where few
    households are without a control, for then it tells what these are like. Of one of `hidden`, covariates that are
    also an outcome of which a number is hidden, the step is COARSE, and which group has more is not told (`more` is
    missing): fine steps before and after matching left three counts. Before matching the groups are those of every
    strategy: what one tells in steps, no other tells as a number. Such covariates have no variance ratio: beside the
    difference it leaves one count. So it is, always, of a covariate `of_counts`, such as the number of children: two
    studies with the same controls leave of whole numbers one for the household that is without a control. `at_most`: of
    what is told in steps how large it is at most, one of AT_MOST, for the rating of the comparison; the end of the step
    where few have the covariate, and no less than that of the first coarse one. `summaries`: summary.json by strategy.
    """
    shown, steps = {}, {}
    for name, balance in balances.items():
        of_counts = balance["of_counts"].astype(bool) & (not limits.hide_nothing)
        of_shares = balance["of_shares"].astype(bool) & (not limits.hide_nothing)
        few = _few_have(balance, summaries[name], limits)
        coarse = of_shares & balance["covariate"].isin(list(hidden))
        hide = few | of_counts | coarse
        if limits.is_small(summaries[name]["n_unmatched_approach"]):
            hide |= of_shares
        steps[name] = set(_places(balance)[hide])
        shown[name] = balance[["covariate", "level", "sample"]].assign(
            variance_ratio=balance["variance_ratio"].mask(of_shares),
            smd=balance["smd"].clip(-DIFFERENCE_LIMIT, DIFFERENCE_LIMIT),
            step="",
            at_most=[_at_most(*row) for row in zip(balance["smd"].abs(), few, coarse, strict=True)],
            more=balance["smd"].gt(0).astype(object).mask(coarse),
            coarse=coarse,
        )
    before = {place for places in steps.values() for place in places if place[2] == "all"}
    return {name: _stepped(balance, steps[name] | before) for name, balance in shown.items()}


def in_steps(balance: pd.DataFrame) -> set[str]:
    """Covariates of which a difference between the groups could tell of a few people. `balance`: balance.csv."""
    return {*balance.loc[balance[["of_shares", "of_counts"]].astype(bool).any(axis=1), "covariate"]}


def _places(balance: pd.DataFrame) -> pd.Series:
    """Of each row its covariate, level and sample."""
    places = zip(balance["covariate"], balance["level"].astype(object).fillna(""), balance["sample"], strict=True)
    return pd.Series(list(places), balance.index, dtype=object)


def _stepped(shown: pd.DataFrame, steps: Collection[tuple[str, str, str]]) -> pd.DataFrame:
    """With steps in these places, and the other numbers as they are printed."""
    hide = _places(shown).isin(list(steps))
    own = shown[hide]
    shown.loc[hide, "step"] = [step_of(*row) for row in zip(own["smd"], own["coarse"], strict=True)]
    shown.loc[hide, ["smd", "variance_ratio"]] = float("nan")
    shown.loc[~hide, "at_most"] = float("nan")
    for column in ("variance_ratio", "smd"):
        shown[column] = [rounded_or_missing(value, 2) for value in shown[column]]
    return shown.drop(columns="coarse")


def _few_have(balance: pd.DataFrame, summary: Mapping, limits: Limits) -> pd.Series:
    """Of which rows the covariate is one that few have, or have not, in a group of any sample."""
    groups = {
        "all": (summary["n_approach"], summary["n_pool"]),
        "matched_unweighted": (summary["n_matched_approach"], summary["n_matched_controls"]),
    }
    balance, few = balance.assign(level=balance["level"].astype(object).fillna("")), set()
    for row in balance[balance["of_shares"].astype(bool) & balance["sample"].isin(list(groups))].to_dict("records"):
        largest = 1 if max(row["mean_approach"], row["mean_control"]) <= 1 else 100
        for mean, n in zip((row["mean_approach"], row["mean_control"]), groups[row["sample"]], strict=True):
            count = mean * n / largest
            # half a person is somebody in a household of two
            if 0 < count < limits.minimum_cell - 0.5 or 0 < n - count < limits.minimum_cell - 0.5:
                few.add((row["covariate"], row["level"]))
    return pd.Series([key in few for key in zip(balance["covariate"], balance["level"], strict=True)], balance.index)


def _at_most(size: float, rare: bool, coarse: bool) -> float:
    if pd.isna(size):
        return float("nan")
    step = STEPS[step_of(size, coarse)][1]
    if rare:
        return step
    end = next((end for end in AT_MOST if size <= end), DIFFERENCE_LIMIT)
    return max(end, STEPS["below"][1]) if coarse else end


def step_of(smd: float, coarse: bool = False) -> str:
    """Which of the FINE or COARSE steps a standardised difference is in, whatever its sign; empty where undefined."""
    if pd.isna(smd):
        return ""
    return next((name for name in (COARSE if coarse else FINE) if abs(smd) < STEPS[name][1]), "over")


def largest_difference(balance: pd.DataFrame, sample: str = "matched") -> float:
    """The largest difference after matching, whatever its sign, at most `DIFFERENCE_LIMIT`."""
    return min(balance.loc[balance["sample"] == sample, "smd"].abs().max(), DIFFERENCE_LIMIT)


def treat_cohort(counts: Mapping[str, int], limits: Limits, withheld: Collection[str]) -> dict[str, int]:
    """All households of the cohort, and those with another approach (cohort.json), without those withheld."""
    keys = {"cohort": "size/cohort/all", "other_approach": "size/other/cohort"}
    return {
        name: counts[name] for name, key in keys.items() if key not in withheld and not limits.is_small(counts[name])
    }


def matched_households(
    strategy: str, summary: Mapping, limits: Limits, withheld: Collection[str], selected: bool = True
) -> Matched:
    """`summary`: summary.json of a strategy; `withheld`: keys of `audit.sizes`; `selected`: of the one that is used.

    Of another one that leaves few out its controls are not told: with what it asks of a control they tell of these.
    Of a study so small that "few without a control" leaves hardly any number with one, neither is told.
    """
    matched, unmatched = summary["n_matched_approach"], summary["n_unmatched_approach"]
    small = limits.is_small(unmatched)
    asked, found = "size/asked/approach" not in withheld, f"size/matched/{strategy}" not in withheld
    beside = partial(_beside, limits)
    told = selected or not small
    total, few = matched + unmatched, limits.is_small(matched)
    either = limits.tells_apart(total) and (small or few)
    # where one of the two is of a few, the other is almost all
    almost_all = Count(total - limits.minimum_cell, "more") if asked else None
    of_approach = beside(matched, found, almost_all if small else None)
    of_unmatched = beside(unmatched, f"size/unmatched/{strategy}" not in withheld)
    if few and almost_all:
        of_unmatched = almost_all
    lacking = [name for name, number in summary["missing"].items() if sum(number.values())]
    in_score = summary["score_model"]["coefficients"]
    return Matched(
        pool=summary["n_pool"],
        approach_all=beside(
            summary["n_approach"],
            asked,
            Count(matched, "more") if small and found and not (either or few) else None,
        ),
        approach=Count(0, "hidden") if either else of_approach,
        controls=beside(summary["n_matched_controls"], told and f"size/controls/{strategy}" not in withheld),
        unmatched=Count(0, "hidden") if either else of_unmatched,
        # it and the controls give the number of approach households away, and follow from it
        ess=float("nan")
        if not (found and told) or limits.is_small(min(matched, summary["n_matched_controls"]))
        else summary["ess_controls"],
        marked=tuple(name for name in lacking if f"{name}_missing" in in_score),
        unmarked=tuple(name for name in lacking if f"{name}_missing" not in in_score),
    )


def _beside(limits: Limits, number: int, shown: bool, otherwise: Count | None = None) -> Count:
    """A number that is shown, or what may be said of it: with that few are without a control, no more than that."""
    if limits.is_small(number):
        return Count(limits.minimum_cell, "fewer")
    return Count(number, "exact" if number else "none") if shown else otherwise or Count(0, "hidden")


def near_ways(variants: pd.DataFrame, limits: Limits) -> set[str]:
    """Ways to match that take few other households than the chosen one, or than one that is shown: beside that, what
    is told of it tells of these few. `variants`: variants.csv, in which the chosen one is the first.
    """
    near: set[str] = set()
    seen: list[Mapping] = []
    for row in variants[variants["n_approach"].notna()].to_dict("records"):
        few = limits.is_small(row["apart_approach"]) or limits.is_small(row["apart_controls"])
        for other in seen:
            steps = [abs(row[name] - other[name]) for name in ("n_approach", "n_controls")]
            few |= max(steps) > 0 and max(steps) < limits.minimum_cell
        if few:
            near.add(row["variant"])
        else:
            seen.append(row)
    return near


def ways_to_match(
    variants: pd.DataFrame,
    stepped: Collection[str],
    near: Collection[str],
    limits: Limits,
    withheld: Collection[str],
    hidden: Collection[str] = (),
    *,
    chosen: pd.DataFrame,
) -> dict[str, Variant | None]:
    """`variants`: variants.csv. None for a way that cannot be, or that is not told: one in `near` (`near_ways`).

    `stepped`: covariates of which only the step of the largest difference may be said (`in_steps`). Where any is
    `hidden` (`treat_balances`) a largest difference is told in coarse steps, for it is a bound of theirs. `chosen`:
    what the balance (`treat_balances`) tells of the covariates of the chosen way, the first of `variants`, after
    matching. Where any of these is told in steps, the mean of any way is too, for with the others it would tell it; of
    the chosen way mean and largest then only as far as these rows say so themselves. `withheld`: keys of `audit.sizes`.
    """
    found: dict[str, Variant | None] = {}
    mean_in_steps = bool(chosen["step"].ne("").any())
    for row in variants.to_dict("records"):
        if (isinstance(row["note"], str) and row["note"]) or row["variant"] in near:
            found[row["variant"]] = None
            continue
        own = mean_in_steps and row["variant"] == variants["variant"].iloc[0]
        mean, largest = step_of(row["mean_smd"]), row["worst_covariate"]
        if own:
            mean, largest = _mean_of_rows(chosen, mean), _largest_of_rows(chosen, largest)
        rough = row["worst_covariate"] in stepped or (bool(hidden) and row["max_smd"] < LARGE_DIFFERENCE)
        found[row["variant"]] = Variant(
            approach=_beside(limits, row["n_approach"], shown := f"size/variant/{row['variant']}" not in withheld),
            controls=_beside(limits, row["n_controls"], shown),
            ess=row["ess_controls"]
            if shown and not any(limits.is_small(row[n]) for n in ("n_approach", "n_controls"))
            else float("nan"),
            mean_smd=float("nan") if mean_in_steps else min(row["mean_smd"], DIFFERENCE_LIMIT),
            mean_step=mean if mean_in_steps else "",
            max_smd=float("nan") if rough or not largest else min(row["max_smd"], DIFFERENCE_LIMIT),
            max_step=step_of(row["max_smd"], bool(hidden)) if rough and largest else "",
            worst_covariate=largest,
        )
    return found


def _ends(balance: pd.DataFrame) -> pd.DataFrame:
    """From and to where the differences of these rows are, as a reader knows: of a number within its rounding."""
    size = balance["smd"].abs()
    low, high = (balance["step"].map({name: ends[side] for name, ends in _ENDS.items()}) for side in (0, 1))
    high = high.fillna((size + 0.005).mask(size >= DIFFERENCE_LIMIT, float("inf")))
    return pd.DataFrame({"covariate": balance["covariate"], "low": low.fillna(size - 0.005), "high": high})


def _mean_of_rows(balance: pd.DataFrame, step: str) -> str:
    """The step of the mean difference where the rows leave no other one; empty where it would say more than they do."""
    low, high = _ends(balance)[["low", "high"]].mean()
    return step if step in _ENDS and _ENDS[step][0] <= low and high <= _ENDS[step][1] else ""


def _largest_of_rows(balance: pd.DataFrame, covariate: str) -> str:
    """The covariate that differs most where the rows say so themselves, else none."""
    ends = _ends(balance)
    own = ends["covariate"] == covariate
    return covariate if own.any() and ends.loc[own, "low"].max() >= ends.loc[~own, "high"].max() else ""
