"""Small systems of counts, and all that can be known of them by trying every whole number."""

import itertools

from hypothesis import strategies as st

from effectstudie.disclosure.audit.system import System


def tried(system, name):
    """Every value of a count that some choice of whole numbers has, by trying all of them."""
    names = list(system.truth)
    ranges = (range(system.most[one] + 1) for one in names)
    choices = (dict(zip(names, values, strict=True)) for values in itertools.product(*ranges))
    return {choice[name] for choice in choices if all(fact.holds(choice) for fact in system.facts)}


@st.composite
def systems(draw):
    """Up to four counts, and sums of them that are known, some of them roughly; the first count is hidden."""
    system = System()
    for name in "abcd"[: draw(st.integers(1, 4))]:
        most = draw(st.integers(1, 5))
        system.count(name, draw(st.integers(0, most)), most)
    for number in range(draw(st.integers(0, 4))):
        weights = draw(st.lists(st.sampled_from([-1, 0, 1, 2]), min_size=len(system.truth), max_size=len(system.truth)))
        terms = {name: weight for name, weight in zip(system.truth, weights, strict=True) if weight}
        if terms:
            total = sum(weight * system.truth[name] for name, weight in terms.items())
            rough = draw(st.sampled_from([0, 0, 0.5, 1]))
            system.tell(terms, total - rough, total + rough, f"fact {number}", number)
    system.hidden["a"] = "a"
    return system
