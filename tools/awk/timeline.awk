#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# timeline: calls, errors and losses in equal intervals of time.
# library: hex table
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("timeline",
		"Calls, errors and lost events in equal intervals, and the commonest call of\n" \
		"each.",
		"step=auto seconds per interval; auto makes about 40 rows\n" \
		"call=- only this system call", "TIME")
	if (set["step"] != "auto" && !(set["step"] > 0))
		hex_wrong("cannot set step to '" set["step"] "'; give seconds above 0, or auto")
	# Microseconds per slot. With auto, slots grow tenfold when there are too many of them.
	width = set["step"] == "auto" ? 1 : int(set["step"] * 1000000 + 0.5)
	if (width < 1)
		width = 1
}

!hex_call() {
	if (hex_lost_here) {
		lost[slot + 0] += hex_lost_here
		if (slot > highest)
			highest = slot
	}
	next
}

set["call"] != "-" && $SYSCALL != set["call"] { next }

{
	at = int(hex_num($TIME) / width)
	if (at != slot || place == "") {
		slot = at
		if (slot > highest)
			highest = slot
		if (highest > 1000 && set["step"] == "auto")
			coarsen()
		place = slot SUBSEP
	}
	kinds[place $SYSCALL]++
	if ($ERR != "0000000000000000" && $RES != "")
		failed[slot]++
}

END {
	hex_over()
	step = width
	if (set["step"] == "auto")
		for (i = 1; highest * width / step >= 40; i++)	# 1 2 5 10 20 50 ...
			step *= i % 3 == 2 ? 2.5 : 2
	gather(step / width)
	table_start("Timeline, intervals of " hex_seconds(step) " s",
		"FROM(s) CALLS FAILED LOST <MOSTLY <BAR")
	for (i = 0; i <= last; i++)
		table_row(hex_seconds(i * step), calls_in[i] + 0, failed_in[i] + 0, lost_in[i] + 0,
			name_in[i], bar(calls_in[i], most, 40))
	table_end()
	hex_notes()
}

function coarsen(    times) {
	for (times = 10; highest / times > 1000; times *= 10)
		;
	fold(failed, times)
	fold(lost, times)
	fold(kinds, times)
	width *= times
	slot = int(slot / times)
	highest = int(highest / times)
}

# The slots of count[] become fewer; a key is a slot, or a slot and more.
function fold(count, times,    key, part, sum) {
	for (key in count) {
		split(key, part, SUBSEP)
		sum[int(part[1] / times) (part[2] == "" ? "" : SUBSEP part[2])] += count[key]
	}
	split("", count)
	for (key in sum)
		count[key] = sum[key]
}

# Makes the rows, `times` slots to each.
function gather(times,    i, key, part, count) {
	last = int(highest / times)
	for (i = 0; i <= highest; i++) {
		failed_in[int(i / times)] += failed[i]
		lost_in[int(i / times)] += lost[i]
	}
	for (key in kinds) {
		split(key, part, SUBSEP)
		count[int(part[1] / times) SUBSEP part[2]] += kinds[key]
	}
	for (key in count) {
		split(key, part, SUBSEP)
		i = part[1]
		calls_in[i] += count[key]
		if (count[key] > top_in[i] || (count[key] == top_in[i] && part[2] < name_in[i])) {
			top_in[i] = count[key]
			name_in[i] = part[2]
		}
	}
	for (i = 0; i <= last; i++)
		if (calls_in[i] > most)
			most = calls_in[i]
}
