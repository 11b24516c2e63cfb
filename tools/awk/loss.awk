#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# loss: where events were lost, and how many.
# library: hex table
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("loss",
		"Where events were lost and how many: each place, and the calls around it.",
		"top=40 places, the worst ones in the order of the tape; 0 shows all")
}

!hex_call() {
	if (hex_lost_here) {
		lost[++count] = hex_lost_here + 0
		shown_lost[count] = hex_lost_here
		at[count] = FNR
		before[count] = hex_calls
		came[count] = said
	}
	next
}

# Of what is behind a loss only the first call matters.
count > done {
	while (done < count)
		next_time[++done] = TIME ? $TIME : ""
}

TIME { said = $TIME }

END {
	hex_over()
	share = percent(sum_about("LOST"), hex_calls + sum_about("LOST"))
	print many(hex_calls, "call", "calls") " on the tape, " \
		many(sum_text("LOST"), "event", "events") " lost (" share "%), in " \
		many(hex_losses, "place", "places")
	print ""
	if (!hex_losses) {
		hex_notes()
		exit
	}
	n = sort_down(lost, key)
	shown = table_top(n)
	for (i = 1; i <= shown; i++)
		chosen[key[i]]
	table_start("Losses", "LOST LINE CALLS_SINCE" (TIME ? " AFTER(s) BEFORE(s)" : ""))
	for (i = 1; i <= n; i++)
		if (i in chosen)
			table_row(shown_lost[i], at[i], before[i] - before[i - 1], time(came[i]),
				time(next_time[i]))
	table_end()
	table_more(shown, n)
	hex_notes()
}

function time(text) {
	return text == "" ? "-" : hex_seconds(hex_num(text))
}
