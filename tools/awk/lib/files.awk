# files: whole calls, their paths, and what each descriptor is open on.
#
# The script has a function on_call(), which sees every call with its long strings joined; it
# gives each line to files_line() and calls files_end() in END. on_call() begins with files_call()
# where it wants descriptors followed: through open, dup, fcntl, close, socket, fork, exec.

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

# How many paths the call has by its kind; path_text(1), path_text(2) are their texts.
function path_count() {
	if (!($SYSCALL in files_paths))
		return 0
	return index(files_paths[$SYSCALL], ",") ? 2 : 1
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

# What the descriptor (a number) is open on; "" if that was not seen.
function fd_text(pid, fd) {
	return fd_name[fd_table(pid), fd]
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

# Before another tape: its processes are others.
function files_forget() {
	split("", fd_name)
	split("", fd_on_exec)
	split("", fd_top)
	split("", fd_shared)
	split("", fd_process)
	split("", files_first)
	split("", files_parent)
}
