#!/usr/bin/env bash
# Tests of the Python client and of the contract of the API, against the binary: $PERIPLUS, else the one that is built here.
# The packages go into a folder of the cache, keyed by what is wanted; nothing is left in the tree, and no server runs on.
# SCHEMATHESIS_EXAMPLES says how many cases an operation gets (15), SCHEMATHESIS_SEED where they come from (1). Arguments go to pytest.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$here"

python="${PYTHON:-python3}"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "error: the tests of the client want Python 3.11 or newer" >&2
    echo "hint: set PYTHON to one, for example PYTHON=python3.12 $0" >&2
    exit 2
}

if [ -z "${PERIPLUS:-}" ]; then
    export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/periplus-target}"
    (cd ../.. && cargo build --release --locked -p periplus)
    PERIPLUS="$CARGO_TARGET_DIR/release/periplus"
fi
PERIPLUS="$(realpath "$PERIPLUS")"
export PERIPLUS

key="$( ("$python" -VV; cat requirements-test.txt) | sha256sum | cut -c1-12)"
venvs="${XDG_CACHE_HOME:-$HOME/.cache}/periplus-venv"
venv="$venvs/$key"
mkdir -p "$venvs"
# Two runs at once wait for each other; a half-made folder is made anew.
exec 9>"$venvs/lock"
flock 9
if [ ! -e "$venv/complete" ]; then
    echo "making $venv" >&2
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --index-url "${PIP_INDEX_URL:-https://pypi.org/simple}" \
        -r requirements-test.txt
    touch "$venv/complete"
fi
flock -u 9

# The package as a user gets it: built, and installed beside what it depends on.
work="$(mktemp -d "${TMPDIR:-/tmp}/periplus-client.XXXXXX")"
cleanup() {
    local child
    for child in $(jobs -p); do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
export TMPDIR="$work" PYTHONDONTWRITEBYTECODE=1
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-compile --target "$work/site" .
export PYTHONPATH="$work/site"

"$venv/bin/python" -m pytest "$@" &
wait $!
