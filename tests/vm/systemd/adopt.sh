#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# From the first instruction of pid 1: the unit, installed and enabled as by a user, takes over the buffer that the kernel
# filled while booting, and a service that is restarted afterwards is on the same tape. Then pid 1 is attached to as it runs.
# needs: awk
# unit: tools/systape-boot.service
# cmdline: "kprobe_event=r256:name,getname_flags,address=+8($retval):x64,text=+0(+0($retval)):string;r256:name2,getname,address=+8($retval):x64,text=+0(+0($retval)):string"
# cmdline: trace_event=raw_syscalls:sys_enter,raw_syscalls:sys_exit,sched:sched_process_fork,sched:sched_process_exec trace_buf_size=64M trace_clock=mono
# limit: 600
. tests/lib/tap.sh
tape=/var/lib/systape/boot.tape

# when UNIT: it became active, in microseconds of the monotonic clock
when() { systemctl show -P ActiveEnterTimestampMonotonic "$1"; }

is "pid 1" "$(cat /proc/1/comm)" systemd
is "the multi-user target is reached" "$(systemctl is-active multi-user.target)" active
is "the service runs since the boot" "$(systemctl is-active systape-boot.service)" active
began=$(when systape-boot.service) sysinit=$(when sysinit.target)
[ "$began" -gt 0 ] && [ "$began" -lt "$sysinit" ]
ok "it was there $((began / 1000)) ms after the start, sysinit.target after $((sysinit / 1000)) ms"
# Linux 6.1 does not always make the folders of both, and now and then of none.
find /sys/kernel/tracing/events/ -path '*/kprobes/name*' -type d >"$OUT/names"
systemctl restart systemd-journald.service
ok "a service is restarted"
systemctl stop systape-boot.service
journalctl --sync
is "adopted, and ended" "$(systemctl show -p Result -p ExecMainStatus systape-boot.service | sort | tr '\n' ' ')" \
	"ExecMainStatus=0 Result=success "
journalctl --no-pager -u systape-boot.service -o cat | grep '^systape' >"$OUT/err"
cat "$OUT/err"
cp "$tape" "$OUT"
is "recording is over" "$(cat /sys/kernel/tracing/events/enable)" 0
is "of the calls, too, and of the probes, if they are there" \
	"$(find /sys/kernel/tracing/events/{raw_syscalls,kprobes} -maxdepth 1 -name enable -exec cat {} + 2>/dev/null | sort -u)" 0

# Attaching to the pid 1 that runs.
recorder -p 1 -f -l bin -o "$OUT/pid1.tape"
systemctl restart systemd-journald.service
systemctl show -P MainPID systemd-journald.service >"$OUT/service"
kill -INT $pid
wait $pid
ok "attached to pid 1, and ended"
finish
