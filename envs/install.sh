#!/usr/bin/env bash
# Installs what this machine lacks: Debian packages (Python's venv, R with MatchIt, Pango), then .venv with
# exactly the packages of python.lock. Does nothing while the locks are those of the last installation.
# install.sh test: also a Chromium without windows, in which the tests open the pages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What WeasyPrint loads, and what Playwright does: Debian package and the library in it.
libraries=(
    libpango-1.0-0:libpango-1.0.so.0
    libpangoft2-1.0-0:libpangoft2-1.0.so.0
    libharfbuzz-subset0:libharfbuzz-subset.so.0
)
test_libraries=(libatomic1:libatomic.so.1)

stop() {
    printf '\n' >&2
    printf '%s\n' "$@" >&2
    exit 1
}

# The folder is part of it because programs in a venv hold its path.
fingerprint() {
    pwd -P
    sha256sum envs/install.sh envs/build.lock envs/python.lock
}

# Debian's own before any other: R puts Debian's libraries in the way of a Python with a libpython of its own.
find_python() {
    local candidate
    for candidate in "${PYTHON:-/usr/bin/python3.11}" python3.11 python3; do
        if "$candidate" -c 'import ensurepip, sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

is_current() {
    command -v Rscript >/dev/null && .venv/bin/python -c '' 2>/dev/null &&
        [[ $(fingerprint) == "$(cat .venv/installed 2>/dev/null)" ]]
}

missing_libraries() {
    local python pair
    python=$(find_python) || true
    for pair; do
        "${python:-false}" -c "import ctypes; ctypes.CDLL('${pair#*:}')" 2>/dev/null || echo "${pair%%:*}"
    done
}

# Debian names of what is missing; looks for the thing itself, so R or Pango from elsewhere will do.
missing_packages() {
    find_python >/dev/null || echo python3.11-venv
    command -v Rscript >/dev/null || echo r-base-core
    Rscript -e 'quit(status = !requireNamespace("MatchIt", quietly = TRUE))' >/dev/null 2>&1 || echo r-cran-matchit
    missing_libraries "${libraries[@]}"
}

missing_for_tests() {
    command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || echo chromium-headless-shell
    missing_libraries "${test_libraries[@]}"
}

install_packages() {
    local root=() names="$*"
    local by_hand="    apt-get update && apt-get install --no-install-recommends $names"
    local conda="Of bouw de omgeving van envs/conda.yaml, waar geen beheerder voor nodig is."
    [[ $names =~ python|r-|pango|harfbuzz ]] || conda="Alleen de tests hebben dat nodig; rapporten niet."
    if [[ $names == *r-cran-matchit* && $names != *r-base-core* && $(R RHOME) != /usr/lib/R ]]; then
        stop "R in $(R RHOME) mist het pakket MatchIt. Installeer het daar:" \
            "    Rscript -e 'install.packages(\"MatchIt\")'" \
            "of haal die R uit PATH, zodat de R van Debian wordt gebruikt."
    fi
    if ! command -v apt-get >/dev/null; then
        stop "Op deze computer ontbreken deze pakketten (namen van Debian 12): $names" \
            "en er is geen apt-get om ze mee te installeren. Installeer op een andere manier Python 3.11, R met" \
            "het pakket MatchIt, Pango, HarfBuzz en Chromium, voor zover ze in die lijst staan." "$conda"
    fi
    if [[ $(id -u) != 0 ]]; then
        command -v sudo >/dev/null || stop "Op deze computer ontbreekt: $names" \
            "en u bent geen root en hebt geen sudo. Vraag een beheerder om deze opdracht te geven:" "$by_hand" "$conda"
        root=(sudo)
    fi
    echo "Debian-pakketten worden geïnstalleerd: $names"
    # A broken list of somebody else's is no reason to stop; a failed installation is.
    "${root[@]}" apt-get update -qq || echo "apt-get update is mislukt; het gaat verder met de lijsten die er zijn." >&2
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" ||
        stop "Niet geïnstalleerd; hierboven staat waarom. Met de hand, als beheerder van Debian 12:" "$by_hand" "$conda"
}

# Wheels only, each checked against its hash. The three packages that are published as source only are
# built with the hashed tools of build.lock; rpy2 in ABI mode, which needs no compiler and no R headers. Compiled here,
# once: where Python may not keep bytecode, every job of a run would compile half its libraries again.
install_venv() {
    local python
    python=$(find_python) || stop "Python 3.11 met venv is niet gevonden. Waar staat het? make PYTHON=/…/python3.11"
    echo "Python-pakketten worden geïnstalleerd in .venv"
    "$python" -m venv --clear .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
        --requirement envs/build.lock
    UV_SYSTEM_CERTS=1 RPY2_CFFI_MODE=ABI .venv/bin/uv pip sync --quiet --python .venv/bin/python \
        --require-hashes --build-constraints envs/build.lock --compile-bytecode \
        --only-binary :all: --no-binary bagit --no-binary connection-pool --no-binary rpy2 envs/python.lock
    write_home
    write_start
    .venv/bin/python -c 'import rpy2.robjects, weasyprint' ||
        stop "R of Pango is er, maar Python kan het niet laden; de regels hierboven zeggen waarom."
}

# Python reads this before any program. Without a home folder, as in a container or on a node of a cluster, Snakemake
# does not start: what programs keep for next time then goes beside the environment.
write_home() {
    local packages=.venv/lib/python3.11/site-packages
    local unless='import os, sys; os.access(os.path.expanduser("~"), os.W_OK | os.X_OK) or os.environ.setdefault'
    mkdir -p "$packages"
    printf '%s("%s", sys.prefix + "/%s")\n' "$unless" XDG_CACHE_HOME cache "$unless" MPLCONFIGDIR cache/matplotlib \
        >"$packages/home.pth"
}

# What is typed is looked at before Snakemake starts, which answers a slip behind --config with a traceback.
write_start() {
    cat >.venv/bin/snakemake <<END
#!$PWD/.venv/bin/python
import sys

sys.path.append("$PWD/workflow")
from effectstudie.running.start import main


def snakemake(arguments):
    from snakemake.cli import main as start  # a second

    start(arguments)


sys.exit(main(sys.argv[1:], snakemake))
END
    chmod +x .venv/bin/snakemake
}

main() {
    local current=yes missing packages
    is_current || current=no
    missing=$(
        [[ $current == yes ]] || missing_packages
        [[ ${1:-} != test ]] || missing_for_tests
    )
    if [[ -n $missing ]]; then
        mapfile -t packages <<<"$missing"
        install_packages "${packages[@]}"
    fi
    if [[ $current == no ]]; then
        install_venv
        fingerprint >.venv/installed
    fi
}

main "$@"
