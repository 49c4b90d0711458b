"""Result tables of an invented study, with the sizes and means of the published Groningen figures."""

from dataclasses import replace
from functools import cache

import pandas as pd
import yaml
from given.paths import ROOT
from given.words import TEXTS
from scipy import stats

from effectstudie.definitions.outcomes import named_outcomes, outcomes_from
from effectstudie.definitions.result_tables.scoring import RELIABILITY
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import Count
from effectstudie.disclosure.study import StudyResults, treat_study
from effectstudie.methods.effect.margin import judge
from effectstudie.report.contents import Contents
from effectstudie.report.inputs import ReportInputs
from effectstudie.report.sections import themes_of
from effectstudie.report.study_labels import study_labels
from effectstudie.report.summary.rating import rate
from effectstudie.shared.words import CONDITIONS, with_parts

PRIVACY = {"minimum_cell": 5, "minimum_group": 10}
LIMITS = Limits.of(PRIVACY)
SIZES = {"household": (51, 61), "adult": (64, 71), "child": (29, 86), "youth": (8, 14)}
LOST = 6  # of each group, at the follow-up
CLASSES = {  # percentages of the classes in the order of their definition: approach, control
    "age_group": ((10.9, 15.6, 17.2, 34.4, 21.9), (5.6, 33.8, 29.6, 18.3, 12.7)),
    "sex": ((35.9, 64.1), (35.2, 64.8)),
    "migration_background": ((81.3, 0, 0, 0, 18.7), (69.0, 8.5, 1.4, 11.3, 9.9)),
    "education": ((18.8, 28.1, 39.1, 9.4, 4.7), (8.5, 18.3, 45.1, 21.1, 7.0)),
    "income": ((67.2, 28.1, 4.7), (52.1, 38.0, 9.9)),
    "paid_work": ((68.7, 31.3), (50.7, 49.3)),
    "restraining_order": ((6.2, 93.8), (13.0, 87.0)),
    "children_over_3": ((71.9, 12.5, 12.5, 3.2), (19.7, 47.9, 26.8, 5.6)),
    "sex_child": ((65.5, 34.5), (46.5, 53.5)),
}
VIOLENCE = {  # none, mild, frequent or severe: T0 and follow-up
    "approach": ((0, 9.8, 90.2), (13.7, 21.6, 64.7)),
    "control": ((0, 11.5, 88.5), (19.7, 24.6, 55.7)),
}
MEANS = {  # approach T0, follow-up, control T0, follow-up, sd
    "total_violence": (109, 47, 109, 25, 95),
    "partner_violence": (90, 42, 92, 19, 88),
    "psychological_violence": (60, 31, 63, 15, 52),
    "physical_violence": (22, 8, 21, 3, 12),
    "sexual_violence": (1.2, 1.04, 0.9, 0.7, 2.5),
    "injury": (6.8, 2.2, 7.1, 0.9, 4),
    "child_abuse": (12, 5, 11, 8, 14),
    "safety": (7.1, 7.7, 7.3, 7.8, 1.9),
    "quality_of_life": (6.1, 6.5, 6.2, 6.6, 1.2),
    "low_income": (67, 66, 52, 46, 48),
    "unemployment": (67.2, 62.5, 50.7, 46.5, 49),
    "own_drinking": (8, 7, 5, 10, 14),
    "partner_drinking": (22, 23, 16, 13, 25),
    "risk_cumulation": (45.1, 29.4, 33.3, 33.3, 48),
    "age_child": (10.4, 10.4, 9.6, 9.6, 4),
}
TESTS = {  # p and partial eta squared of time, group, interaction
    "total_violence": ((0.0001, 0.28), (0.41, 0.01), (0.34, 0.01)),
    "partner_violence": ((0.0001, 0.31), (0.30, 0.01), (0.21, 0.02)),
    "psychological_violence": ((0.0001, 0.27), (0.30, 0.01), (0.21, 0.02)),
    "physical_violence": ((0.0001, 0.22), (0.30, 0.01), (0.71, 0.00)),
    "sexual_violence": ((0.44, 0.01), (0.30, 0.01), (0.91, 0.00)),
    "injury": ((0.0001, 0.24), (0.30, 0.01), (0.41, 0.01)),
    "child_abuse": ((0.004, 0.21), (0.72, 0.00), (0.25, 0.02)),
    "safety": ((0.002, 0.10), (0.62, 0.00), (0.83, 0.00)),
    "quality_of_life": ((0.021, 0.05), (0.66, 0.00), (0.95, 0.00)),
    "low_income": ((0.30, 0.01), (0.012, 0.06), (0.44, 0.01)),
    "unemployment": ((0.18, 0.02), (0.018, 0.05), (0.75, 0.00)),
    "own_drinking": ((0.35, 0.01), (0.90, 0.00), (0.0496, 0.04)),
    "partner_drinking": ((0.72, 0.00), (0.013, 0.06), (0.49, 0.01)),
    "risk_cumulation": ((0.048, 0.015), (0.60, 0.00), (0.03, 0.04)),
}
WORDS = {
    "time": [(0.26, "large"), (0.13, "medium_to_large"), (0.02, "small_to_medium")],
    "group": [(0.14, "large"), (0.06, "medium"), (0.01, "small_to_medium")],
}


