# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154
# Sourced by run: what decoding costs.

# decode_row NAME CALLS COMMAND...: calls per CPU second, the best of ROUNDS, and memory
decode_row() {
	local name=$1 calls=$2 i
	shift 2
	rm -f "$dir/v.row" "$dir/v.rss"
	for ((i = 0; i < ROUNDS; i++)); do
		"$bench/usage" "$dir/usage" 0 "$@" >/dev/null 2>&1
		awk '{print $2}' "$dir/usage" >>"$dir/v.row"
		awk '{print $3}' "$dir/usage" >>"$dir/v.rss"
	done
	echo "$(stats row) $(sort -n "$dir/v.rss" | tail -n 1)" | awk -v n="$name" -v c="$calls" '{
		if ($1 > 0) printf "| %s | %.2f | %.2f | %.1f |\n", n, c / $1 / 1e6, c / $2 / 1e6, $4 / 1024
	}'
}

# decode_pipe TAPE OPTION...: the decoder behind a pipe, whose other end is not counted
decode_pipe() {
	local tape=$1
	shift
	exec "$decode" --threads 1 "$@" - < <(cat "$tape")
}

# Formats that want a file or a folder, which must not be there yet, and that this build has.
decode_to_file() {
	local format=$1 to=$dir/decode.$1 options=
	"$decode" -l help | grep -q "^$format " || return 0
	[ "$format" != otlp ] || options="--spans calls:$calls"
	decode_row "systape-decode -l $format, $level" "$calls" bash -c "decode_anew '$to' $options -l $format '$dir/decode.tape'"
	rm -rf "$to"
}

# decode_anew FILE OPTION...
decode_anew() {
	local to=$1
	shift
	rm -rf "$to"
	exec "$decode" --threads 1 -o "$to" "$@"
}

several_jobs() {
	local i
	for i in 1 2 3 4 5 6 7 8; do tests/bench/mixed; done
}

bench_decode() {
	local level calls format
	export -f several_jobs decode_pipe decode_anew
	export decode
	section "Decoding"
	echo "Eight mixed jobs on one tape, million calls per second of CPU time (one thread), and the largest resident set."
	echo "The filter wants one call that the job never makes; the tape comes through a pipe, without index. Starting a decoder is counted;"
	echo "of OpenTelemetry each call is a span, in a file."
	echo
	echo "| decoder | best | median | MiB |"
	echo "|---|---:|---:|---:|"
	for level in numbers names full; do
		"$systape" -f -l bin --capture $level -o "$dir/decode.tape" bash -c several_jobs >/dev/null 2>"$dir/decode.err"
		calls=$(number_before "$dir/decode.err" "calls recorded")
		for format in hex strace list json csv bin; do
			decode_row "systape-decode -l $format, $level" "$calls" "$decode" --threads 1 -l $format "$dir/decode.tape"
		done
		for format in sqlite perfetto chrome otlp html ctf; do
			decode_to_file $format
		done
		decode_row "systape-stat, $level" "$calls" "$BUILD/systape-stat" --threads 1 "$dir/decode.tape"
		decode_row "systape-stat --by file, $level" "$calls" "$BUILD/systape-stat" --threads 1 --by file "$dir/decode.tape"
		decode_row "filter only, $level" "$calls" bash -c "decode_pipe '$dir/decode.tape' -l hex -e trace=swapoff"
	done
	"$decode" -l strace --quiet -ttt -T "$dir/decode.tape" >"$dir/decode.log"
	decode_row "systape-import, lines" "$(wc -l <"$dir/decode.log")" "$BUILD/systape-import" --quiet -o "$dir/import.tape" "$dir/decode.log"
	if command -v perf >/dev/null; then
		perf record -q -o "$dir/decode.perf" -e raw_syscalls:sys_enter,raw_syscalls:sys_exit tests/bench/mixed >/dev/null 2>&1
		ROUNDS=1 decode_row "perf script, numbers" "$((calls / 8))" perf script -i "$dir/decode.perf"
		ROUNDS=1 decode_row "perf trace -i, numbers" "$((calls / 8))" perf trace -i "$dir/decode.perf"
	fi
	decode_threads
	[ -e "$dir/full.tape" ] && decode_memory
}

# What further CPUs bring: elapsed time, the least of some runs.
decode_threads() {
	local threads format i
	echo
	echo "Elapsed seconds of the last tape, by --threads (by turns in text, JSON, CSV and list; hex is unpacked by others):"
	echo
	echo "| format | threads | least | median | most | MiB |"
	echo "|---|---:|---:|---:|---:|---:|"
	for format in hex strace json csv list; do
		for threads in 1 2 4; do
			rm -f "$dir/v.row" "$dir/v.rss"
			for ((i = 0; i < ROUNDS; i++)); do
				"$bench/usage" "$dir/usage" 0 "$decode" --quiet --threads $threads -l $format "$dir/decode.tape" >/dev/null 2>&1
				awk '{print $1}' "$dir/usage" >>"$dir/v.row"
				awk '{print $3}' "$dir/usage" >>"$dir/v.rss"
			done
			echo "$format $threads $(stats row) $(sort -n "$dir/v.rss" | tail -n 1)" |
				awk '{printf "| %s | %d | %.3f | %.3f | %.3f | %.1f |\n", $1, $2, $3, $4, $5, $6 / 1024}'
		done
	done
}

# The tape of the full load is long: its records unpacked are gigabytes.
decode_memory() {
	local raw
	"$bench/usage" "$dir/usage" 0 sh -c "'$decode' -l bin '$dir/full.tape' | wc -c >'$dir/raw'" 2>/dev/null
	raw=$(awk '{printf "%.1f", $1 / 1e9}' "$dir/raw")
	"$bench/usage" "$dir/usage" 0 "$decode" -l hex_sl "$dir/full.tape" >/dev/null 2>&1
	echo
	echo "Memory and length: the tape of the full load is $(stat -c %s "$dir/full.tape" | awk '{printf "%.0f", $1 / 1e6}') MB," \
		"$raw GB of plain records; decoding it to hex took $(awk '{printf "%.1f", $3 / 1024}' "$dir/usage") MiB" \
		"and $(awk '{printf "%.0f", $2}' "$dir/usage") s of CPU time."
}
