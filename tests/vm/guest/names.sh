#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# File names without a program in the kernel: those of the ftrace and the perf backend are those that the program used, in every
# place of a path, at every length, from a forked child and from ten threads at once.
# needs: awk sort
# limit: 600
. tests/lib/tap.sh
systape=$(realpath "$systape") decode=$(realpath "$decode")
mkdir -p "$tmp/empty"
cd "$tmp/empty" || exit 1
# expected THREADS: mark, length, and how often each has to be there
expected() {
	awk -v threads="$1" 'BEGIN {
		split("1 100 255 256 1000 4095", length_of, " ")
		marks = "zy" substr("abcdefghijklmnopqrst", 1, threads)
		for (m = 1; m <= length(marks); m++)
			for (l = 1; l <= 6; l++)
				print substr(marks, m, 1), length_of[l], 24
	}' | sort
}
# names THREADS BACKEND [OPTION...]: the same of what was recorded: the first path of each call, by its last letter
names() {
	threads=$1 backend=$2
	shift 2
	"$systape" -b "$backend" -f "$@" -l bin -o "$tmp/t" names "$threads" 2>"$tmp/err" || echo "names ended with status $?"
	"$decode" -l hex_sl "$tmp/t" 2>/dev/null | awk -F '\t' 'NR > 2 && $4 != "LOST" {
		for (a = 5; a <= 6; a++) if ($a !~ /^[0-9A-F]{16}$/ && $a !~ /^0000000/ && $a ~ /^[\/a-z]*$/ && length($a) > 0) {
			if ($a ~ /^[a-z]$|^\//) if ($a !~ /names$/) n[substr($a, length($a)) " " length($a)]++
			break
		}} END {for (i in n) if (i ~ /^[a-z] (1|100|255|256|1000|4095)$/) print i, n[i]}' | sort
}
for backend in ftrace perf bpf; do
	is "$backend: names of a program, its child, and ten threads at once" "$(names 10 $backend | tr '\n' ',')" \
		"$(expected 10 | tr '\n' ',')"
	is "$backend: nothing is lost" "$(grep -oE '[0-9]+ lost|[0-9]+ other.*lost' "$tmp/err" | tr '\n' ' ')" "0 lost "
	is "$backend: second names" "$("$decode" -l hex_sl "$tmp/t" 2>/dev/null | awk -F '\t' '
		$4 == "rename" || $4 == "link" {if ($6 ~ /^\/?[9\/]+$/) n++} END {print n}')" 144
	names 0 $backend -n 1 >/dev/null
	is "$backend: -n 1 keeps 255 bytes" "$("$decode" -l strace "$tmp/t" 2>/dev/null | sed -n 's/^[0-9]* *chdir("\([^"]*\)"\(\.*\).*/\1 \2/p' |
		awk '{print length($1) $2}' | sort -n | uniq -c | awk '{printf "%s*%s ", $2, $1}' )" \
		"1*2 100*2 255*2 255...*6 "
done
"$systape" -b ftrace -l strace --capture numbers -o "$tmp/o" names 2>/dev/null
# The file that is executed is told with the process, by the kernel.
is "--capture numbers has no names but the program's" "$(grep -v '^[0-9 ]*execve(' "$tmp/o" | grep -c '"')" 0
left() { echo "$(grep -c systape_ /sys/kernel/tracing/dynamic_events) $(find /sys/kernel/tracing/instances -name 'systape-*' | wc -l)"; }
soon "nothing is left behind" "0 0" left
finish
