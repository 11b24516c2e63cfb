# SPDX-License-Identifier: GPL-2.0-or-later
# make            build into $(BUILD)          make check    all tests (T=DIR or FILE for a part)
# make demo       see it work                  make install  PREFIX= DESTDIR=
# make bench      timings                      make fuzz     T=SECONDS
# make sweep      every call, option and command against strace (T="FAMILY ...")
# make dist       the source as one archive    make deb      the Debian package
# make vm         a shell in a guest           KERNEL=6.1 or 6.12
# Knobs: SAN=1 sanitizers, V=1 whole commands, WERROR=1, BUILD=DIR
BUILD ?= build
PREFIX ?= /usr/local
VERSION := 1.0
CC ?= gcc
CLANG ?= clang
MAKEFLAGS += --no-print-directory
ifeq ($(V),)
Q := @
say = @printf '  %-7s %s\n' $(1) $(2)
quiet-s := $(findstring s,$(firstword -$(MAKEFLAGS)))
ifneq ($(quiet-s),)
say = @:
endif
endif

have = $(shell pkg-config --exists $(1) 2>/dev/null && echo yes)
have_clang := $(shell command -v $(CLANG) >/dev/null 2>&1 && echo yes)
HAVE_ZLIB := $(call have,zlib)
HAVE_ZSTD := $(call have,libzstd)
HAVE_ELF := $(call have,libelf)
HAVE_SQLITE := $(call have,sqlite3)
HAVE_CURL := $(call have,libcurl)
HAVE_TRACEFS := $(call have,libtracefs libtraceevent)
HAVE_BPF := $(if $(and $(call have,libbpf),$(have_clang)),yes)
HAVE_JSON_C := $(call have,json-c)
HAVE_CMOCKA := $(call have,cmocka)
onoff = $(if $(1),on,off: $(2))

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef
CFLAGS ?= -O2 -g
, := ,
SAN_FLAGS := $(if $(SAN),-fsanitize=address$(,)undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
override CFLAGS += -std=gnu11 $(WARN) $(if $(WERROR),-Werror) $(SAN_FLAGS)
CPPFLAGS += -D_GNU_SOURCE -I. -I$(BUILD)/gen -DSYSTAPE_VERSION='"$(VERSION)"' -DHAVE_ZSTD=$(if $(HAVE_ZSTD),1,0) \
	-DHAVE_BPF=$(if $(HAVE_BPF),1,0) -DHAVE_TRACEFS=$(if $(HAVE_TRACEFS),1,0) -DHAVE_ELF=$(if $(HAVE_ELF),1,0) \
	-DHAVE_JSON_C=$(if $(HAVE_JSON_C),1,0) -DHAVE_CURL=$(if $(HAVE_CURL),1,0)
TRACEFS_CFLAGS := $(if $(HAVE_TRACEFS),$(shell pkg-config --cflags libtracefs libtraceevent))
FORMAT_LIBS := -lz $(if $(HAVE_ZSTD),-lzstd) -lpthread
DECODE_LIBS := $(FORMAT_LIBS) $(if $(HAVE_SQLITE),-lsqlite3)
TRACER_LIBS := $(FORMAT_LIBS) $(if $(HAVE_BPF),-lbpf) $(if $(HAVE_TRACEFS),-ltracefs -ltraceevent) $(if $(HAVE_ELF),-lelf) $(if $(HAVE_JSON_C),-ljson-c)

# Sources are found by folder. tracer/ files of a backend whose library is missing stay out.
FORMAT_SRC := $(wildcard format/*.c format/*/*.c)
TRACER_SRC := $(filter-out tracer/main.c,$(wildcard tracer/*.c tracer/*/*.c))
TRACER_SRC := $(filter-out $(if $(HAVE_BPF),,$(wildcard tracer/bpf/*.c)) $(if $(HAVE_TRACEFS),,$(wildcard tracer/ftrace/*.c tracer/tracefs/*.c tracer/names/*.c tracer/probes/ftrace_*.c)),$(TRACER_SRC))
DECODE_SRC := $(filter-out decode/main.c $(if $(HAVE_SQLITE),,decode/sqlite/%.c) $(if $(HAVE_CURL),,$(addprefix decode/otlp/,curl_library.c target.c delivery.c answer.c)),$(wildcard decode/*.c decode/*/*.c decode/*/*/*.c))
STRACE_SRC := $(wildcard strace/*.c)
STAT_SRC := $(wildcard stat/*.c)
DIFF_SRC := $(wildcard diff/*.c)
IMPORT_SRC := $(wildcard import/*.c)
obj = $(patsubst %.c,$(BUILD)/%.o,$(1))
PROGRAMS := $(addprefix $(BUILD)/,$(if $(wildcard tracer/main.c),systape) $(if $(wildcard decode/main.c),systape-decode) \
	$(if $(STRACE_SRC),systape-strace) $(if $(STAT_SRC),systape-stat) $(if $(DIFF_SRC),systape-diff) $(if $(IMPORT_SRC),systape-import))
GEN := $(BUILD)/gen/trace.h $(BUILD)/gen/trace_text.h
.DEFAULT_GOAL := all
include $(wildcard format/rules.mk tracer/rules.mk tests/rules.mk tools/rules.mk)

all: $(BUILD)/config.txt $(PROGRAMS)
.PHONY: FORCE all check demo bench sweep fuzz install clean deps vm
.DELETE_ON_ERROR:
.SECONDARY:

define CONFIG
zlib       $(call onoff,$(HAVE_ZLIB),needed; run tools/deps build)
libzstd    $(call onoff,$(HAVE_ZSTD),no zstd codec)
libbpf     $(call onoff,$(call have,libbpf),no bpf backend)
clang      $(call onoff,$(have_clang),no bpf backend)
libtracefs $(call onoff,$(HAVE_TRACEFS),no ftrace backend)
libelf     $(call onoff,$(HAVE_ELF),no uprobes by symbol, no USDT)
libsqlite3 $(call onoff,$(HAVE_SQLITE),no format sqlite)
libcurl    $(call onoff,$(HAVE_CURL),format otlp goes into files alone$(,) not to servers)
json-c     $(call onoff,$(HAVE_JSON_C),containers by their ids alone$(,) not by names)
cmocka     $(call onoff,$(HAVE_CMOCKA),no unit tests)
endef
export CONFIG

# Printed when it changes: one line per dependency.
$(BUILD)/config.txt: FORCE
	@mkdir -p $(BUILD)/gen
	@printf '%s\n' "$$CONFIG" | cmp -s - $@ || { printf '%s\n' "$$CONFIG" > $@; sed 's/^/  /' $@; }
FORCE:

$(BUILD)/gen/trace.h: format/tape/record.h format/tape/mktrace.awk
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f format/tape/mktrace.awk format/tape/record.h > $@
# The same as a C array, to be written into tapes.
$(BUILD)/gen/%_text.h: $(BUILD)/gen/%.h
	$(call say,GEN,$@)
	$(Q)od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g' > $@

$(call obj,decode/render/renderer_table.c): CPPFLAGS += -DHAVE_SQLITE=$(if $(HAVE_SQLITE),1,0)
$(call obj,decode/sqlite/database.c) $(BUILD)/tidy/decode/sqlite/database.ok $(FUZZ)/decode/sqlite/database.o: $(BUILD)/gen/schema_sql.h $(BUILD)/gen/index_sql.h
HTML_GEN := $(patsubst %,$(BUILD)/gen/report_%.h,css js css_hash js_hash)
$(call obj,decode/html/report_page.c) $(BUILD)/tidy/decode/html/report_page.ok $(FUZZ)/decode/html/report_page.o: $(HTML_GEN)
# What the page's policy allows: the SHA-256 of what stands between the tags, in base 64, as a C string.
$(BUILD)/gen/report_%_hash.h: decode/html/report.%
	@mkdir -p $(@D)
	$(Q)sha256sum < $< | cut -c 1-64 | tr a-f A-F | basenc --base16 -d | base64 | sed 's/.*/"&"/' > $@
$(BUILD)/gen/report_%.h: decode/html/report.%
	@mkdir -p $(@D)
	$(Q)od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g' > $@
$(BUILD)/gen/%_sql.h: decode/sqlite/%.sql
	@mkdir -p $(@D)
	$(Q)od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g' > $@

$(BUILD)/%.bpf.o: %.bpf.c format/tape/record.h $(wildcard tracer/bpf/program/*.h) tracer/plan/bpf_plan.h
	@mkdir -p $(@D)
	$(call say,BPF,$@)
	$(Q)$(CLANG) -O2 -g -Wall -ffreestanding -mcpu=v3 -target bpf -D__TARGET_ARCH_x86 -idirafter /usr/include/$(shell uname -m)-linux-gnu -I. -c $< -o $@
$(BUILD)/gen/%_bpf.h: $(BUILD)/tracer/bpf/program/%.bpf.o
	@mkdir -p $(@D)
	$(Q)od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g' > $@

$(BUILD)/%.o: %.c $(GEN) | $(BUILD)/config.txt
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(if $(findstring tracer/,$<),$(TRACEFS_CFLAGS)) $(CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/libformat.a: $(call obj,$(FORMAT_SRC))
	$(Q)rm -f $@ && ar cqs $@ $^
$(BUILD)/libdecode.a: $(call obj,$(DECODE_SRC))
	$(Q)rm -f $@ && ar cqs $@ $^
$(BUILD)/libtracer.a: $(call obj,$(TRACER_SRC))
	$(Q)rm -f $@ && ar cqs $@ $^
$(BUILD)/systape: $(call obj,tracer/main.c) $(BUILD)/libtracer.a $(BUILD)/libformat.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(TRACER_LIBS) -o $@
$(BUILD)/systape-decode: $(call obj,decode/main.c) $(BUILD)/libdecode.a $(BUILD)/libformat.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(DECODE_LIBS) -o $@
$(BUILD)/systape-strace: $(call obj,$(STRACE_SRC)) $(BUILD)/libformat.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(FORMAT_LIBS) -o $@
$(BUILD)/systape-stat: $(call obj,$(STAT_SRC)) $(BUILD)/libdecode.a $(BUILD)/libformat.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(DECODE_LIBS) -o $@
$(BUILD)/systape-diff: $(call obj,$(DIFF_SRC)) $(BUILD)/libdecode.a $(BUILD)/libformat.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(DECODE_LIBS) -o $@
$(BUILD)/systape-import: $(call obj,$(IMPORT_SRC)) $(BUILD)/libdecode.a $(BUILD)/libformat.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(DECODE_LIBS) -o $@

UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/libtracer.a $(BUILD)/libdecode.a $(BUILD)/libformat.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(TRACER_LIBS) $(DECODE_LIBS) -lcmocka -o $@
unit: $(UNIT)

deps:
	@tools/deps build
check demo: JOBS := $(shell nproc)
check:
	@if [ -x tools/deps ]; then tools/deps build && tools/deps test; fi
	@$(MAKE) -j$(JOBS) WERROR=1 all unit
	@$(if $(T),,$(MAKE) -j$(JOBS) -s SAN=1 BUILD=$(BUILD)/san all unit)
	@BUILD=$(BUILD) SAN_BUILD=$(abspath $(BUILD))/san tests/run $(T)
demo: deps
	@$(MAKE) -j$(JOBS) all
	@BUILD=$(BUILD) tools/demo
vm: all
	@BUILD=$(BUILD) tests/vm/run --shell $(or $(KERNEL),6.1)
bench: all
	@BUILD=$(BUILD) tests/bench/run
sweep: all
	@BUILD=$(BUILD) tests/sweep/run $(T)

install: all install-completion
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/systape/awk
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	for s in tools/awk/*.awk; do tools/awk/embed $$s | install -m 755 /dev/stdin $(DESTDIR)$(PREFIX)/share/systape/awk/$${s##*/}; done
	install -m 644 $(BUILD)/gen/trace.h decode/json/json.schema.json $(DESTDIR)$(PREFIX)/share/systape
	install -d $(DESTDIR)$(PREFIX)/share/systape/sql
	install -m 644 tools/sql/*.sql $(DESTDIR)$(PREFIX)/share/systape/sql
	for u in systape systape-boot; do sed "s,/usr/local/bin,$(PREFIX)/bin," tools/$$u.service | \
		install -D -m 644 /dev/stdin $(DESTDIR)$(PREFIX)/lib/systemd/system/$$u.service; done
	for n in 1 5 7; do for m in $(wildcard man/*.[157]); do case $$m in *.$$n) \
		install -D -m 644 $$m $(DESTDIR)$(PREFIX)/share/man/man$$n/$${m##*/};; esac; done; done
clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
