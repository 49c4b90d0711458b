"""From raw exports to tested outcomes, beside the same work in one R script with haven, psych, MatchIt and afex.

    python benchmarks/peers/peers.py [size ...]

The study of Groningen on the demonstration cohort, as large as it is and ten times as large. Both read the same .sav
files, score what they read, match the same household table and test the same values. What stands between (reports on a
child combined, violence classed, households selected) has no peer and is ours. Libraries loaded, results in memory, one
thread, the median of three turns. Scores, alpha, pairs, F, p and partial eta squared must agree, or the script stops.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]
STARTED = time.perf_counter()

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from effectstudie.analysis.groups import assign_groups  # noqa: E402
from effectstudie.analysis.tests import outcome_tests_of  # noqa: E402
from effectstudie.classification.cohort import classify_cohort, participation_of  # noqa: E402
from effectstudie.definitions.export_columns import TABLES, export_names, table_of  # noqa: E402
from effectstudie.definitions.instruments import columns_of_form, form_columns, scale_cells  # noqa: E402
from effectstudie.definitions.load import load  # noqa: E402
from effectstudie.definitions.norm_tables import read_norm  # noqa: E402
from effectstudie.definitions.outcomes import outcomes_from  # noqa: E402
from effectstudie.definitions.settings import Settings  # noqa: E402
from effectstudie.definitions.strategies import Strategy  # noqa: E402
from effectstudie.intake.exports import pseudonymised, take_in  # noqa: E402
from effectstudie.intake.files.readers import read_export  # noqa: E402
from effectstudie.matching.match import MatchResult, match_households  # noqa: E402
from effectstudie.privacy.pseudonyms import load_key  # noqa: E402
from effectstudie.scoring.instrument import score_instrument  # noqa: E402
from effectstudie.scoring.score_tables import long_form  # noqa: E402
from effectstudie.selection.covariates import household_covariates  # noqa: E402
from effectstudie.selection.measurements import select_study  # noqa: E402
from effectstudie.selection.roles import assign_roles  # noqa: E402
from effectstudie.shared import r_bridge  # noqa: E402
from effectstudie.shared.storage import sha256  # noqa: E402
from effectstudie.shared.vocabulary import COMPARED  # noqa: E402
from effectstudie.shared.yaml_files import read_yaml  # noqa: E402

r_bridge.versions()  # starts R and loads MatchIt
LOADING = time.perf_counter() - STARTED

from scoring.scoring import same_scales  # noqa: E402
from scoring.scoring import scored as with_alpha  # noqa: E402
from timing import TURNS, median_time  # noqa: E402

from effectstudie.demo.cohort import make_cohort  # noqa: E402
from effectstudie.demo.export import write_sav  # noqa: E402

STUDY = "groningen"
SIZES = (1.0, 10.0)
FIGURES = ["value", "p", "effect_value"]
AGREE = 1e-8

Tables = dict[str, pd.DataFrame]


def main(sizes: list[float]) -> None:
    settings = load(read_yaml(PROJECT / "config/config.yaml"), PROJECT, check=False)
    codebooks = {table: read_yaml(PROJECT / f"resources/exports/{table}.yaml") for table in TABLES}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            compare(size, Path(folder), settings, codebooks)


def compare(size: float, folder: Path, settings: Settings, codebooks: Mapping[str, Mapping]) -> None:
    """Both sides on a cohort of this size: the table of their times, once their numbers agree."""
    exports = make_exports(size, folder, settings, codebooks)
    ours = {"loading": LOADING}

    def timed(stage, work, turns=TURNS):
        last = {}
        ours[stage] = median_time(lambda: last.update(found=work()), turns)
        return last["found"]

    cells = timed("reading", lambda: sum(read_export(path).frame.size for path in exports.values()))
    tables = timed("intake", lambda: intake(exports, settings, codebooks))
    definitions = {name: shared for name in settings.instruments if (shared := shared_part(settings, name))["scales"]}
    reports = {name: reports_of(settings, name, tables) for name in definitions}
    scored = timed("scores", lambda: {name: with_alpha(definitions[name], reports[name]) for name in definitions})
    households, analysis = timed("between", lambda: select(settings, tables), turns=1)
    seed, matching = settings.config["seed"], settings.studies[STUDY]["matching"]
    strategy = Strategy.of(matching["strategies"][matching["selected"]])
    result = timed("matching", lambda: match_households(households, strategy, seed))
    timed("bare matching", lambda: bare_matching(result, strategy, seed))
    outcomes, values = values_of(settings, analysis, result.matched)
    tested = timed("anova", lambda: outcome_tests_of(values, outcomes, settings.config["effect_sizes"]))

    scales = scales_of_exports(settings, definitions)
    scales.to_csv(folder / "scales.csv", index=False)
    households.sort_values("order").to_csv(folder / "households.csv", index=False, float_format="%.17g")
    of_strategy = {"covariates": " ".join(strategy.covariates), "ratio": strategy.ratio}
    pd.DataFrame([of_strategy | {"caliper": strategy.caliper}]).to_csv(folder / "strategy.csv", index=False)
    values.to_csv(folder / "values.csv", index=False, float_format="%.17g")
    script = str(Path(__file__).with_name("peers.R"))
    subprocess.run(["Rscript", script, str(folder)], check=True, stdout=subprocess.DEVNULL)

    check_scores(folder, definitions, scored, reports, scales)
    check_pairs(folder, result)
    check_anova(folder, tested)
    theirs = pd.read_csv(folder / "seconds.csv", index_col="stage")["seconds"].to_dict()
    versions = pd.read_csv(folder / "versions.csv", dtype=str)
    print(f"{len(tables['huishoudens']):,} households, {sum(map(len, tables.values())):,} rows, "
          f"{cells:,} cells in {len(exports)} files; "
          f"{', '.join(versions['package'] + ' ' + versions['version'])}\n")  # fmt: skip
    report(theirs, ours)
    print(f"\n{len(scales.drop_duplicates(['block', 'scale']))} scores with alpha, "
          f"{len(result.matched) - result.matched['subclass'].nunique()} pairs, {len(outcomes)} outcomes. "
          f"What has no peer, from all scores to the households and values of the study: {ours['between']:.2f} s. "
          f"Loading, once: R {theirs['loading']:.1f} s, ours {ours['loading']:.1f} s.\n", flush=True)  # fmt: skip


def report(theirs: Mapping[str, float], ours: Mapping[str, float]) -> None:
    rows = [
        ("read the exports", theirs["reading"], ours["reading"]),
        ("read them; ours also checked, under pseudonyms", theirs["reading"], ours["intake"]),
        ("score; ours with alpha", theirs["scores"], ours["scores"]),
        ("score, with alpha of complete rows", theirs["scores"] + theirs["alpha"], ours["scores"]),
        ("score model and MatchIt", theirs["matching"], ours["bare matching"]),
        ("the same; ours also prepared and checked", theirs["matching"], ours["matching"]),
        ("mixed ANOVAs; ours with t tests and intervals", theirs["anova"], ours["anova"]),
    ]
    plain, checked = ([rows[place] for place in places] for places in ((0, 3, 4, 6), (1, 3, 5, 6)))
    for name, chosen in (("**all, nothing checked**", plain), ("**all; ours as the workflow does it**", checked)):
        rows.append((name, sum(row[1] for row in chosen), sum(row[2] for row in chosen)))
    print("| stage | R, s | ours, s | ratio |\n| --- | ---: | ---: | ---: |")
    for name, of_r, own in rows:
        print(f"| {name} | {of_r:.3f} | {own:.3f} | {of_r / own:.1f} |")


def make_exports(size: float, folder: Path, settings: Settings, codebooks: Mapping[str, Mapping]) -> dict[str, Path]:
    """The .sav files of a demonstration cohort of this size, by their stems."""
    definition = read_yaml(PROJECT / "resources/demo/cohort.yaml") | {"size": size}
    cohort = make_cohort(definition, codebooks, settings.config["seed"])
    paths = {name: folder / "exports" / f"{name}.sav" for name in export_names(settings.config["waves"])}
    (folder / "exports").mkdir()
    for name, path in paths.items():
        write_sav(cohort[name], path, codebooks[table_of(name)], name.split("_")[0] if "_" in name else None)
    return paths


def intake(exports: Mapping[str, Path], settings: Settings, codebooks: Mapping[str, Mapping]) -> Tables:
    """Every export checked, under pseudonyms."""
    key = load_key(settings.config["pseudonym_key_file"], PROJECT, own_exports=False)
    rules = {name: settings.config[name] for name in ("missing_codes", "regions", *settings.lists)}
    tables = {}
    for name, path in exports.items():
        own = {"variables": settings.variables_of(name), "corrections_sha256": settings.corrections_digest(name)}
        own["recodes_sha256"] = settings.recodes_digest(name)
        ingested = take_in(path, name, codebooks[table_of(name)], {**rules, **own, "sha256": sha256(path)})
        tables[name] = pseudonymised(ingested, key, settings.config["seed"])
    return tables


def shared_part(settings: Settings, name: str) -> dict:
    """The scales of a questionnaire that psych scores too, every report by itself, whatever the age of the child."""
    return {key: value for key, value in same_scales(settings.instruments[name]).items() if key != "ages"}


def tables_of(settings: Settings, name: str, tables: Tables) -> dict[tuple[str, str], pd.DataFrame]:
    """The tables that a questionnaire is scored from, by form and wave."""
    return {
        (form, export.split("_")[0]): tables[export]
        for form, spec in settings.instruments[name]["forms"].items()
        for export in settings.exports_of(name)
        if table_of(export) == spec["table"]
    }


def reports_of(settings: Settings, name: str, tables: Tables) -> dict[tuple[str, str], pd.DataFrame]:
    """The same, every report one of a person of its own."""
    found, number = {}, 0
    for (form, wave), table in tables_of(settings, name, tables).items():
        ids = range(number, number := number + len(table))
        # a copy is one piece; what a reader makes has a piece a column, and pandas warns of that
        columns = table[columns_of_form(settings.instruments[name]["forms"][form])].copy()
        found[form, wave] = columns.assign(household=ids, respondent=ids)
    return found


def select(settings: Settings, tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The household table and the person-level table of the study."""
    study, first_wave = settings.studies[STUDY], settings.config["waves"][0]
    to_classify, own = settings.scores_to_classify(), settings.scores_of(STUDY)
    needed, frames = sorted({*to_classify, *own}), []
    for name in settings.instruments_of(needed):
        wanted = [score.removeprefix(f"{name}.") for score in needed if score.startswith(f"{name}.")]
        norm = settings.norms.get(name)
        norm = norm and read_norm(PROJECT / norm["path"], norm["status"], name, norm["entry"])
        scores = score_instrument(settings.instruments[name], tables_of(settings, name, tables), norm)
        frames += [long_form(part, name, wanted) for part in scores]
    scores = pd.concat(frames, ignore_index=True)
    participation = participation_of(tables)
    definitions = {name: settings.classification[name] for name in ("violence", "variables", "risk_factors")}
    variables = classify_cohort(
        scores[scores["score"].isin(to_classify)],
        tables["huishoudens"],
        participation,
        **definitions,
        first_wave=first_wave,
    )
    known = scores[(scores["status"] == "ok") & scores["score"].isin(own)].rename(columns={"score": "variable"})
    variables = pd.concat([variables, known[variables.columns]], ignore_index=True)
    roles = assign_roles(tables["huishoudens"], study["approach"])
    covariates = {name: settings.classification["covariates"][name] for name in settings.covariates_of(STUDY)}
    households = household_covariates(variables, tables["huishoudens"], roles, covariates, first_wave)
    outcomes = outcomes_from(settings.outcomes_of(STUDY, "variable", "unit", "measured"))
    return households, select_study(variables, participation, roles, study, outcomes, first_wave)[0]