def size(effect, eta):
    bounds = WORDS["group" if effect == "group" else "time"]
    return next((word for low, word in bounds if eta >= low), "")


def cell(outcome, unit, group, wave, mean, n=None, sd=None):
    n = n or SIZES[unit][group == "control"]
    half = 1.98 * (sd or 0) / n**0.5
    spread = {"sd": sd, "ci_low": mean - half, "ci_high": mean + half}
    return {"outcome": outcome, "unit": unit, "group": group, "wave": wave, "n": n, "mean": mean, **spread}


def descriptives(outcomes):
    rows = []
    for place, group in enumerate(("approach", "control")):
        for unit, sizes in SIZES.items():
            for wave, left in (("T0", 0), ("follow_up", LOST)):
                rows.append(cell("participation", unit, group, wave, sizes[place] - left, n=sizes[place] - left))
        for wave, shares in zip(("T0", "follow_up"), VIOLENCE[group], strict=True):
            for name, share in zip(("none", "mild", "frequent_or_severe"), shares, strict=True):
                rows.append(cell(f"violence_class.{name}", "household", group, wave, share))
        for outcome, groups in CLASSES.items():
            defined = outcomes[outcome]
            for known, share in zip(defined.classes.values(), groups[place], strict=True):
                rows.append(cell(f"{outcome}.{known.id}", defined.unit, group, "T0", share))
        for outcome, numbers in MEANS.items():
            for wave, value in zip(("T0", "follow_up"), numbers[2 * place : 2 * place + 2], strict=True):
                rows.append(cell(outcome, outcomes[outcome].unit, group, wave, value, sd=numbers[4]))
    return pd.DataFrame(rows)


def levels(outcomes):
    """Those with both measurements, LOST fewer than there are at T0, with the same means as everyone."""
    rows = []
    for place, group in enumerate(("approach", "control")):
        means = {name: (*numbers[2 * place : 2 * place + 2], numbers[4]) for name, numbers in MEANS.items()}
        for at, name in enumerate(("none", "mild", "frequent_or_severe")):
            means[f"violence_class.{name}"] = (*(shares[at] for shares in VIOLENCE[group]), 40)
        for outcome, (start, end, sd) in means.items():
            known = outcomes[outcome.partition(".")[0]]
            if known.measured:
                continue
            row = {"outcome": outcome, "unit": known.unit, "group": group, "n": SIZES[known.unit][place] - LOST}
            for name, mean in (("t0", start), ("follow_up", end)):
                row |= {f"mean_{name}": mean, f"sd_{name}": sd, f"ci_low_{name}": mean - 2, f"ci_high_{name}": mean + 2}
            half = of_percentage(start, end, row["n"]) if known.kind == "percentage" else 2
            change = {"change": end - start, "ci_low_change": end - start - half, "ci_high_change": end - start + half}
            rows.append(row | ({} if known.kind == "class" else change))
    return pd.DataFrame(rows)


