# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154
# Sourced by run: helpers that build, repeat and print.

build_helpers() {
	local c program clang=${CLANG:-clang}
	read -ra c <<<"${CC:-cc}" # which may be several words (ccache gcc)
	for program in loop cold usage; do
		"${c[@]}" -O2 -D_GNU_SOURCE tests/bench/$program.c -o "$bench/$program" || return
	done
	"${c[@]}" -O2 -D_GNU_SOURCE tests/bench/touched.c tests/bench/bpf_machine.c -o "$bench/touched" -lbpf || return
	"${c[@]}" -O2 tests/bench/floor.c -o "$bench/floor" -lbpf &&
		"$clang" -O2 -g -mcpu=v3 -target bpf -idirafter "/usr/include/$(uname -m)-linux-gnu" \
			-c tests/bench/floor.bpf.c -o "$bench/floor.bpf.o"
}

title() {
	echo "# What systape costs"
	echo
	echo "Linux $(uname -r), $(nproc) CPUs, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)," \
		"$(date -u +%F). Measured by \`make bench\`: contenders in turn, $ROUNDS rounds."
	echo "$(traits)."
	echo "Peers: $(peers). Other machines give other absolute figures: compare ratios."
}

has_flag() {
	grep -q -m 1 "^flags.* $1\( \|\$\)" /proc/cpuinfo
}

cache_sizes() {
	local at=/sys/devices/system/cpu/cpu0/cache i
	for i in "$at"/index*; do
		[ "$(cat "$i/type" 2>/dev/null)" = Instruction ] || printf ', L%s %s' "$(cat "$i/level")" "$(cat "$i/size")"
	done 2>/dev/null
}

# What makes an entry to the kernel, and each page that is touched there, cheap or dear.
traits() {
	local bugs=/sys/devices/system/cpu/vulnerabilities huge
	huge=$(grep -o '\[.*\]' /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null)
	if has_flag pti || grep -q PTI $bugs/meltdown 2>/dev/null; then printf 'Page-table isolation, '; else printf 'No page-table isolation, '; fi
	if has_flag pcid; then printf 'PCID, '; else printf 'no PCID, '; fi
	if grep -qi retpoline $bugs/spectre_v2 2>/dev/null; then printf 'retpolines, '; else printf 'no retpolines, '; fi
	printf 'huge pages: %s%s' "${huge:-none}" "$(cache_sizes)"
	if has_flag hypervisor; then printf ', a virtual machine'; fi
}

peers() {
	local p found=()
	for p in strace perf trace-cmd bpftrace; do
		if command -v $p >/dev/null; then found+=("$p $($p --version 2>&1 | grep -o '[0-9][0-9.a-z-]*' | head -n 1)"); else found+=("no $p"); fi
	done
	printf '%s, ' "${found[@]}" | sed 's/, $//'
}

# keep NAME VALUE: one more measurement; the order of the first ones is the table's
keep() {
	[ -e "$dir/v.$1" ] || echo "$1" >>"$dir/order"
	echo "$2" >>"$dir/v.$1"
}

fresh() {
	rm -f "$dir"/v.* "$dir/order"
}

# stat NAME: least, median, most
stats() {
	sort -n "$dir/v.$1" | awk '{v[NR] = $1} END {print v[1], v[int((NR + 1) / 2)], v[NR]}'
}

section() {
	printf '\n## %s\n\n' "$1"
}

# since TIME: seconds from an EPOCHREALTIME to now
since() {
	echo "$1 $EPOCHREALTIME" | awk '{printf "%.4f\n", $2 - $1}'
}

# Elapsed seconds of a command.
elapsed() {
	local from=$EPOCHREALTIME
	"$@" >/dev/null 2>&1
	since "$from"
}

# recorder COMMAND...: starts it, waits until it records, and leaves its pid in $recorder
start_recorder() {
	"$@" >/dev/null 2>&1 &
	recorder=$!
	pids+=("$recorder")
	sleep 0.7
}

stop_recorder() {
	kill -INT "$recorder" 2>/dev/null
	wait "$recorder" 2>/dev/null
}

start_load() {
	"$bench/loop" 0 "$1" &
	pids+=($!)
}

stop_load() {
	kill "${pids[@]}" 2>/dev/null
	wait "${pids[@]}" 2>/dev/null
	pids=()
}

# The number before a word in a file: `calls_in FILE 'calls recorded'`
number_before() {
	grep -o "[0-9]* $2" "$1" | head -n 1 | cut -d' ' -f1
}
