"""The codebook of derived variables: a row for every score and every variable made from scores, without any data."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.classification.conditions import OPERATORS
from effectstudie.definitions.instruments import digest
from effectstudie.definitions.lineage import COMPUTED, ONLY_OF_A_STUDY, VIOLENCE_PARTS, scores_behind, variable_scores
from effectstudie.derived.formula import formula, missing_rule, plain, runs, spans
from effectstudie.derived.score import TABLES, Score, scores_of
from effectstudie.shared.formats import joined

COLUMNS = ["variabele", "eenheid", "vragenlijst", "omschrijving", "formule", "items", "kolommen", "metingen"]

COLUMNS += ["leeftijd", "ontbrekend", "bereik", "beter", "norm", "bron", "sleutel", "versie"]


# Variables that the code makes from several definitions, with their units.
UNITS = {**COMPUTED, "risk_at_least": "household", "risk_at_most": "household", **ONLY_OF_A_STUDY}

SYMBOLS = dict(zip(OPERATORS, "=<≥>", strict=True))


def derived_variables(
    instruments: Mapping[str, Mapping],
    classification: Mapping[str, Mapping],
    norms: Mapping[str, Mapping],
    waves: Sequence[str],
    thresholds: Mapping[str, int],
    words: Mapping,
) -> pd.DataFrame:
    """One row per derived variable and unit (COLUMNS, all text), sorted by name and unit.

    `instruments` and `norms` (norm_tables.norm_file) are by the stems of the definition files; `classification` has the
    files violence, variables and risk_factors; `thresholds` gives the risk_threshold of each study; `words` is
    resources/pages/derived/codebook.nl.yaml.
    """
    cohort = _Cohort(instruments, classification, norms, waves, thresholds, words)
    rows = [cohort.score_row(score) for score in cohort.scores.values()]
    rows += [cohort.variable_row(name, spec) for name, spec in classification["variables"].items()]
    rows += [cohort.computed_row(name, unit) for name, unit in UNITS.items()]
    rows.sort(key=lambda row: ("." not in row["variabele"], row["variabele"].split("."), row["eenheid"]))
    return pd.DataFrame(rows)[COLUMNS]


def compact_columns(columns: Mapping[str, Sequence[str]]) -> str:
    """Columns by table in short: `jeugd: tscc_01, 03, 10…12; kinderen: ctspc_01…ctspc_22`."""
    return "; ".join(f"{table}: {_compact(columns[table])}" for table in TABLES if columns.get(table))


def _compact(names: Sequence[str]) -> str:
    numbered: dict[str, dict[int, str]] = {}
    others = []
    for name in names:
        prefix, digits = re.fullmatch(r"(.*?)(\d*)", name).groups()
        if digits:
            numbered.setdefault(prefix, {})[int(digits)] = digits
        else:
            others.append(name)
    parts = []
    for prefix, digits in numbered.items():
        found = [(digits[first], digits[last]) for first, last in runs(digits)]
        # the prefix is not repeated, but for a single run
        again = prefix if len(found) == 1 else ""
        texts = [first if first == last else f"{first}…{again}{last}" for first, last in found]
        parts.append(f"{prefix}{', '.join(texts)}")
    return ", ".join(parts + others)


class _Cohort:
    """All definitions, and the rows that can be made of them."""

    def __init__(
        self,
        instruments: Mapping[str, Mapping],
        classification: Mapping[str, Mapping],
        norms: Mapping[str, Mapping],
        waves: Sequence[str],
        thresholds: Mapping[str, int],
        words: Mapping,
    ):
        self.classification, self.norms, self.waves, self.thresholds = classification, norms, waves, thresholds
        self.instruments, self.words = instruments, words
        made = [score for stem, definition in instruments.items() for score in scores_of(stem, definition)]
        self.scores = {(score.name, score.unit): score for score in made}

    def score_row(self, score: Score) -> dict[str, str]:
        """The row of one score of an instrument."""
        words, definition, norm = self.words, score.definition, self.norms.get(score.stem)
        better = score.spec.get("better", "unknown")
        return {
            "variabele": score.name,
            "eenheid": words["units"][score.unit],
            "omschrijving": ", ".join([score.spec["label"], *self._suffix_words(score)]),
            "formule": formula(score, norm, words),
            "ontbrekend": missing_rule(score, norm, words),
            "bereik": self._range(score, norm),
            "beter": words["none"] if score.kind == "discrepancy" else words["better"][better],
            "bron": ", ".join(definition[key] for key in ("source", "page") if key in definition),
            "versie": digest(definition),
            **self._behind([score]),
            "sleutel": f"{words['key_status'][definition['key']['status']]}: {definition['key']['note']}",
        }

    def _suffix_words(self, score: Score) -> list[str]:
        words = self.words["suffixes"]
        received = score.spec.get("direction") == "received"
        return [
            self.words["inflicted"].format(side=words[token]) if received and token == score.side else words[token]
            for token in score.tokens
        ]

    def _range(self, score: Score, norm: Mapping | None) -> str:
        say, entry = self.words["range"], (norm or {}).get("entry", {})
        ends = score.range()
        if score.kind == "t":
            ends = (entry["floor"], entry["cap"]) if {"floor", "cap"} <= set(entry) else None
        if ends is None:
            return say["norm"] if norm else self.words["none"]
        low, high = map(plain, ends)
        if score.version and score.cells:
            return say["either"].format(low=low, high=high)
        return low if low == high or not score.cells else f"{low}–{high}"

    def variable_row(self, name: str, spec: Mapping) -> dict[str, str]:
        """The row of a variable of resources/classification/variables.yaml."""
        say = self.words["variables"]
        behind = [self.scores[one, spec["unit"]] for one in dict.fromkeys(variable_scores(spec))]
        key = "score" if "score" in spec else "condition"
        return {
            "variabele": name,
            "eenheid": self.words["units"][spec["unit"]],
            "omschrijving": spec["label"],
            "formule": self._variable_formula(spec),
            "ontbrekend": self.words["missing"][key].format(name=spec.get("score")),
            "bereik": say["range_yes_no"] if "when" in spec or "yes_when" in spec else _code_range(spec),
            "beter": self.words["better"]["unknown"],
            "bron": spec.get("source", say["no_source"]),
            "versie": digest(spec),
            **self._behind(behind),
        }

    def _variable_formula(self, spec: Mapping) -> str:
        say = self.words["variables"]
        if "yes_when" in spec:
            return say["yes_when"].format(test=_test(spec["score"], spec["yes_when"]))
        if "bands" in spec:
            ends = [None, *(end for end, _ in spec["bands"])]
            pairs = zip(ends, spec["bands"], strict=False)
            tests = [(code, [_end("≥", low), _end("<", high)]) for low, (high, code) in pairs]
            bands = [(code, say["all"].join(filter(None, ends))) for code, ends in tests]
            return f"{spec['score']}: {'; '.join(say['band'].format(code=c, test=test) for c, test in bands)}"
        if "when" in spec:
            return say["when"].format(test=self._condition(spec["when"]))
        classes = []
        for one in spec["classes"]:
            test = self._condition(one["when"]) if "when" in one else ""
            classes.append(say["class" if test else "rest"].format(code=one["code"], label=one["label"], test=test))
        return say["then"].join(classes)

    def _condition(self, condition: Mapping, inner: bool = False) -> str:
        say = self.words["variables"]
        for key in ("any", "all"):
            if key in condition:
                parts = [self._condition(part, inner=True) for part in condition[key]]
                text = say[key].join(parts)
                return f"({text})" if inner and len(parts) > 1 else text
        names = condition.get("scores", [condition.get("score")])
        subject = names[0] if len(names) == 1 else say["one_of"].format(names=joined(names))
        return _test(subject, condition)

    def computed_row(self, name: str, unit: str) -> dict[str, str]:
        """The row of a variable that the code makes: its words, filled with the numbers of the definitions."""
        words, spec = self.words, self.words["computed"][name]
        filled = self._placeholders()
        source = "violence" if name in VIOLENCE_PARTS else "risk_factors" if name.startswith("risk_") else None
        units = {one["score"]: one.get("unit", "adult") for one in self.classification.get(source, {}).values()}
        alias = "risk_cumulation" if source == "risk_factors" else name
        behind = [self.scores[one, units[one]] for one in scores_behind(alias, self.classification)]
        nothing = {key: words["none"] for key in ("vragenlijst", "items", "norm")}
        alone = {"metingen": self.waves[0], "leeftijd": words["ages"]["all"], "sleutel": words["no_key"], **nothing}
        facts = self._behind(behind) if behind else {**alone, "kolommen": spec.get("kolommen", words["none"])}
        return {
            "variabele": name,
            "eenheid": words["units"][unit],
            **{key: spec[key].format(**filled) for key in ("omschrijving", "formule", "ontbrekend", "bereik", "bron")},
            "beter": words["better"][spec["beter"]] if "beter" in spec else words["none"],
            "versie": digest(self.classification[source]) if source else words["none"],
            **facts,
        }

    def _placeholders(self) -> dict[str, str]:
        words, violence = self.words, self.classification["violence"]
        factors = [
            words["factor"].format(
                n=n, test=_test(one["score"], one["yes_when"]), kept=words["factor_kept"] if one.get("keep") else ""
            )
            for n, one in enumerate(self.classification["risk_factors"].values(), start=1)
        ]
        rules = {name: words["class_rule"].format(**_in_digits(spec)) for name, spec in violence.items()}
        return {
            "partner": violence["partner_violence"]["score"],
            "abuse": violence["child_abuse"]["score"],
            "partner_rule": rules["partner_violence"],
            "abuse_rule": rules["child_abuse"],
            "first_wave": self.waves[0],
            "factors": "; ".join(factors),
            "n_factors": str(len(factors)),
            "thresholds": ", ".join(f"{study} {number}" for study, number in sorted(self.thresholds.items())),
        }

    def _behind(self, scores: Sequence[Score]) -> dict[str, str]:
        """What a variable has from the questionnaires of its scores."""
        words = self.words
        by_stem: dict[str, list[Score]] = {}
        for score in scores:
            by_stem.setdefault(score.stem, []).append(score)
        labels = {stem: self.instruments[stem]["label"] for stem in by_stem}
        definitions = {stem: self.instruments[stem] for stem in by_stem}
        columns: dict[str, dict[str, None]] = {}
        for score in scores:
            for table, names in score.columns().items():
                columns.setdefault(table, {}).update(dict.fromkeys(names))
        asked = {wave for one in definitions.values() for wave in one.get("waves", self.waves)}
        normed = {score.stem for score in scores if score.kind == "t"}
        items = {labels[stem]: self._items(own) for stem, own in by_stem.items()}
        norms = {labels[stem]: self._norm(stem) for stem in by_stem if stem in normed}
        ages = {labels[stem]: self._ages(one.get("ages", {})) for stem, one in definitions.items()}
        keys = {labels[stem]: words["key_status"][one["key"]["status"]] for stem, one in definitions.items()}
        return {
            "vragenlijst": ", ".join(labels.values()),
            "items": _each(items, always=len(items) > 1) or words["none"],
            "kolommen": compact_columns({table: list(names) for table, names in columns.items()}) or words["none"],
            "metingen": ", ".join(wave for wave in self.waves if wave in asked),
            "leeftijd": _each(ages),
            "norm": _each(norms) or words["none"],
            "sleutel": _each(keys),
        }

    def _items(self, scores: Sequence[Score]) -> str:
        say = self.words["items"]
        numbers = {item for score in scores for item in score.items}
        if len(scores) > 1:
            return spans(numbers)
        (score,) = scores
        weights = set(score.spec.get("weights", []))
        text = spans(numbers - weights) or self.words["none"]
        text = say["weighted"].format(items=text, weights=spans(weights)) if weights else text
        for one in [score, *score.raw().terms()]:
            for move in one.spec.get("moves", []):
                if move["item"] in one.moved_in:
                    text = say["moved"].format(items=text, item=move["item"], age=plain(move["below_age"]))
        return text

    def _norm(self, stem: str) -> str:
        status, norm = self.words["norm_status"], self.norms.get(stem)
        if norm is None:
            return status["none"]
        entry = norm["entry"]
        known = [] if norm["status"] == "illustrative" else [entry[k] for k in ("source", "edition") if k in entry]
        return ", ".join([f"{status[norm['status']]}: {entry['file']}", *known])

    def _ages(self, ages: Mapping[str, float]) -> str:
        say, low, below = self.words["ages"], ages.get("from"), ages.get("below")
        whole = below is not None and float(below).is_integer()
        shown = {"from": plain(low or 0), "below": plain(below or 0), "to": plain((below or 1) - 1)}
        if below is None:
            return say["all" if low is None else "from"].format(**shown)
        if low is None:
            return say["to" if whole else "below"].format(**shown)
        return say["between" if whole else "from_below"].format(**shown)


def _test(subject: str, condition: Mapping) -> str:
    """`ace.count ≥ 4`."""
    ((operator, value),) = [(key, condition[key]) for key in OPERATORS if key in condition]
    return f"{subject} {SYMBOLS[operator]} {plain(value)}"


def _end(symbol: str, bound: float | None) -> str:
    return "" if bound is None else f"{symbol} {plain(bound)}"


def _code_range(spec: Mapping) -> str:
    codes = [code for _, code in spec["bands"]] if "bands" in spec else [one["code"] for one in spec["classes"]]
    return f"{min(codes)}–{max(codes)}"


def _in_digits(spec: Mapping) -> dict[str, str]:
    return {key: value if isinstance(value, str) else plain(value) for key, value in spec.items()}


def _each(texts: Mapping[str, str], always: bool = False) -> str:
    """What holds for each questionnaire, said once where it is the same for all."""
    if not always and len(set(texts.values())) <= 1:
        return next(iter(texts.values()), "")
    return "; ".join(f"{label}: {text}" for label, text in texts.items())
