"""Packages of R that only some studies need, and not every machine has."""

import subprocess

import pytest


def _r_has(package):
    ask = ["Rscript", "--vanilla", "-e", f"packageVersion('{package}')"]
    try:
        return subprocess.run(ask, capture_output=True).returncode == 0
    except OSError:
        return False


needs_mice = pytest.mark.skipif(not _r_has("mice"), reason="R lacks mice (apt install r-cran-mice)")
needs_optmatch = pytest.mark.skipif(not _r_has("optmatch"), reason="R lacks optmatch, which is not in Debian")
