#!/usr/bin/env bash
# The server and the workbench under load; writes docs/benchmarks-server.md. Takes some minutes. Traffic stays on loopback.
set -euo pipefail
cd "$(dirname "$0")/.."
unset CI
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/periplus-target}"
# a thousand streams of events need as many files on each side
ulimit -n 8192 2>/dev/null || true
cargo build --release --locked --quiet -p periplus -p benches
# with names of parts, only those are run and the page stays as it is
write=(); [ $# -gt 0 ] || write=(--write docs/benchmarks-server.md)
PERIPLUS_BIN="${PERIPLUS:-$CARGO_TARGET_DIR/release/periplus}" timeout 1500 "$CARGO_TARGET_DIR/release/benches" "${write[@]}" server "$@"
