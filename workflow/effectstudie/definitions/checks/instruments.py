"""Checks of an instrument's definition: against the columns of the exports, and against itself.

Each function returns sentences, one a problem; `path` is the file that they name.
"""

from collections.abc import Iterable, Mapping, Sequence

from effectstudie.definitions.checks.content import check_names
from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.export_columns import Column
from effectstudie.definitions.instruments import columns_of_form, form_columns, scale_items
from effectstudie.shared.messages.sentences import joined, say

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
    problems = check_names(path, "waves", asked if isinstance(asked, list) else [], waves, say("wave"))
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
        problems.append(
            say("{path}: key recode must give every answer from {low} to {high} once.", path=path, low=low, high=high)
        )
    if "recode" in definition and "reverse" in definition:
        problems.append(
            say("{path}: key reverse cannot go with recode; give the reversed items codes that fit.", path=path)
        )
    problems += [
        say(
            "{path}: prevalence.{version} names the answer {code}; allowed: {low} to {high}.",
            path=path,
            version=version,
            code=code,
            low=low,
            high=high,
        )
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
        problems += check_names(path, f"{key}.views", scale.get("views", []), views, say("view"))
        if "total_of" in scale:
            problems += _total_problems(path, key, scale, scales)
        else:
            named[key] = scale_items(scale)
            problems += _scale_problems(path, key, scale, definition, answers)
    for key, numbers in named.items():
        problems += [
            say("{path}: {key} names item {number}, which no form has.", path=path, key=key, number=number)
            for number in numbers
            if number not in columns_of_item
        ]
    for number in sorted({n for numbers in named.values() for n in numbers if n in columns_of_item}):
        problems += _answer_problems(path, number, columns_of_item[number], low, high)
    return problems + _norm_and_age_problems(path, definition)


def _column_problems(
    path: str, name: str, form: Mapping, columns: Mapping[str, Column], waves: Sequence[str]
) -> list[str]:
    named = columns_of_form(form)
    return check_names(path, f"forms.{name}", named, columns, say("column")) + [
        say(
            "{path}: forms.{name} names the column '{column}', which {table} does not have in "
            "{wave}; give the definition a key waves.",
            path=path,
            name=name,
            column=column,
            table=form["table"],
            wave=wave,
        )
        for column in named
        if column in columns
        for wave in waves
        if not columns[column].asked_in(wave)
    ]


def _unit_problems(path: str, unit: str, spec: Mapping, forms: Mapping, views: Iterable[str]) -> list[str]:
    key = f"units.{unit}"
    problems = check_names(path, f"{key}.forms", spec.get("forms", []), forms, say("form"))
    problems += check_names(path, f"{key}.mirror", spec.get("mirror", []), views, say("view"))
    problems += check_names(path, f"{key}.directions", spec.get("directions", []), views, say("view"))
    if "mirror" in spec and "directions" in spec:
        problems.append(
            say(
                "{path}: {key}.directions cannot go with mirror, which makes both sides the same acts.",
                path=path,
                key=key,
            )
        )
    return problems + [
        say(
            "{path}: {key} takes the form '{name}' of the table {table}; allowed: {allowed}.",
            path=path,
            key=key,
            name=name,
            table=forms[name]["table"],
            allowed=joined(say(" or "), TABLES_OF_UNIT[unit]),
        )
        for name in spec.get("forms", forms)
        if name in forms and forms[name]["table"] not in TABLES_OF_UNIT[unit]
    ]


def _total_problems(path: str, key: str, scale: Mapping, scales: Mapping) -> list[str]:
    problems = check_names(path, f"{key}.total_of", scale["total_of"], scales, say("scale"))
    return problems + [
        say(
            "{path}: {key}.total_of names '{part}', which is a total itself; name the scales.",
            path=path,
            key=key,
            part=part,
        )
        for part in scale["total_of"]
        if "total_of" in scales.get(part, {})
    ]


def _scale_problems(path: str, key: str, scale: Mapping, definition: Mapping, answers: list[int]) -> list[str]:
    problems = check_names(path, f"{key}.forms", scale.get("forms", []), definition["forms"], say("form"))
    numbers = scale_items(scale)
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    problems += [say("{path}: {key} names item {number} twice.", path=path, key=key, number=number) for number in twice]
    if not twice and "size" in scale and len(numbers) != scale["size"]:
        problems.append(
            say(
                "{path}: {key} has {count} items, but its size says {size}.",
                path=path,
                key=key,
                count=len(numbers),
                size=scale["size"],
            )
        )
    op = scale.get("op", "sum")
    if op == "product":
        problems += [
            say(
                "{path}: {key}.tables must give item {number} a value for every answer from {low} to {high}.",
                path=path,
                key=key,
                number=number,
                low=answers[0],
                high=answers[-1],
            )
            for number in numbers
            if set(scale.get("tables", {}).get(number, {})) != set(answers)
        ]
    if op == "weighted_mean" and len(scale.get("weights", [])) != len(scale["items"]):
        problems.append(
            say(
                "{path}: {key}.weights must have a weight for each of the {count} items.",
                path=path,
                key=key,
                count=len(scale["items"]),
            )
        )
    if (
        op in ("count", "product", "inconsistency")
        and {**definition["missing"], **scale.get("missing", {})}["max_share"]
    ):
        problems.append(
            say(
                "{path}: {key}.missing.max_share must be 0: {op} of items that were skipped has no meaning.",
                path=path,
                key=key,
                op=op,
            )
        )
    problems += [
        say(
            "{path}: {key}.moves names item {item}, which is in no part of the scale.",
            path=path,
            key=key,
            item=move["item"],
        )
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
                say(
                    "{path}: item {number} is the column '{name}', which the codebook allows {allowed}, but "
                    "key answers says {low} to {high}.",
                    path=path,
                    number=number,
                    name=column.name,
                    allowed=column.allowed(),
                    low=low,
                    high=high,
                )
            )
    return problems


def _norm_and_age_problems(path: str, definition: Mapping) -> list[str]:
    """Keys that need the age or sex of who is reported on, and norms of scales that do not say which end is better."""
    scales, forms = definition["scales"], definition["forms"]
    with_norm = definition.get("norm_scales", [])
    problems = check_names(path, "norm_scales", with_norm, scales, say("scale"))
    problems += [
        say(
            "{path}: key scales.{name}.better is missing; a scale of norm_scales says whether lower "
            "or higher is better.",
            path=path,
            name=name,
        )
        for name in with_norm
        if name in scales and "better" not in scales[name]
    ]
    ages = definition.get("ages", {})
    if ages and ages.get("from", 0) >= ages.get("below", float("inf")):
        problems.append(say("{path}: key ages.from must be lower than below.", path=path))
    if ages or any("moves" in scale for scale in scales.values()):
        problems += [
            say(
                "{path}: key forms.{name}.age is missing; ages and moves need the column with the age.",
                path=path,
                name=name,
            )
            for name, form in forms.items()
            if "age" not in form
        ]
    return problems
