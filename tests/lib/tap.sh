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
umask 022
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

# soon NAME WANTED COMMAND...: the same of what a command prints, which may take a minute to come to that: what an ended
# recorder has left in the kernel is taken away by its guardian
soon() {
	local name=$1 wanted=$2 i
	shift 2
	for ((i = 0; i < 1200; i++)); do
		[ "$("$@")" != "$wanted" ] || break
		sleep 0.05
	done
	is "$name" "$("$@")" "$wanted"
}

# child PID NAME: the child of a process with this name, which it may have to take first: the recorder goes on while a new
# process of it still runs under its own
child() {
	local i one
	for ((i = 0; i < 1200; i++)); do
		for one in $(cat "/proc/$1/task/$1/children"); do
			[ "$(cat "/proc/$one/comm")" != "$2" ] || { echo "$one" && return; }
		done
		sleep 0.05
	done 2>/dev/null
}

# guardian PID: the process that waits for the end of this recorder
guardian() { child "$1" systape-guard; }

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

# recording FILE: waits until a recorder started with -d has said in FILE that it records. An earlier one must not have written
# there: its line would be found before the new one has opened the file; `began` sees to it
recording() {
	for _ in $(seq 600); do
		! grep -q 'systape: recording' "$1" 2>/dev/null || return 0
		sleep 0.1
	done
	echo "# no recorder has begun: $(tail -n 1 "$1")"
}

# began FILE COMMAND...: starts a recorder with -d, what it says goes to FILE, and returns when it records; its number is $pid
began() {
	local file=$1
	shift
	rm -f "$file"
	"$@" 2>"$file" &
	pid=$!
	recording "$file"
}

# recorder OPTION...: starts a recorder and returns when it records, without asking again and again; its number is $pid, what it
# has said until then $said
recorder() {
	local line='' part status
	[ -p "$tmp/said" ] || mkfifo "$tmp/said"
	# For writing as well: else it would be at its end whenever the last of those who had it before, as a guardian of an earlier
	# recorder has for a moment, has closed it and the new recorder has not opened it yet.
	exec 9<>"$tmp/said"
	"$systape" -d -q "$@" 2>"$tmp/said" 9>&- &
	pid=$!
	said=
	while :; do
		read -r -t 2 -u 9 part
		status=$?
		line+=$part
		if [ $status -eq 0 ]; then
			said+=$line$'\n'
			[ "$line" != "systape: recording" ] || return 0
			line=
		elif ! kill -0 $pid 2>/dev/null; then
			break
		fi
	done
	echo "# no recorder has begun: $said"
}

# told TEXT: waits until that recorder has said a line with this
told() {
	local line='' part status
	while :; do
		read -r -t 2 -u 9 part
		status=$?
		line+=$part
		if [ $status -eq 0 ]; then
			[[ $line != *"$1"* ]] || return 0
			line=
		elif ! kill -0 $pid 2>/dev/null; then
			break
		fi
	done
	echo "# the recorder has ended without a word of this: $1"
	return 1
}

# last_words: what that recorder, which has ended, has said since
last_words() {
	local line
	while read -r -t 0 -u 9 && read -r -u 9 line; do
		echo "$line"
	done
}

# need_root: recording needs it
need_root() {
	[ "$(id -u)" -eq 0 ] || { echo "recording needs root"; exit 77; }
}
