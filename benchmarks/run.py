"""All benchmarks, or some of them; what each prints goes to its place in README.md, with the machine.

    python benchmarks/run.py [name ...]     # names: below; without any all of them, some three hours on a quiet machine

In README.md stands `<!-- name -->` before what was measured, and `<!-- end -->` behind it.
"""

import os
import platform
import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
BENCHMARKS = {
    "workflow": "workflow/workflow.py",
    "growth": "growth/growth.py",
    "peers": "peers/peers.py",
    "scoring": "scoring/scoring.py",
    "anova": "statistics/anova_speed.py",
    "simulation": "statistics/simulation/run.py",
    "matching": "matching/matching.py",
    "regions": "regions/regions.py",
    "treated": "matching/treated.py",
}


def main(names: list[str]) -> None:
    if unknown := set(names) - set(BENCHMARKS):
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}.")
    for name in names or BENCHMARKS:
        print(f"{name} …", flush=True)
        printed = subprocess.check_output([sys.executable, FOLDER / BENCHMARKS[name]], text=True)
        measured = f"Measured on {machine()}.\n\n{printed.strip()}"
        text = README.read_text(encoding="utf-8")
        place = re.compile(f"<!-- {name} -->\n.*?<!-- end -->", re.DOTALL)
        if len(place.findall(text)) != 1:
            sys.exit(f"{README.name} has no place for {name}.\n\n{measured}")
        block = f"<!-- {name} -->\n\n{measured}\n\n<!-- end -->"
        README.write_text(place.sub(lambda _, block=block: block, text), encoding="utf-8")


def machine() -> str:
    """Processor, memory and software, without the name of the machine."""
    processor = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    r = re.search(r"version (\S+)", subprocess.check_output(["R", "--version"], text=True))
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return (
        f"{os.cpu_count()} cores of {processor[1] if processor else platform.machine()}, {memory:.0f} GiB, {system}, "
        f"Python {platform.python_version()}, R {r[1]}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
