# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzing: every source once more, by clang with sanitizers and coverage, and one program per tests/fuzz/fuzz_*.c.
FUZZ := $(BUILD)/fuzz
FUZZ_FLAGS := -g -O1 -std=gnu11 -fno-omit-frame-pointer -fsanitize=address$(,)undefined -fno-sanitize-recover=undefined
fuzz-obj = $(patsubst %.c,$(FUZZ)/%.o,$(1))
FUZZ_TARGETS := $(filter-out $(if $(HAVE_JSON_C),,outputs answers compare) $(if $(HAVE_SQLITE),,sqlite),$(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c)))
FUZZERS := $(addprefix $(FUZZ)/,$(FUZZ_TARGETS))
# Those that read tapes, and those that show calls.
FUZZ_TAPES := $(addprefix $(FUZZ)/,tape header merge render outputs answers perfetto otlp sqlite compare)
FUZZ_SHOW := $(addprefix $(FUZZ)/,render outputs answers perfetto otlp sqlite compare filter options redact)

$(FUZZ)/%.o: %.c $(GEN) | $(BUILD)/config.txt
	@mkdir -p $(@D)
	$(call say,FUZZ,$@)
	$(Q)$(CLANG) $(CPPFLAGS) $(TRACEFS_CFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -w -MMD -MP -c $< -o $@
$(FUZZ)/tracer/bpf/bpf_image.o: $(BUILD)/gen/systape_bpf.h
$(FUZZ)/libfuzzed.a: $(call fuzz-obj,$(FORMAT_SRC) $(DECODE_SRC) $(TRACER_SRC))
	$(Q)rm -f $@ && ar cqs $@ $^
# Blocks in a tape have no alignment; the mutator writes where they are.
$(FUZZ)/tests/fuzz/tape_mutator.o: FUZZ_FLAGS += -fno-sanitize=undefined
# Which numbers are compared is worth nothing where all calls there are are gone through, and took most of the time.
$(FUZZ)/format/filter/filter_calls.o: FUZZ_FLAGS += -fno-sanitize-coverage=trace-cmp
$(FUZZ_TAPES): $(FUZZ)/tests/fuzz/tape_mutator.o
$(filter-out $(FUZZ)/header,$(FUZZ_TAPES)): $(FUZZ)/tests/fuzz/proportion.o
$(addprefix $(FUZZ)/,render outputs answers perfetto otlp): $(FUZZ)/tests/fuzz/one_tape.o
$(FUZZ)/outputs $(FUZZ)/answers $(FUZZ)/compare: $(FUZZ)/tests/fuzz/judge.o
$(FUZZ)/outputs $(FUZZ)/answers $(FUZZ)/compare: FUZZ_LIBS := -ljson-c
$(FUZZ)/answers: $(call fuzz-obj,$(filter-out stat/main.c,$(STAT_SRC)))
$(FUZZ)/importer: $(call fuzz-obj,$(filter-out import/main.c,$(IMPORT_SRC)))
$(FUZZ)/compare: $(call fuzz-obj,diff/report.c $(wildcard diff/print_*.c))
$(FUZZ)/sqlite: FUZZ_LIBS := -lsqlite3
$(FUZZ_SHOW): $(FUZZ)/tests/fuzz/tables.o
$(FUZZ_SHOW): FUZZ_LINK := $(addprefix -Wl$(,)--wrap=desc_table_,new free add add_later number)
$(FUZZ)/render: FUZZ_LINK += -Wl$(,)--wrap=output_file_at
$(FUZZERS): $(FUZZ)/%: $(FUZZ)/tests/fuzz/fuzz_%.o $(FUZZ)/libfuzzed.a
	$(call say,LINK,$@)
	$(Q)$(CLANG) $(FUZZ_FLAGS) -fsanitize=fuzzer $(FUZZ_LINK) $(filter %.o,$^) $(FUZZ)/libfuzzed.a $(TRACER_LIBS) $(FUZZ_LIBS) -o $@
$(FUZZ)/seed: $(FUZZ)/tests/fuzz/seed.o $(FUZZ)/libfuzzed.a
	$(Q)$(CLANG) $(FUZZ_FLAGS) $^ $(TRACER_LIBS) -o $@

.PHONY: fuzzers
fuzzers: $(FUZZERS) $(FUZZ)/seed
# T seconds over all targets. New inputs are kept in $(BUILD)/fuzz/corpus, findings in $(BUILD)/fuzz/findings.
fuzz: fuzzers
	$(if $(HAVE_JSON_C),,@echo "json-c off: -l json, systape-stat and systape-diff are not fuzzed; run tools/deps test")
	@BUILD=$(BUILD) tests/fuzz/run $(or $(T),60)

# clang-tidy over what changed, in headers as well, since it had nothing to say: what .clang-tidy asks for.
TIDY := $(patsubst %.c,$(BUILD)/tidy/%.ok,$(FORMAT_SRC) $(DECODE_SRC) $(TRACER_SRC) $(STRACE_SRC) $(STAT_SRC) $(DIFF_SRC) $(IMPORT_SRC) decode/main.c tracer/main.c)
$(BUILD)/tidy/%.ok: %.c $(GEN) $(BUILD)/gen/systape_bpf.h FORCE
	$(call say,TIDY,$<)
	$(Q)tests/style/tidy $< -std=gnu11 $(CPPFLAGS) $(TRACEFS_CFLAGS)
.PHONY: tidy
tidy: $(TIDY)
