#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tree: who started whom, which programs they ran, and how they ended.
# To the shell this file starts awk, or $AWK, on itself; to awk these three lines are nothing.
false && /; test -p \/dev\/stdin && trap "" INT; export LC_ALL=C # / { }
false && /; test -n "$AWK" && exec $AWK -f "$0" -- "$@" # / { }
false && /; exec awk -f "$0" -- "$@" # / { }

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

# library: what this script uses of tools/awk/lib; edit it there and run tools/awk/embed

function errno_start(    n, i, name) {
	n = split("EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM " \
		"EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE " \
		"EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE " \
		"EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP 41 ENOMSG EIDRM ECHRNG " \
		"EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO " \
		"EBADRQC EBADSLT 58 EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE " \
		"ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ " \
		"EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART " \
		"ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT " \
		"EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT " \
		"EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED " \
		"ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT " \
		"ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN " \
		"ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY " \
		"EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL " \
		"EHWPOISON", name, " ")
	for (i = 1; i <= n; i++)
		errno_names[sprintf("%016X", i)] = name[i]
	errno_names[sprintf("%016X", 512)] = "ERESTARTSYS"
	errno_names[sprintf("%016X", 513)] = "ERESTARTNOINTR"
	errno_names[sprintf("%016X", 514)] = "ERESTARTNOHAND"
	errno_names[sprintf("%016X", 516)] = "ERESTART_RESTARTBLOCK"
	errno_names["0000000000000000"] = ""
}

# The name of an error as column ERR has it; "" for none, a number where there is no name.
function errno_name(text) {
	if (!errno_names["0000000000000001"])
		errno_start()
	return text in errno_names ? errno_names[text] : text == "" ? "" : hex_dec(text)
}

# CALL:PATH or CALL:DIRECTORY.PATH, by argument number; a second path behind a comma.
function files_start(    n, i, call, part, list) {
	list = "open:1 creat:1 openat:1.2 openat2:1.2 stat:1 lstat:1 newfstatat:1.2 " \
		"statx:1.2 access:1 faccessat:1.2 faccessat2:1.2 readlink:1 readlinkat:1.2 " \
		"execve:1 execveat:1.2 chdir:1 mkdir:1 mkdirat:1.2 rmdir:1 unlink:1 " \
		"unlinkat:1.2 rename:1,2 renameat:1.2,3.4 renameat2:1.2,3.4 link:1,2 " \
		"linkat:1.2,3.4 symlink:2 symlinkat:2.3 chmod:1 fchmodat:1.2 fchmodat2:1.2 " \
		"chown:1 lchown:1 fchownat:1.2 truncate:1 statfs:1 utime:1 utimes:1 " \
		"utimensat:1.2 futimesat:1.2 mknod:1 mknodat:1.2 mount:2 umount2:1 chroot:1 " \
		"pivot_root:1,2 getxattr:1 lgetxattr:1 setxattr:1 lsetxattr:1 listxattr:1 " \
		"llistxattr:1 removexattr:1 lremovexattr:1 inotify_add_watch:2 " \
		"name_to_handle_at:1.2 swapon:1 swapoff:1 acct:1 fanotify_mark:4.5 " \
		"open_tree:1.2 move_mount:1.2,3.4 mount_setattr:1.2 fspick:1.2 uselib:1"
	n = split(list, call, " ")
	for (i = 1; i <= n; i++) {
		split(call[i], part, ":")
		files_paths[part[1]] = part[2]
	}
	# Calls that make a descriptor: the argument with their flags, 0 for none.
	list = "open:2 creat:0 openat:3 openat2:0 socket:2 accept:0 accept4:4 eventfd:0 " \
		"eventfd2:2 epoll_create:0 epoll_create1:1 timerfd_create:2 signalfd:0 " \
		"signalfd4:4 inotify_init:0 inotify_init1:1 memfd_create:0 pidfd_open:0 " \
		"userfaultfd:1 perf_event_open:0 fanotify_init:0 io_uring_setup:0 fsopen:0 " \
		"fsmount:0 landlock_create_ruleset:0 dup:0 dup2:0 dup3:3"
	n = split(list, call, " ")
	for (i = 1; i <= n; i++) {
		split(call[i], part, ":")
		files_makes[part[1]] = part[2]
	}
	list = "pipe pipe2 socketpair fcntl close close_range connect bind execve execveat " \
		"fork vfork clone clone3 exit exit_group chdir fchdir"
	n = split(list, call, " ")
	for (i = 1; i <= n; i++)
		files_other[call[i]]
}

