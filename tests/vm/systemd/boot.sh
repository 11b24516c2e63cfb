#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The systemd guest comes up, and the kernel traced pid 1 from its first instruction on, as its
# command line asked.
# cmdline: trace_event=raw_syscalls:sys_enter,raw_syscalls:sys_exit trace_buf_size=64M trace_clock=mono
# limit: 300

check() {
	if "$2" >/tmp/boot 2>&1; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		tail -n 20 /tmp/boot | sed 's/^/# /'
	fi
}

pid1() {
	[ "$(cat /proc/1/comm)" = systemd ]
}

multi_user() {
	systemctl is-active multi-user.target || { systemctl list-jobs; systemctl --failed; false; }
}

bus() {
	busctl --no-pager list | grep org.freedesktop.systemd1
}

# The kernel may start helpers (modprobe) before pid 1 execs: theirs come earlier.
first() {
	grep -m 5 -E '^ +[^ ]+-1 ' trace >/tmp/first
	cat /tmp/first
	head -n 1 /tmp/first | grep -E ' sys_exit: NR 59 = 0$'
}

no_overrun() {
	cat per_cpu/cpu*/stats
	[ "$(cat per_cpu/cpu*/stats | awk '/overrun/ { lost += $NF } END { print lost + 0 }')" = 0 ]
}

mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
cd /sys/kernel/tracing || exit 1
echo 0 >tracing_on
check "pid 1 is systemd" pid1
check "the multi-user target is reached" multi_user
check "the bus answers" bus
check "pid 1's first event is the return of its execve" first
check "no event was overrun while booting" no_overrun
