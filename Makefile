# Two commands do all: `make run` and `make test`. The others are for people who change Periplus.
SHELL := /bin/bash
export CARGO_TARGET_DIR ?= $(HOME)/.cache/periplus-target
export CARGO_TERM_COLOR ?= auto
NEED ?= deals/magnets-birmingham.md
# The workbench is not built yet; SERVE is read so that scripts need not change when it is.
SERVE ?= 1

.PHONY: run test lint bench fuzz books

## run: build the release binary, run the sample need, print the ranked plans
run:
	@cargo build --release --locked -p periplus
	@$(CARGO_TARGET_DIR)/release/periplus radar scan $(NEED)

## test: everything that must hold
test:
	@cargo test --workspace --locked

## lint: formats and lints, as CI asks for them
lint:
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets --locked -- -D warnings

## bench: our figures beside the peers' on the same input; writes docs/benchmarks.md
bench:
	@benches/run.sh

## fuzz: a short, bounded run of every fuzz target
fuzz:
	@fuzz/run.sh

## books: make the bundled books anew from the source files in PERIPLUS_SHARED
books:
	@cargo run --release --locked -p xtask -- books
