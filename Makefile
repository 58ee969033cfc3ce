# Thin calls of `cargo xtask`, which does the work and explains itself: `cargo xtask help`.

.DEFAULT_GOAL := help
.PHONY: help run test

help:
	@echo "make run    build the server and start it; arguments in ARGS, as in: make run ARGS='--help'"
	@echo "make test   run every check and every test; the last line is: N passed, N failed"
	@echo "            the single checks: cargo xtask help"

run:
	@cargo xtask run -- $(ARGS)

# Both streams in one, so that the summary is the last line, also when xtask itself does not build.
test:
	@cargo build --quiet --package xtask $(if $(CI),--locked) 2>&1 || { echo "0 passed, 1 failed"; exit 1; }
	@cargo xtask test 2>&1
