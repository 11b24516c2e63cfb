#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The recorder's programs pass this kernel's verifier, whatever is captured, and what they record is read back.
# limit: 240
build=${BUILD:-build}
for options in "--capture numbers" "--capture names" "--capture full" "-y" "-y --arrays --environment -s 1000"; do
	# shellcheck disable=SC2086 # several words
	if "$build"/systape -b bpf -l bin -o /tmp/tape $options ls / >/tmp/record 2>&1 &&
		"$build"/systape-decode -l strace /tmp/tape 2>>/tmp/record | grep -q '^exit_group(0) '; then
		echo "ok - a command with $options"
	else
		echo "not ok - a command with $options"
		"$build"/systape -d -b bpf -l bin -o /tmp/tape $options true 2>&1 | tail -n 20 | sed 's/^/# /'
		sed 's/^/# /' /tmp/record
	fi
done
"$build"/systape-decode -l strace /tmp/tape 2>/dev/null | grep -q '^execve("[^"]*ls", \["ls", "/"\]'
[ $? -eq 0 ] && echo "ok - names are there" || echo "not ok - names are there"
