# Thin doors to what meson and the scripts do. `make run` and `make test` install what they need (packages.txt).

.PHONY: build run test bench format clean

build: build/release/build.ninja
	@ninja -C build/release src/chibo
	@ln -sfn release/src/chibo build/chibo

build/release/build.ninja:
	@meson setup build/release --native-file presets/release.ini

run:
	@scripts/install build
	@$(MAKE) --no-print-directory build
	@scripts/run

test:
	@scripts/install test
	@scripts/test

bench:
	@scripts/install bench
	@$(MAKE) --no-print-directory build
	@node bench/run.mjs $(PARTS)

format:
	@clang-format -i $$(git ls-files '*.c' '*.h')

clean:
	rm -rf build
