#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The time of day during a capture: it is set to another day, and the machine is suspended to idle. Calls before and after have
# the time of day that the program saw, in tapes that are written at once and in those from memory, and between the two a
# suspend is no time for the tape's clock.
# needs: awk
# limit: 120
. tests/lib/tap.sh
# marks: a mark at every call of interest, close(-N), with the time of day before it, in seconds
marks() {
	date +%s >"$tmp/seen.$1"
	count 1 0
}
# read_back FILE: times of the marks, in seconds, in order
read_back() { "$decode" -l strace -ttt --quiet "$1" | awk '/getppid/ {for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+\.[0-9]+$/) {printf "%d ", $i; break}}'; }
near() { awk -v a="$1" -v b="$2" 'BEGIN {n = split(a, x); m = split(b, y); for (i = 1; i <= n; i++) if (x[i] - y[i] > 1 || y[i] - x[i] > 1) m = -1; exit n != m}'; }

for kind in "" "--flight 4M"; do
	# shellcheck disable=SC2086
	recorder -b bpf --capture numbers --comm count -e trace=getppid $kind -l bin -o "$tmp/t"
	marks 1
	date -s @2000000000 >/dev/null
	sleep 0.5
	marks 2
	date -s @1900000000 >/dev/null
	sleep 0.5
	marks 3
	kill -INT $pid
	wait $pid
	seen=$(cat "$tmp"/seen.[123] | tr '\n' ' ')
	got=$(read_back "$tmp/t")
	near "$seen" "$got"
	ok "the time is set${kind:+, $kind}: seen $seen, on the tape $got"
done

# Nothing would wake a guest again, but the kernel can try a suspend up to the point where it would fall asleep, for five seconds.
if ! grep -q mem /sys/power/state || ! echo core 2>/dev/null >/sys/power/pm_test; then
	skip "a suspend" "this kernel cannot try one: $(cat /sys/power/state /sys/power/pm_test 2>&1 | tr '\n' ' ')"
	finish
fi
recorder -b bpf --capture numbers --comm count -e trace=getppid -l bin -o "$tmp/t"
marks 1
before=$(cut -d. -f1 /proc/uptime)
echo mem >/sys/power/state
sleep 0.5
marks 2
kill -INT $pid
wait $pid
seen=$(cat "$tmp"/seen.[12] | tr '\n' ' ')
got=$(read_back "$tmp/t")
near "$seen" "$got"
holds $? "suspended after $before s of uptime, back at $(cut -d. -f1 /proc/uptime): seen $seen, on the tape $got"
finish
