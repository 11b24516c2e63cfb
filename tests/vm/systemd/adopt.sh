#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# From the first instruction of pid 1: the buffer that the kernel filled while booting is taken over, and a service that is
# restarted afterwards is on the same tape.
# needs: awk
# cmdline: trace_event=raw_syscalls:sys_enter,raw_syscalls:sys_exit,sched:sched_process_fork,sched:sched_process_exec trace_buf_size=64M trace_clock=mono
# limit: 300
. tests/lib/tap.sh
mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
tape=/var/lib/systape/boot.tape

sed 's,/usr/local/bin,/systape/build,; s,--quiet ,,' tools/systape-boot.service >/run/systemd/system/systape-boot.service
systemctl daemon-reload
systemctl start systape-boot.service
ok "the service is started"
for _ in $(seq 100); do
	sleep 0.2
	[ -s "$tape" ] && break
done
sleep 1
systemctl restart systemd-journald.service
ok "a service is restarted"
sleep 1
systemctl stop systape-boot.service
is "adopted, and ended" "$(systemctl show -p Result -p ExecMainStatus systape-boot.service | sort | tr '\n' ' ')" \
	"ExecMainStatus=0 Result=success "
journalctl --no-pager -u systape-boot.service -o cat | grep '^systape' >"$OUT/err"
cat "$OUT/err"
cp "$tape" "$OUT"
is "nothing is lost" "$(grep -oE '[0-9]+ lost|[0-9]+ other.*lost' "$OUT/err" | tr '\n' ' ')" "0 lost "
is "recording is over" "$(cat /sys/kernel/tracing/events/raw_syscalls/enable)" 0

# Attaching to the pid 1 that runs.
"$systape" -p 1 -f -l bin -o "$OUT/pid1.tape" 2>"$OUT/err1" &
pid=$!
for _ in $(seq 50); do
	sleep 0.2
	[ -s "$OUT/pid1.tape" ] && break
done
sleep 1
systemctl restart systemd-journald.service
sleep 1
kill -INT $pid
wait $pid
ok "attached to pid 1, and ended"
cat "$OUT/err1"
finish
