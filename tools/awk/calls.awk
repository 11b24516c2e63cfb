#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# calls: how often each call was made, by whom, and with which errors.
# library: hex table errno
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("calls",
		"Counts calls by system call, by thread (process, with column TGID), and by\n" \
		"error.",
		"top=20 rows of each table; 0 shows all")
}

!hex_call() { next }

{
	calls[$SYSCALL]++
	made[$WHO]++
	comm[$WHO] = $AUX
	if ($ERR != "0000000000000000")
		trouble()
}

END {
	hex_over()
	printf "%.0f calls: %.0f failed, %.0f without a result\n\n", hex_calls, failed, unfinished
	by_call()
	by_thread()
	by_error()
	hex_notes()
}

function trouble() {
	if ($RES == "") {
		unfinished++
		call_unfinished[$SYSCALL]++
		return
	}
	failed++
	call_failed[$SYSCALL]++
	thread_failed[$WHO]++
	errors[$ERR, $SYSCALL]++
}

function by_call(    n, i, key, shown) {
	n = sort_down(calls, key)
	shown = table_top(n)
	table_start("Calls by system call", "CALLS FAILED UNFINISHED SHARE% <CALL")
	for (i = 1; i <= shown; i++)
		table_row(calls[key[i]], call_failed[key[i]] + 0, call_unfinished[key[i]] + 0,
			percent(calls[key[i]], hex_calls), key[i])
	table_end()
	table_more(shown, n)
}

function by_thread(    n, i, key, shown) {
	n = sort_down(made, key)
	shown = table_top(n)
	table_start("Calls by " (TGID ? "process" : "thread"), "CALLS FAILED SHARE% PID <COMM")
	for (i = 1; i <= shown; i++)
		table_row(made[key[i]], thread_failed[key[i]] + 0, percent(made[key[i]], hex_calls),
			hex_dec(key[i]), comm[key[i]])
	table_end()
	table_more(shown, n)
}

function by_error(    n, i, key, shown, part) {
	n = sort_down(errors, key)
	shown = table_top(n)
	table_start("Errors", "CALLS <ERROR <CALL")
	for (i = 1; i <= shown; i++) {
		split(key[i], part, SUBSEP)
		table_row(errors[key[i]], errno_name(part[1]), part[2])
	}
	table_end()
	table_more(shown, n)
}
