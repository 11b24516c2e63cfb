# SPDX-License-Identifier: GPL-2.0-or-later
# Compares the lines of strace -f of every_call (its mode given by -v mode=) with the rows that it
# wrote: the number of arguments, and for those with a plain form what strace takes them for.
# Prints what differs, and last the count of calls compared.

# Splits the arguments of a line behind its '(' into part[1..]; returns their number.
function split_arguments(text,    i, c, depth, quoted, n, start) {
	n = depth = quoted = 0
	start = 1
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (quoted) {
			if (c == "\\")
				i++
			else if (c == "\"")
				quoted = 0
		} else if (c == "\"") {
			quoted = 1
		} else if (c ~ /[([{]/) {
			depth++
		} else if (c ~ /[])}]/ && depth > 0) {
			depth--
		} else if (c == ")" || (c == "," && depth == 0)) {
			if (i > start || n > 0 || c == ",")
				part[++n] = substr(text, start, i - start)
			if (c == ")")
				break
			start = i + 2
		}
	}
	return n
}
# Fills kind[] and output[] with those of a row's arguments that the text has; returns their number.
# The kind of the selector, and of arguments that strace writes in a way of their own, is "".
function row_arguments(row,    list, n, m, i, words, w, selector) {
	selector = ""
	if (match(row, /^[a-z0-9_]+@[a-z0-9_]+/)) {
		selector = substr(row, 1, RLENGTH)
		sub(/.*@/, "", selector)
	}
	sub(/^[^(]*\(/, "", row)
	sub(/\) = .*/, "", row)
	n = row == "" ? 0 : split(row, list, /, /)
	m = 0
	for (i = 1; i <= n; i++) {
		w = split(list[i], words, / /)
		if (words[1] == "high" || words[1] == "unused")
			continue
		m++
		output[m] = w > 2 ? words[1] : "in"
		kind[m] = words[w - 1]
		sub(/[:\[].*/, "", kind[m])
		if (words[w] == selector || words[w] == "ioprio" || words[w] == "optname")
			kind[m] = ""
	}
	return m
}
# The form that a kind has for the mode's value; "" where it has no plain form.
function form(kind) {
	if (kind == "fd" || kind == "dirfd")
		return "-7"
	if (mode == "ones") {
		if (kind ~ /^(int|long|uid|gid|pid|off|signal)$/)
			return "-1"
		if (kind == "uint")
			return "4294967295"
		if (kind ~ /^(ulong|size)$/)
			return "18446744073709551615"
		return kind == "hex32" ? "0xffffffff" : kind == "hex" ? "0xffffffffffffffff" :
			kind == "mode" ? "0177777" : ""
	}
	if (kind ~ /^(int|uint|uid|gid)$/)
		return "3"
	if (kind ~ /^(long|ulong|size|off)$/)
		return mode == "wide" ? "244834610708483" : "3"
	return kind == "hex32" ? "0x3" : kind == "hex" ? (mode == "wide" ? "0xdead00000003" : "0x3") :
		kind == "pid" ? "2147483647" : kind == "mode" ? "003" : ""
}
function compare(row, line,    name, n, m, i, want, failed) {
	name = row
	sub(/[^a-z0-9_].*/, "", name)
	failed = line ~ /\) += -1 /
	if (substr(line, 1, length(name) + 1) != name "(") {
		print "another call: " line " | " row
		return
	}
	compared++
	m = row_arguments(row)
	n = split_arguments(substr(line, length(name) + 2))
	if (n != m) {
		print n " arguments, not " m ": " line " | " row
		return
	}
	for (i = 1; i <= n; i++) {
		want = form(kind[i])
		if (mode == "memory" && failed && (kind[i] == "ptr" || output[i] ~ /^out/) && kind[i] != "iovec")
			want = "0x10000000"
		if (want != "" && part[i] != want)
			print "argument " i " is " part[i] ", not " want ": " line " | " row
	}
}
{
	pid = $1
	line = $0
	sub(/^[0-9]+ +/, "", line)
	if (line ~ /^write\(1001, "ROW /) {
		row = line
		sub(/^write\(1001, "ROW /, "", row)
		sub(/", [0-9]+\) +=.*/, "", row)
		meant[pid] = row
	} else if (pid in meant) {
		if (line ~ /^<\.\.\. write resumed/)
			next
		if (line ~ /<unfinished \.\.\.>$/) {
			delete meant[pid]
		} else {
			compare(meant[pid], line)
			delete meant[pid]
		}
	}
}
END { print "compared " compared + 0 }
