"""Names of regions and approaches, held against those that the configuration knows."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from effectstudie.intake.places import quoted, rows_told, values_told
from effectstudie.intake.spelling.ids import LENGTHS, may_be_id
from effectstudie.intake.spelling.letters import as_typed
from effectstudie.privacy.recognisers.readable import without_accents
from effectstudie.shared.messages.sentences import joined, private, say

# What people and programs write for no approach, and where they do not know it; as `_alike` has them.
_NONE = {"", "0", "geen", "geenaanpak", "geenspecifiekeaanpak", "zonderaanpak", "zonder", "geenvandeze", "nee", "leeg"}
_NONE |= {"nvt", "nietvantoepassing", "na", "nb", "null", "nan", "none", "no", "noapproach", "notapplicable"}
_UNKNOWN = {"onbekend", "weetniet", "nietbekend", "unknown", "missing", "ontbreekt", "geweigerd", "weigert"}
# A code that stands before a label.
_CODE = re.compile(r"^\s*\d+\s*[.:=)-]\s*(?=\D)")
_WHOLE = re.compile(r"^(-?\d+)[.,]0+$")
_SHOWN = 5


def as_named(values: pd.Series, labels: Mapping[Any, str], known: Collection[str]) -> pd.Series:
    """Texts in the spelling of the known names, where only their bytes differ; a code is what SPSS says it means."""
    meant = {as_typed(code): str(label).strip() for code, label in labels.items()}
    spelled = {_one_form(name): name for name in known}

    def named(text: str) -> str:
        text = _WHOLE.sub(r"\1", text)
        if _one_form(text) not in spelled and text in meant:
            text = _one_form(meant[text])
            text = text if text in spelled else _CODE.sub("", text)
        return spelled.get(_one_form(text), text)

    return values.map({text: named(text) for text in values.dropna().unique()}).astype("str")


def without_none(values: pd.Series, known: Collection[str], not_applicable: Sequence[float]) -> pd.Series:
    """Approaches with nothing where a word or code says that there is none."""
    none = {text for text in values.dropna().unique() if text not in known and _is_none(text, not_applicable)}
    return values.mask(values.isin(none))


def _is_none(text: str, not_applicable: Sequence[float]) -> bool:
    return (_alike(text) in _NONE and "?" not in text) or text in {f"{code:g}" for code in not_applicable}


def approach_problems(values: pd.Series, file: str, known: Sequence[str] | None, refused: Sequence[float]) -> list[str]:
    """One problem for words and codes that leave open whether there is an approach, one for names that are not known.

    `known`: None where there is no list; names are then held against each other.
    """
    codes = {f"{code:g}" for code in refused}
    names = [text for text in values.dropna().unique() if text not in (known or ())]
    unsaid = values[values.isin([text for text in names if text in codes or "?" in text or _alike(text) in _UNKNOWN])]
    found = values.drop(unsaid.index).dropna()
    problems = []
    if len(unsaid):
        problems.append(
            say(
                "{file}, {rows}, column aanpak{values}: does not say whether there is an "
                "approach; leave the cell empty where there is none, else write its name.",
                file=file,
                rows=rows_told(unsaid.index + 1),
                values=values_told(unsaid),
            )
        )
    if known is not None:
        return problems + _strange(found, file, "approach", known)
    spellings = found.groupby(found.map(_alike)).agg(lambda names: sorted(set(names)))
    return problems + [
        say(
            "{file}, column aanpak: {names} are one name in different spellings; write one of them.",
            file=file,
            names=joined(say(" and "), map(quoted, names)),
        )
        for names in spellings
        if len(names) > 1
    ]


def region_problems(values: pd.Series, file: str, known: Sequence[str]) -> list[str]:
    """One problem for all regions that the configuration does not know, or that are empty."""
    return _strange(values.fillna(""), file, "region", known)


def _strange(values: pd.Series, file: str, what: str, known: Sequence[str]) -> list[str]:
    """`what`: the names are, region or approach."""
    strange = values[~values.isin(known)]
    if strange.empty:
        return []
    names = [text for text in strange.unique() if not may_be_id(text, LENGTHS)]
    meant = [(text, _meant(text, [*known, *names[:place]])) for place, text in enumerate(names)]
    guesses = [say("{found} for {meant}", found=quoted(text), meant=quoted(name)) for text, name in meant if name][
        :_SHOWN
    ]
    hint = say(" Another spelling: {guesses}?", guesses=private(joined(", ", guesses))) if guesses else ""
    if strange.str.fullmatch(r"-?\d+").all():
        hint = say(" These are codes: export what they mean, or write that in the labels of SPSS.")
    column = {"region": "regio", "approach": "aanpak"}[what]
    return [
        say(
            "{file}, {rows}, column {column}{values}: is no {what} of config/config.yaml; "
            "known: {known}. Correct it, or add it there.{hint}",
            file=file,
            rows=rows_told(strange.index + 1),
            column=column,
            values=values_told(names),
            what=say("region") if what == "region" else say("approach"),
            known=list(known),
            hint=hint,
        )
    ]


def _meant(text: str, known: Sequence[str]) -> str | None:
    """The known name that a text differs from in letters that are not seen, in signs, or by a slip of the pen."""
    alike = {_alike(name): name for name in known}
    near = difflib.get_close_matches(_alike(text), alike, n=1, cutoff=0.75) if _alike(text) else []
    return alike[near[0]] if near else None


def _one_form(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _alike(text: str) -> str:
    """What stays of a name without capitals, accents, blanks, signs and letters that are not seen."""
    return "".join(filter(str.isalnum, without_accents(text)))
