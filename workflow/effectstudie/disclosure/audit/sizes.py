"""All sizes of a study as one system: households and persons at each step, lost, new, and of every way to match."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.audit.system import System
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import near_ways
from effectstudie.disclosure.values import answered_key
from effectstudie.shared.vocabulary import COMPARED

# How much a reader would miss a size: those that are analysed most, those of an administration least.
_WORTH = {"t0": 11, "pool": 10, "controls": 9, "follow_up": 8, "stage": 7, "asked": 6, "lost": 6, "unmatched": 5,
          "matched": 4, "wave": 3, "other": 3, "cohort": 4, "variant": 2, "reason": 1, "answered": 0}  # fmt: skip


class _Sizes:
    """Adds sizes to a system: published unless they are of a few, and then known to be."""

    def __init__(self, system: System, limits: Limits):
        self.system, self.limits = system, limits

    def size(self, kind: str, name: str, truth: float, most: float, published: bool = True) -> str:
        """A size `<kind>/<name>`, once; one of a few may not be known, and everybody can read that it is of a few."""
        size = f"{kind}/{name}"
        if size in self.system.truth:
            return size
        self.system.count(size, int(truth), int(most))
        if self.limits.is_small(truth):
            self.system.hidden[size] = size
            self.system.tell({size: 1}, 1, self.limits.minimum_cell - 1)
        elif published:
            self.system.same({size: 1}, int(truth), f"size/{size}", _WORTH[kind])
        return size

    def sum(self, whole: str, *parts: str) -> None:
        """A whole is its parts together, which everybody knows."""
        self.system.same({whole: 1, **dict.fromkeys(parts, -1)})


def size_system(
    tables: Mapping[str, pd.DataFrame],
    matching: Mapping[str, Mapping[str, Any]],
    selected: str,
    cohort: Mapping[str, int],
    steps: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    limits: Limits,
) -> System:
    """`tables`: descriptives, levels, attrition, follow_up_waves and variants, as measured; `matching`: summary.json by
    strategy; `cohort`: cohort.json; `steps`: quality.flow.flow_steps.

    The keys are `size/<kind>/<name>`: `t0/<unit>/<group>`, `follow_up/…`, `lost/…`, `wave/<unit>/<group>/<wave>`,
    `asked/approach`, `pool/all`, `matched/<strategy>`, `controls/<strategy>`, `unmatched/<strategy>`, `variant/<name>`,
    `stage/<step>/<group>`, `reason/<reason>/<group>`, `other/cohort`, `cohort/all`. Of how many people outcomes are is
    `answered/<unit>/<group>/<wave>`.
    """
    sizes = _Sizes(System(), limits)
    _of_persons(sizes, tables, outcomes)
    _of_matching(sizes, matching, selected, tables["variants"])
    _of_steps(sizes, steps, selected, cohort)
    return sizes.system


def _of_persons(sizes: _Sizes, tables: Mapping[str, pd.DataFrame], outcomes: Mapping[str, Outcome]) -> None:
    """Those who took part at T0 and at the follow-up: those who stayed, the lost, the new, and who answered what."""
    values, loss = tables["descriptives"], tables["attrition"]
    part = values[(values["outcome"] == "participation") & values["group"].isin(COMPARED)]
    n = part.set_index(["unit", "group", "wave"])["n"].astype(int).to_dict()
    for row in loss[loss["analysis"] == "loss"].itertuples():
        place = f"{row.unit}/{row.group}"
        first, later = (int(n.get((row.unit, row.group, wave), 0)) for wave in ("T0", "follow_up"))
        most = first + later + sizes.limits.minimum_cell
        t0 = sizes.size("t0", place, first, most)
        follow_up = sizes.size("follow_up", place, later, most)
        lost = sizes.size("lost", place, row.n_lost, most)
        stayed = sizes.system.count(f"stayed/{place}", row.n_stayed, most)
        # a reader takes it that nobody came later, and where that is so they are right
        joined = later - row.n_stayed
        new = sizes.system.count(f"new/{place}", joined, most if joined else 0)
        if sizes.limits.is_small(joined):
            sizes.system.hidden[new] = new
        sizes.sum(t0, stayed, lost)
        sizes.sum(follow_up, stayed, new)
        waves = tables["follow_up_waves"]
        own = waves[(waves["unit"] == row.unit) & (waves["group"] == row.group)]
        names = [sizes.size("wave", f"{place}/{one.wave}", one.n, most) for one in own.itertuples()]
        if names and own["n"].sum() == later:
            sizes.sum(follow_up, *names)
        for wave, size in (("T0", t0), ("follow_up", follow_up)):
            _answered(sizes, size, f"answered/{place}/{wave}", values, outcomes)


def _answered(sizes: _Sizes, size: str, key: str, values: pd.DataFrame, outcomes: Mapping[str, Outcome]) -> None:
    """A table prints of how many people an outcome is: no more than there are, and a reader takes it that those who
    left every questionnaire open are one at most.
    """
    at = values[values["n"].ge(sizes.limits.minimum_cell) & values["outcome"].ne("participation")]
    most = 0
    for name, group, wave, n in zip(at["outcome"], at["group"], at["wave"], at["n"], strict=True):
        outcome = outcomes.get(name.partition(".")[0])
        if outcome and answered_key(outcome, group, wave) == key:
            most = max(most, int(n))
    if 0 <= sizes.system.truth[size] - most <= 1 < most:
        sizes.system.tell({size: 1}, most, most + 1, key, _WORTH["answered"])


def _of_matching(
    sizes: _Sizes, matching: Mapping[str, Mapping[str, Any]], selected: str, variants: pd.DataFrame
) -> None:
    """Households that the matching began with, those with and without controls, by strategy and way to match."""
    start, all_pool = matching[selected]["n_approach"], matching[selected]["n_pool"]
    most = start + all_pool + 2 * sizes.limits.minimum_cell
    asked, pool = sizes.size("asked", "approach", start, most), sizes.size("pool", "all", all_pool, most)
    for name, summary in matching.items():
        if (summary["n_approach"], summary["n_pool"]) != (start, all_pool):
            continue
        matched = sizes.size("matched", name, summary["n_matched_approach"], most)
        controls = sizes.size("controls", name, summary["n_matched_controls"], most)
        sizes.sum(asked, matched, sizes.size("unmatched", name, summary["n_unmatched_approach"], most))
        left = all_pool - summary["n_matched_controls"]
        sizes.sum(pool, controls, sizes.size("lost", f"not_chosen/{name}", left, most))
    for one, other in (("matched", "approach"), ("controls", "control")):
        first, second = f"{one}/{selected}", f"t0/household/{other}"
        truth = sizes.system.truth
        if second in truth and truth[first] == truth[second]:
            sizes.sum(first, second)
    near = near_ways(variants, sizes.limits)
    known = variants[variants["n_approach"].notna() & ~variants["variant"].isin(list(near))]
    for row in known.itertuples():
        matched = sizes.size("variant", row.variant, row.n_approach, most)
        # controls and their effective number go with it: one for each, or two, tell how many it is
        controls = sizes.system.count(f"controls of {row.variant}", int(row.n_controls), most)
        sizes.system.same({controls: 1}, int(row.n_controls), f"size/{matched}", _WORTH["variant"])
        if pd.notna(row.ratio) and row.n_controls <= row.ratio * row.n_approach:
            sizes.system.tell({controls: 1, matched: -row.ratio}, -row.ratio * most, 0)
        if row.n_controls >= row.n_approach:
            sizes.system.tell({controls: 1, matched: -1}, 0, most)
        # that all found a control is what a reader expects
        unmatched = sizes.size(
            "unmatched", f"variant/{row.variant}", row.n_unmatched, most if row.n_unmatched else 0, False
        )
        sizes.sum(asked, matched, unmatched)


def _of_steps(sizes: _Sizes, steps: pd.DataFrame, selected: str, cohort: Mapping[str, int]) -> None:
    """From the export to the follow-up, and the cohort by role."""
    most = cohort["cohort"] + 2 * sizes.limits.minimum_cell
    other = sizes.size("other", "cohort", cohort["other_approach"], most)
    by_group = {"approach": ("asked/approach", f"matched/{selected}"), "control": ("pool/all", f"controls/{selected}")}
    exported = []
    for group, (asked, matched) in by_group.items():
        same = {"asked": asked, "matched": matched, "followed": f"follow_up/household/{group}"}
        stages = {}
        for row in steps[steps["kind"] == "stage"].itertuples():
            size = sizes.size("stage", f"{row.step}/{group}", getattr(row, group), most)
            stages[row.step] = size
            known = same.get(row.step)
            if known in sizes.system.truth and sizes.system.truth[known] == sizes.system.truth[size]:
                sizes.sum(known, size)
        # that all were asked is what a reader expects
        not_asked = _difference(sizes, stages["export"], stages["asked"])
        gone = sizes.size("lost", f"not_asked/{group}", not_asked, most if not_asked else 0, False)
        sizes.sum(stages["export"], stages["asked"], gone)
        reasons = [
            sizes.size("reason", f"{row.step}/{group}", getattr(row, group), most)
            for row in steps[steps["kind"] == "reason"].itertuples()
        ]
        unmatched = f"unmatched/{selected}"
        of_reasons = sum(sizes.system.truth[name] for name in reasons)
        if group == "approach" and sizes.system.truth.get(unmatched) == of_reasons:
            sizes.sum(unmatched, *reasons)
        exported.append(stages["export"])
    whole = sizes.size("cohort", "all", cohort["cohort"], most)
    if sum(sizes.system.truth[name] for name in (*exported, other)) == cohort["cohort"]:
        sizes.sum(whole, other, *exported)


def _difference(sizes: _Sizes, first: str, second: str) -> int:
    return sizes.system.truth[first] - sizes.system.truth[second]
