"""Checks of an instrument's definition: against the columns of the exports, and against itself.

Each function returns sentences, one a problem; `path` is the file that they name.
"""

from collections.abc import Iterable, Mapping, Sequence

from effectstudie.definitions.checks.content import check_names
from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.export_columns import Column
from effectstudie.definitions.instruments import columns_of_form, form_columns, scale_items

TABLES_OF_UNIT = {
    "adult": ("volwassenen",),
    "child": ("kinderen", "jeugd"),
    "household": ("volwassenen", "kinderen", "jeugd"),
}


def instrument_problems(
    path: str, definition: Mapping, tables: Mapping[str, Mapping[str, Column]], waves: Sequence[str]
) -> list[str]:
    """A definition against the columns of the tables, and against itself. `waves`: all that it may name."""
    forms, scales = definition["forms"], definition["scales"]
    cohort, asked = Cohort(waves), definition.get("waves")
    problems = check_names(path, "waves", asked if isinstance(asked, list) else [], waves, "wave")
    views: dict[str, None] = {}
    columns_of_item: dict[int, list[Column]] = {}
    for name, form in forms.items():
        views |= dict.fromkeys(form["views"])
        columns = tables[form["table"]]
        for (_, number), column in form_columns(form).items():
            columns_of_item.setdefault(number, []).extend([columns[column]] if column in columns else [])
        problems += _column_problems(path, name, form, columns, cohort.waves_of(asked))
    for unit, spec in definition["units"].items():
        problems += _unit_problems(path, unit, spec, forms, views)
    low, high = definition["answers"]
    answers = list(range(low, high + 1))
    if "recode" in definition and set(definition["recode"]) != set(answers):
        problems.append(f"{path}: key recode must give every answer from {low} to {high} once.")
    if "recode" in definition and "reverse" in definition:
        problems.append(f"{path}: key reverse cannot go with recode; give the reversed items codes that fit.")
    problems += [
        f"{path}: prevalence.{version} names the answer {code}; allowed: {low} to {high}."
        for version, codes in definition.get("prevalence", {}).items()
        for code in codes
        if code not in answers
    ]
    named = {"reverse": definition.get("reverse", [])}
    for number, gate in enumerate(definition.get("gates", []), start=1):
        behind = [*gate.get("set", {}), *gate.get("not_applicable", [])]
        named["gates" if number == 1 else f"gates ({number})"] = [gate["item"], *behind]
    for name, scale in scales.items():
        key = f"scales.{name}"
        problems += check_names(path, f"{key}.views", scale.get("views", []), views, "view")
        if "total_of" in scale:
            problems += _total_problems(path, key, scale, scales)
        else:
            named[key] = scale_items(scale)
            problems += _scale_problems(path, key, scale, definition, answers)
    for key, numbers in named.items():
        problems += [f"{path}: {key} names item {n}, which no form has." for n in numbers if n not in columns_of_item]
    for number in sorted({n for numbers in named.values() for n in numbers if n in columns_of_item}):
        problems += _answer_problems(path, number, columns_of_item[number], low, high)
    return problems + _norm_and_age_problems(path, definition)


def _column_problems(
    path: str, name: str, form: Mapping, columns: Mapping[str, Column], waves: Sequence[str]
) -> list[str]:
    named = columns_of_form(form)
    return check_names(path, f"forms.{name}", named, columns, "column") + [
        f"{path}: forms.{name} names the column '{column}', which {form['table']} does not have in {wave}; "
        "give the definition a key waves."
        for column in named
        if column in columns
        for wave in waves
        if not columns[column].asked_in(wave)
    ]


def _unit_problems(path: str, unit: str, spec: Mapping, forms: Mapping, views: Iterable[str]) -> list[str]:
    key = f"units.{unit}"
    problems = check_names(path, f"{key}.forms", spec.get("forms", []), forms, "form")
    problems += check_names(path, f"{key}.mirror", spec.get("mirror", []), views, "view")
    problems += check_names(path, f"{key}.directions", spec.get("directions", []), views, "view")
    if "mirror" in spec and "directions" in spec:
        problems.append(f"{path}: {key}.directions cannot go with mirror, which makes both sides the same acts.")
    return problems + [
        f"{path}: {key} takes the form '{name}' of the table {forms[name]['table']}; allowed: "
        f"{' or '.join(TABLES_OF_UNIT[unit])}."
        for name in spec.get("forms", forms)
        if name in forms and forms[name]["table"] not in TABLES_OF_UNIT[unit]
    ]


def _total_problems(path: str, key: str, scale: Mapping, scales: Mapping) -> list[str]:
    problems = check_names(path, f"{key}.total_of", scale["total_of"], scales, "scale")
    return problems + [
        f"{path}: {key}.total_of names '{part}', which is a total itself; name the scales."
        for part in scale["total_of"]
        if "total_of" in scales.get(part, {})
    ]


def _scale_problems(path: str, key: str, scale: Mapping, definition: Mapping, answers: list[int]) -> list[str]:
    problems = check_names(path, f"{key}.forms", scale.get("forms", []), definition["forms"], "form")
    numbers = scale_items(scale)
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    problems += [f"{path}: {key} names item {number} twice." for number in twice]
    if not twice and "size" in scale and len(numbers) != scale["size"]:
        problems.append(f"{path}: {key} has {len(numbers)} items, but its size says {scale['size']}.")
    op = scale.get("op", "sum")
    if op == "product":
        problems += [
            f"{path}: {key}.tables must give item {number} a value for every answer from {answers[0]} to {answers[-1]}."
            for number in numbers
            if set(scale.get("tables", {}).get(number, {})) != set(answers)
        ]
    if op == "weighted_mean" and len(scale.get("weights", [])) != len(scale["items"]):
        problems.append(f"{path}: {key}.weights must have a weight for each of the {len(scale['items'])} items.")
    if (
        op in ("count", "product", "inconsistency")
        and {**definition["missing"], **scale.get("missing", {})}["max_share"]
    ):
        problems.append(f"{path}: {key}.missing.max_share must be 0: {op} of items that were skipped has no meaning.")
    problems += [
        f"{path}: {key}.moves names item {move['item']}, which is in no part of the scale."
        for move in scale.get("moves", [])
        if move["item"] not in numbers
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


def _norm_and_age_problems(path: str, definition: Mapping) -> list[str]:
    """Keys that need the age or sex of who is reported on, and norms of scales that do not say which end is better."""
    scales, forms = definition["scales"], definition["forms"]
    with_norm = definition.get("norm_scales", [])
    problems = check_names(path, "norm_scales", with_norm, scales, "scale")
    problems += [
        f"{path}: key scales.{name}.better is missing; a scale of norm_scales says whether lower or higher is better."
        for name in with_norm
        if name in scales and "better" not in scales[name]
    ]
    ages = definition.get("ages", {})
    if ages and ages.get("from", 0) >= ages.get("below", float("inf")):
        problems.append(f"{path}: key ages.from must be lower than below.")
    if ages or any("moves" in scale for scale in scales.values()):
        problems += [
            f"{path}: key forms.{name}.age is missing; ages and moves need the column with the age."
            for name, form in forms.items()
            if "age" not in form
        ]
    return problems
