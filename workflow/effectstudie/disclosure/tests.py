"""The tests that may be shown: those of `tests.csv`, not so exact that they undo the treatment."""

from collections.abc import Collection

import pandas as pd

from effectstudie.definitions.result_tables.analysis import OF_CHANGE
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.values import Treated, everyone_is_shown
from effectstudie.shared.vocabulary import COMPARED

# What of a test gives hidden counts back; how large an effect is called, too, for few tables of counts have that.
EXACT = ("value", "df1", "df2", "effect_value", "ci_low", "ci_high", "ges", "effect_size", "size_word")

# No tests, but what stands beside them.
SIZES = ("mean_change", "mean_difference")


def treat_tests(
    tests: pd.DataFrame, treated: Treated, levels: pd.DataFrame, few_move: Collection[str], limits: Limits
) -> pd.DataFrame:
    """The tests without those of groups under `minimum_group` units.

    A test is of what was measured, also where that is shown merged or as a bound: a small cell may not hide a
    difference that there is. `coarse`: only say below which bound p lies, because with what is shown an exact p would
    give hidden counts back. Of a percentage or a mean that is hidden also EXACT is missing, and n; its change and its
    difference, which are no tests, are left out. So it is where those who were tested are hidden, those with both
    measurements (`levels`: `shown_levels`), though everyone is shown, and where few of these change (`few_move`).
    """
    too_few = treated.values[treated.values["status"] == "group"]
    small_groups = set(zip(too_few["outcome"], too_few["group"], strict=True))
    pairs = tests[(tests["analysis"] == "paired_t") & (tests["n"] < limits.minimum_group)]
    small_groups |= set(zip(pairs["outcome"], pairs["group"], strict=True))
    small_outcomes = {outcome for outcome, group in small_groups if group != "rest"}
    both = tests["group"].isna() | (tests["group"] == "")
    own = pd.Series(
        [pair in small_groups for pair in zip(tests["outcome"], tests["group"], strict=True)],
        index=tests.index,
        dtype=bool,
    )
    hidden = treated.values[(treated.values["status"] != "") & treated.values["group"].isin(COMPARED)]
    alone = hidden["status"].isin(["cell", "partner", "uniform"]) & (hidden["cell"] == "")
    bounded = levels.loc[levels[["mean_t0", "mean_follow_up"]].isna().any(axis=1), "outcome"]
    inexact = {*hidden.loc[alone, "outcome"], *(name for name in bounded if "." not in name), *few_move}
    bare = tests["outcome"].isin(inexact) & tests["analysis"].isin(SIZES)
    allowed = tests[~(both & tests["outcome"].isin(small_outcomes)) & ~own & ~bare].reset_index(drop=True)
    of_classes = hidden.loc[hidden["cell"] != "", "outcome"]
    classes = [name.partition(".")[0] for name in bounded if "." in name]
    allowed["coarse"] = allowed["outcome"].isin([*treated.merged, *of_classes, *classes, *inexact])
    if not limits.hide_nothing:
        allowed["coarse"] |= allowed["analysis"].isin(OF_CHANGE)
    numbers = [name for name in (*EXACT, "n") if name in allowed]
    allowed = allowed.assign(**{name: allowed[name].mask(allowed["outcome"].isin(inexact)) for name in numbers})
    # that nobody of them changes says of the few at one measurement that they are those at the other
    untold = [name for name in ("reason", "note") if name in allowed]
    return allowed.assign(**{name: allowed[name].mask(allowed["outcome"].isin(bounded)) for name in untold})


def without_hidden(tests: pd.DataFrame, values: pd.DataFrame, limits: Limits, told: Collection[str]) -> pd.DataFrame:
    """The tests of everyone at one measurement without those that would tell what is hidden in `values`.

    A test against a norm goes with everyone's mean, for p tells it. Where of how many people that is (n) is hidden,
    only the bound of p is told: mean, SD and p leave one size. Of background and problems a test of the difference
    between groups goes where a number of any of these is hidden: with the other group even a bound of p leaves few. Not
    so of the outcomes of the study (`told`), whose bound is a finding.
    """
    norms = tests["analysis"].eq("one_sample_t")
    keep = ~norms | everyone_is_shown(tests, values)
    if limits.hide_nothing:
        return tests[keep].reset_index(drop=True)
    unsized = values[values["n"].isna()]
    places = set(zip(unsized["outcome"], unsized["group"], unsized["wave"], strict=True))
    tested = zip(tests["outcome"], tests["group"], tests["wave"], strict=True)
    bare = norms & pd.Series([place in places for place in tested], tests.index, dtype=bool)
    tests = tests.assign(coarse=tests["coarse"] | bare)
    numbers = [name for name in EXACT if name in tests]
    # on which side of the norm the mean is may be said; how far it is, is not told
    side = tests["effect_value"].gt(0).astype(float) - tests["effect_value"].lt(0).astype(float)
    tests = tests.assign(**{name: tests[name].mask(bare) for name in numbers})
    tests["effect_value"] = tests["effect_value"].mask(bare, side)
    gone = values[values["status"].ne("") & values["wave"].eq("T0")]
    hidden = set(zip(gone["outcome"], gone["group"], strict=True))
    of_background = tests["effect"].eq("group") & tests["wave"].eq("T0") & ~tests["outcome"].isin(list(told))
    between = tests["effect"].eq("problem") | of_background
    groups = [pair.split("|") if isinstance(pair, str) and pair else COMPARED for pair in tests["group"]]
    seen = [
        hidden.isdisjoint((outcome, group) for group in of)
        for outcome, of in zip(tests["outcome"], groups, strict=True)
    ]
    return tests[keep & (~between | pd.Series(seen, tests.index, dtype=bool))].reset_index(drop=True)
