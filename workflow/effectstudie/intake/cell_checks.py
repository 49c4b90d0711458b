"""What can be wrong in the cells of one export: what no codebook allows. Sentences, one per column and cause."""

import re
from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from effectstudie.definitions.export_columns import ID_NAMES, Column
from effectstudie.intake.cells import NUMBER, THOUSANDS, as_number
from effectstudie.intake.mapping.proposals import advice
from effectstudie.intake.places import rows_told, values_told
from effectstudie.intake.spelling.ids import LENGTHS, as_id, is_nothing, may_be_id, no_id
from effectstudie.intake.spelling.letters import as_typed
from effectstudie.shared.messages.sentences import say

# A cohort is recruited and followed within this time.
_YEARS_OF_A_FILE = 10
# From more refused cells on it is the whole row, or the whole column, that is wrong.
_MANY = 8
# So often on average each value of a column that is coded otherwise.
_EACH = 3
# From as many columns on one word is how the file writes something, and no mistake of a column.
_SEVERAL = 3
_HINTS = {
    "nothing": say("Leave a cell without an answer empty, or give it one of the missing_codes of config/config.yaml."),
    "number": say(
        "Is it a code for no answer? It belongs in missing_codes of config/config.yaml. Else "
        "recode the columns in recodes.csv: `make map RAW=…` drafts the lines."
    ),
    "word": say(
        "Is it a label? Export codes, or recode the columns in recodes.csv: `make map RAW=…` drafts the lines."
    ),
}
_DECIMALS = re.compile(r"[+-]?\d*[.,](\d*)")


