#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# systape.service, installed and enabled as by a user: it is ready with the boot, its tape grows and rotates, a crash brings a
# new recorder that keeps the old one's tapes, stopping it ends in a whole tape and a summary, and its walls hold.
# needs: awk nsenter
# unit: tools/systape.service
# limit: 600
. tests/lib/tap.sh
logs=/var/log/systape

# of PROPERTY: of the service
of() { systemctl show -P "$1" systape.service; }
# status FIELD: of its main process
status() { awk -v f="$1:" '$1 == f {print $2}' "/proc/$(of MainPID)/status"; }
# inside COMMAND...: in its namespaces, as its user, with all of root's capabilities
inside() { nsenter -t "$(of MainPID)" -m -n "$@"; }
# newest: the tape that is being written
newest() { find $logs -name 'tape.*' | sort | tail -n 1; }
# until_true COMMAND...: waits up to two minutes
until_true() {
	local end=$((SECONDS + 120))
	while [ $SECONDS -lt $end ]; do
		! "$@" || return 0
		sleep 0.2
	done
	return 1
}
grown() { [ "$(stat -c %s "$(newest)")" -gt "$1" ]; }
# another FILE: there is a newer one
another() { [[ $(newest) > $1 ]]; }
# has_calls FILE: that can be read
has_calls() { [ "$("$decode" -l hex --no-header "$1" 2>/tmp/err | wc -l)" -gt 0 ]; }
files() { [ "$(find $logs -name 'tape.*' | wc -l)" -ge "$1" ]; }
running() { [ "$(of SubState)" = running ] && [ "$(of MainPID)" != "$1" ]; }

is "it runs since the boot, and has said that it is ready" "$(of Type) $(of ActiveState) $(of SubState) $(of Result)" \
	"notify active running success"
is "its main process" "$(cat "/proc/$(of MainPID)/comm")" systape
size=$(stat -c %s "$(newest)")
find /usr -type f >/dev/null
until_true grown "$size"
holds $? "its tape grows: from $size to $(stat -c %s "$(newest)") bytes"
before=$(newest)
systemctl kill -s USR1 --kill-who=main systape.service
until_true another "$before"
holds $? "SIGUSR1 begins the next file: $(newest)"

# less than 100 MB for each file, as an administrator changes it; what there was before is looked at while nothing is removed
mkdir -p /etc/systemd/system/systape.service.d
sed -n 's/--rotate 100M --keep 20/--rotate 1s --keep 4/; s/^ExecStart=/ExecStart=\n&/p' tools/systape.service |
	sed '1i [Service]' >/etc/systemd/system/systape.service.d/override.conf
systemctl daemon-reload
systemctl stop systape.service
first=$(newest)
"$decode" -l hex "$first" >/dev/null 2>/tmp/err
is "the tape before the restart is whole: $(tail -n 1 /tmp/err)" $? 0
systemctl start systape.service
holds $? "another command by a drop-in: $(sed -n 's/.*--rotate/--rotate/p' /etc/systemd/system/systape.service.d/override.conf)"
another "$first"
holds $? "and was not written over: now there is $(newest)"
until_true files 4
holds $? "it rotates: $(find $logs -name 'tape.*' -printf '%f ')"
# the seventh file from there on
until_true another "$(printf '%s.%06d' $logs/tape $((10#${first##*.} + 6)))" && [ "$(find $logs -name 'tape.*' | wc -l)" -le 5 ] # one more while the next begins
ok "it keeps the newest"

# as it was: no file ends by itself, so that the newest is the one that a recorder dies with
rm -r /etc/systemd/system/systape.service.d
systemctl daemon-reload
systemctl restart systape.service
pid=$(of MainPID) last=$(newest)
until_true has_calls "$last"
kill -KILL "$pid"
until_true running "$pid" && until_true another "$last"
ok "a recorder that is killed is started again"
has_calls "$last" && grep -q 'has no end' /tmp/err
holds $? "its last tape is there, up to its last block: $(tail -n 1 /tmp/err)"
[[ $(newest) > $last ]]
holds $? "the new one goes on behind it: $(newest)"

# the walls
is "tapes are root's alone" "$(stat -c '%a %U' $logs "$(newest)" | tr '\n' ' ')" "700 root 600 root "
for path in /usr/x /etc/x /boot/x /root/x /home/x /opt/x /var/lib/x /sys/x /sys/fs/cgroup/x; do
	! inside touch $path 2>/tmp/err || echo "it can write $path"
done >/tmp/wrong
! inside sh -c 'echo 2 >/proc/sys/kernel/kptr_restrict' 2>/tmp/err || echo "it can change the kernel's settings" >>/tmp/wrong
is "the system is read-only" "$(cat /tmp/wrong)" ""
inside touch $logs/x && rm $logs/x
ok "its own folder is not"
touch /tmp/outside
is "its /tmp is its own" "$(inside ls /tmp)" ""
is "it has no devices but what every program may use" "$(inside find /dev -type b -o -name kmsg -o -name mem -o -name 'ttyS*')" ""
is "it sees nobody's home" "$(inside sh -c 'touch /root/seen 2>/dev/null; ls -A /root /home')" "$(printf '/home:\n\n/root:')"
is "it has no network" "$(inside cat /proc/net/dev | awk 'NR > 2 {print $1}' | tr -d '\n')" "lo:"
bounds=$((1 << 39 | 1 << 38 | 1 << 19 | 1 << 2 | 1 << 1 | 1 << 24))
is "capabilities that it may ever have" "$(printf %x $((0x$(status CapBnd) & ~bounds)))" 0
allowed=$((1 << 39 | 1 << 1 | 1 << 2 | 1 << 19))
is "capabilities that it has: $(status CapEff); beyond what capture needs" "$(printf %x $((0x$(status CapPrm) & ~allowed)))" 0
is "it gains none, and is filtered" "$(status NoNewPrivs) $(status Seccomp)" "1 2"
echo "FIGURE $(systemd-analyze security --no-pager systape.service | tail -n 1 | tr -cd '[:print:]' | sed 's/^[^O]*//')"
systemd-analyze security --no-pager --threshold=50 systape.service >/dev/null
ok "systemd-analyze security: an exposure of 5.0 at most, of 10"

systemctl stop systape.service
is "stopped" "$(of ActiveState) $(of Result) $(of ExecMainStatus)" "inactive success 0"
last=$(newest)
"$decode" -l hex "$last" >/dev/null 2>/tmp/err
is "its last tape is whole: $(tail -n 1 /tmp/err)" $? 0
journalctl --sync
journalctl --no-pager -u systape.service -o cat >"$OUT/journal"
grep '^systape: [0-9]* calls recorded, [0-9]* lost' "$OUT/journal" | tail -n 1
is "a summary for each recorder that was stopped" "$(grep -c '^systape: [0-9]* calls recorded' "$OUT/journal")" 3
is "nothing stays in the kernel" "$(find /sys/kernel/tracing/instances -mindepth 1 -maxdepth 1 -name 'systape*' | wc -l)" 0
finish