def of_percentage(start, end, n):
    """Half the interval of a change that eight people make against the stream, and as many more with it as it takes."""
    moved = 2 * 8 + abs(end - start) * n / 100
    sd = ((moved * 100**2 - n * (end - start) ** 2) / (n - 1)) ** 0.5
    return stats.t.ppf(0.975, n - 1) * sd / n**0.5


def test_row(outcome, unit, analysis, effect, p, **more):
    empty = dict.fromkeys(("group", "wave", "statistic", "size_word", "note", "reason", "effect_size"))
    columns = ("value", "df1", "df2", "effect_value", "ci_low", "ci_high", "ges")
    numbers = dict.fromkeys(columns, float("nan"))
    row = {"outcome": outcome, "unit": unit, "analysis": analysis, "effect": effect, "p": p, "n": 110}
    return {**empty, **numbers, **row, **more}


def tests(outcomes):
    rows = []
    for outcome, found in TESTS.items():
        unit = outcomes[outcome].unit
        n = sum(SIZES[unit]) - 2 * LOST
        for effect, (p, eta) in zip(("time", "group", "interaction"), found, strict=True):
            f = eta * (n - 2) / (1 - eta)
            more = {"statistic": "F", "value": f, "df1": 1, "df2": n - 2, "effect_size": "partial_eta_squared"}
            more |= {"effect_value": eta, "ci_low": max(0, eta - 0.04), "ci_high": eta + 0.07, "n": n}
            rows.append(test_row(outcome, unit, "mixed_anova", effect, p, size_word=size(effect, eta), **more))
        for group, p in (("approach", 0.03), ("control", 0.3)):
            n = SIZES[unit][group == "control"] - LOST
            rows.append(test_row(outcome, unit, "paired_t", "time", p, group=group, statistic="t", value=2.1, n=n))
    for group in ("approach", "control"):
        more = {"group": group, "n": 49}
        rows.append(test_row("violence_class", "household", "stuart_maxwell_exact", "time", 0.0002, **more))
    for wave, p in (("T0", 0.77), ("follow_up", 0.33)):
        rows.append(test_row("violence_class", "household", "chi_squared", "group", p, wave=wave))
    pairs = zip(CLASSES, (0.02, 0.9, 0.004, 0.1, 0.2, 0.03, 0.02, 0.0001, 0.08), strict=True)
    for outcome, p in pairs:
        rows.append(test_row(outcome, outcomes[outcome].unit, "chi_squared", "group", p, wave="T0"))
    rows.append(test_row("age_child", "child", "t_test", "group", 0.4, wave="T0"))
    return pd.DataFrame(rows)


def balance(covariates, selected):
    rows = []
    for place, covariate in enumerate([*covariates, "propensity_score"]):
        before = (0.61, -0.34, 0.22, -0.18, 0.41)[place % 5]
        after = (0.04, 0.19, -0.06, -0.02, 0.09)[place % 5] if selected else 0.7 * before
        for sample, smd in (("all", before), ("matched", after), ("matched_unweighted", 1.1 * after)):
            row = {"covariate": covariate, "level": "", "sample": sample, "mean_approach": 1.0}
            row |= {"of_shares": False, "of_counts": False}
            rows.append(row | {"mean_control": 0.9, "smd": smd, "variance_ratio": 1.12, "ecdf_max": 0.1})
    return pd.DataFrame(rows)


def overlaps():
    columns = ["sample", "n", "p10", "p25", "p50", "p75", "p90"]
    samples = (
        ("approach_all", 51, 0.4),
        ("pool", 906, -2.0),
        ("approach_matched", 49, 0.3),
        ("control_matched", 61, 0),
    )
    rows = [[name, n, middle - 1.5, middle - 0.6, middle, middle + 0.5, middle + 1.2] for name, n, middle in samples]
    return pd.DataFrame(rows, columns=columns)


