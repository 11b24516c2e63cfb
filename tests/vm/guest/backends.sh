#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every backend makes the same tape on this kernel, and counts what overload takes away: tests/live/backends.test.
# limit: 300
cd /systape || exit 1
systape=build/systape
calls='!futex,madvise,mprotect,munmap,mmap,rt_sigprocmask'

verdict() {
	if [ "$2" = "$3" ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		echo "#   got: $2"
		echo "#   wanted: $3"
	fi
}

$systape --probe | sed 's/^/# /'
for b in bpf ftrace perf; do
	$systape -q -b $b -f -e trace="$calls" --capture numbers -l hex_sl -o /tmp/hex generations
	verdict "$b: the program's exit status" $? 7
	busybox awk -f tests/live/threads.awk /tmp/hex | LC_ALL=C busybox sort >/tmp/$b
	verdict "$b: threads that were seen" "$(busybox cut -d' ' -f1 /tmp/$b | busybox sort -u | busybox wc -l)" 78
	verdict "$b: calls that are not as bpf has them" "$(busybox diff /tmp/bpf /tmp/$b | busybox grep -c '^[-+][0-9A-F ]')" 0
	for i in 1 2 3; do
		$systape -b $b -f -l bin --buffer 16K --capture numbers -e trace=getppid -o /tmp/t count 20000 0 1 2>/tmp/err
		verdict "$b: recorded and lost, run $i" "$(busybox awk '/calls recorded/ {print $2 + $5}' /tmp/err)" 40000
	done
done
rm -f /tmp/t /tmp/hex
verdict "instances that are left" "$(ls /sys/kernel/tracing/instances)" ""
