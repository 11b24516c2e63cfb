#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The time of day during a capture: it is set to another day, and the machine is suspended to idle. Calls before and after have
# the time of day that the program saw, in tapes that are written at once and in those from memory, and between the two a
# suspend is no time for the tape's clock.
# needs: awk
# limit: 240
. tests/lib/tap.sh
# mark N: a call of interest, between two looks at the time of day, in seconds
mark() {
	date +%s >"$tmp/before.$1"
	count 1 0
	date +%s >"$tmp/after.$1"
}
# noticed: waits until the recorder has seen that the time of day is another
noticed() { told "the time of day has changed"; }
# read_back FILE: times of the marks, in seconds, in order
read_back() { "$decode" -l strace -ttt --quiet "$1" | awk '/getppid/ {for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+\.[0-9]+$/) {printf "%d ", $i; break}}'; }
# between BEFORE GOT AFTER: whether each got is between the other two, by a second at most before or behind them
between() {
	awk -v a="$1" -v b="$2" -v c="$3" 'BEGIN {
		n = split(a, x); m = split(b, y); split(c, z)
		for (i = 1; i <= n; i++) if (y[i] < x[i] - 1 || y[i] > z[i] + 1) m = -1
		exit n != m}'
}
# seen WHAT N...: the times
seen() {
	local what=$1 n
	shift
	for n; do cat "$tmp/$what.$n"; done | tr '\n' ' '
}

for kind in "" "--flight 4M"; do
	# shellcheck disable=SC2086
	recorder -b bpf --capture numbers --comm count -e trace=getppid $kind -l bin -o "$tmp/t"
	mark 1
	date -s @2000000000 >/dev/null
	noticed
	mark 2
	date -s @1900000000 >/dev/null
	noticed
	mark 3
	kill -INT $pid
	wait $pid
	got=$(read_back "$tmp/t")
	between "$(seen before 1 2 3)" "$got" "$(seen after 1 2 3)"
	holds $? "the time is set${kind:+, $kind}: seen $(seen before 1 2 3), on the tape $got"
done

# Nothing would wake a guest again, but the kernel can try a suspend up to the point where it would fall asleep, for five seconds.
if ! grep -q mem /sys/power/state || ! echo core 2>/dev/null >/sys/power/pm_test; then
	skip "a suspend" "this kernel cannot try one: $(cat /sys/power/state /sys/power/pm_test 2>&1 | tr '\n' ' ')"
	finish
fi
recorder -b bpf --capture numbers --comm count -e trace=getppid -l bin -o "$tmp/t"
mark 1
before=$(cut -d. -f1 /proc/uptime)
echo mem >/sys/power/state
noticed
mark 2
kill -INT $pid
wait $pid
got=$(read_back "$tmp/t")
between "$(seen before 1 2)" "$got" "$(seen after 1 2)"
holds $? "suspended after $before s of uptime, back at $(cut -d. -f1 /proc/uptime): seen $(seen before 1 2), on the tape $got"
finish
