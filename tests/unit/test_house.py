"""The house has one direction: rooms are entered from above, and each says in one sentence what it is."""

import ast
import re
from pathlib import Path

import pytest
from given.paths import ROOT

from effectstudie.running.provenance import imported_modules, imported_names

PACKAGE = ROOT / "workflow/effectstudie"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
# From above to below; a module may import from its own folder and from folders after it.
FOLDERS = (
    *(
        "archive",
        "runs",
        "running",
        "release",
        "national",
        "quality",
        "derived",
        "planning",
        "report",
        "disclosure",
        "demo",
        "own_analysis",
        "regions",
        "analysis",
        "matching",
    ),
    *("selection", "classification", "scoring", "intake", "definitions", "methods", "texts", "privacy", "shared"),
)
# The same inside report: what stands further down may not import what stands above it.
OF_REPORT = (
    *(("record",), ("chapters", "comparison", "sections", "choices", "placeholders"), ("plan", "summary")),
    *(("contents", "documents"), ("tables", "figures"), ("prose", "checks")),
    *(("values", "inputs", "study_labels", "front"), ("table",)),
)
# Every job of a run reads the configuration, and shows what it does: neither waits for pandas.
WITHOUT_PANDAS = ("definitions", "texts", "running", "shared/vocabulary.py", "shared/errors.py", "shared/yaml_files.py")

TESTS = ROOT / "tests"
# Tests that are of no one module: of several modules of their folder together, and a corpus that exports go through.
OF_NO_MODULE = {
    *("intake/broken_exports", "intake/rewritten_exports", "intake/files/fuzz"),
    *("report/prose/grid", "report/prose/properties"),
    "scoring/tricky_scores",
}


def place(module):
    return module.relative_to(PACKAGE).with_suffix("").parts


def imports(module):
    """Modules of the package that this one imports, as parts of their path."""
    found = imported_names(module.read_text(encoding="utf-8"))
    names = [tuple(name.split(".")[1:]) for name in found if name.startswith("effectstudie.")]
    return [parts for parts in names if PACKAGE.joinpath(*parts).with_suffix(".py").is_file()]


def level(parts):
    return next(depth for depth, names in enumerate(OF_REPORT) if parts[1] in names)


def test_every_folder_has_its_place():
    assert {place(module)[0] for module in MODULES} == set(FOLDERS)


def test_the_page_of_the_architecture_shows_the_house_as_it_is():
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    picture = re.search(r"^```\n(.*?)^```", page, re.M | re.S)[1]
    assert [line.split()[0] for line in picture.splitlines() if line.split()[0] in FOLDERS] == list(FOLDERS)
    quoted = re.findall(r"^- `(\w+)`: (.+?)(?=\n- |\n\n)", page, re.M | re.S)
    faces = {
        name: ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text("utf-8"))) for name in FOLDERS
    }
    assert {name: text.split() for name, text in quoted} == {name: face.split() for name, face in faces.items()}
    assert [name for name, _ in quoted] == list(FOLDERS)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: "/".join(place(module)))
def test_imports_run_down(module):
    parts = place(module)
    below = FOLDERS[FOLDERS.index(parts[0]) :]
    found = imports(module)
    assert [name for name in found if name[0] not in below] == []
    if parts[0] == "report":
        inside = [name for name in found if name[0] == "report" and name[1] != parts[1]]
        assert [name for name in inside if level(name) < level(parts)] == []


def test_result_tables_lie_between_analysis_and_report():
    above = [module for module in MODULES if place(module)[0] in ("report", "disclosure", "quality", "national")]
    assert [module for module in above if any(name[0] == "analysis" for name in imports(module))] == []


def test_methods_know_no_study():
    methods = [module for module in MODULES if place(module)[0] == "methods"]
    assert {name[0] for module in methods for name in imports(module)} <= {"methods", "shared"}


def names(module):
    """Everything that a module calls by name, and its whole texts."""
    nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
    return {value for node in nodes for _, value in ast.iter_fields(node) if isinstance(value, str)}


def test_only_the_door_knows_from_which_number_on_something_is_shown():
    outside = [module for module in MODULES if place(module)[0] != "disclosure"]
    assert [module for module in outside if names(module) & {"minimum_cell", "minimum_group"}] == []


