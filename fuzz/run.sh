#!/usr/bin/env bash
# Runs every fuzz target, or those named, for a bounded time: SECONDS_EACH (default 10). What fails is kept in artifacts/. Coverage-guided by libFuzzer on stable Rust:
# the flags below are what cargo-fuzz passes, without a sanitizer, since the code is safe Rust.
set -euo pipefail
cd "$(dirname "$0")"
SECONDS_EACH="${SECONDS_EACH:-10}"
export CARGO_TARGET_DIR="${FUZZ_TARGET_DIR:-$HOME/.cache/periplus-fuzz}"
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Clink-dead-code"
host="$(rustc -vV | sed -n 's/^host: //p')"
cargo build --release --target "$host" --quiet
names=("$@")
[ $# -gt 0 ] || for target in src/bin/*.rs; do names+=("$(basename "$target" .rs)"); done
for name in "${names[@]}"; do
  mkdir -p "corpus/$name" "artifacts/$name"
  seeds=(); [ -d "seeds/$name" ] && seeds=("seeds/$name")
  echo "== $name: $SECONDS_EACH s"
  "$CARGO_TARGET_DIR/$host/release/$name" -max_total_time="$SECONDS_EACH" -max_len=65536 -timeout=10 -rss_limit_mb=4096 -verbosity=0 -print_final_stats=1 -artifact_prefix="artifacts/$name/" "corpus/$name" "${seeds[@]}"
done
