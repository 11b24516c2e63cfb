#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Instruction pointers and CPU times of calls, which take the kernel's scheduler to tell; and the tracer behind its command.
#
# limit: 120
n=0
is() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then echo "ok $n - $1"; else echo "not ok $n - $1: $2, not $3"; fi
}

# slept OPTION: seconds that the table has for five sleeps
slept() {
	build/systape-decode -l summary --summary-columns total-time,name "$@" /tmp/five | awk '/nanosleep/ { print $1 }'
}

build/systape --state -l bin -o /tmp/t sleep 0.5 2>/tmp/err
is "a recorder with --state runs" "$(grep -c ' 0 lost' /tmp/err)" 1
build/systape-decode -l strace -i /tmp/t >/tmp/lines
is "every call has its pointer" "$(grep -c '^\[0000[0-9a-f]*\] [a-z]' /tmp/lines)" "$(grep -c '(' /tmp/lines)"
# Where the machine stood still on the way into a call or out of it, that is time on the CPU as well, though hardly in all five.
build/systape --state -f -l bin -o /tmp/five sh -c 'for i in 1 2 3 4 5; do sleep 0.5; done' 2>/tmp/err
is "sleeping is time" "$(slept | awk '{ print ($1 >= 2.499) }')" 1
is "but not on a CPU" "$(slept --cpu-time | awk -v all="$(slept)" '{ print (all - $1 >= 0.499) }')" 1
# shellcheck disable=SC2016
build/systape --daemonize session -l bin -o /tmp/u sh -c 'echo $PPID' >/tmp/parent
is "the command's parent is who called" "$(cat /tmp/parent)" $$
echo "1..$n"
