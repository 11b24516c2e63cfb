# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# process_order.sh: sourced by tests that compare the text of several processes with strace's, where the numbers of processes and
# the order of lines of two of them differ from run to run.

# in_order FILE: its processes by the order in which they begin: P1, P2, ..., without the blanks that fill short numbers
in_order() {
	awk '!($1 in seen) { seen[$1] = "P" ++n }
	{ sub(/^[0-9]+ +/, $1 " ") }
	{ lines[NR] = $0 }
	END {
		for (i = 1; i <= NR; i++) {
			line = lines[i]; out = ""
			while (match(line, /[0-9A-Za-z_.]+/)) {
				word = substr(line, RSTART, RLENGTH)
				if (word ~ /^0x/) word = "ADDRESS"
				out = out substr(line, 1, RSTART - 1) (word in seen ? seen[word] : word)
				line = substr(line, RSTART + RLENGTH)
			}
			print out line
		}
	}' "$1"
}

# whole FILE [EXCEPT]: a call that another process has interrupted in one line, but for those that match
whole() {
	awk -v except="${2-}" '/ <unfinished \.\.\.>$/ && (except == "" || $0 !~ except) { held[$1] = substr($0, 1, length($0) - length(" <unfinished ...>")); next }
	/<\.\.\. [a-z0-9_]+ resumed>/ && $1 in held {
		$0 = held[$1] substr($0, index($0, "resumed>") + length("resumed>"))
		delete held[$1]
	}
	{ sub(/ += /, " = ") }
	{ print }' "$1"
}
