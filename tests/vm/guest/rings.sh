#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A machine of 1 GiB and rings of 1 GiB for each of two CPUs: every backend takes less, says so, and records.
# needs: awk
# limit: 240
. tests/lib/tap.sh
for b in bpf ftrace perf; do
	"$systape" -b $b -f --capture numbers -e trace=getppid -l bin --buffer 1G -o "$tmp/t" count 1000 0 1 2>"$tmp/err"
	is "$b: exit status" $? 0
	is "$b: it records" "$(grep -o '[0-9]* calls recorded, [0-9]* lost' "$tmp/err")" "2000 calls recorded, 0 lost"
	grep -q '^systape: rings of 1048576 KiB per CPU are not to be had here: they have [0-9]*$' "$tmp/err"
	holds $? "$b: $(head -n 1 "$tmp/err")"
done
finish
