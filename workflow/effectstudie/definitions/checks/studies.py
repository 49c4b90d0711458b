"""What only several definition files together can get wrong: names that do not exist, keys that do not fit.

Each function returns sentences, one a problem; `path` is the file that they name.
"""

from collections.abc import Mapping
from datetime import date

from stdnum import isbn

from effectstudie.definitions.checks.content import check_names
from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.fitted import scores_of, units_of
from effectstudie.definitions.follow_up import NEAREST
from effectstudie.definitions.lineage import COMPUTED, ONLY_OF_A_STUDY, invented, variable_scores
from effectstudie.definitions.outcomes import Outcome, named_outcomes, subscales
from effectstudie.privacy.recognisers.readable import without_accents
from effectstudie.shared.messages.sentences import joined, say

# Folders of results/ beside those of the studies, and what rules are called behind the name of a stage.
RESERVED_STUDIES = ("cohort", "codebook", "demo_cohort", "logs", "benchmarks", "release",
                    "export", "outcomes", "households", "variants", "texts", "outputs")  # fmt: skip


def known_variables(instruments: Mapping, variables: Mapping) -> dict[str, set[str]]:
    """Every score and variable of the classified data, with the units it exists for."""
    return units_of(scores_of(instruments), variables, COMPUTED)


def variable_problems(path: str, key: str, variable: str, unit: str, known: Mapping[str, set[str]]) -> list[str]:
    """A named score or variable that does not exist, or not for this unit."""
    problems = check_names(path, key, [variable], sorted(known), say("variable"))
    if not problems and unit not in known[variable]:
        problems.append(
            say(
                "{path}: {key} is '{variable}', which exists for {known} only.",
                path=path,
                key=key,
                variable=variable,
                known=sorted(known[variable]),
            )
        )
    return problems


def classification_problems(
    folder: str, violence: Mapping, variables: Mapping, risk_factors: Mapping, covariates: Mapping, known: Mapping
) -> list[str]:
    """The files of resources/classification/: the scores they name, and cut-offs in the wrong order."""
    problems = []
    path = f"{folder}/violence.yaml"
    for name, spec in violence.items():
        for suffix in ("", ".minor", ".severe"):
            problems += variable_problems(path, f"{name}.score", spec["score"] + suffix, spec["unit"], known)
        if spec["mild_from"] >= spec["frequent_from"]:
            problems.append(say("{path}: key {name}.mild_from must be lower than frequent_from.", path=path, name=name))
    path = f"{folder}/variables.yaml"
    yes_or_no = {name: spec for name, spec in variables.items() if "when" in spec or "yes_when" in spec}
    of_persons = [name for name, spec in yes_or_no.items() if spec["unit"] != "household"]
    for name, spec in variables.items():
        key = f"{name}.score" if "score" in spec else name
        for score in variable_scores(spec):
            problems += variable_problems(path, key, score, spec["unit"], known)
        if "any_of" in spec:
            problems += check_names(
                path, f"{name}.any_of", [spec["any_of"]], of_persons, say("yes/no variable of persons")
            )
            if spec["unit"] != "household":
                problems.append(
                    say(
                        "{path}: key {name}.unit must be household, for any_of counts households.", path=path, name=name
                    )
                )
        bounds = [bound for bound, _ in spec.get("bands", [])]
        if bounds and (bounds[-1] is not None or None in bounds[:-1] or bounds[:-1] != sorted(set(bounds[:-1]))):
            problems.append(
                say("{path}: key {name}.bands must have rising bounds, and null as the last.", path=path, name=name)
            )
        if "classes" in spec and [one for one in spec["classes"] if "when" not in one] != [spec["classes"][-1]]:
            problems.append(
                say(
                    "{path}: key {name}.classes must have a condition `when` in all but the last.", path=path, name=name
                )
            )
        if name in COMPUTED:
            problems.append(
                say(
                    "{path}: key {name} is the name of a variable that is made already; choose another.",
                    path=path,
                    name=name,
                )
            )
    path = f"{folder}/risk_factors.yaml"
    for name, spec in risk_factors.items():
        for suffix in ("", ".at_least") if spec.get("bounds") else ("",):
            problems += variable_problems(path, f"{name}.score", spec["score"] + suffix, "adult", known)
    path = f"{folder}/covariates.yaml"
    for name, spec in covariates.items():
        unit = "adult" if "of_adults" in spec else "household"
        problems += variable_problems(path, f"{name}.variable", spec["variable"], unit, known)
    return problems


def outcome_problems(path: str, outcomes: Mapping[str, Outcome], known: Mapping) -> list[str]:
    """Outcomes that name a variable that does not exist, or merge classes that do not."""
    known = {**known, **{name: {unit} for name, unit in ONLY_OF_A_STUDY.items()}}
    problems = []
    for name, outcome in outcomes.items():
        problems += variable_problems(path, f"{name}.variable", outcome.variable, outcome.unit, known)
        if outcome.about:
            problems += variable_problems(path, f"{name}.about", outcome.about, outcome.unit, known)
        classes = outcome.classes or {}
        problems += [
            say(
                "{path}: {name}.merge names the class {code}, which does not exist; known: {known}.",
                path=path,
                name=name,
                code=code,
                known=list(map(str, classes)) or [say("none")],
            )
            for merge in outcome.merge
            for code in merge.codes
            if code not in classes
        ]
    return problems