def bare_matching(result: MatchResult, strategy: Strategy, seed: int) -> None:
    """What R does of a matching: score model and MatchIt, nothing prepared or checked."""
    names = [name for name in result.summary["score_model"]["coefficients"] if name != "(Intercept)"]
    treated = result.candidates["role"].eq("approach").to_numpy()
    model = r_bridge.fit_propensity(result.candidates[names], treated, seed)
    caliper = result.summary["caliper_lp"]
    r_bridge.match_nearest(model.linear_predictor, treated, ratio=strategy.ratio, caliper=caliper, seed=seed)


def values_of(settings: Settings, analysis: pd.DataFrame, matched: pd.DataFrame) -> tuple[dict, pd.DataFrame]:
    """The outcomes of the study that are means at both measurements, and their values in the matched households."""
    named = outcomes_from(settings.outcomes_of(STUDY, "unit", "kind", "section", "measured", "counts"))
    reported = {name: named[name] for name in settings.studies[STUDY]["outcomes"]}
    outcomes = {name: outcome for name, outcome in reported.items() if outcome.over_time and outcome.kind == "mean"}
    table, _ = assign_groups(analysis, matched)
    units = table["outcome"].map({name: outcome.unit for name, outcome in outcomes.items()})
    columns = ["outcome", "unit", "unit_id", "household", "group", "wave", "value"]
    return outcomes, table.loc[table["group"].isin(COMPARED) & (table["unit"] == units), columns].dropna()


