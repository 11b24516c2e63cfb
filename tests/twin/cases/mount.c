// SPDX-License-Identifier: GPL-2.0-or-later
/* Mounts, extended attributes, handles, watches, quotas. */
#include "case.h"

#include <linux/mount.h>
#include <sched.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/xattr.h>

static void mounts(void)
{
	struct mount_attr attr = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOATIME,
				   .attr_clr = MOUNT_ATTR__ATIME,
				   .propagation = MS_PRIVATE };
	char blob[40] = "\1\2\3";
	int fs, mnt, tree;

	syscall(SYS_unshare, CLONE_NEWNS);
	syscall(SYS_mount, "none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
	mkdir("m", 0755);
	syscall(SYS_mount, "tmpfs", "m", "tmpfs", MS_NOSUID | MS_NODEV, "size=100k,mode=0700");
	syscall(SYS_mount, "m", "m", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL);
	syscall(SYS_mount, "x", "m", "nothing", 0xc0ed0000 | MS_RDONLY, BAD);
	syscall(SYS_mount, BAD, NULL, BAD, -1l, NULL);
	syscall(SYS_mount, "a", "m", NULL, MS_MOVE, "ignored");
	syscall(SYS_umount2, "m", MNT_DETACH);
	syscall(SYS_umount2, "m", 0);
	syscall(SYS_umount2, NULL, 0xff);
	fs = syscall(430 /* fsopen */, "tmpfs", 1);
	syscall(430, "none-such", 0x10);
	syscall(431 /* fsconfig */, fs, 1, "size", "100k", 0);
	syscall(431, fs, 0, "ro", NULL, 0);
	syscall(431, fs, 2, "blob", blob, 5);
	syscall(431, fs, 3, "path", "/etc", AT_FDCWD);
	syscall(431, fs, 4, "path", "", 5);
	syscall(431, fs, 5, "fd", NULL, 3);
	syscall(431, fs, 6, NULL, NULL, 0);
	syscall(431, fs, 7, NULL, NULL, 0);
	syscall(431, fs, 99, BAD, BAD, 7);
	mnt = syscall(432 /* fsmount */, fs, 1, MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NODEV);
	syscall(432, -1, 0x10, -1);
	syscall(429 /* move_mount */, mnt, "", AT_FDCWD, "m", 4);
	syscall(429, -1, BAD, -1, NULL, 0x1000);
	tree = syscall(428 /* open_tree */, AT_FDCWD, "m",
		       OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE);
	syscall(428, -1, "x", 0xf0000000);
	syscall(433 /* fspick */, AT_FDCWD, "m", 3);
	syscall(442 /* mount_setattr */, tree, "", AT_EMPTY_PATH, &attr, sizeof(attr));
	syscall(442, tree, "", AT_EMPTY_PATH, &attr, 5);
	syscall(442, tree, "", AT_EMPTY_PATH, BAD, sizeof(attr));
	syscall(442, tree, "", AT_RECURSIVE, before_hole(&attr, sizeof(attr)), sizeof(attr) + 8);
	syscall(SYS_pivot_root, "m", "m");
	syscall(SYS_chroot, "m/none");
	syscall(SYS_swapon, "none", 0x8001);
	syscall(SYS_swapoff, "none");
	syscall(SYS_acct, "/none");
	syscall(SYS_sync);
}

static void statmounts(void)
{
	struct {
		unsigned size, spare;
		unsigned long long id, param, ns;
	} req = { 24, 0, 0x100000000ull, 0x7f, 0 };
	unsigned long long ids[64];
	char buffer[4096];

	syscall(457 /* statmount */, &req, buffer, sizeof(buffer), 0);
	syscall(457, BAD, buffer, sizeof(buffer), 0);
	syscall(457, &req, BAD, sizeof(buffer), 1);
	req.id = -1;
	req.param = 0;
	syscall(458 /* listmount */, &req, ids, 2, 0);
	syscall(458, &req, ids, 0, 1);
	syscall(458, BAD, ids, 64, 0);
}