def decimal_marks(frame: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """One file has one decimal mark, and three digits behind it may be thousands: 1.500 is refused.

    Where all numbers have three digits behind the mark, and one of them cannot be thousands, they are decimals.
    """
    marked = {
        name: _with_mark(frame[name]) for name, column in columns.items() if column.kind == "number" and name in frame
    }
    three = _three_decimals(frame, columns)
    thousands = {name: cells[cells.str.fullmatch(THOUSANDS) & (not three)] for name, cells in marked.items()}
    problems = [
        say(
            "{file}, {rows}, column {name}{values}: may be thousands or a fraction; write "
            "it without a mark for thousands.",
            file=file,
            rows=rows_told(cells.index + 1),
            name=name,
            values=values_told(cells),
        )
        for name, cells in thousands.items()
        if len(cells)
    ]
    marks = {name: cells.drop(thousands[name].index) for name, cells in marked.items()}
    with_comma = {name: cells.str.contains(",") for name, cells in marks.items()}
    commas = sum(int(of.sum()) for of in with_comma.values())
    points = sum(len(of) for of in with_comma.values()) - commas
    if not (points and commas):
        return problems
    odd, has, rest = (False, say("point"), say("commas")) if points <= commas else (True, say("comma"), say("points"))
    return problems + [
        say(
            "{file}, {rows}, column {name}{values}: has a decimal {has} where the file has "
            "decimal {rest}; write all in one way.",
            file=file,
            rows=rows_told(cells.index + 1),
            name=name,
            values=values_told(cells),
            has=has,
            rest=rest,
        )
        for name in marks
        if len(cells := marks[name][with_comma[name] == odd])
    ]


def _with_mark(column: pd.Series) -> pd.Series:
    """The cells of a column that are numbers as text with a decimal mark."""
    texts = [value for value in column if isinstance(value, str)] if column.dtype.kind not in "if" else []
    if not texts:
        return pd.Series(dtype="str")
    return column[
        [isinstance(value, str) and bool(NUMBER.fullmatch(value) and _DECIMALS.fullmatch(value)) for value in column]
    ].astype("str")


def _three_decimals(frame: pd.DataFrame, columns: Mapping[str, Column]) -> bool:
    """Whether every number of the file has three decimals, as programs print them: 0.000 and 2.000."""
    texts: set[str] = set()
    for name, column in columns.items():
        if column.kind in ("code", "number") and name in frame:
            texts |= set(_with_mark(frame[name]).unique())
    three = all(len(_DECIMALS.fullmatch(text)[1]) == 3 for text in texts)
    return three and not all(THOUSANDS.fullmatch(text) for text in texts)


def check_dates(table: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """Dates of one file lie within some years; a slip of the pen gives another century."""
    problems = []
    for name in (name for name, column in columns.items() if column.kind == "date"):
        years = table[name].dt.year
        far = table[name][(years - years.median()).abs() > _YEARS_OF_A_FILE]
        if len(far):
            problems.append(
                say(
                    "{file}, {rows}, column {name}{values}: lies more than {years} years "
                    "from most dates of the file; correct it.",
                    file=file,
                    rows=rows_told(far.index + 1),
                    name=name,
                    values=values_told(far.dt.strftime("%Y-%m-%d")),
                    years=_YEARS_OF_A_FILE,
                )
            )
    return problems


def refused_cells(
    frame: pd.DataFrame, refused: Mapping[str, pd.Series], file: str, columns: Mapping[str, Column]
) -> list[str]:
    """A problem per column with refused cells; one for rows of which most cells are, one for a text in many columns.

    `refused`: of columns with any refused cell, which ones.
    """
    if not refused:
        return []
    wrong = pd.DataFrame(refused)
    filled = frame[[name for name in frame if columns[name].kind in ("date", "code", "number")]].notna()
    texts = {name: frame[name][wrong[name]].map(as_typed) for name in wrong}
    ids = {as_id(value) for name in frame if columns[name].kind == "id" for value in frame[name]}
    lengths = {len(text) for text in ids if text and text.isdigit()}

    def is_told(text: str) -> bool:
        return as_id(text) not in ids and not may_be_id(text, lengths)

    problems = _everywhere(wrong, texts, _SEVERAL, is_nothing, file)
    words = wrong.copy()
    for name, cells in texts.items():
        words.loc[cells.index, name] &= ~cells.map(_is_number).astype(bool)
    many = wrong.index[(words.sum(axis=1) > _MANY) & (wrong.sum(axis=1) * 2 > filled.sum(axis=1))]
    if len(many) and len(many) * 2 <= len(frame):
        problems.append(
            say(
                "{file}, {rows}: most of its cells are no answers; is it a second header, or a row "
                "of another file? Take it out.",
                file=file,
                rows=rows_told(many + 1),
            )
        )
        wrong.loc[many] = False
    problems += _everywhere(wrong, texts, _MANY + 1, is_told, file)
    for name in wrong:
        cells = texts[name][wrong.loc[texts[name].index, name]]
        if cells.empty:
            continue
        where = say("{file}, {rows}, column {name}", file=file, rows=rows_told(cells.index + 1), name=name)
        told = [text for text in cells if is_told(text)]
        hint = say("; correct the export or add a row to the corrections file.")
        if len(cells) > _MANY and len(cells) * 2 > filled[name].sum():
            hint = say(". Is it a label instead of a code, or another column?")
            if columns[name].kind != "date" or not _are_days(cells):
                told = [text for text in told if not may_be_id(text, LENGTHS)]
        if told and len(cells) > _MANY and len(cells) >= _EACH * len(set(told)):
            others = filter(is_told, frame[name].dropna().map(as_typed))
            hint += advice(file.rpartition(".")[0], name, set(others), set(told), columns[name])
        problems.append(
            say(
                "{where}{values}: must be {allowed}{hint}",
                where=where,
                values=values_told(told),
                allowed=columns[name].allowed(),
                hint=hint,
            )
        )
    return problems


def _are_days(texts: Iterable[str]) -> bool:
    """Whether all are days as Excel counts them, of this age, or days in the seconds of SPSS: then none is an id."""
    numbers = [as_number(text) for text in texts]
    return all(30_000 < number < 60_000 for number in numbers) or all(number > 1e10 for number in numbers)


def _everywhere(
    wrong: pd.DataFrame, texts: Mapping[str, pd.Series], columns: int, of_kind: Callable[[str], bool], file: str
) -> list[str]:
    """A problem per text that is refused in so many columns: that is how the file writes something.

    Its cells are taken out of `wrong`.
    """
    found: dict[str, dict[str, pd.Index]] = {}
    for name, cells in texts.items():
        cells = cells[wrong.loc[cells.index, name]]
        for text, rows in cells.groupby(cells).groups.items():
            if of_kind(str(text)):
                found.setdefault(str(text), {})[name] = rows
    problems = []
    for text, places in ((text, places) for text, places in found.items() if len(places) >= columns):
        for name, rows in places.items():
            wrong.loc[rows, name] = False
        name, rows = next(iter(places.items()))
        cells = sum(map(len, places.values()))
        problems.append(
            say(
                "{file}, {rows}, column {name}{values}: stands in {cells} cells of {columns} "
                "columns, where the codebook does not allow it. {hint}",
                file=file,
                rows=rows_told(rows + 1),
                name=name,
                values=values_told([text]),
                cells=cells,
                columns=len(places),
                hint=_HINTS[_kind(text)],
            )
        )
    return problems


def _kind(text: str) -> str:
    return "number" if _is_number(text) else "nothing" if is_nothing(text) else "word"


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))


