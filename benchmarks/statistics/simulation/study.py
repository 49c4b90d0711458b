"""One simulated study through the functions of the study itself, as analysis.study calls them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.by_risk import RISK_STATUS, by_risk
from effectstudie.analysis.effect.moderation import moderation
from effectstudie.analysis.effect.table import effects_of
from effectstudie.analysis.effect.without_start import without_start
from effectstudie.analysis.sensitivity import sensitivity
from effectstudie.analysis.verdicts import verdicts, worse_balanced
from effectstudie.definitions.outcomes import Outcome, outcomes_from
from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.match import MatchResult, match_households
from effectstudie.matching.variants import match_variants
from effectstudie.methods.effect.margin import judge
from effectstudie.shared.vocabulary import COMPARED, WAVES
from simulation.conditions import Condition, Design
from simulation.generator import Households, Outcomes

ALL_WAVES = ("T0", "T1", "T2")
MARGINS = (0.3, 0.5)
START = "start"  # T0 of the outcome, as a covariate
OF_CHAPTER = 4  # outcomes, as the tests of a chapter count together


@dataclass(frozen=True, eq=False)
class Matched:
    """A matching, those of the other ways to match, and which of these leave a larger difference."""

    result: MatchResult
    variants: dict[str, pd.DataFrame]
    no_vote: list[str]


@dataclass(frozen=True, eq=False)
class Analysed:
    """Each with `outcome` and `truth`. `analyses`: value, p and limits of each analysis; `judgements`: what is said of
    an outcome, by `kind`, and the value of the main analysis or the estimate; `moderation`: analyses of the difference
    that risk makes."""

    analyses: pd.DataFrame
    judgements: pd.DataFrame
    moderation: pd.DataFrame


def match(design: Design, of: Households, start: np.ndarray | None, rng: np.random.Generator) -> Matched:
    """Match the households; `start`: T0 of each household, where it is matched on."""
    covariates = {"restraining_order": of.order, "severity": of.severity, "children": of.children}
    covariates |= {} if start is None else {START: start}
    n = of.approach.size
    table = pd.DataFrame({"household": np.arange(n), "order": rng.permutation(n)} | covariates)
    table["role"] = np.where(of.approach, "approach", "pool")
    strategy = Strategy(covariates=tuple(covariates), ratio=2, caliper=design.caliper, missing="indicator")
    ways, households = match_variants(table, strategy, seed=1)
    no_vote = [f"matching_{name}" for name in worse_balanced(ways)]
    others = dict(list(households[households["variant"] != "as_chosen"].groupby("variant")))
    return Matched(match_households(table, strategy, seed=1), others, no_vote)


def analyse(condition: Condition, of: Households, drawn: Outcomes, by: Matched) -> Analysed:
    """All that a study makes of these outcomes."""
    matched = by.result.matched
    names = [f"y{number:02d}" for number in range(len(drawn.waves))]
    outcomes = outcomes_from(dict.fromkeys(names, {"unit": "adult", "kind": "mean", "better": "higher"}))
    in_approach = matched.loc[matched["group"] == "approach", "household"]
    candidates = by.result.covariates_of_candidates.set_index("household")
    without_t0 = {
        name: without_start(changes(drawn, number), candidates, set(in_approach), {START})
        for number, name in enumerate(names)
    }
    both = {"T0": drawn.waves[:, :, 0], "follow_up": drawn.follow_up}
    pairs = wide_tables(drawn, matched, names, both)
    unadjusted = {name: found.estimate for name, found in without_t0.items()}
    effects = effects_of(pairs, candidates.drop(columns="stratum"), matched, outcomes, unadjusted, "persons")
    all_waves = wide_tables(drawn, matched, names, dict(zip(ALL_WAVES, np.moveaxis(drawn.waves, 2, 0), strict=True)))
    variants = {variant: wide_tables(drawn, households, names, both) for variant, households in by.variants.items()}
    # the other rule of follow-up is another question, and left out
    found = sensitivity(pairs, {}, all_waves, outcomes, ALL_WAVES, variants, effects.of, without_t0)
    truth = float(drawn.effect[np.isin(drawn.household, in_approach)].mean())
    columns = ["outcome", "analysis", "value", "p", "ci_low", "ci_high"]
    analyses = pd.concat([found[columns], bracket(effects.estimates)], ignore_index=True)
    judgements = pd.concat([_conclusions(found, names, by.no_vote), *judged(effects.estimates)], ignore_index=True)
    moderated = _moderation(of, pairs, outcomes) if condition.moderated else pd.DataFrame(columns=columns)
    return Analysed(
        analyses.assign(truth=truth), judgements.assign(truth=truth), moderated.assign(truth=condition.at_risk)
    )


def wide_tables(
    drawn: Outcomes, matched: pd.DataFrame, names: list[str], waves: dict[str, np.ndarray]
) -> dict[str, pd.DataFrame]:
    """Of each outcome what pairs.wide gives of its long table, in a tenth of the time. `waves`: outcome x person."""
    place = pd.Index(matched["household"]).get_indexer(drawn.household)
    person = np.flatnonzero(place >= 0)
    of_person = matched[["group", "weight", "subclass"]].take(place[person]).reset_index(drop=True)
    of_person = pd.DataFrame({"unit_id": person, "household": drawn.household[person]}).join(of_person)
    return {
        name: of_person.assign(**{wave: values[number, person] for wave, values in waves.items()})
        for number, name in enumerate(names)
    }


def changes(drawn: Outcomes, number: int) -> pd.DataFrame:
    """Of one outcome what without_start.pool_changes gives: everyone with both measurements."""
    table = pd.DataFrame({
        "household": drawn.household, "T0": drawn.waves[number, :, 0], "follow_up": drawn.follow_up[number]
    })  # fmt: skip
    return table.dropna()


def bracket(estimates: pd.DataFrame) -> pd.DataFrame:
    """From the lowest to the highest limit of the estimates with and without T0; p is left out."""
    lows, highs = (estimates[[f"ci_{end}", f"ci_{end}_without_t0"]] for end in ("low", "high"))
    return pd.DataFrame({
        "outcome": estimates["outcome"], "analysis": "bracket", "ci_low": lows.min(axis=1, skipna=False),
        "ci_high": highs.max(axis=1, skipna=False),
    })  # fmt: skip


def _conclusions(found: pd.DataFrame, names: list[str], no_vote: list[str]) -> pd.DataFrame:
    """Whether the conclusion of each outcome holds in the other analyses."""
    chapters = {name: str(number // OF_CHAPTER) for number, name in enumerate(names)}
    table = verdicts(found, chapters, no_vote=no_vote).rename(columns={"verdict": "judgement"})
    main = found[found["analysis"] == "main"].set_index("outcome")["value"]
    return table[["outcome", "judgement"]].assign(kind="conclusion", value=main.reindex(table["outcome"]).to_numpy())


def judged(estimates: pd.DataFrame) -> list[pd.DataFrame]:
    """What may be said of each estimate, by margin."""
    of = estimates[["value", "se", "df"]].to_numpy()
    return [
        estimates[["outcome", "value"]].assign(
            kind=f"margin_{margin}", judgement=[judge(*one, "higher", margin).verdict or "undefined" for one in of]
        )
        for margin in MARGINS
    ]


def _moderation(of: Households, pairs: dict[str, pd.DataFrame], outcomes: dict[str, Outcome]) -> pd.DataFrame:
    """The published analysis of variance, and the one with households as clusters."""
    households = np.arange(of.risk.size)
    statuses = pd.DataFrame({"household": households, "outcome": RISK_STATUS, "value": 100.0 * of.risk})
    clustered = by_risk(pairs, statuses, outcomes, {}).assign(analysis="by_risk")
    known = pd.concat(table.assign(outcome=name) for name, table in pairs.items()).dropna(subset=list(WAVES))
    known["change"] = known["follow_up"] - known["T0"]
    tests, cells = moderation(known, pd.Series(of.risk, households), dict.fromkeys(outcomes, "adult"))
    published = tests[tests["effect"] == "group_x_risk"].assign(analysis="moderation")
    change = cells.set_index(["outcome", "group", "risk"])["change"].unstack(["group", "risk"])
    more = {group: change[group][True] - change[group][False] for group in COMPARED}
    published["value"] = (more["approach"] - more["control"]).reindex(published["outcome"]).to_numpy()
    # the limits of the published analysis are those of partial eta squared
    kept = ["outcome", "analysis", "value", "p"]
    return pd.concat([published[kept], clustered[[*kept, "ci_low", "ci_high"]]], ignore_index=True)