static void attributes(void)
{
	char value[100], big[200];
	int fd = open("file", O_CREAT | O_RDWR, 0644);

	memset(big, 'x', sizeof(big));
	setxattr("file", "user.a", "v\0w", 3, XATTR_CREATE);
	setxattr("file", "user.b", big, sizeof(big), 0);
	lsetxattr("file", "trusted.c", NULL, 0, XATTR_REPLACE);
	fsetxattr(fd, "user.d", BAD, 10, 0x10);
	syscall(SYS_setxattr, BAD, NULL, "", 0, 0);
	getxattr("file", "user.a", value, sizeof(value));
	getxattr("file", "user.a", NULL, 0);
	getxattr("file", "user.b", value, 5);
	getxattr("file", "user.b", big, 200);
	lgetxattr("file", "user.none", value, sizeof(value));
	fgetxattr(fd, "user.a", BAD, sizeof(value));
	listxattr("file", value, sizeof(value));
	listxattr("file", NULL, 0);
	llistxattr("file", value, 2);
	flistxattr(fd, value, sizeof(value));
	removexattr("file", "user.a");
	lremovexattr("file", "user.none");
	fremovexattr(fd, "user.b");
	syscall(463 /* setxattrat */, AT_FDCWD, "file", 0, "user.e", &(struct {
			void *v;
			unsigned size, flags;
		}){ "abc", 3, 1 },
		16);
	syscall(464 /* getxattrat */, AT_FDCWD, "file", 0, "user.e", &(struct {
			void *v;
			unsigned size, flags;
		}){ value, 100, 0 },
		16);
	syscall(465 /* listxattrat */, AT_FDCWD, "file", 0, value, 100);
	syscall(466 /* removexattrat */, AT_FDCWD, "file", AT_SYMLINK_NOFOLLOW, "user.e");
}

static void handles(void)
{
	struct {
		unsigned bytes;
		int type;
		unsigned char f[128];
	} h = { .bytes = 0 };
	int id, fd = open("/", O_RDONLY);

	syscall(SYS_name_to_handle_at, AT_FDCWD, "/etc", &h, &id, 0);
	h.bytes = 128;
	syscall(SYS_name_to_handle_at, AT_FDCWD, "/etc/passwd", &h, &id, AT_SYMLINK_FOLLOW);
	syscall(SYS_open_by_handle_at, fd, &h, O_RDONLY);
	h.bytes = 4;
	syscall(SYS_open_by_handle_at, fd, &h, O_RDWR | O_CLOEXEC);
	h.bytes = 500;
	syscall(SYS_open_by_handle_at, fd, &h, O_RDWR);
	syscall(SYS_open_by_handle_at, -1, BAD, O_RDWR);
	syscall(SYS_name_to_handle_at, -1, "x", BAD, BAD, 0x8000);
}

static void watches(void)
{
	int in = inotify_init1(IN_NONBLOCK | IN_CLOEXEC), fan;
	char buffer[4096];

	syscall(SYS_inotify_init);
	inotify_init1(0x10);
	inotify_add_watch(in, ".", IN_CREATE | IN_DELETE | IN_ONLYDIR);
	inotify_add_watch(in, "/none", IN_ALL_EVENTS | 0x10000);
	inotify_rm_watch(in, 99);
	close(open("new", O_CREAT, 0600));
	read(in, buffer, sizeof(buffer));
	fan = fanotify_init(FAN_CLOEXEC | FAN_CLASS_CONTENT | FAN_NONBLOCK, O_RDONLY | O_LARGEFILE);
	fanotify_init(-1, -1);
	fanotify_init(FAN_CLASS_PRE_CONTENT | FAN_REPORT_FID, O_RDWR | O_CLOEXEC);
	fanotify_init(0xc, 3);
	fanotify_mark(fan, FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_OPEN | FAN_CLOSE, AT_FDCWD, "/");
	fanotify_mark(fan, FAN_MARK_REMOVE, FAN_OPEN | FAN_ONDIR, AT_FDCWD, NULL);
	fanotify_mark(fan, FAN_MARK_FLUSH | 0x80000000, 0x8000000000000001, -1, BAD);
}

static void quotas(void)
{
	char q[200] = "";

	syscall(SYS_quotactl, 0x80000201 /* Q_QUOTAON, group */, "/dev/none", 2, "/quota.group");
	syscall(SYS_quotactl, 0x80000700, "/dev/none", 1000, q);
	syscall(SYS_quotactl, 0x80000800, "/dev/none", 1000, q);
	syscall(SYS_quotactl, 0x80000600, "/dev/none", 0, q);
	syscall(SYS_quotactl, 0x80000100, NULL, 0, q);
	syscall(SYS_quotactl, 0x80000400, "/dev/none", 0, q);
	syscall(SYS_quotactl, 0x580400, "/dev/none", 5, q);
	syscall(SYS_quotactl, 0x580100, "/dev/none", 5, q);
	syscall(SYS_quotactl, 0x12345678, "/dev/none", 5, q);
	syscall(443 /* quotactl_fd */, -1, 0x80000800, 1000, q);
}

int main(void)
{
	char cwd[4096];

	attributes();
	handles();
	watches();
	quotas();
	mounts();
	statmounts();
	return !getcwd(cwd, sizeof(cwd));
}
