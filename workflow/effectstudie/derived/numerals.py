"""Numbers as the codebook writes them."""

from collections.abc import Iterable, Mapping

from effectstudie.shared.formats import number


def plain(value: float) -> str:
    """A number with as many decimals as it has: 0.23 → `0,23`."""
    return number(value, len(f"{value:.10f}".rstrip("0").partition(".")[2]))


def spans(numbers: Iterable[int]) -> str:
    """1, 2, 3, 9 → `1–3, 9`."""
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in runs(numbers))


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of three or more whole numbers; others stand alone."""
    together: list[list[int]] = []
    for whole in sorted(set(numbers)):
        if together and whole == together[-1][-1] + 1:
            together[-1].append(whole)
        else:
            together.append([whole])
    parts = [part for run in together for part in ([run] if len(run) > 2 else [[whole] for whole in run])]
    return [(part[0], part[-1]) for part in parts]


def becomes(table: Mapping[int, float]) -> str:
    """`1→0, 2→0, 3→1`: what each answer becomes."""
    return ", ".join(f"{code}→{plain(value)}" for code, value in sorted(table.items()))
