"""The codebook: which columns a raw export has, and what may stand in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from effectstudie.shared.messages.sentences import say
from effectstudie.shared.vocabulary import WAVES


@dataclass(frozen=True)
class Column:
    """One column of a raw export. `kind` is id, text, free_text, date, code or number; `low`/`high` bound a number.

    `waves`: the measurements that have it, `follow_up` for all after the start; None: all.
    """

    name: str
    kind: str
    questionnaire: str
    label: str = ""
    values: Mapping[int, str] | None = None
    low: float | None = None
    high: float | None = None
    waves: str | tuple[str, ...] | None = None
    required: bool = True
    ages: tuple[float, float] | None = None

    @property
    def recodable(self) -> bool:
        return self.kind in ("code", "number")

    def allows(self, number: float) -> bool:
        """Whether a number may stand in a column of kind code or number."""
        if self.values is not None:
            return number in self.values
        return (self.kind != "code" or number % 1 == 0) and (self.low is None or self.low <= number <= self.high)

    def asked_in(self, wave: str) -> bool:
        """Whether the export of this measurement has it."""
        if self.waves == WAVES[1]:
            return wave != WAVES[0]
        return self.waves is None or wave in self.waves

    def allowed(self) -> str:
        """What may stand in a column of kind date, code or number, in words."""
        if self.values is not None:
            return say("one of {codes}", codes=list(self.values))
        if self.low is not None:
            return say(
                "{kind} from {low:g} to {high:g}",
                kind=say("a whole number") if self.kind == "code" else say("a number"),
                low=self.low,
                high=self.high,
            )
        kinds = {
            "date": say("a date (year-month-day or day-month-year)"),
            "number": say("a number"),
            "code": say("a whole number"),
        }
        return kinds[self.kind]


def columns_of(codebook: Mapping, wave: str | None = None) -> dict[str, Column]:
    """All columns of one table, in order, for one wave (None: a table without waves)."""
    columns = [_column(name, spec) for name, spec in codebook["columns"].items()]
    for block in codebook.get("item_blocks", []):
        columns += [_column(name, {**block, "label": label}) for name, label in _members(block, codebook)]
    return {column.name: column for column in columns if wave is None or column.asked_in(wave)}


def _members(block: Mapping, codebook: Mapping) -> list[tuple[str, str]]:
    if "over" in block:
        kinds = codebook[block["over"]]
        return [(block["pattern"].format(kind), block["label"].format(text)) for kind, text in kinds.items()]
    numbers = range(block["first"], block["last"] + 1)
    return [(block["pattern"].format(number), block["label"].format(number)) for number in numbers]


def _column(name: str, spec: Mapping) -> Column:
    low, high = spec.get("range", (None, None))
    ages = spec.get("applies", {}).get("age")
    return Column(
        name=name,
        kind=spec["type"],
        questionnaire=spec.get("questionnaire", ""),
        label=spec.get("label", ""),
        values=spec.get("values"),
        low=low,
        high=high,
        waves=tuple(waves) if isinstance(waves := spec.get("waves"), list) else waves,
        required=spec.get("required", True),
        ages=tuple(ages) if ages else None,
    )


TABLES = ("huishoudens", "volwassenen", "kinderen", "jeugd")
# Those in which persons report, once per wave.
REPORTING = TABLES[1:]
# Those about children, of which the last is by themselves.
OF_CHILDREN = REPORTING[1:]
YOUTH = REPORTING[-1]
# The columns that hold ids, and what they are called once their ids are pseudonyms.
ID_NAMES = {"huishouden_id": "household", "respondent_id": "respondent", "kind_id": "child"}


def columns_of_export(codebook: Mapping, export: str) -> dict[str, Column]:
    """The columns that a codebook gives to an export."""
    return columns_of(codebook, wave=export.split("_")[0] if "_" in export else None)


def export_names(waves: Sequence[str], tables: Sequence[str] = REPORTING) -> list[str]:
    """Stems of the raw exports: huishoudens, T0_volwassenen, ..."""
    return [TABLES[0], *(f"{wave}_{table}" for wave in waves for table in tables)]


def table_of(export: str) -> str:
    """The codebook of an export: T0_volwassenen -> volwassenen."""
    return export.rsplit("_", 1)[-1]