# Takes the place of hex_call(): a call with a path waits for the line behind it, which may
# continue it.
function files_line(    is_call, line) {
	is_call = hex_call()
	if (!is_call && hex_piece) {
		files_keep()
		return
	}
	if (files_waiting != "") {
		line = $0
		files_end()
		$0 = line
	}
	if (!is_call)
		return
	if ($SYSCALL in files_paths || files_all)
		files_waiting = $0
	else
		on_call()
}

function files_keep(    i) {
	for (i = 0; i < 6; i++)
		files_more[i] = files_more[i] $(ARG1 + i)
	files_pieces++
}

function files_end(    i) {
	if (files_waiting == "")
		return
	$0 = files_waiting
	files_waiting = ""
	if (files_pieces)
		for (i = 0; i < 6; i++) {
			if (files_more[i] != "")
				$(ARG1 + i) = $(ARG1 + i) files_more[i]
			files_more[i] = ""
		}
	files_pieces = 0
	on_call()
}

# The path, from the root where its directory is known; "" where its text is not on the tape.
function path_text(which,    part, spot, text, base) {
	split(files_paths[$SYSCALL], part, ",")
	base = split(part[which], spot, ".") == 2 ? $(ARG1 + spot[1] - 1) : ""
	text = $(ARG1 + spot[base == "" ? 1 : 2] - 1)
	if (text == "" || hex_is(text) || text ~ /^\//)
		return hex_is(text) ? "" : text
	if (base == "" || substr(base, 9) == "FFFFFF9C")	# AT_FDCWD
		base = fd_name[fd_table($PID), "cwd"]
	else {
		spot[1] = hex_int(base)
		base = fd_name[fd_table($PID), spot[1]]
		if (base == "")
			base = "{fd " spot[1] "}"
	}
	if (base == "")
		return text
	sub(/\/$/, "", base)
	return text == "." ? base : base "/" text
}

# Whose descriptor table the thread uses: a name for it.
function fd_table(pid) {
	if (TGID)
		return pid in fd_process ? fd_process[pid] : pid
	return pid in fd_shared ? fd_shared[pid] : pid
}

function fd_open(table, fd, text, on_exec) {
	fd_name[table, fd] = text
	fd_on_exec[table, fd] = on_exec
	if (fd + 0 > fd_top[table] + 0)
		fd_top[table] = fd + 0
}

# An entry that is "" says that the descriptor is closed: a late fork must not bring it back.
function fd_close(table, fd) {
	fd_name[table, fd] = ""
	fd_on_exec[table, fd] = 0
}

# Follows one call.
function files_call() {
	if (TGID)
		fd_process[$PID] = $TGID
	if (!($PID in files_first) && $SYSCALL !~ /^(clone3?|v?fork)$/)
		files_begin()
	if ($RES == "" && $SYSCALL !~ /^exit/)
		return
	if ($ERR != "0000000000000000" && $RES != "" && $SYSCALL != "connect")
		return
	if ($SYSCALL in files_makes)
		files_make(fd_table($PID), hex_int($RES))
	else if ($SYSCALL in files_other)
		files_change(fd_table($PID))
}

# The flags of clone3 are not in the hex format. A new thread of the C library begins with one of
# two calls; any other child of clone3 is a process with its own copy.
function files_begin() {
	files_first[$PID] = $SYSCALL
	if ($PID in files_parent && $SYSCALL ~ /^(rseq|set_robust_list)$/)
		fd_shared[$PID] = fd_table(files_parent[$PID])
}

function files_make(table, fd,    flags, text) {
	flags = files_makes[$SYSCALL] ? $(ARG1 + files_makes[$SYSCALL] - 1) : ""
	if ($SYSCALL ~ /^dup/) {
		if (hex_int($ARG1) == fd)
			return
		text = fd_known(table, hex_int($ARG1))
	} else if ($SYSCALL in files_paths)
		text = path_text(1)
	else if ($SYSCALL == "socket")
		text = "socket " socket_kind($ARG1, $(ARG1 + 1))
	else if ($SYSCALL ~ /^accept/)
		text = "socket from " socket_peer()
	else if ($SYSCALL == "memfd_create" && !hex_is($ARG1))
		text = "memfd " $ARG1
	else
		text = $SYSCALL
	if (text == "")
		text = $SYSCALL " of a path that was not captured"
	fd_open(table, fd, text, hex_is(flags) && hex_bit(flags, 524288))	# O_CLOEXEC
}

function fd_known(table, fd) {
	return fd_name[table, fd] != "" ? fd_name[table, fd] : fd_unknown(fd)
}

function fd_unknown(fd) {
	return fd == 0 ? "(standard input)" : fd == 1 ? "(standard output)" : \
		fd == 2 ? "(standard error)" : "(opened out of sight)"
}

function files_change(table,    fd, last, command) {
	fd = hex_int($ARG1)
	if ($SYSCALL == "close")
		fd_close(table, fd)
	else if ($SYSCALL ~ /^(pipe2?|socketpair)$/)
		files_pair(table)
	else if ($SYSCALL == "fcntl") {
		command = hex_int($(ARG1 + 1))
		if (command == 0 || command == 1030)	# F_DUPFD, F_DUPFD_CLOEXEC
			fd_open(table, hex_int($RES), fd_known(table, fd), command == 1030)
		else if (command == 2 && (table, fd) in fd_name)	# F_SETFD
			fd_on_exec[table, fd] = hex_bit($(ARG1 + 2), 1)
	} else if ($SYSCALL == "close_range") {
		last = hex_num($(ARG1 + 1))
		for (; fd <= last && fd <= fd_top[table]; fd++)
			if (hex_bit($(ARG1 + 2), 4))		# CLOSE_RANGE_CLOEXEC
				fd_on_exec[table, fd] = 1
			else
				fd_close(table, fd)
	} else if ($SYSCALL == "connect" || $SYSCALL == "bind")
		files_address(table, fd)
	else if ($SYSCALL ~ /^execve/) {
		for (fd = 0; fd <= fd_top[table]; fd++)
			if (fd_on_exec[table, fd])
				fd_close(table, fd)
	} else if ($SYSCALL ~ /chdir/)
		fd_name[table, "cwd"] = $SYSCALL == "chdir" ? path_text(1) : fd_name[table, fd]
	else if ($SYSCALL ~ /^exit/)
		files_exit(table)
	else
		files_fork(table)
}

# The two descriptors of a pair are one number in column FDS; each pair gets a number of its own.
function files_pair(table,    text, flags) {
	if (!FDS || $FDS == "")
		return
	files_pairs++
	text = ($SYSCALL == "socketpair" ? "socketpair:" : "pipe:") files_pairs
	flags = $SYSCALL == "pipe" ? "" : $(ARG1 + 1)
	flags = hex_is(flags) && hex_bit(flags, 524288)		# O_CLOEXEC, SOCK_CLOEXEC
	fd_open(table, hex_int(substr($FDS, 1, 8) substr($FDS, 1, 8)), text, flags)
	fd_open(table, hex_int($FDS), text, flags)
}

function files_address(table, fd,    text) {
	text = socket_address()
	if (text == "" || ($ERR != "0000000000000000" && errno_name($ERR) != "EINPROGRESS"))
		return
	fd_open(table, fd, ($SYSCALL == "bind" ? "socket at " : "socket to ") text, \
		fd_on_exec[table, fd])
}

# The child's own lines may stand before the one in which its parent's fork returns.
function files_fork(table,    child, fd, shared) {
	if (hex_num($RES) == 0)
		return
	child = "00000000" substr($RES, 9)
	shared = $SYSCALL == "clone" && hex_is($ARG1) && hex_bit($ARG1, 1024)	# CLONE_FILES
	if ($SYSCALL == "clone3") {
		files_parent[child] = $PID
		shared = index($ARG1, "CLONE_FILES") || \
			(child in files_first && files_first[child] ~ /^(rseq|set_robust_list)$/)
	}
	if (shared) {
		fd_shared[child] = table
		return
	}
	for (fd = 0; fd <= fd_top[table]; fd++)
		if (fd_name[table, fd] != "" && !((child, fd) in fd_name))
			fd_open(child, fd, fd_name[table, fd], fd_on_exec[table, fd])
	if (!((child, "cwd") in fd_name))
		fd_name[child, "cwd"] = fd_name[table, "cwd"]
}

# A process id may come again, with descriptors of its own.
function files_exit(table,    fd) {
	if ($SYSCALL == "exit_group" || table == $PID) {
		for (fd = 0; fd <= fd_top[table]; fd++) {
			delete fd_name[table, fd]
			delete fd_on_exec[table, fd]
		}
		delete fd_name[table, "cwd"]
		delete fd_top[table]
	}
	delete fd_shared[$PID]
	delete files_first[$PID]
	delete files_parent[$PID]
}

# Says who the script is and reads its settings from the command line. `help` is its purpose;
# `settings` has a line "NAME=DEFAULT what it does" each, DEFAULT a|b|c allows just these; `needs`
# names the columns beyond the usual ones: a script cannot do without, or with '?' not so well.
function hex_begin(name, help, settings, needs,    n, line, word, i, at) {
	CONVFMT = OFMT = "%.16g"
	FS = "\t"
	hex_name = name ".awk"
	hex_needs = needs
	n = split(settings, line, "\n")
	for (i = 1; i <= n; i++) {
		split(line[i], word, " ")
		at = index(word[1], "=")
		hex_default[substr(word[1], 1, at - 1)] = substr(word[1], at + 1)
		set[substr(word[1], 1, at - 1)] = hex_value(hex_first(substr(word[1], at + 1)))
	}
	for (i = 1; i < ARGC; i++) {
		if (ARGV[i] == "-h" || ARGV[i] == "--help")
			hex_usage(help, line, n)
		if (ARGV[i] ~ /^-./)
			hex_wrong("no option '" ARGV[i] "'; '-h' lists the settings")
		if (ARGV[i] ~ /^[a-z]+=/) {
			hex_set(ARGV[i])
			ARGV[i] = ""
		} else if (ARGV[i] != "")
			hex_files++
	}
}

function hex_first(choices) {
	return index(choices, "|") ? substr(choices, 1, index(choices, "|") - 1) : choices
}

function hex_set(text,    name, value) {
	name = substr(text, 1, index(text, "=") - 1)
	value = substr(text, index(text, "=") + 1)
	if (!(name in set))
		hex_wrong("no setting '" name "'; '-h' lists them; is it a file? give './" text "'")
	if (index(hex_default[name], "|") && !index("|" hex_default[name] "|", "|" value "|"))
		hex_wrong("cannot set " name " to '" value "'; choose one of " hex_default[name])
	if (hex_default[name] ~ /^[0-9.]+$/ && value !~ /^([0-9]+[.]?[0-9]*|[.][0-9]+)$/)
		hex_wrong("cannot set " name " to '" value "'; give a number")
	set[name] = hex_value(value)
}

# Numbers as numbers, so that they compare as such.
function hex_value(text) {
	return text ~ /^[0-9.]+$/ ? text + 0 : text
}

function hex_usage(help, line, n,    i, at) {
	print "usage: " hex_name " [NAME=VALUE ...] [FILE ...]"
	print help
	if (hex_needs != "-")
		print "Reads what 'systape-decode -l hex" hex_options() " TAPE' writes."
	for (i = 1; i <= n; i++) {
		at = index(line[i], " ")
		printf "  %-24s %s\n", substr(line[i], 1, at - 1), substr(line[i], at + 1)
	}
	hex_stop(0)
}

# The options of systape-decode that bring the columns.
function hex_options(    n, i, need, list) {
	n = split(hex_needs, need, " ")
	for (i = 1; i <= n; i++) {
		sub(/[?]/, "", need[i])
		if (need[i] != "TIME")
			list = list (list == "" ? " --columns " : ",") need[i]
	}
	return (hex_needs ~ /TIME/ ? " -t" : "") list
}

function hex_stop(status) {
	hex_stopped = 1
	hex_status = status
	exit status
}

function hex_say(text) {
	print hex_name ": " text | "cat 1>&2"
	close("cat 1>&2")
}

function hex_wrong(text) {
	hex_say(text)
	hex_stop(2)
}

function hex_die(text) {
	hex_say(text)
	hex_stop(1)
}

# True when the line is a call. Headers, lost events, continued strings and strange lines are
# dealt with here: hex_lost_here is then the count of a LOST line, as text, and hex_piece says that
# the line continues the call before.
function hex_call() {
	if (FNR < 3 && hex_head())
		return 0
	if (NF == hex_columns && $PID in hex_pids && hex_is($RES) && $SYSCALL != "") {
		hex_calls++
		hex_before = $0
		return 1
	}
	return hex_other()
}

# The rare lines: the first of a thread, lost events, no result, not understood.
function hex_other() {
	hex_lost_here = hex_piece = 0
	if (NF == hex_columns && $SYSCALL == "LOST" && $PID == "" && hex_is($RES)) {
		hex_lost_here = hex_dec($RES)
		sum_hex("LOST", $RES)
		hex_losses++
		return 0
	}
	if (NF != hex_columns || !hex_is($PID) || $SYSCALL == "" || ($RES != "" && !hex_is($RES)) ||
	    (TIME && !hex_is($TIME))) {
		if (!hex_strange++)
			hex_strange_at = "line " FNR hex_of_file()
		return 0
	}
	hex_pids[$PID]
	hex_piece = $RES == "" && $ERR == "" && hex_continues()
	hex_before = $0
	if (!hex_piece)
		hex_calls++
	return !hex_piece
}

# A call that never returned has no result either. A continuation has the thread, time and call of
# the line before it, and nothing but text in its arguments.
function hex_continues(    i, old, text) {
	if (split(hex_before, old, FS) != NF || old[PID] "" != $PID "")
		return 0
	if (old[SYSCALL] != $SYSCALL || (TIME && old[TIME] "" != $TIME ""))
		return 0
	for (i = ARG1; i < ARG1 + 6; i++) {
		if (hex_is($i))
			return 0
		text = text $i
	}
	return text != ""
}

function hex_of_file() {
	return FILENAME ~ /^-?$/ ? "" : " of " FILENAME
}

# Line 1 is the tracer's command line, line 2 names the columns.
function hex_head() {
	hex_lost_here = hex_piece = 0
	if (FNR == 1) {
		hex_ready = 0
		hex_before = ""
	} else if (hex_ready)
		return 0
	if (/^PID.+ERR.+RES.+SYSCALL/) {
		hex_name_columns()
		hex_ready = 1
	} else if (FNR == 2)
		hex_die("cannot read line 2" hex_of_file() ": no column names; give what " \
			"'systape-decode -l hex' writes, with its header")
	return 1
}

function hex_name_columns(    i, n, at, name, column, need) {
	at = index($0, "TIME(")
	if (!at || index($0, "ERR") < at)
		at = index($0, "ERR")
	FS = hex_separator(substr($0, 4, at - 4))
	hex_columns = split($0, name, FS)
	hex_unit["DUR"] = "nsec"	# unless the heading says other
	for (i = 1; i <= hex_columns; i++) {
		at = name[i]
		sub(/\(.*/, "", at)
		if (sub(/^[^(]*\(/, "", name[i]))
			hex_unit[at] = substr(name[i], 1, length(name[i]) - 1)
		column[at] = i
	}
	PID = column["PID"] + 0
	TIME = column["TIME"] + 0
	ERR = column["ERR"] + 0
	RES = column["RES"] + 0
	SYSCALL = column["SYSCALL"] + 0
	ARG1 = column["ARG1"] + 0
	AUX = column["AUX_DATA"] + 0
	DUR = column["DUR"] + 0
	TGID = column["TGID"] + 0
	ADDR = column["ADDR"] + 0
	FDS = column["FDS"] + 0
	WHO = TGID ? TGID : PID
	n = split(hex_needs == "-" ? "" : hex_needs, need, " ")
	for (i = 1; i <= n; i++)
		if (need[i] !~ /[?]/ && !column[need[i]])
			hex_die("cannot go on: the lines have no column " need[i] \
				"; run systape-decode with " \
				substr(hex_options(), 2))
	if (!ARG1 || !AUX || column["ARG6"] != ARG1 + 5)
		hex_die("cannot go on: columns ARG1 to ARG6 and AUX_DATA are not all there; " \
			"let systape-decode write them")
}

# The separator as a regular expression that stands for just these characters.
function hex_separator(text,    i, c, out) {
	if (text == "\t")
		return text
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		out = out (c == "\\" ? "\\\\" : c == "^" ? "\\^" : "[" c "]")
	}
	return out
}

function hex_is(text) {
	return length(text) == 16 && text !~ /[^0-9A-F]/
}

# The value of four digits, each computed once.
function hex_word(text,    i, v) {
	v = hex_words[text]
	if (v == "") {
		for (i = 1; i <= 4; i++)
			v = v * 16 + index("0123456789ABCDEF", substr(text, i, 1)) - 1
		hex_words[text] = v
	}
	return v
}

# Unsigned; exact below 2^53, the nearest that awk has above. Times in a row share their top digits.
function hex_num(text,    top) {
	top = substr(text, 1, 12)
	if (top == "000000000000")
		return hex_word(substr(text, 13))
	if (top != hex_top) {
		hex_top = top
		hex_top_value = hex_word(substr(text, 1, 4)) * 65536 + hex_word(substr(text, 5, 4))
		hex_top_value = (hex_top_value * 65536 + hex_word(substr(text, 9, 4))) * 65536
	}
	return hex_top_value + hex_word(substr(text, 13))
}

# The low 32 bits as a signed int: descriptors, process ids.
function hex_int(text,    low) {
	low = hex_word(substr(text, 9, 4)) * 65536 + hex_word(substr(text, 13))
	return low >= 2147483648 ? low - 4294967296 : low
}

# True when any of the bits of `mask` (decimal, one bit) is set in the low 32 bits.
function hex_bit(text, mask,    low) {
	low = hex_word(substr(text, 9, 4)) * 65536 + hex_word(substr(text, 13))
	return int(low / mask) % 2
}

# All 64 bits in decimal: three limbs of seven digits.
function hex_dec(text,    i, a, b, c) {
	if (substr(text, 1, 3) == "000")
		return sprintf("%.0f", hex_num(text))
	for (i = 1; i <= 13; i += 4) {
		c = c * 65536 + hex_word(substr(text, i, 4))
		b = b * 65536 + int(c / 10000000)
		a = a * 65536 + int(b / 10000000)
		c %= 10000000
		b %= 10000000
	}
	return a ? sprintf("%.0f%07.0f%07.0f", a, b, c) : sprintf("%.0f%07.0f", b, c)
}

# Sums that may pass 2^53: sum_low[] below 10^15, the rest in sum_high[].
function sum_add(key, value) {
	sum_low[key] += value
	if (sum_low[key] >= 1000000000000000) {
		sum_high[key] += int(sum_low[key] / 1000000000000000)
		sum_low[key] %= 1000000000000000
	}
}

# The same for 16 digits: what lies above 2^52 is added as decimal text.
function sum_hex(key, text) {
	if (substr(text, 1, 3) != "000") {
		text = hex_dec(text)
		sum_high[key] += substr(text, 1, length(text) - 15)
		sum_add(key, substr(text, length(text) - 14) + 0)
	} else
		sum_add(key, hex_num(text))
}

function sum_text(key) {
	if (sum_high[key])
		return sprintf("%.0f%015.0f", sum_high[key], sum_low[key])
	return sprintf("%.0f", sum_low[key])
}

# Microseconds as seconds.
function hex_seconds(usec) {
	return sprintf("%.6f", usec / 1000000)
}

# The end. hex_over() leaves when the input or the command line was wrong.
function hex_over() {
	if (!hex_stopped && !hex_columns) {
		hex_say("cannot find the two header lines; " \
			"give what 'systape-decode -l hex' writes")
		hex_stopped = hex_status = 1
	}
	if (hex_stopped)
		exit hex_status
}

# Tables end in their notes; where a program reads the output (`aside` is true) they go to
# standard error.
function hex_note(text, aside) {
	if (aside)
		hex_say(text)
	else
		print "# " text
}

function hex_notes(aside) {
	if (hex_losses)
		hex_note("LOST: " many(sum_text("LOST"), "event was", "events were") " lost, in " \
			many(hex_losses, "place", "places") "; all counts are too low", aside)
	if (hex_strange)
		hex_note(many(hex_strange, "line was", "lines were") \
			" not understood and left out, the first is " hex_strange_at, aside)
}

function many(number, one, more) {
	return (number == "" ? 0 : number) " " (number == 1 ? one : more)
}

function socket_kind(domain, type,    name, kind, d, t) {
	split("unix inet", name, " ")
	d = hex_int(domain)
	name[10] = "inet6"; name[16] = "netlink"; name[17] = "packet"; name[40] = "vsock"
	split("stream dgram raw rdm seqpacket", kind, " ")
	t = hex_int(type) % 16		# above: SOCK_CLOEXEC, SOCK_NONBLOCK
	return (d in name ? name[d] : "domain " d) " " (t in kind ? kind[t] : "type " t)
}

# The address of the current call, "" where the lines do not say (column ADDR).
function socket_address() {
	return ADDR ? $ADDR : ""
}

function socket_peer() {
	return ADDR && $ADDR != "" ? $ADDR : "?"
}

# `heads` are the headings, space-separated; one that begins with '<' is a text and stands left.
function table_start(title, heads,    i) {
	if (table_count++)
		print ""
	print title
	table_columns = split(heads, table_head, " ")
	table_rows = 0
	for (i = 1; i <= table_columns; i++) {
		table_left[i] = sub(/^</, "", table_head[i])
		table_width[i] = length(table_head[i])
	}
}

function table_row(a, b, c, d, e, f, g, h, i, j) {
	table_rows++
	table_cell(1, a); table_cell(2, b); table_cell(3, c); table_cell(4, d); table_cell(5, e)
	table_cell(6, f); table_cell(7, g); table_cell(8, h); table_cell(9, i); table_cell(10, j)
}

function table_cell(column, text) {
	if (column > table_columns)
		return
	text = text == "" && table_head[column] != "BAR" ? "-" : text ""
	table_text[table_rows, column] = text
	if (length(text) > table_width[column])
		table_width[column] = length(text)
}

function table_end(    row, i, line) {
	for (i = 1; i <= table_columns; i++)
		table_text[0, i] = table_head[i]
	for (row = 0; row <= table_rows; row++) {
		line = ""
		for (i = 1; i <= table_columns; i++)
			line = line table_pad(table_text[row, i], i)
		sub(/ +$/, "", line)
		print line
	}
	if (!table_rows)
		print "(nothing)"
}

# print and not printf puts the line together: mawk's printf has a limit, and paths are long.
function table_pad(text, column,    gap) {
	gap = column > 1 ? "  " : ""
	if (!table_left[column])
		return gap sprintf("%" table_width[column] "s", text)
	if (column == table_columns || length(text) == table_width[column])
		return gap text
	return gap text sprintf("%" (table_width[column] - length(text)) "s", "")
}
