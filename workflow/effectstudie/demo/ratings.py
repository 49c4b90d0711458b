"""Rating scales: answers that load on a trait, at the published Cronbach's alpha and the wanted means."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from effectstudie.demo.draws import bisect, correlated, stream
from effectstudie.demo.households import waves_of
from effectstudie.demo.people import People, members


def ratings(people: People, name: str, definition: Mapping, seed: int) -> dict[str, np.ndarray]:
    """Per wave the codes (rows x items) of rating scale `name` of the definition.

    Items load on a trait, as strongly as the stated Cronbach's alpha asks for; the mean answer of each stratum and
    wave is met by shifting the trait. `scales` gives subscales with a trait and an alpha each.
    """
    spec = definition["ratings"][name]
    rows = members(people, spec["table"])
    n, k, rng = len(rows), spec["items"], stream(seed, "ratings", name)
    scales = spec.get("scales") or {name: {"items": list(range(1, k + 1)), "alpha": spec["alpha"]}}
    difficulty = rng.permutation(np.linspace(-0.4, 0.4, k))
    persons = rng.standard_normal(rows["person"].max() + 1)[rows["person"]]
    trait = correlated(rng, persons, spec.get("reporter_agreement", 1.0))
    of_scales = rng.standard_normal((n, len(scales)))
    answers, loading = {}, None
    for wave in waves_of(people.households):
        if wave != "T0":
            trait, of_scales = correlated(rng, trait, spec["stability"]), correlated(rng, of_scales, spec["stability"])
        violence = people.households[f"violence_{wave}"].to_numpy()[rows["household"]]
        theta = (trait + spec.get("with_violence", 0) * violence) / np.hypot(1, spec.get("with_violence", 0))
        latent = _Latent(_factors(theta, of_scales, scales, spec), rng.standard_normal((n, k)), difficulty, spec)
        if loading is None:
            loading = _loadings(latent, scales, mean_target(spec, "rest", wave))
        shift = np.zeros(n)
        for stratum in definition["strata"]:
            inside = (rows["stratum"] == stratum).to_numpy()
            present = latent.of(inside & rows[f"present_{wave}"].to_numpy())
            shift[inside] = present.centred(loading, mean_target(spec, stratum, wave))
        codes = latent.codes(loading, shift)
        turned = np.array(spec.get("reversed", []), dtype=int) - 1
        codes[:, turned] = sum(spec["codes"]) - codes[:, turned]
        answers[wave] = codes
    return answers


@dataclass(frozen=True)
class _Latent:
    """What lies under the answers of one wave: trait and noise, rows x items, and how hard the items are."""

    factor: np.ndarray
    noise: np.ndarray
    difficulty: np.ndarray
    spec: Mapping

    def of(self, rows: np.ndarray) -> "_Latent":
        return _Latent(self.factor[rows], self.noise[rows], self.difficulty, self.spec)

    def codes(self, loading: np.ndarray, shift: float | np.ndarray) -> np.ndarray:
        latent = loading * self.factor + np.sqrt(1 - loading**2) * self.noise
        latent = latent + self.difficulty + np.reshape(shift, (-1, 1))
        return np.clip(np.rint(self.spec["centre"] + self.spec["sd"] * latent), *self.spec["codes"])

    def centred(self, loading: np.ndarray, target: float) -> float:
        """The shift that brings the mean answer to the target; none without rows."""
        if not len(self.factor):
            return 0.0
        return bisect(lambda shift: float(self.codes(loading, shift).mean()), target, -5, 5, steps=12)


def alpha(items: np.ndarray) -> float:
    """Cronbach's alpha of complete answers, rows x items."""
    k = items.shape[1]
    total = items.sum(axis=1).var(ddof=1)
    return k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / total)


def mean_target(spec: Mapping, stratum: str, wave: str) -> float:
    """The mean that a stratum must have in a wave; `rest` stands for strata that are not named."""
    first, later = spec["means"].get(stratum, spec["means"]["rest"])
    return first if wave == "T0" else later


def _factors(theta: np.ndarray, of_scales: np.ndarray, scales: Mapping, spec: Mapping) -> np.ndarray:
    """The trait behind each item, rows x items: the common one mixed with that of its (first) subscale."""
    common, factor = spec.get("common", 0.8), np.full((len(theta), spec["items"]), np.nan)
    for number, part in enumerate(scales.values()):
        columns = [item - 1 for item in part["items"] if np.isnan(factor[0, item - 1])]
        factor[:, columns] = (common * theta + np.sqrt(1 - common**2) * of_scales[:, number])[:, None]
    return factor


def _loadings(latent: _Latent, scales: Mapping, target: float) -> np.ndarray:
    """The loading of each item that gives its scale its alpha."""
    loading = np.full(latent.factor.shape[1], 0.6)
    shift = latent.centred(loading, target)
    for part in scales.values():
        columns = np.array(part["items"]) - 1
        k, length = len(columns), latent.spec.get("alpha_length", len(columns))

        def of_length(x: float, columns=columns, k=k, length=length) -> float:
            trial = loading.copy()
            trial[columns] = x
            whole = alpha(latent.codes(trial, shift)[:, columns])
            mean_r = whole / (k - (k - 1) * whole)
            return length * mean_r / (1 + (length - 1) * mean_r)  # Spearman-Brown

        loading[columns] = bisect(of_length, part["alpha"], 0.0, 0.99, steps=10)
    return loading
