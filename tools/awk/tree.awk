#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tree: who started whom, which programs they ran, and how they ended.
# library: hex table errno socket files
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("tree",
		"The tree of processes: forks, programs run, exit status, calls and errors of\n" \
		"each. With -t also when each was first seen and for how long, in seconds.",
		"threads=yes|no show the threads of a process by themselves", "TIME? TGID?")
	files_start()
}

{ files_line() }

END {
	files_end()
	hex_over()
	table_start("Process tree", "CALLS FAILED" (TIME ? " SEEN(s) LASTED(s)" : "") " PID <TREE")
	for (number = 1; number <= count; number++)
		if (!(order[number] in parent))
			show(order[number], "", "")
	table_end()
	hex_notes()
}

function on_call(    child) {
	meet($PID)
	calls[$PID]++
	comm[$PID] = $AUX
	if (TIME) {
		if (calls[$PID] == 1)
			first[$PID] = $TIME
		last[$PID] = $TIME
	}
	if ($RES != "" && $ERR != "0000000000000000")
		failed[$PID]++
	else if ($SYSCALL ~ /^(clone3?|v?fork)$/ && $RES != "" && hex_num($RES)) {
		child = "00000000" substr($RES, 9)
		meet(child)
		parent[child] = $PID
		if ($SYSCALL == "clone" && hex_is($ARG1) && hex_bit($ARG1, 65536))
			thread[child]		# CLONE_THREAD
		children[$PID] = children[$PID] " " child
	} else if ($SYSCALL ~ /^execve/ && $RES != "")
		ran[$PID] = ran[$PID] (ran[$PID] == "" ? "" : ", ") path_text(1)
	else if ($SYSCALL == "exit_group")
		ended[$PID] = hex_num($ARG1) % 256
	files_call()
	if (TGID ? $TGID "" != $PID "" : $PID in fd_shared && $PID in files_parent)
		thread[$PID]
}

function meet(pid) {
	if (!(pid in known)) {
		known[pid]
		order[++count] = pid
	}
}

# `lead` stands before this line, `below` before those of its children.
function show(pid, lead, below,    n, i, child, kept) {
	tree_row(pid, lead)
	n = split(children[pid], child, " ")
	for (i = 1; i <= n; i++)
		if (!(child[i] in thread) || set["threads"] == "yes")
			kept = i
	for (i = 1; i <= n; i++)
		if (!(child[i] in thread) || set["threads"] == "yes")
			show(child[i], below (i == kept ? "`- " : "|- "),
				below (i == kept ? "   " : "|  "))
}

function tree_row(pid, lead,    text, seen) {
	text = lead (calls[pid] ? comm[pid] : "(not seen)") (pid in thread ? ", thread" : "") \
		(ran[pid] == "" ? "" : ": ran " ran[pid]) (pid in ended ? "; exit " ended[pid] : "")
	if (!TIME) {
		table_row(calls[pid] + 0, failed[pid] + 0, hex_dec(pid), text)
		return
	}
	seen = pid in first ? hex_num(first[pid]) : ""
	table_row(calls[pid] + 0, failed[pid] + 0, seen == "" ? "" : hex_seconds(seen),
		seen == "" ? "" : hex_seconds(hex_num(last[pid]) - seen), hex_dec(pid), text)
}
