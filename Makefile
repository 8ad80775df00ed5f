# Two commands do everything: `make film` and `make test`. The others are their parts.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
SCRIPT ?= examples/the_last_ferry.fountain
OUT ?= out/film.mp4

# The gpu extra (torch, diffusers) is installed for the tests; TORCH=0 leaves it out: some gigabytes where torch comes with CUDA.
TORCH ?= 1
ifeq ($(TORCH),0)
TORCH_STAMP := torch-left-out
else
TORCH_STAMP := $(VENV)/.gpu
endif

# The pages are built where there is Node.js 20 or later; everything else works without.
NODE_OK := $(shell node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null && echo yes)
ifeq ($(NODE_OK),yes)
PAGES_STAMP := frontend/out/index.html
else
PAGES_STAMP := pages-left-out
endif

.PHONY: film test check lint format up down status pages sheets bench replay conformance checkov sbom clean torch-left-out pages-left-out

film: $(VENV)/.film  ## make a film of an example: out/film.mp4
	@mkdir -p $(dir $(OUT))
	$(BIN)/studio film $(SCRIPT) -o $(OUT)

test: $(VENV)/.dev $(TORCH_STAMP) $(PAGES_STAMP)  ## run all tests: those without servers on all cores, then the others on two labs
	$(BIN)/python -m pytest -m "not lab" -n auto --dist worksteal
	$(BIN)/python -m pytest -m lab -n 2 --dist loadfile

check: $(VENV)/.dev lint  ## lint, types and the tests that need no server, without the slow ones: under a minute
	STUDIO_CHECK=1 $(BIN)/python -m pytest -m "not lab and not slow" -q -n auto --dist worksteal

lint: $(VENV)/.dev  ## style, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: $(VENV)/.dev  ## put the code into its style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

up down status: $(VENV)/.film  ## the local lab
	$(BIN)/studio $@

pages: $(PAGES_STAMP)  ## build the pages that the lab serves (Node.js 20 or later)

sheets: $(VENV)/.film  ## the storyboards of the examples and of two texts of other hands: docs/images/sheets
	@mkdir -p docs/images/sheets && rm -f docs/images/sheets/*.jpg
	@for script in examples/*.fountain examples/*.txt examples/the_*.md benchmarks/elsewhere/*.txt benchmarks/elsewhere/*.fountain; do \
	    $(BIN)/studio sheet $$script -o docs/images/sheets/$$(basename $${script%.*}).jpg || exit 1; done

BENCH ?=

bench: $(VENV)/.gpu .bench/moviepy  ## run the benchmarks, or BENCH="scale compose" alone, and write docs/benchmarks.md
	$(BIN)/python -m benchmarks $(BENCH)

# moviepy 2 asks for a Pillow older than ours: an environment of its own, for benchmarks.compose alone.
.bench/moviepy: benchmarks/composing/moviepy.txt
	$(PYTHON) -m venv --clear $@
	$@/bin/python -m pip install --quiet -r $<
	@touch $@

conformance: $(VENV)/.dev  ## how well screenplays are read, as a table; needs the public scripts in ../shared/scripts
	$(BIN)/python -m tests.conformance

# checkov wants other versions of what we stand on: an environment of its own.
CHECKOV := .bench/checkov

checkov: $(VENV)/.dev $(CHECKOV)  ## what checkov says of images, of what the chart renders and of what Terraform makes
	@mkdir -p $(CHECKOV)/rendered
	@for name in dev prod; do $(BIN)/helm template studio deploy/helm/ai-film-studio --namespace studio \
	    --values deploy/helm/ai-film-studio/values-$$name.yaml > $(CHECKOV)/rendered/$$name.yaml || exit 1; done
	$(CHECKOV)/bin/checkov --quiet --compact --skip-download --config-file deploy/checkov.yaml --framework dockerfile \
	    --directory deploy/docker
	$(CHECKOV)/bin/checkov --quiet --compact --skip-download --config-file deploy/checkov.yaml --framework kubernetes \
	    --directory $(CHECKOV)/rendered
	@for name in dev prod; do $(CHECKOV)/bin/checkov --quiet --compact --skip-download --config-file deploy/checkov.yaml \
	    --framework terraform --directory deploy/terraform --var-file deploy/terraform/values/$$name.tfvars || exit 1; done

$(CHECKOV):
	$(PYTHON) -m venv --clear $@
	$@/bin/python -m pip install --quiet checkov==3.3.30
	@touch $@

sbom: $(VENV)/.gpu  ## what of others is in each image, as CycloneDX: out/sbom; docs/licences.md is python -m deploy.sbom --table
	$(BIN)/python -m deploy.sbom

replay: $(VENV)/.dev  ## replay the recorded histories against today's workflow code
	$(BIN)/studio replay temporal-dev/histories/*.json

clean:  ## stop the lab and remove what was made; the environment stays
	@if [ -x $(BIN)/studio ]; then $(BIN)/studio down; fi
	rm -rf .studio out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Stamps keep pip from being asked again, so that everything works without network once it was installed.
$(VENV)/.film: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, not " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.film
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[dev]"
	$(BIN)/python -m tests.deploy.helm
	@touch $@

$(VENV)/.gpu: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[gpu]"
	@touch $@

PAGES_MADE_OF := $(shell find frontend \( -name node_modules -o -name .next -o -name out -o -name client -o -name tests \) -prune -o -type f -not -name "*.tsbuildinfo" -not -name next-env.d.ts -print 2>/dev/null)

frontend/node_modules/.stamp: frontend/package.json frontend/package-lock.json
	npm ci --prefix frontend
	@touch $@

frontend/out/index.html: frontend/node_modules/.stamp docs/openapi.json $(PAGES_MADE_OF)
	NEXT_TELEMETRY_DISABLED=1 npm run --prefix frontend build

pages-left-out:
	@echo "No Node.js 20 or later: the pages are not built, and tests that need them are skipped."

torch-left-out:
	@echo "TORCH=0: the gpu extra is not installed, and tests that need it are skipped."
