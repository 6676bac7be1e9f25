#!/usr/bin/env bash
# Every figure beside the peers', on the same input in the same run; writes docs/benchmarks.md. Takes a few minutes.
# Reads source files from PERIPLUS_SHARED (default ../shared); what needs them is skipped, and said, when they are not there.
set -euo pipefail
cd "$(dirname "$0")/.."
unset CI
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/periplus-target}"
# scgraph 2.15.0 is the last that carries its sea network with it; later ones fetch it from the network when they are used.
peers=(scgraph==2.15.0 searoute==1.6.0)
venv=benches/.venv
if ! "$venv/bin/python" -c 'import scgraph.geographs.marnet, searoute' 2>/dev/null; then
  if ! { python3 -m venv "$venv" && timeout 300 "$venv/bin/pip" install --quiet "${peers[@]}"; }; then
    echo "The peers could not be installed (pip failed): their figures are skipped." >&2
    rm -rf "$venv"
  fi
fi
cargo build --release --locked --quiet -p periplus -p benches
# with names of parts, only those are run and the page stays as it is
write=(); [ $# -gt 0 ] || write=(--write docs/benchmarks.md)
timeout 900 "$CARGO_TARGET_DIR/release/benches" "${write[@]}" "$@"
