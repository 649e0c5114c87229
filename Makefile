# Every command a developer types; `make help` lists them. `make run` and `make test` work alone.
.DEFAULT_GOAL := help
.PHONY: help run test check setup build release format format-check tidy lint cover bench fuzz clean
PORT ?= 8080
DB ?= thaw.db
PEOPLE ?= 18000
S ?= 60
SOURCES = $(shell find src tests bench -name '*.h' -o -name '*.cc')
CHANGED = $(shell git diff --name-only --diff-filter=d origin/main -- '*.cc' 2>/dev/null)

help:          ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 16
run: setup     ## Build, do the main job, print the answers, serve the pages: PORT=8080 DB=thaw.db
	@cmake --preset release > /dev/null && cmake --build --preset release --target thaw
	@build/release/thaw start --port $(PORT) --db $(DB) --people $(PEOPLE)
test:          ## Everything; closing line "N passed, N failed". Some of it: make test T=registry
	@tools/setup.sh test
	@tools/run_tests.py $(if $(T),--only $(T))
check: format-check tidy build  ## The quick gate: format, layering, debug build, unit tests
	tools/run_tests.py --only unit --no-build
setup:         ## Install what building needs and is missing (Debian 12)
	@tools/setup.sh build
build:         ## Debug build with ASan and UBSan
	cmake --preset dev > /dev/null && cmake --build --preset dev
release:       ## Release build of everything
	cmake --preset release > /dev/null && cmake --build --preset release
format:        ## Rewrite every C++ file in the project's format
	clang-format-14 -i $(SOURCES)
format-check:  ## Fails where `make format` would change something
	@test -n "$(SOURCES)"
	clang-format-14 --dry-run --Werror $(SOURCES)
tidy:          ## Layering, file size, banned words and headers: under a second
	tools/tidy.py
lint:          ## clang-tidy on what changed since main; all: make lint CHANGED="$$(git ls-files 'src/*.cc')"
	$(if $(CHANGED),clang-tidy-14 --quiet -p build/dev $(CHANGED),@echo "nothing changed since main")
cover:         ## Line coverage of src/ in build/cover/coverage.html
	cmake --preset cover > /dev/null && cmake --build --preset cover
	tools/run_tests.py --only unit --no-build --unit-dir build/cover
	gcovr --root . --filter src/ --exclude '.*_test.cc' --html-details build/cover/coverage.html \
	  --print-summary build/cover
bench:         ## Every bench with its table, and the server under load
	cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O2 \
	  -DTHAW_BENCH=ON > /dev/null && cmake --build build/bench
	bench/run.sh build/bench
fuzz:          ## One fuzz target for S seconds: make fuzz F=query_fuzz S=60
	cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++-14 \
	  -DTHAW_FUZZ=ON > /dev/null
	cmake --build build/fuzz --target $(or $(F),query_fuzz)
	build/fuzz/$(or $(F),query_fuzz) -max_total_time=$(S)
clean:         ## Remove what was built (not what was installed, not your store)
	rm -rf build web/dist
