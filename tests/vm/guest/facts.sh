#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The guest has what the other tests rely on.
# needs: perf
# limit: 240
cd /sys/kernel/tracing || exit 1
instance=instances/facts

check() {
	if "$2" >/tmp/facts 2>&1; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		sed 's/^/# /' /tmp/facts
	fi
}

# Enables an event in an instance of its own, makes some calls, and looks for a pattern in it.
recorded() {
	found=1
	mkdir $instance && echo mono >$instance/trace_clock &&
		echo 1 >"$instance/events/$1/enable" &&
		cat /etc/passwd >/dev/null && busybox test ! -x /etc/group &&
		echo 0 >"$instance/events/$1/enable" &&
		{ grep -m 1 -E "$2" $instance/trace || { head -n 30 $instance/trace && false; }; }
	found=$?
	rmdir $instance
	return $found
}

# The same for a dynamic event, given by its definition.
dynamic() {
	echo "$1" >>dynamic_events && cat dynamic_events && recorded "$2" "$3"
	found=$?
	echo "-:$2" >>dynamic_events
	return $found
}

cpus() {
	[ "$(nproc)" = 2 ]
}

disk() {
	[ -b /dev/vda ]
}

tracepoints() {
	recorded raw_syscalls/sys_exit 'sys_exit: NR [0-9]+ = '
}

raw_pages() {
	mkdir $instance && echo 1 >$instance/events/raw_syscalls/enable && taskset -c 0 cat /etc/passwd >/dev/null &&
		echo 0 >$instance/events/raw_syscalls/enable &&
		dd if=$instance/per_cpu/cpu0/trace_pipe_raw of=/tmp/page bs=4096 count=1 &&
		[ "$(wc -c </tmp/page)" = 4096 ]
	found=$?
	rmdir $instance
	return $found
}

kprobe() {
	dynamic 'p:kprobes/fact do_sys_openat2' kprobes/fact 'fact: \(do_sys_openat2'
}

kretprobe() {
	dynamic "r:kprobes/fact getname_flags name=+0(+0(\$retval)):string" kprobes/fact \
		'fact: .*name="/etc/group"'
}

event_probe() {
	dynamic "e:eprobes/fact syscalls/sys_enter_openat d=\$dfd:s32" eprobes/fact 'fact: .*d=-100$'
}

event_probe_name() {
	dynamic "e:eprobes/fact syscalls/sys_enter_openat f=+0(\$filename):ustring" eprobes/fact \
		'fact: .*f="/etc/passwd"'
}

uprobe() {
	offset=$(entry_offset) && dynamic "p:uprobes/fact /usr/bin/busybox:$offset" uprobes/fact 'fact: \('
}

# The entry point of busybox, which is hit once for each start of it.
entry_offset() {
	od -An -t x8 -j 24 -N 8 /usr/bin/busybox | sed 's/^ */0x/'
}

hist() {
	event=events/raw_syscalls/sys_exit
	echo hist:keys=id >$event/trigger && cat /etc/passwd >/dev/null && cat $event/hist &&
		grep 'Hits: [1-9]' $event/hist
	found=$?
	echo '!hist:keys=id' >$event/trigger
	return $found
}

btf() {
	[ -s /sys/kernel/btf/vmlinux ] &&
		bpftool btf dump file /sys/kernel/btf/vmlinux | grep -m 1 "'btf_trace_sys_exit'"
}

# Of what was too short for its clock perf says "<not counted>".
perf_counts() {
	for _ in 1 2 3 4 5 6 7 8 9; do
		perf stat -x, -e raw_syscalls:sys_enter -- ls -lR /systape 2>&1 >/dev/null | tee /dev/stderr | grep -qE '^[1-9][0-9]*,' && return
	done
	return 1
}

capabilities() {
	bpftool feature probe kernel | grep -q 'eBPF program_type tracing is available'
}

check "two CPUs are up" cpus
check "the system call tracepoints record into an instance" tracepoints
check "raw pages come out of an instance" raw_pages
check "a kprobe fires" kprobe
check "a kretprobe on getname_flags fetches a file name" kretprobe
check "an event probe fetches a number" event_probe
# Seen on 6.1.192: of a field of type "char *" an event probe reads one byte, so that it cannot
# follow the pointer ("p=$filename:x64" gives 0x5d where the probed function sees a whole address).
case $(uname -r) in
6.1.*) echo "ok - an event probe fetches a file name # SKIP Linux 6.1 cuts char pointers to a byte" ;;
*) check "an event probe fetches a file name" event_probe_name ;;
esac
check "a uprobe fires" uprobe
check "hist triggers are there" hist
check "the kernel's types are there, sys_exit among them" btf
check "BPF programs of type tracing load" capabilities
check "perf counts system calls" perf_counts
check "the disk for results is there" disk
cp events/raw_syscalls/sys_exit/format "$OUT/sys_exit.format"
