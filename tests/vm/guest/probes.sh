#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Probes of the kernel, which not every development machine has: their counts are the kernel's own.
# needs: perf awk /usr/bin/python3 /usr/lib/python3.*/encodings
# limit: 600
. tests/lib/tap.sh
tracing=/sys/kernel/tracing
times=500

# shown NAME: lines of strace text of $tmp/t with it
shown() { "$decode" -l strace "$tmp/t" 2>/dev/null | grep -cE -- "$1"; }

for backend in bpf ftrace perf; do
	"$systape" -b $backend -l bin -o "$tmp/t" -e trace=openat,read \
		-e "kprobe:do_sys_openat2(dfd=arg1:s32,name=+0(arg2):ustring)" -e "kretprobe:do_sys_openat2(fd=retval:s64)" \
		-e "kprobe:vfs_read(count=arg3:u64) if count == 100" -e "kretprobe:vfs_read(result=retval:s64) if result == 100" \
		probes $times 2>"$tmp/err"
	holds $? "$backend: recorded: $(cat "$tmp/err")"
	is "$backend: nothing is lost" "$(grep -o ', .* lost' "$tmp/err" | grep -oE '[0-9]+ (other events )?lost' | tr '\n' ' ')" "0 lost "
	is "$backend: calls of openat of passwd" "$("$decode" -l hex "$tmp/t" | awk -F '\t' '$4 == "openat" {n++} END {print n}')" \
		"$("$decode" -l hex "$tmp/t" | awk -F '\t' '$4 == "kprobe:do_sys_openat2" {n++} END {print n}')"
	is "$backend: do_sys_openat2 with its name" "$(shown 'kprobe:do_sys_openat2\(dfd=-100, name="/etc/passwd"\)')" $times
	is "$backend: its returns" "$(shown 'kretprobe:do_sys_openat2\(fd=[-0-9]*\)')" "$(shown 'kprobe:do_sys_openat2')"
	is "$backend: vfs_read of 100 bytes" "$(shown 'kprobe:vfs_read\(count=100\)')" $times
	is "$backend: its returns" "$(shown 'kretprobe:vfs_read\(result=100\)')" $times
	is "$backend: a probe stands between the beginning and the end of its call" "$("$decode" -l hex_sl --columns START,DUR "$tmp/t" | awk -F '\t' '
		$4 == "kprobe:do_sys_openat2" {p = $12 ""} $4 == "openat" {if (!(p > $12 "")) bad++; n++} END {print bad + 0, (n > 400)}')" "0 1"
done

# The kernel's own counts, of the whole machine and of a recorder that still runs, and that opens nothing any more.
recorder -b ftrace -l bin -o "$tmp/t" -e "kprobe:do_sys_openat2,kretprobe:do_sys_openat2" --self
told "privileges dropped"
probes 2000
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

# A tracepoint with a condition, a function of a library and static probes of a program, all at once: the command asks for the
# kernel's own counts itself, of the tracepoint with perf, of the others by their profile.
cat >"$tmp/command" <<END
# Of what was too short for its clock perf says "<not counted>": once more.
for try in 1 2 3 4 5 6 7 8 9; do
	echo \$try >$tmp/tries
	perf stat -x, -e raw_syscalls:sys_enter --filter 'id == 110' -o $tmp/stat count 5000
	grep -q '^[0-9]' $tmp/stat && break
done
bash -c 'for i in 1 2 3; do :; done'
/usr/bin/python3 -S -I -c 'import gc; gc.collect(0); gc.collect(1); gc.collect(2)' && : >$tmp/python
cat $tracing/uprobe_profile >$tmp/uprobes
END
"$systape" -b ftrace -f -l bin -o "$tmp/t" -e 'tracepoint:raw_syscalls:sys_enter(id) if id == 110 && comm == "count"' -e 'uprobe:libc.so.6:getppid' \
	-e 'usdt:/usr/bin/python3:python:gc__start(generation=arg1),usdt:/usr/bin/python3:python:gc__done(arg1)' bash "$tmp/command" 2>"$tmp/err"
cat "$tmp/err"
# profile_of N: hits of the Nth event of uprobe_profile
profile_of() { awk -v n="$1" '$2 ~ "_" n "$" {print $3}' "$tmp/uprobes"; }
is "a tracepoint with a condition, and perf stat" "$(awk -F, '/sys_enter/ {print $1}' "$tmp/stat")" 5000
is "... which is what the tape has" "$(shown 'tracepoint:raw_syscalls:sys_enter\(id=110\)')" $((5000 * $(cat "$tmp/tries")))
[ "$(profile_of 1)" -ge 2 ]
holds $? "a function of libc is called $(profile_of 1) times"
is "... and is on the tape as often" "$(shown 'uprobe:libc.so.6:getppid\(\)')" "$(profile_of 1)"
if [ ! -e "$tmp/python" ]; then
	skip "static probes of python" "python does not start here"
else
	is "static probes of python: starts of a collection" "$(shown ':gc__start\(generation=[0-2]\)')" "$(profile_of 2)"
	is "... ends" "$(shown ':gc__done\(arg1=[0-9]+\)')" "$(profile_of 3)"
	[ "$(shown ':gc__start\(generation=1\)')" -ge 1 ]
	ok "... with the generation"
fi
# More calls under way at once than a kretprobe has room for (256): what it misses is counted, and the tape says so.
"$systape" -b ftrace -f -l bin -o "$tmp/t" -e 'kprobe:/^(anon_)?pipe_read$,kretprobe:/^(anon_)?pipe_read$' sleepers 300 2>"$tmp/err"
holds $? "300 threads in one function: $(cat "$tmp/err")"
returns=$(shown 'kretprobe:(anon_)?pipe_read')
missed=$("$decode" -l list "$tmp/t" 2>/dev/null | awk '/^other events: / {n += $3} END {print n + 0}')
[ "$missed" -ge 44 ] && grep -q "^systape: the kernel missed $missed returns" "$tmp/err"
ok "some returns are missed: $missed"
is "beginnings are $returns returns on the tape and $missed missed" "$(shown '\bkprobe:(anon_)?pipe_read')" $((returns + missed))
# What it says elsewhere, see probes.sh.host.
cp "$tmp/t" "$OUT/probes.tape"
for format in strace hex_sl list; do
	"$decode" -l $format "$tmp/t" >"$OUT/probes.$format" 2>/dev/null
done

"$systape" -b ftrace -l bin -o "$tmp/t" -e 'kp-raw_re:^vfs_(read|write)$' probes 10 2>"$tmp/err"
is "a regular expression by its old name" "$("$decode" -l hex_sl "$tmp/t" | awk -F '\t' '$4 ~ /^kprobe/ {print $4}' | sort -u | tr '\n' ' ')" "kprobe:vfs_read "
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
