#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Instruction pointers and CPU times of calls, which take the kernel's scheduler to tell; and the tracer behind its command.
#
# limit: 60
n=0
is() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then echo "ok $n - $1"; else echo "not ok $n - $1: $2, not $3"; fi
}

# slept OPTION: whether the table has half a second for the sleep
slept() {
	build/systape-decode -l summary --summary-columns total-time,name "$@" /tmp/t |
		awk '/nanosleep/ { print ($1 >= 0.5 ? "asleep" : "awake") }'
}

build/systape --state -l bin -o /tmp/t sleep 0.5 2>/tmp/err
is "a recorder with --state runs" "$(grep -c ' 0 lost' /tmp/err)" 1
build/systape-decode -l strace -i /tmp/t >/tmp/lines
is "every call has its pointer" "$(grep -c '^\[0000[0-9a-f]*\] [a-z]' /tmp/lines)" "$(grep -c '(' /tmp/lines)"
is "sleeping is no time on a CPU" "$(slept --cpu-time)" awake
is "but time it is" "$(slept)" asleep
# shellcheck disable=SC2016
build/systape --daemonize session -l bin -o /tmp/u sh -c 'echo $PPID' >/tmp/parent
is "the command's parent is who called" "$(cat /tmp/parent)" $$
echo "1..$n"
