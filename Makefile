# Two commands do all: `make run` and `make test`. The others are for people who change Periplus.
SHELL := /bin/bash
export CARGO_TARGET_DIR ?= $(HOME)/.cache/periplus-target
export CARGO_TERM_COLOR ?= auto
NEED ?= deals/magnets-birmingham.md
# SERVE=0 stops after the plans are printed.
SERVE ?= 1
PORT ?= 8080
PERIPLUS := $(CARGO_TARGET_DIR)/release/periplus
WEB_SOURCES := $(shell find web/src web/public web/index.html web/vite.config.ts locales -type f 2>/dev/null)
# What the tests need of Debian: a browser, PostgreSQL, a reader of PDF, letters of the languages, Python.
TEST_PACKAGES := chromium postgresql poppler-utils fonts-noto-cjk fonts-noto-core python3 python3-venv

.PHONY: run build test test-rust test-web test-browser test-client test-contract lint bench bench-server fuzz books

## run: build everything, run the sample need, print the ranked plans, then serve the workbench
run: build
	@$(PERIPLUS) radar scan $(NEED)
ifneq ($(SERVE),0)
	@$(PERIPLUS) serve --port $(PORT)
endif

build: web/dist/index.html
	@cargo build --release --locked -p periplus

web/node_modules/.package-lock.json: web/package-lock.json
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	@cd web && npm run --silent build

## test: everything that must hold: Rust, web, browser, client
test: test-packages build
	@$(MAKE) --no-print-directory test-rust test-web test-browser test-client

.PHONY: test-packages
test-packages:
	@tools/debian.sh $(TEST_PACKAGES)

test-rust: web/dist/index.html
	@cargo test --workspace --locked

test-web: web/node_modules/.package-lock.json
	@cd web && npm run --silent typecheck && npm test --silent

## test-browser: journeys through the workbench in a headless browser, against the release binary
test-browser: build
	@cd web && PERIPLUS=$(PERIPLUS) npm run --silent test:browser

## test-client: the Python client against the release binary
test-client: build
	@PERIPLUS=$(PERIPLUS) clients/python/test.sh -m "not contract"

## test-contract: schemathesis against the description of the API; takes some minutes and does not pass whole yet
test-contract: build
	@PERIPLUS=$(PERIPLUS) clients/python/test.sh -m contract

## lint: formats and lints, as CI asks for them
lint:
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets --locked -- -D warnings

## bench: our figures beside the peers' on the same input; writes docs/benchmarks.md
bench:
	@benches/run.sh

## bench-server: how fast the server and the workbench are; writes its part of docs/benchmarks.md
bench-server: build
	@PERIPLUS=$(PERIPLUS) benches/server.sh

## fuzz: a short, bounded run of every fuzz target
fuzz:
	@fuzz/run.sh

## books: make the bundled books anew from the source files in PERIPLUS_SHARED
books:
	@cargo run --release --locked -p xtask -- books
