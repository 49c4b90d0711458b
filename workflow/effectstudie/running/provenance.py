"""What a result depends on besides its data: the modules that its code imports, and R."""

import functools
import os
import platform
import re
import subprocess
from importlib.metadata import distributions, version
from pathlib import Path

from effectstudie.shared.errors import NO_MICE, NO_OPTMATCH, MissingPackage

# An import statement, at whatever depth. A parser takes half a second for all modules, at each start of Snakemake.
_IMPORT = re.compile(r"^[ \t]*(?:from +([\w.]+) +import +(\([^)]*\)|[^#\n]*)|import +([^#\n]*))", re.MULTILINE)
_NAME = re.compile(r"(?:^|,)\s*([\w.]+)")
# The command that starts the R of this machine.
RSCRIPT = ("Rscript",)


def imported_modules(script: str | Path, package: str | Path) -> list[str]:
    """Files of the package that a script needs, directly or through other modules of it, sorted.

    Read from the import statements: Snakemake does not see that an imported module was edited, so rules
    name these files as inputs.
    """
    package = Path(package)
    modules = set(_modules_of(Path(script), package))
    waiting = list(modules)
    while waiting:
        new = _modules_of_module(waiting.pop(), package) - modules
        modules |= new
        waiting += new
    return sorted(str(module) for module in modules)


def imported_names(source: str) -> set[str]:
    """Every name that import statements of a source may mean: `a`, and for `from a import b` also `a.b`."""
    names: set[str] = set()
    for origin, members, plain in _IMPORT.findall(source):
        if origin:
            names |= {origin, *(f"{origin}.{name}" for name in _NAME.findall(members.strip("()")))}
        names.update(_NAME.findall(plain))
    return names


def _modules_of(source: Path, package: Path) -> frozenset[Path]:
    known = _modules_in(package)
    return frozenset(known[name] for name in imported_names(source.read_text(encoding="utf-8")) if name in known)


@functools.cache
def _modules_in(package: Path) -> dict[str, Path]:
    """Name → file of every module of a package."""
    # An __init__ holds one sentence and no code (tests/unit/test_house.py): a better one reruns nothing.
    files = (path for path in package.rglob("*.py") if path.name != "__init__.py")
    return {".".join(path.relative_to(package.parent).with_suffix("").parts): path for path in files}


# scripts share most modules, and a start of Snakemake asks after every script
_modules_of_module = functools.cache(_modules_of)


@functools.cache
def installed_r(rscript: tuple[str, ...] = RSCRIPT) -> str:
    """Versions of R and MatchIt, or 'no R with MatchIt': a report must not go stale when they change.

    `rscript`: the command that starts R; that of a container is another.
    """
    ask = "cat(as.character(getRversion()), as.character(packageVersion('MatchIt')))"
    try:
        asked = subprocess.run([*rscript, "--vanilla", "-e", ask], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "no R with MatchIt"
    r, matchit = asked.stdout.split()
    return f"R {r}, MatchIt {matchit}"


def installed_mice(rscript: tuple[str, ...] = RSCRIPT) -> str:
    """The version of R's mice; EffectstudieError where it is not: only a study that asks for imputation needs it."""
    return _installed("mice", NO_MICE, rscript)


def installed_optmatch(rscript: tuple[str, ...] = RSCRIPT) -> str:
    """The same of R's optmatch, which only the designs optimal and full need."""
    return _installed("optmatch", NO_OPTMATCH, rscript)


@functools.cache
def _installed(package: str, otherwise: str, rscript: tuple[str, ...]) -> str:
    ask = f"cat(as.character(packageVersion('{package}')))"
    try:
        asked = subprocess.run([*rscript, "--vanilla", "-e", ask], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingPackage(otherwise) from error
    return asked.stdout


def python_versions() -> dict[str, str]:
    """Versions of Python and of the libraries that make figures of a report."""
    libraries = ("pandas", "numpy", "scipy", "matplotlib", "WeasyPrint")
    return {"Python": platform.python_version(), **{name: version(name) for name in libraries}}


def installed_software() -> dict[str, str]:
    """Versions of everything that a run could use: Python, its packages, R, MatchIt with its own, mice, optmatch."""
    python = {package.metadata["Name"].lower(): package.version for package in distributions()}
    return {"Python": platform.python_version(), **dict(sorted(python.items())), **_installed_r_packages()}


def _installed_r_packages() -> dict[str, str]:
    ask = (
        "have <- installed.packages(); "
        "needs <- tools::package_dependencies('MatchIt', db = have, which = c('Depends', 'Imports', 'LinkingTo'), "
        "recursive = TRUE)[[1]]; "
        "names <- c('MatchIt', intersect(c(needs, 'mice', 'optmatch', 'rlemon'), rownames(have))); "
        "names <- sort(names, method = 'radix'); "
        "cat(sprintf('%s %s\\n', c('R', names), c(as.character(getRversion()), have[names, 'Version'])), sep = '')"
    )
    try:
        asked = subprocess.run([*RSCRIPT, "--vanilla", "-e", ask], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}
    pairs = dict(line.split() for line in asked.stdout.splitlines())
    return {name if name == "R" else f"R: {name}": number for name, number in pairs.items()}


def machine(container: str | None = None) -> dict[str, str]:
    """The kind of machine, without its name; what else than software may show in the last digit of a number.

    `container`: Container.digest of the one that this is in.
    """
    release = platform.freedesktop_os_release() if Path("/etc/os-release").is_file() else {}
    return {
        "system": release.get("PRETTY_NAME", platform.system()),
        "architecture": platform.machine(),
        "locale": os.environ.get("LC_ALL", ""),
        "time_zone": os.environ.get("TZ", ""),
        **({"container": container} if container else {}),
    }