def final_problems(
    path: str, study: Mapping, outcomes: Mapping[str, Outcome], cohort: Mapping[str, Mapping], norms: Mapping[str, str]
) -> list[str]:
    """What a study may not report, or match on, while config/config.yaml says that it is final."""
    keys = {name: key for key in ("problems", "background", "outcomes") for name in study.get(key, [])}
    named = {
        say("{key} names '{name}'", key=keys[name], name=name): outcomes[name].variable
        for name in named_outcomes(study)
    }
    for name, spec in subscales(study, cohort["instruments"]).items():
        named.setdefault(say("appendix names '{name}'", name=name.split("__")[0]), spec["variable"])
    for strategy in study["matching"]["strategies"].values():
        for name in strategy["covariates"] + strategy["exact"]:
            named[say("matching names '{name}'", name=name)] = cohort["covariates"][name]["variable"]
    return [
        say(
            "{path}: {what}, which rests on {reason}; key final of config/config.yaml is true: take "
            "it out, or put the real one in.",
            path=path,
            what=what,
            reason=reason,
        )
        for what, variable in named.items()
        for reason in invented(variable, cohort, norms)
    ]


def beside_problems(studies: Mapping[str, Mapping]) -> list[str]:
    """Names under published_beside that are no other study, or that stand before and behind each other."""
    problems = []
    for stem, study in studies.items():
        path, others = f"config/studies/{stem}.yaml", study.get("published_beside", [])
        problems += check_names(
            path, "published_beside", others, [name for name in studies if name != stem], say("study")
        )
        known, reached = [name for name in others if name in studies], set()
        while known:
            name = known.pop()
            if name == stem:
                problems.append(
                    say(
                        "{path}: key published_beside comes back to {stem} by way of other studies; allowed: "
                        "those whose report goes out before this one. Leave the key out of the study that goes "
                        "out first.",
                        path=path,
                        stem=stem,
                    )
                )
                break
            if name not in reached:
                reached.add(name)
                known += [one for one in studies[name].get("published_beside", []) if one in studies]
    return problems


def study_problems(
    path: str,
    study: Mapping,
    config: Mapping,
    outcomes: Mapping,
    covariates: Mapping,
    risk_factors: Mapping,
    instruments: Mapping,
    also: Mapping[str, Mapping[str, str]] | None = None,
) -> list[str]:
    """Names in a study that do not exist, and values that no schema can judge.

    `also`: of `covariates` and `outcomes`, what people call them otherwise (lineage.called_otherwise).
    """
    matching, also = study["matching"], also or {}
    problems = [
        problem
        for key in ("outcomes", "background", "problems")
        for problem in check_names(path, key, study.get(key, []), outcomes, say("outcome"), also.get("outcomes"))
    ]
    problems += [
        say(
            "{path}: key problems names '{name}', whose unit is {unit}; allowed: household, for the "
            "table counts families.",
            path=path,
            name=name,
            unit=outcomes[name]["unit"],
        )
        for name in study.get("problems", [])
        if name in outcomes and outcomes[name]["unit"] != "household"
    ]
    problems += [
        say("{path}: key outcomes names '{name}', which background names too; name it once.", path=path, name=name)
        for name in study["outcomes"]
        if name in study["background"]
    ]
    problems += check_names(path, "appendix", study.get("appendix", []), instruments, say("instrument"))
    problems += check_names(path, "matching.selected", [matching["selected"]], matching["strategies"], say("strategy"))
    problems += check_names(path, "approach.regio", [study["approach"]["regio"]], config["regions"], say("region"))
    approach, alike = study["approach"]["aanpak"], {_alike(name): name for name in config["approaches"]}
    if approach != (listed := alike.get(_alike(approach), approach)):
        problems.append(
            say(
                "{path}: key approach.aanpak is '{approach}', and approaches of config/config.yaml has "
                "'{listed}'; write both in the spelling of the exports.",
                path=path,
                approach=approach,
                listed=listed,
            )
        )
    problems += _follow_up_problems(path, study["follow_up"], config)
    for name, strategy in matching["strategies"].items():
        for key in ("covariates", "exact"):
            place = f"matching.strategies.{name}.{key}"
            problems += check_names(path, place, strategy[key], covariates, say("covariate"), also.get("covariates"))
    try:
        date.fromisoformat(study["report_date"])
    except ValueError:
        problems.append(
            say(
                "{path}: key report_date is '{report_date}'; allowed: a day that exists.",
                path=path,
                report_date=study["report_date"],
            )
        )
    problems += _front_problems(path, study)
    if study["risk_threshold"] > len(risk_factors):
        problems.append(
            say(
                "{path}: key risk_threshold is {given}; allowed: at most {most}, the number "
                "of risk factors in resources/classification/risk_factors.yaml.",
                path=path,
                given=study["risk_threshold"],
                most=len(risk_factors),
            )
        )
    problems += _help_code_problems(path, study, outcomes, instruments)
    if study["study"] in RESERVED_STUDIES:
        problems.append(
            say(
                "{path}: key study is '{study}', which the workflow uses itself; choose another name.",
                path=path,
                study=study["study"],
            )
        )
    return problems


