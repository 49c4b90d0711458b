#!/usr/bin/env bash
# Installs what this machine lacks: packages of Debian or Ubuntu (Python's venv, R with MatchIt, Pango), then .venv with
# exactly the packages of python.lock. Does nothing while the locks are those of the last installation.
# install.sh test: also those of test.lock, and a Chromium without windows, in which the tests open the pages.
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

# What cannot work, before anything is installed.
refuse_machine() {
    [[ $OSTYPE == linux* ]] ||
        stop "Dit programma draait op Linux; op macOS en Windows gaat het in een container of in WSL: docs/machines.md."
    [[ -z ${WSL_DISTRO_NAME:-} || $PWD != /mnt/[a-z]/* ]] ||
        stop "De map $PWD ligt op de schijf van Windows, waar wie wat mag lezen niet geldt. Zet het project in uw map" \
            "van Linux (cd ~) en geef de opdracht daar opnieuw: docs/machines.md."
}

# What $1 says of this system, as ID or PRETTY_NAME.
system() {
    # shellcheck disable=SC1091
    (. /etc/os-release 2>/dev/null && echo "${!1:-}") || true
}

# The folder is part of it because programs in a venv hold its path; the interpreter, because an upgrade of the system
# brings another, which finds none of the packages.
fingerprint() {
    pwd -P
    readlink -f .venv/bin/python
    sha256sum envs/install.sh envs/build.lock envs/python.lock "$@"
}

# The system's own before any other: R puts its libraries in the way of a Python with a libpython of its own.
find_python() {
    local candidate
    for candidate in "${PYTHON:-/usr/bin/python3}" python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
            2>/dev/null; then
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

has_test_packages() {
    [[ $(fingerprint envs/test.lock) == "$(cat .venv/installed_tests 2>/dev/null)" ]]
}

# Python's own way to load a library; where there is no Python yet, what the system lists.
missing_libraries() {
    local python pair
    python=$(find_python) || true
    for pair; do
        if [[ -n $python ]]; then
            "$python" -c "import ctypes; ctypes.CDLL('${pair#*:}')" 2>/dev/null || echo "${pair%%:*}"
        else
            [[ $(PATH=$PATH:/sbin ldconfig -p 2>/dev/null) == *"${pair#*:} "* ]] || echo "${pair%%:*}"
        fi
    done
}

# Names of packages that are missing; looks for the thing itself, so R or Pango from elsewhere will do.
missing_packages() {
    find_python >/dev/null || echo python3-venv
    command -v Rscript >/dev/null || echo r-base-core
    Rscript -e 'quit(status = !requireNamespace("MatchIt", quietly = TRUE))' >/dev/null 2>&1 || echo r-cran-matchit
    missing_libraries "${libraries[@]}"
}

missing_for_tests() {
    if ! command -v chromium-headless-shell >/dev/null && ! command -v chromium >/dev/null; then
        [[ $(system ID) == ubuntu ]] && echo chromium-browser || echo chromium-headless-shell
    fi
    missing_libraries "${test_libraries[@]}"
}

install_packages() {
    local root=() names="$*"
    local by_hand="    apt-get update && apt-get install --no-install-recommends $names"
    local other="Of neem een weg waar geen beheerder voor nodig is: docs/machines.md noemt ze."
    [[ $names =~ python|r-|pango|harfbuzz ]] || other="Alleen de tests hebben dat nodig; rapporten niet."
    if [[ $names == *r-cran-matchit* && $names != *r-base-core* && $(R RHOME) != /usr/lib/R ]]; then
        stop "R in $(R RHOME) mist het pakket MatchIt. Installeer het daar:" \
            "    Rscript -e 'install.packages(\"MatchIt\")'" \
            "of haal die R uit PATH, zodat de R van Debian wordt gebruikt."
    fi
    if ! command -v apt-get >/dev/null; then
        stop "Op deze computer ontbreken deze pakketten (namen van Debian): $names" \
            "en er is geen apt-get om ze mee te installeren. Installeer op een andere manier Python (3.11 tot en met" \
            "3.13), R met het pakket MatchIt, Pango, HarfBuzz en Chromium, voor zover ze in die lijst staan." "$other"
    fi
    if [[ $(id -u) != 0 ]]; then
        command -v sudo >/dev/null || stop "Op deze computer ontbreekt: $names" \
            "en u bent geen root en hebt geen sudo. Vraag een beheerder om deze opdracht te geven:" "$by_hand" "$other"
        root=(sudo)
    fi
    echo "Pakketten van het systeem worden geïnstalleerd: $names"
    # A broken list of somebody else's is no reason to stop; a failed installation is.
    "${root[@]}" apt-get update -qq || echo "apt-get update is mislukt; het gaat verder met de lijsten die er zijn." >&2
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" ||
        stop "Niet geïnstalleerd; hierboven staat waarom. Met de hand, als beheerder van $(system PRETTY_NAME):" \
            "$by_hand" "$other"
}

# Exactly the packages of these locks. Wheels only, each checked against its hash. The three packages that are published
# as source only are built with the hashed tools of build.lock; rpy2 in ABI mode, which needs no compiler and no R
# headers, and loads in any R from 4.2 to 4.5. Compiled here, once: where Python may not keep bytecode, every job of a
# run would compile half its libraries again.
install_locked() {
    UV_SYSTEM_CERTS=1 RPY2_CFFI_MODE=ABI .venv/bin/uv pip sync --quiet --python .venv/bin/python \
        --require-hashes --build-constraints envs/build.lock --compile-bytecode \
        --only-binary :all: --no-binary bagit --no-binary connection-pool --no-binary rpy2 "$@"
}

install_venv() {
    local python
    python=$(find_python) ||
        stop "Python 3.11, 3.12 of 3.13 met venv is niet gevonden. Waar staat het? make PYTHON=/…/python3.13"
    echo "Python-pakketten worden geïnstalleerd in .venv"
    "$python" -m venv --clear .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
        --requirement envs/build.lock
    install_locked envs/python.lock
    write_home
    write_start
    .venv/bin/python -c 'import rpy2.robjects, weasyprint' ||
        stop "R of Pango is er, maar Python kan het niet laden; de regels hierboven zeggen waarom."
}

# Python reads this before any program. Without a home folder, as in a container or on a node of a cluster, Snakemake
# does not start: what programs keep for next time then goes beside the environment.
write_home() {
    local packages
    packages=$(echo .venv/lib/python3.*/site-packages)
    local unless='import os, sys; os.access(os.path.expanduser("~"), os.W_OK | os.X_OK) or os.environ.setdefault'
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

install_test_packages() {
    echo "Python-pakketten voor de tests worden geïnstalleerd in .venv"
    install_locked envs/python.lock envs/test.lock
}

main() {
    local tests=no current=yes tested=yes missing packages
    refuse_machine
    [[ ${1:-} != test ]] || tests=yes
    is_current || current=no
    [[ $tests == no ]] || has_test_packages || tested=no
    missing=$(
        [[ $current == yes ]] || missing_packages
        [[ $tests == no ]] || missing_for_tests
    )
    if [[ -n $missing ]]; then
        mapfile -t packages <<<"$missing"
        install_packages "${packages[@]}"
    fi
    if [[ $current == no ]]; then
        install_venv
        fingerprint >.venv/installed
        tested=no
    fi
    if [[ $tests == yes && $tested == no ]]; then
        install_test_packages
        fingerprint envs/test.lock >.venv/installed_tests
    fi
}

main "$@"
