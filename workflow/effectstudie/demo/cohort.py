"""The synthetic demonstration cohort: invented households, calibrated to published figures."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.definitions.export_columns import REPORTING, columns_of
from effectstudie.demo.answers import adversity, drinking, help_received, marks
from effectstudie.demo.draws import stream
from effectstudie.demo.households import WAVES, make_households, waves_of
from effectstudie.demo.people import People, make_people, members
from effectstudie.demo.ratings import ratings
from effectstudie.demo.tables import adult_table, fitted, household_table, named, report_table, with_gaps, youth_table
from effectstudie.demo.unforeseen import with_unforeseen
from effectstudie.demo.violence import child_abuse, partner_violence


def make_cohort(
    definition: Mapping,
    codebooks: Mapping[str, Mapping],
    seed: int,
    waves: Sequence[str] = WAVES,
    tables: Sequence[str] = REPORTING,
) -> dict[str, pd.DataFrame]:
    """The raw export tables of these measurements and tables: `huishoudens` and `<wave>_<table>`.

    `definition`: resources/demo/cohort.yaml. `codebooks`: codebook per table name. Codes are floats (empty is
    NaN, refusals and not applicable are codes), ids and text are strings, dates are datetimes. An export is the same
    whichever others are made.
    """
    people = make_people(make_households(definition, seed, waves), definition, seed)
    answers = _answers(people, definition, seed)
    identify = {"volwassenen": adult_table, "kinderen": report_table, "jeugd": youth_table}
    columns = columns_of(codebooks["huishoudens"])
    cohort = {"huishoudens": with_unforeseen(household_table(people), columns, seed, "huishoudens")[list(columns)]}
    for table in tables:
        rows, columns_by_wave = members(people, table), {w: columns_of(codebooks[table], w) for w in waves}
        for wave in waves:
            frame = pd.concat([identify[table](people, wave), *answers[table][wave]], axis=1)
            frame = with_unforeseen(frame, columns_by_wave[wave], seed, table, wave)
            age = codebooks[table]["age_column"]
            frame = fitted(frame, columns_by_wave[wave], age)
            # who has become too old for the questionnaire is no longer asked
            asked = rows[f"present_{wave}"].to_numpy() & frame[age].le(columns_by_wave[wave][age].high)
            frame = frame[asked].reset_index(drop=True)
            rng = stream(seed, "gaps", table, wave)
            cohort[f"{wave}_{table}"] = with_gaps(frame, columns_by_wave[wave], definition["gaps"], rng)
    return cohort


def _answers(people: People, definition: Mapping, seed: int) -> dict[str, dict[str, list[pd.DataFrame]]]:
    """Table -> wave -> the columns of each questionnaire, for all members of the table."""
    waves = waves_of(people.households)
    answers: dict[str, dict[str, list[pd.DataFrame]]] = {table: {wave: [] for wave in waves} for table in REPORTING}

    def add(table: str, pattern: str, by_wave: Mapping, numbers: list[int] | None = None) -> None:
        for wave, codes in by_wave.items():
            answers[table][wave].append(named(pattern, codes, numbers))

    by_parents, by_youth = child_abuse(people, definition, seed)
    add("volwassenen", "cts2_{:02d}", partner_violence(people, definition, seed))
    add("kinderen", "ctspc_{:02d}", by_parents)
    add("jeugd", "ctspck_{:02d}", by_youth)
    add("volwassenen", "veiligheid", marks(people, definition, seed))
    add("volwassenen", "ace_{:02d}", {"T0": adversity(people, definition, seed)})
    add("volwassenen", "auditc_zelf_{}", drinking(people, "self", definition, seed))
    add("volwassenen", "auditc_partner_{}", drinking(people, "partner", definition, seed))
    for name, spec in definition["ratings"].items():
        add(spec["table"], spec["pattern"], ratings(people, name, definition, seed), spec.get("numbers"))
    for table in ("volwassenen", "jeugd"):
        for wave, columns in help_received(people, table, definition, seed).items():
            answers[table][wave].append(columns)
    return answers
