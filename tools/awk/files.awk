#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# files: which files were opened, by whom, how often, and with which errors.
# library: hex table errno socket files
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("files",
		"Files opened (open, openat, openat2, creat), with counts and errors.",
		"top=40 rows; 0 shows all\n" \
		"by=process|file one row per process and file, or per file")
	files_start()
}

{ files_line() }

END {
	files_end()
	hex_over()
	n = sort_down(opens, key)
	shown = table_top(n)
	if (set["by"] == "process")
		table_start("Files opened, by " (TGID ? "process" : "thread"),
			"OPENS FAILED PID <COMM <ERRORS <FILE")
	else
		table_start("Files opened", "OPENS FAILED <ERRORS <FILE")
	for (i = 1; i <= shown; i++) {
		split(key[i], part, SUBSEP)
		if (set["by"] == "process")
			table_row(opens[key[i]], failed[key[i]] + 0, hex_dec(part[2]),
				comm[part[2]], errors[key[i]], part[1])
		else
			table_row(opens[key[i]], failed[key[i]] + 0, errors[key[i]], part[1])
	}
	table_end()
	table_more(shown, n)
	if (hidden)
		hex_note(many(hidden, "open has", "opens have") " no file name on the tape")
	hex_notes()
}

function on_call(    key) {
	if ($SYSCALL ~ /^(open|openat|openat2|creat)$/) {
		key = path_text(1)
		if (key == "")
			hidden++
		else
			count(set["by"] == "process" ? key SUBSEP $WHO : key)
	}
	files_call()
}

function count(key,    name) {
	opens[key]++
	comm[$WHO] = $AUX
	if ($RES == "" || $ERR == "0000000000000000")
		return
	failed[key]++
	name = errno_name($ERR)
	if (index("," errors[key] ",", "," name ",") == 0)
		errors[key] = errors[key] (errors[key] == "" ? "" : ",") name
}