def scales_of_exports(settings: Settings, definitions: Mapping[str, Mapping]) -> pd.DataFrame:
    """For R: the columns of each scale in each export, by block (questionnaire, form, wave), and what answers count."""
    rows = []
    for name, shared in definitions.items():
        low, high = shared["answers"]
        recode = " ".join(str(value) for value in shared.get("recode", {}).values())
        for form, spec in shared["forms"].items():
            for export in (one for one in settings.exports_of(name) if table_of(one) == spec["table"]):
                wave = export.split("_")[0]
                for scale, of_scale in shared["scales"].items():
                    cells = scale_cells(shared, of_scale, [form]) if form in of_scale.get("forms", [form]) else set()
                    for cell, column in form_columns(spec).items():
                        if cell in cells:
                            reversed_ = int(cell[1] in shared.get("reverse", []))
                            rows.append((f"{name} {form} {wave}", export, scale, column, reversed_, low, high, recode))
    return pd.DataFrame(rows, columns=["block", "export", "scale", "column", "reversed", "low", "high", "recode"])


def check_scores(folder: Path, definitions: Mapping, scored: Mapping, reports: Mapping, scales: pd.DataFrame) -> None:
    """Every score is a mean or sum of psych's answers, and alpha that of its complete rows."""
    scores, alphas = [], []
    for (block, scale), key in scales.groupby(["block", "scale"], sort=False):
        name, form, wave = block.split()
        values, reliability = scored[name]
        sizes = [len(table) for table in reports[name].values()]
        place = list(reports[name]).index((form, wave))
        own = values[scale].to_numpy()[sum(sizes[:place]) : sum(sizes[: place + 1])]
        scores.append(own / (1 if definitions[name]["scales"][scale].get("op") == "mean" else len(key)))
        found = reliability[["scale", "form", "wave"]] == [scale, form, wave]
        alphas.append(reliability.loc[found.all(axis=1), "alpha"].item())
    agree("scores", np.concatenate(scores), np.fromfile(folder / "scores.bin"))
    agree("Cronbach's alpha", np.array(alphas), np.fromfile(folder / "alpha.bin"))


