"""What only several definition files together can get wrong: names that do not exist, keys that do not fit.

Each function returns sentences, one a problem; `path` is the file that they name.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from effectstudie.codebook import Column
from effectstudie.config import check_names
from effectstudie.instruments import form_columns, scale_items

# Variables that classify and select make, each with its unit; all others are named by a definition file.
COMPUTED = {
    "violence_class": "household",
    "total_violence": "household",
    "household_restraining_order": "household",
    "n_children": "household",
    "restraining_order": "adult",
    "children_over_3": "adult",
}
ONLY_OF_A_STUDY = {"risk_cumulation": "household"}
TABLES_OF_UNIT = {
    "adult": ("volwassenen",),
    "child": ("kinderen", "jeugd"),
    "household": ("volwassenen", "kinderen", "jeugd"),
}
# Folders of results/ beside those of the studies.
RESERVED_STUDIES = ("cohort", "demo_cohort", "logs")


def instrument_problems(
    path: str, definition: Mapping, tables: Mapping[str, Mapping[str, Column]], waves: Sequence[str]
) -> list[str]:
    """A definition against the columns of the tables, and against itself."""
    forms, scales = definition["forms"], definition["scales"]
    problems = check_names(path, "waves", definition.get("waves", []), waves, "wave")
    views: dict[str, None] = {}
    columns_of_item: dict[int, list[Column]] = {}
    for name, form in forms.items():
        views |= dict.fromkeys(form["views"])
        columns = tables[form["table"]]
        for (_, number), column in form_columns(form).items():
            columns_of_item.setdefault(number, []).extend([columns[column]] if column in columns else [])
        problems += _column_problems(path, name, form, columns, definition.get("waves", waves))
    for unit, spec in definition["units"].items():
        key = f"units.{unit}"
        problems += check_names(path, f"{key}.forms", spec.get("forms", []), forms, "form")
        problems += check_names(path, f"{key}.mirror", spec.get("mirror", []), views, "view")
        problems += [
            f"{path}: {key} takes the form '{name}' of the table {forms[name]['table']}; allowed: "
            f"{' or '.join(TABLES_OF_UNIT[unit])}."
            for name in spec.get("forms", forms)
            if name in forms and forms[name]["table"] not in TABLES_OF_UNIT[unit]
        ]
    low, high = definition["answers"]
    answers = list(range(low, high + 1))
    if "recode" in definition and set(definition["recode"]) != set(answers):
        problems.append(f"{path}: key recode must give every answer from {low} to {high} once.")
    if "recode" in definition and "reverse" in definition:
        problems.append(f"{path}: key reverse cannot go with recode; give the reversed items codes that fit.")
    gate = definition.get("gate", {})
    named = {"reverse": definition.get("reverse", []), "gate": [gate["item"], *gate["set"]] if gate else []}
    for name, scale in scales.items():
        named[f"scales.{name}"] = [] if "total_of" in scale else scale_items(scale)
        problems += _scale_problems(path, f"scales.{name}", scale, definition, answers)
    for key, numbers in named.items():
        problems += [f"{path}: {key} names item {n}, which no form has." for n in numbers if n not in columns_of_item]
    for number in sorted({n for numbers in named.values() for n in numbers if n in columns_of_item}):
        problems += _answer_problems(path, number, columns_of_item[number], low, high)
    return problems


def _column_problems(
    path: str, name: str, form: Mapping, columns: Mapping[str, Column], waves: Sequence[str]
) -> list[str]:
    named = form_columns(form).values()
    return check_names(path, f"forms.{name}", named, columns, "column") + [
        f"{path}: forms.{name} names the column '{column}', which {form['table']} does not have in {wave}; "
        "give the definition a key waves."
        for column in named
        if column in columns and columns[column].waves
        for wave in waves
        if wave not in columns[column].waves
    ]


def _scale_problems(path: str, key: str, scale: Mapping, definition: Mapping, answers: list[int]) -> list[str]:
    scales = definition["scales"]
    problems = check_names(path, f"{key}.forms", scale.get("forms", []), definition["forms"], "form")
    if "total_of" in scale:
        problems += check_names(path, f"{key}.total_of", scale["total_of"], scales, "scale")
        return problems + [
            f"{path}: {key}.total_of names '{part}', which is a total itself; name the scales."
            for part in scale["total_of"]
            if "total_of" in scales.get(part, {})
        ]
    numbers = scale_items(scale)
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    problems += [f"{path}: {key} names item {number} twice." for number in twice]
    if not twice and len(numbers) != scale["size"]:
        problems.append(f"{path}: {key} has {len(numbers)} items, but its size says {scale['size']}.")
    if scale.get("op") == "product":
        problems += [
            f"{path}: {key}.tables must give item {number} a value for every answer from {answers[0]} to {answers[-1]}."
            for number in numbers
            if set(scale.get("tables", {}).get(number, {})) != set(answers)
        ]
    return problems


def _answer_problems(path: str, number: int, columns: Iterable[Column], low: int, high: int) -> list[str]:
    problems = []
    for column in columns:
        lowest, highest = (
            (column.low, column.high) if column.values is None else (min(column.values), max(column.values))
        )
        if lowest is None or lowest < low or highest > high:
            problems.append(
                f"{path}: item {number} is the column '{column.name}', which the codebook allows {column.allowed()}, "
                f"but key answers says {low} to {high}."
            )
    return problems


def known_variables(instruments: Mapping, variables: Mapping) -> dict[str, set[str]]:
    """Every score and variable of the classified data, with the units it exists for."""
    known = {name: {unit} for name, unit in COMPUTED.items()}
    for name, spec in variables.items():
        known.setdefault(name, set()).add(spec["unit"])
    for stem, definition in instruments.items():
        for unit, spec in definition["units"].items():
            for name, scale in definition["scales"].items():
                forms = scale.get("forms", definition["forms"])
                if set(forms) & set(spec.get("forms", definition["forms"])):
                    for suffix in _suffixes(scale, definition["scales"]):
                        known.setdefault(f"{stem}.{name}{suffix}", set()).add(unit)
    return known


def _suffixes(scale: Mapping, scales: Mapping) -> list[str]:
    of = [scales.get(name, {}) for name in scale.get("total_of", [])] or [scale]
    parts = dict.fromkeys(part for one in of for part in one.get("parts", {}))
    return ["", *(f".{part}" for part in parts), *([".at_least", ".at_most"] if scale.get("bounds") else [])]


def variable_problems(path: str, key: str, variable: str, unit: str, known: Mapping[str, set[str]]) -> list[str]:
    """A named score or variable that does not exist, or not for this unit."""
    problems = check_names(path, key, [variable], sorted(known), "variable")
    if not problems and unit not in known[variable]:
        problems.append(f"{path}: {key} is '{variable}', which exists for {', '.join(sorted(known[variable]))} only.")
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
            problems.append(f"{path}: key {name}.mild_from must be lower than frequent_from.")
    path = f"{folder}/variables.yaml"
    for name, spec in variables.items():
        problems += variable_problems(path, f"{name}.score", spec["score"], spec["unit"], known)
        bounds = [bound for bound, _ in spec.get("bands", [])]
        if bounds and (bounds[-1] is not None or None in bounds[:-1] or bounds[:-1] != sorted(set(bounds[:-1]))):
            problems.append(f"{path}: key {name}.bands must have rising bounds, and null as the last.")
        if name in COMPUTED:
            problems.append(f"{path}: key {name} is the name of a variable that is made already; choose another.")
    path = f"{folder}/risk_factors.yaml"
    for name, spec in risk_factors.items():
        for suffix in ("", ".at_least") if spec.get("bounds") else ("",):
            problems += variable_problems(path, f"{name}.score", spec["score"] + suffix, "adult", known)
    path = f"{folder}/covariates.yaml"
    for name, spec in covariates.items():
        unit = "adult" if "of_adults" in spec else "household"
        problems += variable_problems(path, f"{name}.variable", spec["variable"], unit, known)
    return problems


def outcome_problems(path: str, outcomes: Mapping, known: Mapping) -> list[str]:
    """Outcomes that name a variable that does not exist, or merge classes that do not."""
    known = {**known, **{name: {unit} for name, unit in ONLY_OF_A_STUDY.items()}}
    problems = []
    for name, spec in outcomes.items():
        problems += variable_problems(path, f"{name}.variable", spec["variable"], spec["unit"], known)
        problems += [
            f"{path}: {name}.merge names the class {code}, which does not exist; known: "
            f"{', '.join(map(str, spec.get('classes', {}))) or 'none'}."
            for merged in spec.get("merge", [])
            for code in merged["codes"]
            if code not in spec.get("classes", {})
        ]
    return problems


def study_problems(
    path: str, study: Mapping, config: Mapping, outcomes: Mapping, covariates: Mapping, risk_factors: Mapping
) -> list[str]:
    """Names in a study that do not exist, and values that no schema can judge."""
    matching = study["matching"]
    problems = check_names(path, "outcomes", study["outcomes"], outcomes, "outcome")
    problems += check_names(path, "background", study["background"], outcomes, "outcome")
    problems += [
        f"{path}: key outcomes names '{name}', which background names too; name it once."
        for name in study["outcomes"]
        if name in study["background"]
    ]
    problems += check_names(path, "matching.selected", [matching["selected"]], matching["strategies"], "strategy")
    problems += check_names(path, "approach.regio", [study["approach"]["regio"]], config["regions"], "region")
    problems += check_names(path, "follow_up.waves", study["follow_up"]["waves"], config["waves"][1:], "wave")
    for name, strategy in matching["strategies"].items():
        for key in ("covariates", "exact"):
            problems += check_names(path, f"matching.strategies.{name}.{key}", strategy[key], covariates, "covariate")
    try:
        date.fromisoformat(study["report_date"])
    except ValueError:
        problems.append(f"{path}: key report_date is '{study['report_date']}'; allowed: a day that exists.")
    if study["risk_threshold"] > len(risk_factors):
        problems.append(
            f"{path}: key risk_threshold is {study['risk_threshold']}; allowed: at most {len(risk_factors)}, the "
            "number of risk factors in resources/classification/risk_factors.yaml."
        )
    if study["study"] in RESERVED_STUDIES:
        problems.append(f"{path}: key study is '{study['study']}', a folder of results already; choose another name.")
    return problems
