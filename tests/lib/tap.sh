# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
# tap.sh: sourced by tests. Counts and prints TAP lines; makes a folder that is removed at the end; finds the programs.
set -u -o pipefail
BUILD=${BUILD:-$PWD/build}
systape=$BUILD/systape
decode=$BUILD/systape-decode
export systape decode
n=0
bad=0
tmp=$(mktemp -d "${TMPDIR:-/tmp}/systape-test.XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT

# holds STATUS NAME: `holds $? "... $(command) ..."` where the name has the output of a command, whose status `ok` would take
holds() {
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2 (status $1)"
		bad=$((bad + 1))
	fi
	return 0
}

# ok NAME: the result of the command before it
ok() { holds $? "$1"; }

# is NAME GOT WANTED
is() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '#   got:    %s\n#   wanted: %s\n' "$2" "$3"
		bad=$((bad + 1))
	fi
}

# soon NAME WANTED COMMAND...: the same of what a command prints, which may take five seconds to come to that: what an ended
# recorder has left in the kernel is taken away by its guardian
soon() {
	local name=$1 wanted=$2 i
	shift 2
	for ((i = 0; i < 100; i++)); do
		[ "$("$@")" != "$wanted" ] || break
		sleep 0.05
	done
	is "$name" "$("$@")" "$wanted"
}

# guardian PID: the process that waits for the end of this recorder
guardian() {
	local child
	for child in $(cat "/proc/$1/task/$1/children"); do
		[ "$(cat "/proc/$child/comm")" != systape-guard ] || echo "$child"
	done 2>/dev/null
}

skip() {
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}

finish() {
	echo "1..$n"
	[ "$bad" -eq 0 ]
	exit
}

# program PATH: compiles a program into the test's folder; a guest has no compiler, but the program
program() {
	local name
	name=$(basename "$1" .c)
	if command -v cc >/dev/null; then
		cc -O1 -pthread -o "$tmp/$name" "$1"
	else
		ln -s "$(command -v "$name")" "$tmp/$name"
	fi
}

# recording FILE: waits until a recorder started with -d has said in FILE that it records
recording() {
	for _ in $(seq 200); do
		! grep -q 'systape: recording' "$1" 2>/dev/null || return 0
		sleep 0.1
	done
	echo "# no recorder has begun: $(tail -n 1 "$1")"
}

# recorder OPTION...: starts a recorder and returns when it records, without asking again and again; its number is $pid, what it
# has said until then $said
recorder() {
	local line
	[ -p "$tmp/said" ] || mkfifo "$tmp/said"
	"$systape" -d -q "$@" 2>"$tmp/said" &
	pid=$!
	exec 9<"$tmp/said"
	said=
	while read -r -u 9 line; do
		said+=$line$'\n'
		[ "$line" != "systape: recording" ] || return 0
	done
	echo "# no recorder has begun: $said"
}

# need_root: recording needs it
need_root() {
	[ "$(id -u)" -eq 0 ] || { echo "recording needs root"; exit 77; }
}
