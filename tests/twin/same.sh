# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154
# same.sh: sourced behind tap.sh by the tests that run a command twice, under strace 7.2 and under systape-strace, with the
# same options. Without address randomisation the lines are the same but for process ids and random bytes, which are masked.
need_root
strace=$(tests/twin/oracle 2>&1) || { echo "no strace 7.2: ${strace##*$'\n'}"; exit 77; }
ours=$BUILD/systape-strace
command -v setarch >/dev/null || { echo "no setarch"; exit 77; }
# shellcheck disable=SC2016
mask='s/^[0-9]+ /PID /; s/\[pid +[0-9]+\]/[pid N]/; s/si_pid=[0-9]+/si_pid=N/; s/si_[us]time=[0-9]+( \/\* [^*]* \*\/)?/si_time=N/g
	s/(getrandom\()[^,]*("(\.\.\.)?|[0-9a-f]),/\1BYTES,/; s/^((\[[^]]*\] )?(clone|vfork|wait4|gettid|getpid|getppid|set_tid_address)\(.*= )[0-9]+$/\1N/
	s/^(<\.\.\. [a-z0-9]+ resumed>.*= )[0-9]+$/\1N/; s/(rt_sigreturn\(.*= )[0-9]+$/\1N/; s/^[^ ]*strace: Process [0-9]+/strace: Process N/
	s/(kill\()[0-9]+/\1N/; s/(execve\(.*\], )0x[0-9a-f]+/\1ENVP/; s/execve\(([^,]*), 0x.*\)/execve(\1, RAW)/; s/st_ino=[0-9]+/st_ino=N/g
	s/st_([acm])time=[0-9]+[^,}]*, st_[acm]time_nsec=[0-9]+/st_\1time=T/g; s/sysinfo\(.*\)/sysinfo()/; s/(pipe|socket):\[[0-9]+\]/\1:[N]/g; s/ +(= )/ \1/
	s/(<pid changed to |superseded by execve in pid )[0-9]+/\1N/; s/(execveat\(.*\], )0x[0-9a-f]+/\1ENVP/'
run() { (cd "$tmp" && env -i PATH=/usr/bin:/bin LC_ALL=C setarch -R "$@" </dev/null); }

# What the caller has left open would take the numbers that the lines have.
for fd in /proc/self/fd/*; do
	fd=${fd##*/}
	[ "$fd" -le 2 ] || [ "$fd" -eq 255 ] || eval "exec $fd>&-"
done

# messages FILE: what was said on standard error, without the program's name
messages() { sed -E "s/'[^']*strace -h'/-h/; "'/same.sh: line/d; s/^[^ ]*strace: //; s/^systape: //; s/Process [0-9]+/Process N/' "$1"; }

# before: what a command finds in its folder; a test may have its own
before() { :; }

# same NAME OPTIONS COMMAND...: the lines of both
same() {
	local name=$1 options=$2
	shift 2
	: >"$tmp/theirs" && : >"$tmp/ours"
	before
	# shellcheck disable=SC2086
	run $strace -o "$tmp/theirs" $options "$@" >"$tmp/out" 2>"$tmp/err.theirs"
	local status=$?
	mv "$tmp/out" "$tmp/out.theirs"
	before
	# shellcheck disable=SC2086
	run "$ours" -o "$tmp/ours" $options "$@" >"$tmp/out" 2>"$tmp/err.ours"
	is "$name: exit status" $? $status
	mv "$tmp/out" "$tmp/out.ours"
	cmp -s "$tmp/out.theirs" "$tmp/out.ours"
	ok "$name: output"
	sed -E "$mask" "$tmp/theirs" >"$tmp/theirs.masked"
	sed -E "$mask" "$tmp/ours" >"$tmp/ours.masked"
	is "$name: messages" "$(messages "$tmp/err.ours")" "$(messages "$tmp/err.theirs")"
	is "$name: lines that differ" "$(diff "$tmp/theirs.masked" "$tmp/ours.masked" | head -n 6)" ""
}

