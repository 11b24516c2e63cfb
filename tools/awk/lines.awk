#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# lines: hex lines as lines that resemble strace's.
# library: hex text errno socket files
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("lines",
		"A line that resembles strace's for each call, with its long strings joined.\n" \
		"Flags stay numbers: 'systape-decode -l strace' knows their names.",
		"comm=no|yes the thread's name before the call\n" \
		"pid=- only this thread")
	files_start()
	files_all = 1
}

{ files_line() }

hex_lost_here {
	print "--- LOST " many(hex_lost_here, "event", "events") " ---"
	hex_lost_here = 0
}

END {
	files_end()
	hex_over()
	hex_notes()
}

function on_call(    line, width) {
	line = hex_dec($PID)
	if (set["pid"] != "-" && line != set["pid"])
		return
	if (length(line) < 7)
		line = line substr("       ", length(line) + 1)
	if (TIME)
		line = line " " hex_seconds(hex_num($TIME))
	if (set["comm"] == "yes")
		line = line " [" $AUX "]"
	width = length(line) + 40
	line = line " " text_call()
	if (length(line) < width)
		line = line sprintf("%" (width - length(line)) "s", "")
	print line " = " text_result() duration()
}

function duration() {
	return DUR && $DUR != "" ? " <" hex_seconds(line_usec(hex_num($DUR))) ">" : ""
}

function line_usec(value) {
	return hex_unit["DUR"] == "nsec" ? value / 1000 : value
}
