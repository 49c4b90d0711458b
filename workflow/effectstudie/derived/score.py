"""What one score of an instrument is made from, out of the definition file alone: items, columns and informants."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from effectstudie.definitions.export_columns import REPORTING
from effectstudie.definitions.instruments import (
    VIOLENCE_PARTS,
    form_columns,
    forms_of,
    scale_cells,
    scales_of,
    score_suffixes,
)

# Suffixes of scores that are made from a score, not from answers.
MADE_FROM_SCORE = ("chronicity", "t", "discrepancy")
KINDS = ("known", "at_least", "at_most", *MADE_FROM_SCORE)


@dataclass(frozen=True)
class Score:
    """One score of one unit: the instrument, the scale, and the suffix that says which score of the scale."""

    stem: str
    definition: Mapping
    unit: str
    scale: str
    suffix: str

    @property
    def name(self) -> str:
        """The name that the score has outside its instrument."""
        return f"{self.stem}.{self.scale}{self.suffix}"

    @property
    def tokens(self) -> list[str]:
        """The words of the suffix."""
        return self.suffix.split(".")[1:]

    @property
    def spec(self) -> Mapping:
        """What the definition says of the scale."""
        return self.definition["scales"][self.scale]

    @property
    def of_unit(self) -> Mapping:
        """What the definition says of the unit."""
        return self.definition["units"][self.unit]

    @property
    def is_total(self) -> bool:
        """The scale is a sum of scales."""
        return "total_of" in self.spec

    @property
    def at_scale(self) -> bool:
        """Informants are combined after their scores were made, not before."""
        return self.of_unit.get("at") == "scale"

    @property
    def op(self) -> str:
        """How answers become the score of the scale."""
        return self.spec.get("op", "sum")

    @property
    def missing_rule(self) -> Mapping:
        """max_share, fill and round."""
        return {**self.definition["missing"], **self.spec.get("missing", {})}

    @property
    def part(self) -> str:
        """minor, severe or the empty text."""
        return self._token(VIOLENCE_PARTS)

    @property
    def side(self) -> str:
        """The view whose acts are counted; the empty text for those of all views."""
        return self._token(self.of_unit.get("directions", []))

    @property
    def version(self) -> str:
        """year or ever where the score is a prevalence, or the empty text."""
        return self._token(self.definition.get("prevalence", {}))

    @property
    def kind(self) -> str:
        """One of KINDS, or the empty text."""
        return self._token(KINDS)

    def _token(self, words: Iterable[str]) -> str:
        return next((token for token in self.tokens if token in words), "")

    def raw(self) -> "Score":
        """The score that this one is made from: itself, unless it is made from a score."""
        return replace(self, suffix="") if self.kind in MADE_FROM_SCORE else self

    def terms(self) -> list["Score"]:
        """The scores that add up to this one; none unless the scale is a total."""
        scales = scales_of(self.definition, self.of_unit)
        return [
            replace(self, scale=part)
            for part in self.spec.get("total_of", [])
            if part in scales and self.suffix in score_suffixes(self.definition, self.of_unit, part)
        ]

    @property
    def forms(self) -> list[str]:
        """The forms that the scale, or what it is a total of, is scored from for this unit."""
        if self.is_total:
            return list(dict.fromkeys(form for term in self.raw().terms() for form in term.forms))
        return forms_of(self.definition, self.of_unit, self.spec)

    @cached_property
    def cells(self) -> frozenset[tuple[str, int]]:
        """The (view, item) that the score is made from, also those that only some ages have in this part."""
        if self.is_total:
            return frozenset(cell for term in self.raw().terms() for cell in term.cells)
        cells = scale_cells(self.definition, self.spec, self.forms)
        if self.part:
            numbers = {*self.spec["parts"][self.part], *self.moved_in}
            cells = {cell for cell in cells if cell[1] in numbers}
        if self.side:
            # injury is worded from the side that receives it
            received = self.spec.get("direction") == "received"
            cells = {cell for cell in cells if (cell[0] == self.side) != received}
        return frozenset(cells)

    @property
    def moved_in(self) -> list[int]:
        """Items that come to this part at some ages."""
        return [move["item"] for move in self.spec.get("moves", []) if self.part == move["to"]]

    @property
    def moved_out(self) -> list[int]:
        """Items that leave this part at some ages."""
        items = self.spec["parts"][self.part] if self.part and not self.is_total else []
        return [
            move["item"] for move in self.spec.get("moves", []) if self.part != move["to"] and move["item"] in items
        ]

    @property
    def items(self) -> list[int]:
        """Numbers of the items, without those that only some ages have in this part."""
        if self.is_total:
            return sorted({number for term in self.raw().terms() for number in term.items})
        return sorted({number for _, number in self.cells} - set(self.moved_in))

    def columns(self) -> dict[str, list[str]]:
        """Export columns by table: of the items, and the age and sex that the score needs."""
        columns: dict[str, dict[str, None]] = {}
        if self.is_total:
            for term in self.raw().terms():
                for table, names in replace(term, suffix=self.suffix).columns().items():
                    columns.setdefault(table, {}).update(dict.fromkeys(names))
            return {table: list(names) for table, names in columns.items()}
        by_norm = self.kind == "t"
        by_age = by_norm or "ages" in self.definition or bool(self.part and "moves" in self.spec)
        for form in (self.definition["forms"][form] for form in self.forms):
            names = [column for cell, column in form_columns(form).items() if cell in self.cells]
            who = [form[key] for key, needed in (("age", by_age), ("sex", by_norm)) if needed and key in form]
            if names:
                columns.setdefault(form["table"], {}).update(dict.fromkeys(names + who))
        return {table: list(names) for table, names in columns.items()}

    def informants(self) -> list[str]:
        """The tables of those who report on the unit."""
        tables = {self.definition["forms"][form]["table"] for form in self.forms}
        return [table for table in REPORTING if table in tables]

    @property
    def of_several(self) -> bool:
        """More than one person may report on the unit."""
        return self.unit == "household" or (self.unit == "child" and self.informants() != ["jeugd"])


def scores_of(stem: str, definition: Mapping) -> Iterator[Score]:
    """Every score of every unit of an instrument."""
    for unit, spec in definition["units"].items():
        for scale in scales_of(definition, spec):
            for suffix in score_suffixes(definition, spec, scale):
                yield Score(stem, definition, unit, scale, suffix)
