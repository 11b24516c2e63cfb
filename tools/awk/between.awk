#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# between: the time between two calls of a thread.
# library: hex table dist
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("between",
		"Time from the start of one call to the start of another of the same thread, in\n" \
		"microseconds: by thread and as a histogram. Without settings: from each call\n" \
		"to the next one.",
		"from=any the first call (the latest one before the second counts)\n" \
		"to=any the second call\n" \
		"top=20 rows; 0 shows all", "TIME")
}

!hex_call() { next }

# The call that ends one interval may begin the next.
{
	now = hex_num($TIME)
	if ((set["to"] == "any" || $SYSCALL == set["to"]) && $PID in began) {
		if (now >= began[$PID])
			dist_add($PID, now - began[$PID])
		else
			backwards++
		delete began[$PID]
	}
	if (set["from"] == "any" || $SYSCALL == set["from"])
		began[$PID] = now
	comm[$PID] = $AUX
}

END {
	hex_over()
	dist_end("all")
	for (pid in dist_count)
		if (pid != "all")
			sums[pid] = sum_about(pid)
	n = sort_down(sums, key)
	shown = table_top(n)
	what = "from " (set["from"] == "any" ? "one call" : set["from"]) " to " \
		(set["to"] == "any" ? "the next" : set["to"]) ", in microseconds"
	table_start("Time " what, "SUM COUNT MEAN P50 P95 P99 MAX PID <COMM")
	for (i = 1; i <= shown; i++)
		table_row(sum_text(key[i]), dist_count[key[i]], dist_mean(key[i]),
			dist_at(key[i], 0.5), dist_at(key[i], 0.95), dist_at(key[i], 0.99),
			dist_max[key[i]] + 0, hex_dec(key[i]), comm[key[i]])
	table_end()
	table_more(shown, n)
	if (n)
		dist_bars("all", "Histogram of all threads, " what, 1)
	if (backwards)
		hex_note(many(backwards, "interval was", "intervals were") " left out: negative")
	hex_notes()
}