def certainty(outcomes):
    """The other tables of the outcomes in TESTS: what the main analysis finds, CR2 finds half as often."""
    sensitivity, verdicts, robustness, moderation, cells, attrition = [], [], [], [], [], []
    for outcome, (_, _, (p, _eta)) in TESTS.items():
        unit = outcomes[outcome].unit
        where = {"outcome": outcome, "unit": unit}
        n = min(SIZES[unit]) - LOST
        for analysis, found in (("main", p), ("cr2", min(1, 2 * p)), ("ancova", p)):
            numbers = {"value": 3.2, "ci_low": -1.1, "ci_high": 7.5, "p": found, "n": 2 * n, "n_smallest": n}
            sensitivity.append({**where, "analysis": analysis, **numbers})
        differs = p < 0.05 <= 2 * p
        against = "cr2 holm" if differs else None
        verdict = {"verdict": "differs" if differs else "holds", "against": against}
        verdicts.append(
            {**where, "p": p, "p_holm": min(1, 6 * p), "p_primary": float("nan"), "p_bh": min(1, 3 * p), **verdict}
        )
        strength = {"d": 0.2, "e_value": 1.7, "e_value_ci": 1.0, "gamma": float("nan"), "detectable_d": 0.6}
        robustness.append({**where, **strength})
        for effect, found in (("group", 0.5), ("risk", 0.2), ("group_x_risk", 0.4)):
            moderation.append({**where, "effect": effect, "p": found})
        for place, group in enumerate(("approach", "control")):
            pairs = SIZES[unit][place] - LOST
            for risk, of in ((True, pairs // 2), (False, pairs - pairs // 2)):
                cells.append({**where, "group": group, "risk": risk, "n": of, "change": -12.3})
            start = MEANS[outcome][2 * place]
            baseline = {"n_stayed": pairs, "n_lost": 11, "p": 0.3, "smd": 0.31, "mean_stayed": start, "mean_lost": 50.0}
            attrition.append({**where, "analysis": "baseline", "group": group, **baseline})
    for unit, sizes in SIZES.items():
        for group, size in zip(("approach", "control"), sizes, strict=True):
            loss = {"n": size, "n_lost": LOST, "n_stayed": size - LOST, "percentage_lost": 100 * LOST / size}
            attrition.append({"analysis": "loss", "unit": unit, "group": group, **loss})
        attrition.append({"analysis": "differential_loss", "unit": unit, "p": 0.8})
    waves = [
        {"unit": unit, "group": group, "wave": wave, "n": n}
        for unit, sizes in SIZES.items()
        for group, size in zip(("approach", "control"), sizes, strict=True)
        for wave, n in (("T1", size - LOST - 6), ("T2", 6))
    ]
    variants = [
        {"variant": name, "ratio": 2, "n_approach": 51, "n_unmatched": 2, "n_controls": 61, "apart_approach": 0,
         "apart_controls": apart, "ess_controls": 55.2, "mean_smd": 0.1, "max_smd": smd,
         "worst_covariate": "n_children", "note": float("nan")}
        for name, apart, smd in (("as_chosen", 0, 0.3), ("ratio_1", 30, 0.2), ("no_caliper", 40, 1.9))
    ]  # fmt: skip
    tables = {"sensitivity": sensitivity, "verdicts": verdicts, "robustness": robustness, "moderation": moderation}
    tables |= {"moderation_cells": cells, "attrition": attrition, "variants": variants, "follow_up_waves": waves}
    return {name: pd.DataFrame(rows) for name, rows in tables.items()}


def effects(outcomes):
    """The estimates of the outcomes in TESTS, of the differences in change of MEANS, and what stands beside them."""
    estimates, within, risks = [], [], []
    for outcome in TESTS:
        where = {"outcome": outcome, "unit": outcomes[outcome].unit}
        n = min(SIZES[outcomes[outcome].unit]) - LOST
        tested = {"value": 3.2, "ci_low": -1.1, "ci_high": 7.5, "p": 0.14}
        facts = {"n_approach": n, "n_control": n + 10, "margin": outcomes[outcome].margin, "detectable": 6.1}
        start, end, start_control, end_control, sd = MEANS[outcome]
        value, se = end - start - (end_control - start_control), sd / n**0.5
        judged = judge(value, se, 2 * n, outcomes[outcome].better, outcomes[outcome].margin)
        facts |= {"value": value, "ci_low": value - 2 * se, "ci_high": value + 2 * se, "sd_t0": sd}
        facts |= {"verdict": judged.verdict, "relevant": judged.relevant, "bracket": "same", "value_without_t0": 2.9}
        facts |= {"ci_low_without_t0": -2.0, "ci_high_without_t0": 7.8, "share_lost": 0.3, "value_like_others": 3.0}
        facts |= {"tipping": -10.0, "robustness_value": 0.12, "robustness_value_ci": 0.0, "benchmark": "n_children"}
        facts |= {"benchmark_group": 0.1, "benchmark_outcome": 0.2, "max_smd_unweighted": 0.5, "max_smd_weighted": 0.4}
        estimates.append({**where, **tested, **facts, "worst_unweighted": "n_children", "worst_weighted": "T0"})
        for group in (None, "approach", "control"):
            within.append(
                {**where, "group": group, "what": "change", "wave": None, "analysis": "cr2", "n": n, **tested}
            )
        for what, few in (("level_t0", 30), ("change", 30), ("difference_between_groups", 9)):
            risks.append({**where, "what": what, "without_factor": None, "reason": "", "n_smallest": few, **tested})
    counts = {"recovered": 0, "improved": 6, "unchanged": 30, "worse": 11, "cutoff": float("nan")}
    changes = [{"outcome": "safety", "group": group, "n": 47, **counts} for group in ("approach", "control")]
    verdicts = [row | {"p_holm": 1.0, "p_bh": 1.0, "verdict": "nowhere", "against": None} for row in within]
    tables = {"estimates": estimates, "within_groups": within, "by_risk": risks, "reliable_change": changes}
    tables |= {"within_verdicts": verdicts}
    return {name: pd.DataFrame(rows) for name, rows in tables.items()}


def read(path):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def study():
    return with_parts(read("config/studies/groningen.yaml"), CONDITIONS)


def plain_outcomes():
    """The outcomes of the study as they are written in the configuration."""
    known = read("config/outcomes.yaml")
    return {name: known[name] for name in named_outcomes(study())}


def outcomes():
    return outcomes_from(plain_outcomes())


def results(**changed):
    """All result tables of the study; `changed`: table → another in its place."""
    defined, matching = outcomes(), study()["matching"]
    summary = {"n_approach": 53, "n_pool": 906, "n_matched_approach": 51, "n_matched_controls": 61}
    summary |= {"n_unmatched_approach": 2, "ess_controls": 55.25, "missing": {}, "score_model": {"coefficients": {}}}
    reliability = pd.DataFrame(
        [("cts2", "partner_violence", "totaal", "adult", "T0", 812, 66, 0.913, 0.90, 0.92, 0.9),
         ("cts2", "physical", "lichamelijk", "adult", "T0", 820, 24, 0.87, 0.85, 0.89, 0.88),
         ("ctspc", "child_abuse", "mishandeling", "parent", "T0", 512, 23, 0.851, 0.83, 0.87, 0.86),
         ("mansa", "mark", "rapportcijfer", "adult", "T0", 901, 12, 0.83, 0.81, 0.85, 0.82)],
        columns=RELIABILITY.names[:-1],
    )  # fmt: skip
    tables = {
        "descriptives": descriptives(defined),
        "tests": tests(defined),
        "levels": levels(defined),
        **certainty(defined),
        **effects(defined),
        "balance": {
            name: balance(spec["covariates"], name == matching["selected"])
            for name, spec in matching["strategies"].items()
        },
        "overlaps": dict.fromkeys(matching["strategies"], overlaps()),
        "matching": dict.fromkeys(matching["strategies"], summary),
        "cohort": {"cohort": 1145, "approach": 53, "pool": 906, "other_approach": 186},
        "reliability": reliability,
    }
    return StudyResults(**{**tables, **changed})


def whole(given):
    """The same, with percentages that whole numbers of people can have: the audit counts people."""
    shares = {name for name, outcome in outcomes().items() if outcome.kind == "percentage"}

    def counted(table, column, n):
        of_class = table["outcome"].str.contains(".", regex=False)
        own = (table["outcome"].isin(shares) | of_class) & table[column].notna() & table[n].gt(0)
        counts = (table[column] * table[n] / 100).round()
        # the last class is what the others leave
        places = [name for name in ("group", "wave") if name in table]
        blocks = table[own & of_class].groupby([table["outcome"].str.partition(".")[0], *places])
        for _, block in blocks:
            counts[block.index[-1]] += block[n].iloc[0] - counts[block.index].sum()
        return table[column].mask(own, 100 * counts / table[n])

    levels = given.levels.copy()
    for end in ("t0", "follow_up"):
        levels[f"mean_{end}"] = counted(levels, f"mean_{end}", "n")
    own = levels["outcome"].isin(shares) | levels["outcome"].str.contains(".", regex=False)
    levels["change"] = levels["change"].mask(own, levels["mean_follow_up"] - levels["mean_t0"])
    descriptives = given.descriptives.assign(mean=counted(given.descriptives, "mean", "n"))
    cells = given.moderation_cells.assign(change=counted(given.moderation_cells, "change", "n"))
    return replace(given, levels=levels, descriptives=descriptives, moderation_cells=cells)


def steps():
    """Households from the export to the follow-up (quality.flow.flow_steps)."""
    stages = [("export", "stage", 53, 906), ("asked", "stage", 53, 906), ("no_control_left", "reason", 2, 0),
              ("matched", "stage", 51, 61), ("followed", "stage", 49, 59)]  # fmt: skip
    return pd.DataFrame(stages, columns=["step", "kind", "approach", "control"])


def shown(given=None, privacy=PRIVACY, withheld=()):
    """What may be shown of `given` results; `privacy` None: all of it; `withheld`: see `audit`."""
    return treat_study(given or results(), study(), outcomes(), Limits.of(privacy), withheld)


def inputs(**changed):
    """What a report is made from, by the project's own definitions; `changed`: part → another in its place."""
    given = {
        "study": study(),
        "outcomes": outcomes(),
        "shown": shown(),
        "wave_times": read("config/config.yaml")["wave_times"],
        "instruments": [read(f"resources/instruments/{name}.yaml") for name in ("cts2", "ctspc", "mansa")],
        "norms": {},
        "covariates": read("resources/classification/covariates.yaml"),
        "violence": read("resources/classification/violence.yaml"),
        "risk_factors": read("resources/classification/risk_factors.yaml"),
        "choices": [
            {"point": "Cumulatie van risicofactoren", "choice": "vanaf vier van de zeven factoren"},
            {"point": "Twee invullers over één huishouden", "choice": "per vraag het hoogste antwoord, daarna de som"},
        ],
        "effect_sizes": {
            "between": {"small": 0.01, "medium": 0.06, "large": 0.14},
            "repeated": {"small": 0.02, "medium": 0.13, "large": 0.26},
        },
        "synthetic": True,
        "corrections": Count(3),
        "recoded": 0,
        "versions": {"python": "3.11.7", "R": "4.2.2", "MatchIt": "4.5.1"},
        "texts": TEXTS,
        "house": read("config/house_style.yaml"),
        "rating": read("config/rating.yaml"),
    }
    return ReportInputs(**(given | changed))


@cache
def contents(given=None):
    """What is said of every outcome of a report, without tables and pictures. `given`: of `inputs`."""
    given = given or inputs()
    labels = study_labels(given.study, given.covariates, given.shown.limits, given.texts)
    made = Contents(given.shown, {name: given.outcomes[name] for name in given.study["outcomes"]}, labels, given.texts)
    themes_of(made, given.study["outcomes"])
    return made


def rated(weakest="plan"):
    """A rating by the project's own rules; `weakest`: the one point that keeps it low."""
    best = {"design": "by_lot", "households": 1000, "balance": 0.0, "loss": 0.0, "plan": True, "clustering": True}
    worst = {"design": "matched", "households": 3, "balance": 2.0, "loss": 80.0, "plan": False, "clustering": False}
    facts = best | {"invented": 0.0} | {weakest: (worst | {"invented": 90.0})[weakest]}
    return rate(read("config/rating.yaml"), facts, TEXTS["summary"]["facts"])
