#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# lookups: which names were looked for in vain, and whether they were found in the end.
# library: hex table errno socket files
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("lookups",
		"File names that calls looked for in vain (ENOENT, ENOTDIR, EACCES, ELOOP,\n" \
		"ENAMETOOLONG): the last part of each with how many places were tried, and each\n" \
		"path.",
		"top=20 rows of each table; 0 shows all")
	files_start()
	split("ENOENT ENOTDIR EACCES ELOOP ENAMETOOLONG", list, " ")
	for (i in list)
		vain[list[i]]
}

{ files_line() }

END {
	files_end()
	hex_over()
	names()
	paths()
	hex_notes()
}

function on_call(    i) {
	for (i = path_count(); i > 0 && $RES != ""; i--)
		lookup(path_text(i))
	files_call()
}

function lookup(path,    name, error) {
	error = errno_name($ERR)
	if (path == "" || (error != "" && !(error in vain)))
		return
	name = path
	sub(/\/+$/, "", name)
	sub(/.*\//, "", name)
	if (error == "") {
		if (!(name in found))
			found[name] = path
		return
	}
	tries[name]++
	if (!((error, path) in count))
		places[name]++
	count[error, path]++
	if (!((path, $PID) in seen)) {
		seen[path, $PID]
		threads[error, path]++
	}
	last[error, path] = $SYSCALL
	comm[error, path] = $AUX
}

function names(    n, i, key, shown) {
	n = sort_down(tries, key)
	shown = table_top(n)
	table_start("Names looked for in vain", "TRIES PLACES <NAME <FOUND")
	for (i = 1; i <= shown; i++)
		table_row(tries[key[i]], places[key[i]], key[i] == "" ? "/" : key[i],
			key[i] in found ? found[key[i]] : "never")
	table_end()
	table_more(shown, n)
}

function paths(    n, i, key, shown, part) {
	n = sort_down(count, key)
	shown = table_top(n)
	table_start("Paths looked for in vain", "TRIES THREADS <ERROR <CALL <COMM <PATH")
	for (i = 1; i <= shown; i++) {
		split(key[i], part, SUBSEP)
		table_row(count[key[i]], threads[key[i]] + 0, part[1], last[key[i]], comm[key[i]],
			part[2])
	}
	table_end()
	table_more(shown, n)
}
