#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Probes of the kernel, which not every development machine has: their counts are the kernel's own.
# needs: perf awk
# limit: 300
. tests/lib/tap.sh
tracing=/sys/kernel/tracing
times=500

# shown NAME: lines of strace text of $tmp/t with it
shown() { "$decode" -l strace "$tmp/t" 2>/dev/null | grep -cE -- "$1"; }
# the kernel's own count of the hits of the probes of a recorder that is still there
profile() { awk -v n="$1" '$1 ~ "^p[0-9]+_" n "$" {print $2 + $3}' $tracing/kprobe_profile; }

for backend in bpf ftrace perf; do
	"$systape" -b $backend -l bin -o "$tmp/t" -e trace=openat,read \
		-e "kprobe:do_sys_openat2(dfd=arg1:s32,name=+0(arg2):ustring)" -e "kretprobe:do_sys_openat2(fd=retval:s64)" \
		-e "kprobe:vfs_read(count=arg3:u64) if count == 100" -e "kretprobe:vfs_read(result=retval:s64) if result == 100" \
		probes $times 2>"$tmp/err"
	ok "$backend: recorded: $(cat "$tmp/err")"
	is "$backend: nothing is lost" "$(grep -o ', .* lost' "$tmp/err" | grep -oE '[0-9]+ (other events )?lost' | tr '\n' ' ')" "0 lost "
	is "$backend: calls of openat of passwd" "$("$decode" -l hex "$tmp/t" | awk -F '\t' '$4 == "openat" {n++} END {print n}')" \
		"$("$decode" -l hex "$tmp/t" | awk -F '\t' '$4 == "kprobe:do_sys_openat2" {n++} END {print n}')"
	is "$backend: do_sys_openat2 with its name" "$(shown 'kprobe:do_sys_openat2\(dfd=-100, name="/etc/passwd"\)')" $times
	is "$backend: its returns" "$(shown 'kretprobe:do_sys_openat2\(fd=[-0-9]*\)')" "$(shown 'kprobe:do_sys_openat2')"
	is "$backend: vfs_read of 100 bytes" "$(shown 'kprobe:vfs_read\(count=100\)')" $times
	is "$backend: its returns" "$(shown 'kretprobe:vfs_read\(result=100\)')" $times
	is "$backend: a probe stands between the beginning and the end of its call" "$("$decode" -l hex_sl --columns START,DUR "$tmp/t" | awk -F '\t' '
		$4 == "kprobe:do_sys_openat2" {p = $12} $4 == "openat" {if (!(p > $12)) bad++; n++} END {print bad + 0, (n > 400)}')" "0 1"
done

# The kernel's own counts, of the whole machine and of a recorder that still runs.
"$systape" -b ftrace -l bin -o "$tmp/t" -e "kprobe:do_sys_openat2,kretprobe:do_sys_openat2" --self 2>"$tmp/err" &
pid=$!
for _ in $(seq 100); do
	sleep 0.1
	cat /etc/passwd >/dev/null
	[ "$(profile 1 | tr -dc 0-9)" -gt 0 ] 2>/dev/null && break
done
probes 2000
sleep 0.5
# From here on no program may start: its opens would be counted and not recorded. This shell's own are three at most.
echo 0 >$tracing/instances/systape-$pid-*-probe/tracing_on
mapfile -t counts <$tracing/kprobe_profile
kill -INT $pid
wait $pid
before=$(printf '%s\n' "${counts[@]}" | awk '/_0 / {print $2 + $3}') returns=$(printf '%s\n' "${counts[@]}" | awk '/_1 / {print $2 + $3}')
recorded=$(shown '\bkprobe:do_sys_openat2')
[ "$recorded" -ge 2000 ] && [ "$recorded" -le "$before" ] && [ $((before - recorded)) -le 3 ]
ok "kprobe_profile has $before, the tape $recorded"
recorded=$(shown 'kretprobe:do_sys_openat2')
[ "$recorded" -ge 2000 ] && [ "$recorded" -le "$returns" ] && [ $((returns - recorded)) -le 3 ]
ok "kprobe_profile has $returns returns, the tape $recorded"

"$systape" -b ftrace -l bin -o "$tmp/t" -e 'tracepoint:sched:sched_process_exec' -f perf stat -x, -e sched:sched_process_exec sh -c \
	'for i in 1 2 3 4 5; do /usr/bin/busybox true; done' 2>"$tmp/err"
# perf's own execve comes before it counts
is "perf stat's count of a tracepoint" "$(($(shown 'tracepoint:sched:sched_process_exec') - 1))" \
	"$(sed -n 's/^\([0-9]*\),.*sched_process_exec.*/\1/p' "$tmp/err")"
"$systape" -b ftrace -l bin -o "$tmp/t" -e 'kp-raw_glob:vfs_rea*' probes 10 2>"$tmp/err"
[ "$(shown 'kprobe:vfs_read\(')" -ge 10 ] && "$decode" -l list "$tmp/t" >/dev/null
ok "a pattern of kernel functions by its old name"
"$systape" -b ftrace -l bin -o "$tmp/t" -e 'kprobe:*' probes 10 2>"$tmp/err"
is "too wide a pattern" "$? $(cat "$tmp/err")" \
	"1 systape: cannot probe *: more than 256 functions match; make the pattern narrower, -R lists them"
"$systape" -b ftrace -l bin -o "$tmp/t" -e 'kprobe:no_such_function' probes 10 2>"$tmp/err"
is "no such function" "$?" 1
cat "$tmp/err"
left() { echo "$(grep -c systape_ $tracing/dynamic_events) $(find $tracing/instances -name 'systape-*' | wc -l)"; }
soon "nothing is left behind" "0 0" left
finish
