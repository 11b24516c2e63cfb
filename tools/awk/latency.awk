#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# latency: how long each call took, waiting included: totals, percentiles, histograms.
# library: hex text table dist errno
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("latency",
		"Time per system call, from entry to return, in microseconds: sum, mean,\n" \
		"percentiles, largest, and a histogram of the calls that took most.",
		"top=20 rows of each table; 0 shows all\n" \
		"bars=3 histograms of so many calls\n" \
		"call=- only this system call", "DUR")
}

!hex_call() { next }

set["call"] != "-" && $SYSCALL != set["call"] { next }

$DUR == "" { without++; next }

{ dist_add($SYSCALL, hex_num($DUR)) }

END {
	hex_over()
	dist_end("")
	for (call in dist_count)
		sums[call] = sum_about(call)
	n = sort_down(sums, key)
	shown = table_top(n)
	table_start("Time by system call, in microseconds", "SUM COUNT MEAN P50 P95 P99 MAX <CALL")
	for (i = 1; i <= shown; i++)
		table_row(usec_sum(key[i]), dist_count[key[i]],
			sprintf("%.3f", sum_about(key[i]) / dist_count[key[i]] / per_usec()),
			text_usec(dist_at(key[i], 0.5)), text_usec(dist_at(key[i], 0.95)),
			text_usec(dist_at(key[i], 0.99)), text_usec(dist_max[key[i]]), key[i])
	table_end()
	table_more(shown, n)
	for (i = 1; i <= n && i <= set["bars"]; i++)
		dist_bars(key[i], "Histogram of " key[i] ", in microseconds", per_usec())
	if (without)
		hex_note(many(without, "call has", "calls have") \
			" no duration: began before the tape, or never returned")
	hex_notes()
}

function per_usec() {
	return hex_unit["DUR"] == "nsec" ? 1000 : 1
}

# All digits of a sum, which may be longer than awk's numbers.
function usec_sum(call,    text) {
	text = sum_text(call)
	if (per_usec() == 1)
		return text
	while (length(text) < 4)
		text = "0" text
	return substr(text, 1, length(text) - 3) "." substr(text, length(text) - 2)
}
