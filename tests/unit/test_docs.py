"""What the documents say is so in the tree: every path, link, command and name of a function."""

import re
import subprocess
from pathlib import Path, PurePosixPath

import pytest
from given.paths import ROOT

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "results/README.md"], key=lambda path: path.as_posix()
)
LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT, capture_output=True, text=True, check=True,
).stdout.splitlines()  # fmt: skip
TREE = {path for file in LISTED if (ROOT / file).exists() for path in (file, *map(str, PurePosixPath(file).parents))}
FOLDERS = {file.split("/")[0] for file in LISTED if "/" in file}
# What a reader makes, and files that git ignores.
MADE = {
    *("config/studies/twente.yaml", "resources/texts/twente", "resources/texts/groningen/werving.md"),
    *("resources/instruments/licensed", "resources/instruments/licensed/tsi.yaml"),
    *("resources/norms/licensed", "resources/norms/licensed/manifest.yaml", "resources/norms/published"),
    *("results/logs/<stap>.log", "results/logs/<stap>/<export"),
    *("results/map", "results/map/variables.csv", "results/map/recodes.csv"),
    "results/vergelijking_<studie>.html", "results/vergelijking_<study>.html", "results/vergelijking_groningen.html",
}  # fmt: skip
# The files with rules in them, where paths are written out with names between braces; and what is made as a whole.
RULES = "\n".join(
    text for text in (path.read_text(encoding="utf-8") for path in ROOT.glob("workflow/rules/*.smk"))
    if re.search(r"^ *(rule|checkpoint)\b.*:", text, re.M)
) + '"results/demo_cohort"'  # fmt: skip
WHOLE = {"results/demo_cohort", *re.findall(r'(?:directory\(|folder=f)"(results/[^"]*)"', RULES)}
STUDY = r"(groningen|haaglanden|twente|<study>|<studie>)"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code_of(text: str) -> str:
    """What stands in a document as code: blocks and spans."""
    blocks = re.findall(r"^```.*?^```|^ {4,}\S.*?$", text, re.M | re.S)
    return "\n".join([*blocks, *re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))])


def paths_in(text: str) -> set[str]:
    """Words that name a file or folder of the project."""
    words = {word.rstrip(".,:;/") for word in re.findall(r"(?<![\w/.…~-])[\w.<][\w.<>{}*…/-]*", code_of(text))}
    return {word for word in words if word in FOLDERS or word.split("/")[0] in FOLDERS and "/" in word}


def is_in_tree(path: str) -> bool:
    pattern = re.sub(r"<[^>]*>", "*", path)
    return path in TREE or ("*" in pattern and any(PurePosixPath(one).match(pattern) for one in TREE))


def as_pattern(part: str) -> str:
    """A part of a path in a rule; what is between braces stands for anything, but a study is one that there can be."""
    return "".join(
        STUDY if re.fullmatch(r"\{+study\}+", piece) else "[^/]*" if piece.startswith("{") else re.escape(piece)
        for piece in re.split(r"(\{+\w+\}+)", part)
    )


def is_made_by_a_rule(path: str) -> bool:
    """Whether a rule names this path, a folder above what it names, or a folder that it makes as a whole."""
    parts = path.split("/")
    for made in re.findall(r'"(results/[^"]*)"', RULES):
        patterns = [as_pattern(part) for part in made.split("/")]
        if len(parts) > len(patterns) and made not in WHOLE:
            continue
        if all(re.fullmatch(pattern, part) for pattern, part in zip(patterns, parts, strict=False)):
            return True
    return False


def anchors_of(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", read(path), flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_is_there(document):
    named = paths_in(read(document)) - MADE
    results = {path for path in named if path.startswith("results/") and path != "results/README.md"}
    assert sorted(path for path in named - results if not is_in_tree(path)) == []
    assert sorted(path for path in results if not is_made_by_a_rule(path)) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", read(document)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = (document.parent / file).resolve() if file else document
        if not path.exists() or (anchor and anchor not in anchors_of(path)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_of_make_is_there(document):
    targets = re.findall(r"^([a-z_]+%?):", read(ROOT / "Makefile"), re.M)
    asked = re.findall(r"^\s*make ([a-z_]+)", code_of(read(document)), re.M)
    wanted = {name for name in asked if name not in targets and not re.match(r"(report|explain|archive)_", name)}
    assert wanted == set()


def test_every_function_that_the_architecture_names_is_in_its_file():
    named = re.findall(r"`(workflow/\S+\.py)`\s+\(`(\w+)`\)", read(ROOT / "docs/architecture.md"))
    assert len(named) > 10
    assert [(file, name) for file, name in named if not re.search(rf"^def {name}\(", read(ROOT / file), re.M)] == []


def test_what_the_readme_says_to_look_for_is_where_it_says():
    rows = re.findall(r"^\| ([^|`]+) \| `([^|`]+)` \| `([^|`]+)` \|$", read(ROOT / "README.md"), re.M)
    assert len(rows) == 7
    assert [question for question, file, thing in rows if thing not in read(ROOT / file)] == []


def test_the_readme_stays_a_first_page():
    text = read(ROOT / "README.md")
    assert text.count("\n") <= 90
    (picture,) = re.findall(r"!\[.+\]\((\S+\.png)\)", text)
    assert (ROOT / picture).stat().st_size < 150_000
    assert re.findall(r"^ {4}(make \w+) +#", text, re.M)[:2] == ["make report_groningen", "make test"]


# Constants of a published norm, no numbers of people.
NO_PEOPLE = {"1.2078", "1.03377"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_has_more_digits_of_a_number_than_a_report_prints(document):
    """Documents go into archives, and from more digits of an internal table small counts can be worked out.

    The most that is printed is a p with three; the changelog tells what became of numbers that no report prints.
    """
    told = re.findall(r"(?<![\w./-])\d+[.,]\d{4,}(?![\w./-])", read(document))
    assert document.name == "CHANGELOG.md" or set(told) <= NO_PEOPLE