def _alike(name: str) -> str:
    return "".join(filter(str.isalnum, without_accents(name)))


def _follow_up_problems(path: str, written: Mapping, config: Mapping) -> list[str]:
    """Measurements that no cohort has, a label of another one than those used, and a rule without its number."""
    known = Cohort.of(config).named(config)[1:]
    used = written.get("waves", known)
    problems = check_names(path, "follow_up.waves", used, known, say("wave"))
    later = config["waves"][1:]  # without any nothing but a planning can be made: running.targets says so
    if not problems and later and not set(used) & set(later):
        problems.append(
            say(
                "{path}: key follow_up.waves is {used}; allowed: at least one of {waves}, the waves of "
                "this cohort in config/config.yaml.",
                path=path,
                used=str(used),
                waves=list(later),
            )
        )
    if "label" in written and written["label"] not in used:
        problems.append(
            say(
                "{path}: key follow_up.label is '{label}'; allowed: {used}, one of the waves that are the follow-up.",
                path=path,
                label=written["label"],
                used=joined(say(" or "), used),
            )
        )
    if written.get("rule") == NEAREST and len(used) > 1 and "label" not in written:
        problems.append(
            say(
                "{path}: key follow_up.label is missing; with rule: nearest it says what figures call "
                "the follow-up: {used}.",
                path=path,
                used=joined(say(" or "), used),
            )
        )
    if ("nearest_days" in written) != (written.get("rule") == NEAREST):
        state = (
            say("there, and rule is not nearest")
            if "nearest_days" in written
            else say("missing; it goes with rule: nearest")
        )
        problems.append(say("{path}: key follow_up.nearest_days is {state}.", path=path, state=state))
    return problems


def absence_problems(path: str, study: Mapping, fitted: Mapping) -> list[str]:
    """What a study cannot do without and its cohort has not. `fitted`: the study as far as the cohort has it."""
    cohort = say("the waves and tables of this cohort in config/config.yaml")
    problems = (
        []
        if fitted["outcomes"]
        else [say("{path}: key outcomes names nothing that can be made of {cohort}.", path=path, cohort=cohort)]
    )
    return problems + [
        say(
            "{path}: key matching.strategies.{name}.covariates names nothing that can be made of "
            "{cohort}; name another covariate, or take the strategy out.",
            path=path,
            name=name,
            cohort=cohort,
        )
        for name, spec in fitted["matching"]["strategies"].items()
        if study["matching"]["strategies"][name]["covariates"] and not spec["covariates"]
    ]


def _front_problems(path: str, study: Mapping) -> list[str]:
    """An ISBN that no book can have, and ranges of the recruitment that begin with the highest."""
    problems, recruitment = [], study.get("recruitment", {})
    if "isbn" in study and not isbn.is_valid(study["isbn"]):
        problems.append(
            say(
                "{path}: key isbn is '{isbn}', whose last digit does not fit the others; allowed: an "
                "ISBN as it was given, or no key isbn where none was asked for yet.",
                path=path,
                isbn=study["isbn"],
            )
        )
    ranges = {"target": recruitment.get("target")}
    ranges |= {f"minutes.{who}": span for who, span in recruitment.get("minutes", {}).items()}
    return problems + [
        say(
            "{path}: key recruitment.{key} is {span}; allowed: two whole numbers, the lowest first.",
            path=path,
            key=key,
            span=str(span),
        )
        for key, span in ranges.items()
        if span and span[0] > span[1]
    ]


def _help_code_problems(path: str, study: Mapping, outcomes: Mapping, instruments: Mapping) -> list[str]:
    """A code of the approach that no answer can have: nobody of the approach would then have a mark."""
    code, problems = study["approach"].get("help_code"), []
    about = {outcomes[name].get("about") for name in study["outcomes"] if name in outcomes} - {None}
    for stem, _, scale in (score.partition(".") for score in sorted(about) if code is not None):
        scales = instruments.get(stem, {}).get("scales", {})
        low, high = scales.get(scale, {}).get("range", (code, code))
        if not low <= code <= high:
            problems.append(
                say(
                    "{path}: key approach.help_code is {code}; allowed: {low} to {high}, the answers of "
                    "{stem}.{scale}.",
                    path=path,
                    code=code,
                    low=low,
                    high=high,
                    stem=stem,
                    scale=scale,
                )
            )
    return problems
