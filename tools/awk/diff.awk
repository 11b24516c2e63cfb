#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# diff: which calls, errors and paths are on one tape and not on the other.
# library: hex table errno socket files
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("diff",
		"Compares two files of hex lines: calls, errors and paths that only one of them\n" \
		"has, and calls that one has far more of. Give both: diff.awk A.hex B.hex",
		"top=30 rows of each table; 0 shows all\n" \
		"times=2 how many times more is worth a row")
	files_start()
	if (!hex_stopped && hex_files != 2)
		hex_wrong("cannot compare " (hex_files + 0) (hex_files == 1 ? " file" : " files") \
			"; give two: A.hex B.hex")
}

# The same process ids may stand for other processes in the second file.
FNR == 1 {
	line = $0
	files_end()
	files_forget()
	$0 = line
	name[++side] = FILENAME
}

{ files_line() }

END {
	files_end()
	hex_over()
	for (side = 1; side <= 2; side++)
		print substr("AB", side, 1) ": " name[side] ", " number[side] + 0 " calls"
	print ""
	for (kind = 1; kind <= 3; kind++)
		for (side = 1; side <= 2; side++)
			only(kind, side)
	changed()
	hex_notes()
}

function on_call(    i, path, error) {
	number[side]++
	error = $RES == "" ? "" : errno_name($ERR)
	add(1, $SYSCALL)
	if (error != "")
		add(2, $SYSCALL " " error)
	for (i = path_count(); i > 0; i--) {
		path = path_text(i)
		if (path != "")
			add(3, path (error == "" ? "" : " (" error ")"))
	}
	files_call()
}

function add(kind, text) {
	count[kind, side, text]++
}

function only(kind, side,    key, part, value, n, i, index_, shown, title) {
	for (key in count) {
		split(key, part, SUBSEP)
		if (part[1] == kind && part[2] == side && !((kind, 3 - side, part[3]) in count))
			value[part[3]] = count[key]
	}
	n = sort_down(value, index_)
	shown = table_top(n)
	title = kind == 1 ? "Calls" : kind == 2 ? "Errors" : "Paths"
	table_start(title " only in " substr("AB", side, 1), "COUNT <" \
		(kind == 1 ? "CALL" : kind == 2 ? "ERROR" : "PATH"))
	for (i = 1; i <= shown; i++)
		table_row(value[index_[i]], index_[i])
	table_end()
	table_more(shown, n)
}

# Calls of both, where one has `times` as many; the largest difference first.
function changed(    key, part, a, b, value, n, i, index_, shown) {
	for (key in count) {
		split(key, part, SUBSEP)
		if (part[1] != 1 || part[2] != 1 || !((1, 2, part[3]) in count))
			continue
		a = count[key]
		b = count[1, 2, part[3]]
		if (a >= b * set["times"] || b >= a * set["times"])
			if (a != b)
				value[part[3]] = a > b ? a - b : b - a
	}
	n = sort_down(value, index_)
	shown = table_top(n)
	table_start("Calls of both, one with " set["times"] " times as many or more",
		"IN_A IN_B <CALL")
	for (i = 1; i <= shown; i++)
		table_row(count[1, 1, index_[i]], count[1, 2, index_[i]], index_[i])
	table_end()
	table_more(shown, n)
}
