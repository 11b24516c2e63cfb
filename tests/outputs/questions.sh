# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154
# Sourced by the tests of SQL: tapes of a compilation on two machines, and the ten questions to them.

# compilations: $tmp/one.tape and $tmp/two.tape, of this machine and of another one
compilations() {
	local host
	command -v cc >/dev/null || { echo "no compiler"; exit 77; }
	printf '#include <stdio.h>\n#include "missing_%s.h"\n' x >"$tmp/wrong.c"
	printf '#include <stdio.h>\nint main(void) { return puts("hello") < 0; }\n' >"$tmp/right.c"
	for host in one two; do
		# shellcheck disable=SC2016 # for the inner shell
		unshare --uts sh -c 'hostname "$1"; exec "$2" -q -l bin -f -o "$3/$1.tape" sh -c "cd $3; cc -o $1 right.c; cc -c wrong.c; ./$1"' \
			sh "$host" "$systape" "$tmp" >/dev/null 2>&1
		[ -s "$tmp/$host.tape" ] || { echo "cannot record the compilation"; exit 77; }
	done
}

# question FILE NUMBER: that one alone
question() { awk -v n="$2" '/^-- [0-9]+\./ {on = $2 + 0 == n} on' "$1"; }
