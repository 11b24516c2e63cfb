#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# -G with a pattern on this kernel, from every backend: a cgroup that is there, one that is made meanwhile, what is below them, and
# nothing of others. In full: tests/live/cgroups.test.
# needs: awk
# limit: 240
. tests/lib/tap.sh
top=/sys/fs/cgroup
mount -t cgroup2 none $top || { echo "this kernel mounts no cgroups"; exit 77; }
program tests/live/count.c

# within FOLDER NAME CALLS: a program of that name makes its calls in a cgroup, which is made if need be
within() {
	mkdir -p "$top/$1"
	[ -e "$tmp/$2" ] || cp "$tmp/count" "$tmp/$2"
	sh -c 'echo $$ >"$1/cgroup.procs"; exec "$2" "$3"' sh "$top/$1" "$tmp/$2" "$3"
}

for b in bpf ftrace perf; do
	mkdir -p $top/web-1/inner $top/other/web-2
	recorder -b "$b" --capture numbers -e trace=getppid -G '/web-*' -l hex_sl -o "$tmp/hex"
	within web-1 there 2
	within web-1/inner inner 3
	within other/web-2 elsewhere 50
	within web-3/in/ner made 4
	within late deep 50
	kill -INT "$pid"
	wait "$pid"
	is "$b: cgroups that match, and all below them" "$(awk -F '\t' '$4 == "getppid" {n[$NF]++} END {for (i in n) print n[i], i}' "$tmp/hex" |
		sed 's/ .*:/ /' | grep -v ' sh$' | LC_ALL=C sort -k 2 | tr '\n' ' ')" "3 inner 4 made 2 there "
	find $top/web-* $top/other $top/late -depth -type d -exec rmdir {} \;
done
finish