def check_pairs(folder: Path, result: MatchResult) -> None:
    matched = result.matched.set_index("subclass")
    approach = matched.loc[matched["group"] == "approach", "household"]
    controls = matched.loc[matched["group"] == "control", "household"]
    theirs = pd.read_csv(folder / "pairs.csv", dtype=str)
    if set(zip(approach[controls.index], controls, strict=True)) != set(theirs.itertuples(index=False, name=None)):
        sys.exit("Not those of R: the matched pairs.")


def check_anova(folder: Path, tested: pd.DataFrame) -> None:
    """F, p and partial eta squared of the three effects of every outcome."""
    own = tested[tested["analysis"] == "mixed_anova"].set_index(["outcome", "effect"])[FIGURES]
    theirs = pd.read_csv(folder / "anova.csv", index_col=["outcome", "effect"])
    agree("F, p and partial eta squared", own.to_numpy(), theirs.reindex(own.index)[FIGURES].to_numpy())


def agree(what: str, own: np.ndarray, theirs: np.ndarray) -> None:
    if own.shape != theirs.shape or not np.allclose(own, theirs, rtol=AGREE, atol=0, equal_nan=True):
        sys.exit(f"Not those of R: {what}.")


if __name__ == "__main__":
    main([float(size) for size in sys.argv[1:]] or list(SIZES))
