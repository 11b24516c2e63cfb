#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# slowest: the calls that took longest, with their arguments.
# library: hex text table errno
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("slowest",
		"The calls that took longest, waiting included, in microseconds.",
		"top=20 so many calls\n" \
		"call=- only this system call\n" \
		"skip=- leave out these system calls, such as futex,poll,epoll_wait", "DUR")
	n = split(set["skip"], name, ",")
	for (i = 1; i <= n; i++)
		skip[name[i]]
	if (set["top"] < 1)
		hex_wrong("cannot set top to 0; give how many calls to show")
}

!hex_call() { next }

# Durations are 16 digits each, so that comparing text compares numbers.
$DUR "" <= least "" || $SYSCALL in skip { next }

set["call"] == "-" || $SYSCALL == set["call"] { keep() }

END {
	hex_over()
	table_start("Slowest calls", "USEC START(s) PID <COMM <CALL")
	for (i = 1; i <= kept; i++) {
		$0 = line[i]
		table_row(text_usec(hex_num($DUR)), TIME ? hex_seconds(hex_num($TIME)) : "-",
			hex_dec($PID), $AUX, text_call() " = " text_result())
	}
	table_end()
	hex_notes()
}

# line[1] is the slowest. `least` is what a call must exceed once there are enough.
function keep(    i) {
	if (kept < set["top"])
		kept++
	for (i = kept; i > 1 && took[i - 1] "" < $DUR ""; i--) {
		line[i] = line[i - 1]
		took[i] = took[i - 1]
	}
	line[i] = $0
	took[i] = $DUR
	if (kept >= set["top"])
		least = took[kept]
}
