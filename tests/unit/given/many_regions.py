"""A project of as many regions as asked for, each with an approach of its own, in the invented cohort."""

import shutil
from pathlib import Path

# The stratum that the families of a new approach are drawn as; regions get the name of it and a number.
LIKE, STUDY_LIKE = "twente", "haaglanden"


def names_of(number: int) -> list[str]:
    return [f"regio_{place:03d}" for place in range(1, number + 1)]


def with_regions(folder: Path, number: int, households: int = 40, without: int = 11) -> list[str]:
    """Make the project in `folder` one of `number` studies of so many households each, and one set of all; their names.

    `without`: regions without an approach. The pool is of all regions alike.
    """
    names, config = names_of(number), folder / "config/config.yaml"
    labels = [name.replace("_", " ").capitalize() for name in names]
    pool = [f"Zonder {place:02d}" for place in range(1, without + 1)]
    text = config.read_text(encoding="utf-8")
    start, end = text.index("regions:\n") + len("regions:\n"), text.index("\n\n# Approaches that may occur")
    listed = "\n".join(f"  - {name}" for name in [*labels, *pool])
    config.write_text(text[:start] + listed + text[end:], encoding="utf-8")
    _cohort(folder / "resources/demo/cohort.yaml", labels, [*labels, *pool], households)
    study = (folder / f"config/studies/{STUDY_LIKE}.yaml").read_text(encoding="utf-8")
    for path in (folder / "config/studies").glob("*.yaml"):
        path.unlink()
    shutil.rmtree(folder / "config/plans", ignore_errors=True)
    for place, (name, label) in enumerate(zip(names, labels, strict=True)):
        own = study.replace(f"study: {STUDY_LIKE}", f"study: {name}").replace("regio: Den Haag", f"regio: {label}")
        own = own.replace("aanpak: Veilig Verder", f"aanpak: Aanpak {place + 1:03d}").replace("Haaglanden", label)
        own = own.replace("published_beside: [groningen]", f"published_beside: [{', '.join(names[:place])}]")
        (folder / f"config/studies/{name}.yaml").write_text(own, encoding="utf-8")
    sets = folder / "config/sets/landelijk.yaml"
    told = sets.read_text(encoding="utf-8").replace("[groningen, haaglanden]", f"[{', '.join(names)}]")
    sets.write_text(told.replace(f"like: {STUDY_LIKE}", f"like: {names[0]}"), encoding="utf-8")
    return names


def _cohort(path: Path, labels: list[str], everywhere: list[str], households: int) -> None:
    """Give the invented cohort a stratum for each region with an approach, and spread the others over all regions."""
    text = path.read_text(encoding="utf-8")
    spread = "{" + ", ".join(f"{name}: 1" for name in everywhere) + "}"
    start = text.index("    regions: &regions {")
    text = text[:start] + f"    regions: &regions {spread}" + text[text.index("}", start) + 1 :]
    for region in ("Groningen", "Den Haag", "Twente"):
        text = text.replace(f"regions: {{{region}: 1}}", f"regions: {spread}")
    place = text.index("# Marks and ratings")
    own = "".join(
        f"  region_{number}:\n    <<: *{LIKE}\n    households: {households}\n    regions: {{{label}: 1}}\n"
        f"    approaches: {{Aanpak {number:03d}: 1}}\n"
        for number, label in enumerate(labels, start=1)
    )
    text = text[:place] + own + "\n" + text[place:]
    text = text.replace(f"  {LIKE}:  #", f"  {LIKE}: &{LIKE}  #")
    path.write_text(text, encoding="utf-8")
