#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# sockets: who talks to whom over sockets, how much, and which connections failed.
# library: hex table errno socket files
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("sockets",
		"Who talks to whom over sockets: bytes and calls by peer, connections tried,\n" \
		"addresses bound.",
		"top=20 rows of each table; 0 shows all", "ADDR? FDS?")
	files_start()
	n = split("write:s writev:s sendto:s sendmsg:s sendmmsg:s " \
		"read:r readv:r recvfrom:r recvmsg:r recvmmsg:r", list, " ")
	for (i = 1; i <= n; i++) {
		split(list[i], part, ":")
		way[part[1]] = part[2]
	}
}

{ files_line() }

END {
	files_end()
	hex_over()
	talk()
	tried()
	bound()
	if (hidden)
		hex_note(many(hidden, "address is", "addresses are") (ADDR ? " not on the tape" : \
			" not in the lines; run systape-decode with --columns ADDR"))
	hex_notes()
}

function on_call(    text) {
	if ($SYSCALL in way && $RES != "")
		transfer()
	else if ($SYSCALL == "connect")
		attempt(tries, tried_failed, tried_error)
	else if ($SYSCALL == "bind")
		attempt(binds, bind_failed, bind_error)
	files_call()
}

function transfer(    key, text) {
	text = fd_text($PID, hex_int($ARG1))
	if (text !~ /^socket/ && $SYSCALL !~ /^(send|recv)/)
		return
	if ($SYSCALL ~ /^(sendto|recvfrom)$/ && socket_address() != "")
		text = (way[$SYSCALL] == "s" ? "to " : "from ") socket_address()
	sub(/^socket /, "", text)
	if (text == "")
		text = "(made out of sight)"
	key = fd_table($PID) SUBSEP text
	comm[fd_table($PID)] = $AUX
	uses[key]++
	if ($ERR != "0000000000000000")
		failed[key]++
	else if ($SYSCALL !~ /mmsg$/)		# their result is a number of messages
		sum_hex(way[$SYSCALL] SUBSEP key, $RES)
}

function attempt(count, failures, names,    key, text, name) {
	text = socket_address()
	if (text == "") {
		hidden++
		text = "(address not shown)"
	}
	key = fd_table($PID) SUBSEP text
	comm[fd_table($PID)] = $AUX
	count[key]++
	if ($RES == "" || $ERR == "0000000000000000")
		return
	name = errno_name($ERR)
	if (name != "EINPROGRESS")	# its end is seen by getsockopt only
		failures[key]++
	if (index("," names[key] ",", "," name ",") == 0)
		names[key] = names[key] (names[key] == "" ? "" : ",") name
}

function talk(    n, i, key, shown, part) {
	for (key in uses)
		weight[key] = sum_about("s" SUBSEP key) + sum_about("r" SUBSEP key)
	n = sort_down(weight, order)
	shown = table_top(n)
	table_start("Talk over sockets", "SENT RECEIVED CALLS FAILED PID <COMM <PEER")
	for (i = 1; i <= shown; i++) {
		split(order[i], part, SUBSEP)
		table_row(sum_text("s" SUBSEP order[i]), sum_text("r" SUBSEP order[i]),
			uses[order[i]], failed[order[i]] + 0, hex_dec(part[1]), comm[part[1]],
			part[2])
	}
	table_end()
	table_more(shown, n)
}

function tried() { attempts("Connections tried", tries, tried_failed, tried_error) }

function bound() { attempts("Addresses bound", binds, bind_failed, bind_error) }

function attempts(title, count, failures, names,    n, i, shown, key, part) {
	n = sort_down(count, key)
	shown = table_top(n)
	table_start(title, "TRIES FAILED PID <COMM <ERRORS <ADDRESS")
	for (i = 1; i <= shown; i++) {
		split(key[i], part, SUBSEP)
		table_row(count[key[i]], failures[key[i]] + 0, hex_dec(part[1]), comm[part[1]],
			names[key[i]], part[2])
	}
	table_end()
	table_more(shown, n)
}
