// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls that touch the file `f` of the current directory, by name and by descriptor, and calls that
 * do not; most of them fail. For -P and --trace-fds: which of them are shown is compared with
 * strace's choice. Descriptors stand at fixed numbers.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { F = 20, DIR, EPOLL, IN, OUT, WATCH };

static struct pollfd both[2] = { { .fd = 1 }, { .fd = F } };
static struct epoll_event event;
static struct timespec now;
static fd_set with, without;

#define S(text) ((uintptr_t)(text))

// clang-format off
static const struct {
	long nr, arg[6];
} calls[] = {
	{ SYS_fcntl, { F, F_GETFD } }, { SYS_ioctl, { F, 0x1234 } }, { SYS_lseek, { F } }, { SYS_fsync, { DIR } },
	{ SYS_dup, { F } }, { SYS_dup2, { F, F } }, { SYS_dup2, { 1, 40 } }, { SYS_dup3, { 1, 40 } }, { SYS_dup3, { F, 41 } },
	{ SYS_rename, { S("f"), S("g") } }, { SYS_rename, { S("g"), S("f") } }, { SYS_link, { S("f"), S("g") } },
	{ SYS_unlink, { S("g") } }, { SYS_link, { S("x"), S("f") } }, { SYS_symlink, { S("f"), S("g") } }, { SYS_unlink, { S("g") } },
	{ SYS_symlink, { S("g"), S("f") } }, { SYS_renameat, { DIR, S("f"), DIR, S("g") } }, { SYS_renameat, { DIR, S("g"), DIR, S("f") } },
	{ SYS_linkat, { DIR, S("f"), DIR, S("g") } }, { SYS_unlinkat, { DIR, S("g") } }, { SYS_symlinkat, { S("f"), DIR, S("g") } },
	{ SYS_symlinkat, { S("g"), DIR, S("f") } }, { SYS_unlink, { S("g") } }, { SYS_renameat2, { AT_FDCWD, S("x"), AT_FDCWD, S("f"), 0 } },
	{ SYS_poll, { S(both), 2, 0 } }, { SYS_poll, { S(both), 1, 0 } }, { SYS_ppoll, { S(both), 2, S(&now), 0, 8 } },
	{ SYS_select, { F + 1, 0, S(&with), 0, S(&now) } }, { SYS_select, { F + 1, S(&without), 0, 0, S(&now) } },
	{ SYS_select, { F, S(&with), 0, 0, S(&now) } }, { SYS_pselect6, { F + 1, 0, 0, S(&with), S(&now), 0 } },
	{ SYS_epoll_ctl, { EPOLL, EPOLL_CTL_ADD, F, S(&event) } }, { SYS_epoll_ctl, { EPOLL, EPOLL_CTL_ADD, IN, S(&event) } },
	{ SYS_epoll_ctl, { F, EPOLL_CTL_ADD, IN, S(&event) } }, { SYS_mmap, { 0, 4096, 1, 1, F } }, { SYS_mmap, { 0, 4096, 1, 0x22, -1 } },
	{ SYS_sendfile, { OUT, F, 0, 1 } }, { SYS_sendfile, { F, IN, 0, 1 } }, { SYS_splice, { F, 0, OUT, 0, 1 } },
	{ SYS_splice, { IN, 0, F, 0, 1 } }, { SYS_tee, { F, OUT, 1 } }, { SYS_copy_file_range, { F, 0, F, 0, 1 } },
	{ SYS_vmsplice, { F, 0, 0 } }, { SYS_readahead, { F } }, { SYS_preadv, { F, 0, 0, 7 } }, { SYS_pwritev2, { F, 0, 0, 7 } }, { SYS_inotify_add_watch, { WATCH, S("f"), IN_OPEN } },
	{ SYS_mount, { S("f"), S("g"), S("h") } }, { SYS_mount, { S("g"), S("f"), S("h") } }, { SYS_pivot_root, { S("f"), S("g") } },
	{ SYS_quotactl, { 0, S("f") } }, { SYS_quotactl_fd, { F } }, { SYS_fanotify_mark, { -1, 0, 0, DIR, S("f") } },
	{ SYS_fanotify_mark, { F, 0, 0, AT_FDCWD, S("x") } }, { SYS_fsconfig, { F, 0, S("f"), S("f") } },
	{ SYS_fsconfig, { -1, 3, S("a"), S("f"), DIR } }, { SYS_fsconfig, { -1, 5, S("a"), 0, F } }, { SYS_fsmount, { F } },
	{ SYS_open_tree, { DIR, S("f"), ~0 } }, { SYS_move_mount, { DIR, S("f"), DIR, S("g") } }, { SYS_fspick, { DIR, S("f"), ~0 } },
	{ SYS_mount_setattr, { DIR, S("f") } }, { SYS_umount2, { S("f") } }, { SYS_chdir, { S("f") } }, { SYS_fchdir, { F } },
	{ SYS_chroot, { S("f") } }, { SYS_truncate, { S("f"), 10 } }, { SYS_ftruncate, { F, 3 } }, { SYS_statfs, { S("f") } },
	{ SYS_execve, { S("f") } }, { SYS_execveat, { F, S("") } }, { SYS_openat2, { DIR, S("f") } }, { SYS_openat, { F, S("x"), 0 } },
	{ SYS_open, { S("f"), 0 } }, { SYS_open, { S("./f"), 0 } }, { SYS_creat, { S("f"), 0600 } }, { SYS_mknod, { S("f") } },
	{ SYS_kexec_file_load, { F, DIR } }, { SYS_io_uring_enter, { F } }, { SYS_statx, { DIR, S("f") } }, { SYS_kcmp, { 1, 1, 0, F, F } },
	{ SYS_pidfd_send_signal, { F } }, { SYS_pidfd_getfd, { F, F } }, { SYS_setns, { F } }, { SYS_name_to_handle_at, { DIR, S("f") } },
	{ SYS_open_by_handle_at, { F } }, { SYS_uselib, { S("f") } }, { SYS_signalfd4, { F, 0, 8 } }, { SYS_timerfd_settime, { F } },
	{ SYS_sendmsg, { F } }, { SYS_recvfrom, { F } }, { SYS_mq_open, { S("f") } }, { SYS_mq_timedsend, { F } },
	{ SYS_memfd_create, { S("f"), ~0 } }, { SYS_landlock_add_rule, { F } }, { SYS_process_madvise, { F } },
	{ SYS_setxattr, { S("f"), S("user.x") } }, { SYS_fgetxattr, { F, S("user.x") } }, { SYS_getdents64, { DIR } },
	{ SYS_faccessat2, { DIR, S("f") } }, { SYS_utimensat, { F } }, { SYS_futimesat, { DIR, S("f") } }, { SYS_bpf, { F } },
	{ SYS_perf_event_open, { 0, 0, 0, F } }, { SYS_finit_module, { F, S("") } }, { SYS_syncfs, { F } }, { SYS_flock, { F, 8 } },
	{ SYS_newfstatat, { F, S(""), S(&event), AT_EMPTY_PATH } }, { SYS_sysfs, { 1, S("f") } }, { SYS_getcwd, { 0, 0 } },
	{ SYS_close_range, { F, F, 4 } }, { SYS_socket, { F } }, { SYS_pipe2, { 0, 0 } }, { SYS_eventfd2, { F, ~0 } },
	{ SYS_unlink, { S("f") } }, { SYS_read, { F } }, { SYS_close, { 41 } }, { SYS_close, { F } }, { SYS_read, { F } },
};
// clang-format on

int main(void)
{
	int ends[2] = { -1, -1 };

	FD_SET(F, &with);
	FD_SET(0, &without);
	if (pipe2(ends, O_NONBLOCK))
		return 1;
	dup2(ends[0], IN);
	dup2(ends[1], OUT);
	dup2(epoll_create(1), EPOLL);
	dup2(inotify_init(), WATCH);
	dup2(open(".", O_RDONLY), DIR);
	dup2(open("f", O_RDWR | O_CREAT, 0600), F);
	for (unsigned int i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		syscall(calls[i].nr, calls[i].arg[0], calls[i].arg[1], calls[i].arg[2],
			calls[i].arg[3], calls[i].arg[4], calls[i].arg[5]);
	return 0;
}
