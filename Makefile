# make serve: from a fresh checkout to the chat at http://127.0.0.1:8000
# make test:  everything that must hold before a change goes in
BIN := .venv/bin
.PHONY: serve test lint eval bench

serve:
	@scripts/setup ingest
	@$(BIN)/footnote ingest
	@exec $(BIN)/footnote serve

test: lint
	@scripts/chromium
	$(BIN)/pytest
	$(BIN)/footnote eval

lint:
	@scripts/setup dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval:
	@scripts/setup ingest
	@$(BIN)/footnote eval

bench:
	@scripts/setup dev
	@$(BIN)/python -m eval.bench