def check_ids(table: pd.DataFrame, file: str) -> list[str]:
    """Ids that are empty, or are something else than an id."""
    problems = []
    for name in (name for name in ID_NAMES if name in table):
        causes: dict[str, list[str]] = {}
        for text in table[name].dropna().unique():
            if cause := no_id(text):
                causes.setdefault(cause, []).append(text)
        wrong = {cause: table[name].isin(texts) for cause, texts in causes.items()}
        if table[name].isna().any():
            wrong[say("is empty; every row needs one")] = table[name].isna()
        problems += [
            say(
                "{file}, {rows}, column {name}: the id {cause}.",
                file=file,
                rows=rows_told(rows.index[rows] + 1),
                name=name,
                cause=cause,
            )
            for cause, rows in sorted(wrong.items(), key=lambda item: item[1].idxmax())
        ]
    return problems


def check_keys(table: pd.DataFrame, file: str, key: list[str]) -> list[str]:
    """Ids that occur twice."""
    if not key:
        return []
    complete = table[table[key].notna().all(axis=1)]
    no_ids = [text for name in key for text in complete[name].unique() if no_id(text)]
    complete = complete[~complete[key].isin(no_ids).any(axis=1)]
    first = complete.index.to_series().groupby([complete[name] for name in key]).transform("first")
    twice = first[first != first.index]
    approach = complete["aanpak"].fillna("") if "aanpak" in complete else pd.Series("", index=complete.index)
    differs = pd.Series([approach[row] != approach[other] for row, other in twice.items()], twice.index, dtype=bool)
    rules = {True: say("a household is in one approach at the most"), False: say("an id may occur once")}
    return [
        say(
            "{file}, {rows}, column {key}: same id as {others}; {rule}.",
            file=file,
            rows=rows_told(rows.index + 1),
            key=list(key),
            others=rows_told(rows.unique() + 1),
            rule=rules[other],
        )
        for other, rows in twice.groupby(differs, sort=False)
    ]


def check_ages(table: pd.DataFrame, file: str, columns: Mapping[str, Column], age_column: str) -> list[str]:
    """A questionnaire that was answered for a child outside its ages is a row in the wrong file."""
    problems = []
    age = table[age_column]
    blocks: dict[tuple, list[str]] = {}
    for name, column in columns.items():
        if column.ages:
            blocks.setdefault((column.questionnaire, column.ages), []).append(name)
    for (questionnaire, (low, high)), names in blocks.items():
        answered = (table[names] >= 0).any(axis=1)
        outside = age[(age >= 0) & ~age.between(low, high) & answered]
        if len(outside):
            problems.append(
                say(
                    "{file}, {rows}, column {age_column}{values}: {questionnaire} is for children "
                    "of {low:g}-{high:g}, but it has answers here.",
                    file=file,
                    rows=rows_told(outside.index + 1),
                    age_column=age_column,
                    values=values_told(f"{one:g}" for one in outside),
                    questionnaire=questionnaire,
                    low=low,
                    high=high,
                )
            )
    return problems
