#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bytes: bytes read and written, per file and per descriptor.
# library: hex table errno socket files
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("bytes",
		"Bytes read and written per file and per descriptor; descriptors are followed\n" \
		"through open, dup, close, fork and exec.",
		"top=20 rows of each table; 0 shows all", "ADDR? FDS?")
	files_start()
	n = split("read pread64 readv preadv preadv2 recvfrom recvmsg", list, " ")
	for (i = 1; i <= n; i++)
		way[list[i]] = "in"
	n = split("write pwrite64 writev pwritev pwritev2 sendto sendmsg vmsplice", list, " ")
	for (i = 1; i <= n; i++)
		way[list[i]] = "out"
	# Between two descriptors: the numbers of the arguments that are read from and written to.
	between["sendfile"] = "2 1"; between["splice"] = "1 3"
	between["tee"] = "1 2"; between["copy_file_range"] = "1 3"
}

{ files_line() }

END {
	files_end()
	hex_over()
	for (key in moves) {
		split(key, part, SUBSEP)
		sum_merge("in" SUBSEP part[3], "in" SUBSEP key)
		sum_merge("out" SUBSEP part[3], "out" SUBSEP key)
		used[part[3]] += moves[key]
		total[key] = sum_about("in" SUBSEP key) + sum_about("out" SUBSEP key)
		both[part[3]] += total[key]
	}
	files_table()
	descriptors()
	if (unseen)
		hex_note(many(unseen, "transfer", "transfers") " on descriptors opened out of " \
			"sight: before the tape began, by a message" (FDS ? "" : ", by pipe or " \
			"socketpair (systape-decode --columns FDS shows those)"))
	hex_notes()
}

function on_call(    spot) {
	if ($ERR == "0000000000000000" && $RES != "") {
		if ($SYSCALL in way)
			move(way[$SYSCALL], hex_int($ARG1))
		else if ($SYSCALL in between) {
			split(between[$SYSCALL], spot, " ")
			move("in", hex_int($(ARG1 + spot[1] - 1)))
			move("out", hex_int($(ARG1 + spot[2] - 1)))
		}
	}
	files_call()
}

function move(direction, fd,    key, text) {
	text = fd_text($PID, fd)
	if (text == "") {
		text = fd_unknown(fd)
		unseen++
	}
	key = fd_table($PID) SUBSEP fd SUBSEP text
	comm[fd_table($PID)] = $AUX
	moves[key]++
	sum_hex(direction SUBSEP key, $RES)
}

function files_table(    n, i, key, shown) {
	n = sort_down(both, key)
	shown = table_top(n)
	table_start("Bytes by file", "READ WRITTEN CALLS <FILE")
	for (i = 1; i <= shown; i++)
		table_row(sum_text("in" SUBSEP key[i]), sum_text("out" SUBSEP key[i]), used[key[i]],
			key[i])
	table_end()
	table_more(shown, n)
}

function descriptors(    n, i, key, shown, part) {
	n = sort_down(total, key)
	shown = table_top(n)
	table_start("Bytes by descriptor", "READ WRITTEN CALLS FD PID <COMM <FILE")
	for (i = 1; i <= shown; i++) {
		split(key[i], part, SUBSEP)
		table_row(sum_text("in" SUBSEP key[i]), sum_text("out" SUBSEP key[i]),
			moves[key[i]], part[2], hex_dec(part[1]), comm[part[1]], part[3])
	}
	table_end()
	table_more(shown, n)
}
