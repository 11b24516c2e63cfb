#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# folded: folded stacks of comm;call, for flame graphs.
# library: hex table
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("folded",
		"Folded stacks 'comm;call COUNT', as flamegraph.pl and speedscope read them.\n" \
		"Lost events are a stack of their own. Notes go to standard error.",
		"weight=calls|time calls, or microseconds (column DUR)\n" \
		"by=comm|pid the lowest frame: the command, or the command and the thread")
	if (set["weight"] == "time")
		hex_needs = "DUR"
}

!hex_call() { next }

set["weight"] == "time" && $DUR == "" { next }

{
	key = $AUX (set["by"] == "pid" ? SUBSEP $PID : "") ";" $SYSCALL
	stacks[key]
	sum_add(key, set["weight"] == "time" ? hex_num($DUR) : 1)
}

END {
	hex_over()
	for (key in stacks)
		none[key] = 0
	n = sort_down(none, order)
	for (i = 1; i <= n; i++)
		print stack(order[i]) " " weight(order[i])
	if (hex_losses && set["weight"] == "calls")
		print "LOST " sum_text("LOST")
	hex_notes(1)
}

# A semicolon separates frames: within a command's name it becomes a comma.
function stack(key,    at, comm, part) {
	for (at = length(key); substr(key, at, 1) != ";"; at--)
		;
	split(substr(key, 1, at - 1), part, SUBSEP)
	comm = part[1]
	gsub(/;/, ",", comm)
	return comm (part[2] == "" ? "" : " " hex_dec(part[2])) ";" substr(key, at + 1)
}

function weight(key) {
	if (set["weight"] == "time" && hex_unit["DUR"] == "nsec")
		return sprintf("%.0f", int(sum_about(key) / 1000))
	return sum_text(key)
}