def test_libraries_write_files_in_two_places_only_which_use_the_door():
    """What Python opens is seen in a run (test_killed_run); what these libraries open is not."""
    places = {"ParquetWriter": {"shared/persons/write.py"}, "to_parquet": set()}
    places["pyreadstat.write_sav"] = {"shared/persons/spss.py"}
    for call, expected in places.items():
        files = [path for path in (*MODULES, *SCRIPTS) if f"{call}(" in path.read_text(encoding="utf-8")]
        assert {str(path.relative_to(PACKAGE)) for path in files} == expected
        assert all("replacement" in names(path) for path in files)


def test_the_report_knows_of_disclosure_what_may_be_shown_and_no_more():
    """Result tables are read by scripts, which hand them to the door."""
    doors_of = {"report": {"shown"}, "quality": {"shown", "quality"}, "national": {"shown", "regions"}}
    for folder, doors in doors_of.items():
        for module in (module for module in MODULES if place(module)[0] == folder):
            assert {name[1] for name in imports(module) if name[0] == "disclosure"} <= doors, module
            assert not names(module) & {"read_csv", "read_parquet", "read_json"}, module


def test_the_configuration_is_read_without_pandas():
    for name in WITHOUT_PANDAS:
        for module in sorted(PACKAGE.joinpath(name).glob("*.py")) or [PACKAGE / name]:
            needed = [module, *imported_modules(module, PACKAGE)]
            names = {str(path): imported_names(Path(path).read_text(encoding="utf-8")) for path in needed}
            loaded = {path for path, found in names.items() if found & {"pandas", "numpy", "scipy"}}
            assert loaded - {str(PACKAGE / "shared/storage.py")} == set(), module  # which names it in types only


@pytest.mark.parametrize("folder", sorted({module.parent for module in MODULES} | {PACKAGE}), ids=lambda one: one.name)
def test_a_face_is_one_paragraph(folder):
    (sentence,) = ast.parse((folder / "__init__.py").read_text(encoding="utf-8")).body
    assert isinstance(sentence, ast.Expr) and isinstance(sentence.value.value, str)


def test_rooms_are_small():
    crowded = {folder: len(list(folder.glob("*.py"))) - 1 for folder in {module.parent for module in MODULES}}
    assert {folder.name: size for folder, size in crowded.items() if size > 12} == {}


SCRIPTS = sorted((ROOT / "workflow/scripts").glob("*.py"))
# They hold the sentences about mistakes in what people wrote down: a better sentence must not make results again.
JUDGES = ("definitions/checks/", "definitions/load", "running/targets", "texts/check")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_no_job_depends_on_how_a_mistake_is_told(script):
    needed = [str(Path(module).relative_to(PACKAGE)) for module in imported_modules(script, PACKAGE)]
    assert needed
    assert [module for module in needed if module.startswith(JUDGES)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_script_of_a_rule_has_no_loop_and_no_function_of_its_own(script):
    """It names paths and params and calls the package, where a loop can be tested."""
    source = script.read_text(encoding="utf-8")
    kinds = (ast.For, ast.While, ast.FunctionDef, ast.ClassDef)
    found = [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    assert found == [] or "snakemake.log" not in source
    assert len(source.splitlines()) <= 60


def test_tests_stand_where_their_module_does():
    """A module that moves or gets another name takes its tests along."""
    files = [path.relative_to(TESTS / "unit") for path in TESTS.glob("unit/*/**/test_*.py")]
    tested = {str(path.with_name(path.stem.removeprefix("test_"))) for path in files}
    assert tested - {"/".join(place(module)) for module in MODULES} == OF_NO_MODULE


def test_no_test_imports_another_and_helpers_stand_in_one_place():
    for path in TESTS.rglob("*.py"):
        names = imported_names(path.read_text(encoding="utf-8"))
        assert [name for name in names if name.split(".")[-1].startswith("test_") or ".test_" in name] == [], path
    helpers = [path for path in TESTS.rglob("*.py") if not path.name.startswith("test_") and path.name != "conftest.py"]
    assert {path.relative_to(TESTS).parts[:2] for path in helpers} == {("unit", "given")}
