#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# CPUs that come and go: one that is offline when the capture of the machine begins, comes up, goes and comes again. What a program
# pinned there calls is on the tape or counted as lost, and the recorder neither ends nor spins.
# needs: awk grep cat
# limit: 480
. tests/lib/tap.sh
online=/sys/devices/system/cpu/cpu1/online
[ -w $online ] || { echo "this kernel keeps CPU 1"; exit 77; }

# ticks PID: of CPU time that it has taken
ticks() { awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/$1/stat"; }

# up: brings CPU 1 back, and waits until programs may be there (Linux 6.1 lets them a while after the write) and until perf's
# events are opened again, which it alone has to do
up() {
	echo 1 >$online
	until taskset -c 1 true 2>/dev/null; do sleep 0.1; done
	[ $b != perf ] || told "CPU 1 has come up"
}

# spent PID: ticks of CPU time that it takes in two seconds; the least of three times: a stall of the machine is counted to who runs
spent() {
	local least=200 before took
	for _ in 1 2 3; do
		before=$(ticks "$1")
		sleep 2
		took=$(($(ticks "$1") - before))
		[ $took -ge $least ] || least=$took
		[ $least -ge 100 ] || break
	done
	echo $least
}

for b in bpf ftrace perf; do
	echo 0 >$online
	recorder -b $b --capture numbers -e trace=getppid -l bin -o "$tmp/t"
	spent=$(spent $pid)
	[ "$spent" -lt 100 ]
	ok "$b: it waits while a CPU is offline: $spent ticks of 200"
	count 100 0
	up
	count 1000 1
	echo 0 >$online
	count 100 0
	up
	count 2000 1
	kill -0 $pid
	ok "$b: it is still there"
	kill -INT $pid
	wait $pid
	said=$(last_words)
	is "$b: no ring is called full" "$(grep 'were full' <<<"$said")" ""
	"$decode" -l hex_sl --columns CPU "$tmp/t" 2>"$tmp/err" >"$tmp/hex"
	for cpu in 0 1; do
		is "$b: calls on CPU $cpu; $(cat "$tmp/err")" "$(awk -F '\t' -v cpu="000000000000000$cpu" '
			$4 == "getppid" && $(NF - 1) ~ /count/ && $NF == cpu {n++}
			END {print n + 0}' "$tmp/hex")" $((cpu ? 3000 : 200))
	done
done
finish
