// SPDX-License-Identifier: GPL-2.0-or-later
/* Reading and writing: buffers, vectors, offsets. */
#include "case.h"

#include <sys/uio.h>

static void vectors(int fd)
{
	char a[40], b[100], c[3];
	struct iovec v[40] = { { a, sizeof(a) }, { b, sizeof(b) }, { NULL, 0 }, { c, 3 } };
	struct iovec *hole = before_hole(v, 2 * sizeof(*v));

	for (int i = 4; i < 40; i++)
		v[i] = (struct iovec){ "hello, world" + i % 8, 2 };
	memset(a, 'a', sizeof(a));
	memset(b, 'b', sizeof(b));
	memset(c, 'c', sizeof(c));
	syscall(SYS_writev, fd, v, 4);
	syscall(SYS_writev, fd, v, 40);
	syscall(SYS_writev, fd, v, 0);
	syscall(SYS_writev, fd, NULL, 2);
	syscall(SYS_writev, fd, BAD, 2);
	syscall(SYS_writev, fd, hole, -1);
	syscall(SYS_writev, fd, hole, 3);
	syscall(SYS_writev, fd, hole, 2);
	syscall(SYS_writev, -1, v, 1);
	syscall(SYS_pwritev, fd, v, 2, 5, 0);
	syscall(SYS_pwritev2, fd, v, 2, -1, -1, 0x10);
	syscall(SYS_pwritev2, fd, v, 2, 1, 0, 0x80000002);
	v[1].iov_base = BAD;
	syscall(SYS_writev, fd, v, 3);
	v[1].iov_base = b;
	syscall(SYS_lseek, fd, 0, SEEK_SET);
	syscall(SYS_readv, fd, v, 2);
	syscall(SYS_readv, fd, v, 4);
	syscall(SYS_lseek, fd, -20, SEEK_END);
	syscall(SYS_readv, fd, v, 4);
	syscall(SYS_readv, fd, v, 4);
	syscall(SYS_readv, -1, v, 4);
	syscall(SYS_readv, fd, BAD, 4);
	syscall(SYS_preadv, fd, v, 2, 3, 0);
	syscall(SYS_preadv2, fd, v, 2, -1, -1, 8);
	syscall(SYS_preadv2, fd, hole, 3, 0, 0, 0);
}

int main(void)
{
	int fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600),
	    out = open("out", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char data[100], *hole = before_hole("0123456789", 10);
	int p[2], q[2];
	long at = 3, to = 1;

	for (int i = 0; i < 100; i++)
		data[i] = i * 3;
	syscall(SYS_write, fd, data, 100);
	syscall(SYS_write, fd, data, 32);
	syscall(SYS_write, fd, data, 33);
	syscall(SYS_write, fd, data, 0);
	syscall(SYS_write, fd, NULL, 0);
	syscall(SYS_write, fd, NULL, 5);
	syscall(SYS_write, fd, BAD, 5);
	syscall(SYS_write, fd, hole, 10);
	syscall(SYS_write, fd, hole, 11);
	syscall(SYS_write, fd, hole, 100);
	syscall(SYS_write, -1, data, 100);
	syscall(SYS_write, fd, "x\0019\0x\0y\0", 9);
	syscall(SYS_lseek, fd, 0, SEEK_SET);
	syscall(SYS_read, fd, data, 100);
	syscall(SYS_read, fd, data, 0);
	syscall(SYS_read, fd, hole, 50);
	syscall(SYS_read, fd, BAD, 50);
	syscall(SYS_read, fd, NULL, 50);
	syscall(SYS_read, -1, data, 50);
	syscall(SYS_pread64, fd, data, 5, 1);
	syscall(SYS_pread64, fd, data, 5, -1);
	syscall(SYS_pwrite64, fd, data, 5, 0x7fffffffffffffff);
	syscall(SYS_pwrite64, fd, data, 5, 1000);
	syscall(SYS_lseek, fd, 5, SEEK_CUR);
	syscall(SYS_lseek, fd, 5, SEEK_DATA);
	syscall(SYS_lseek, fd, 5, SEEK_HOLE);
	syscall(SYS_lseek, fd, -5, 99);
	vectors(fd);
	syscall(SYS_pipe, p);
	syscall(SYS_pipe, q);
	syscall(SYS_sendfile, out, fd, &at, 3);
	syscall(SYS_sendfile, out, fd, NULL, 3);
	syscall(SYS_sendfile, out, fd, BAD, 3);
	syscall(SYS_sendfile, -1, fd, &at, 3);
	syscall(SYS_copy_file_range, fd, &at, out, &to, 10, 0);
	syscall(SYS_copy_file_range, fd, NULL, out, NULL, 10, 0);
	syscall(SYS_copy_file_range, fd, BAD, out, &to, 10, 5);
	syscall(SYS_splice, fd, &at, p[1], NULL, 20, 1);
	syscall(SYS_splice, fd, &at, p[1], &to, 20, 1);
	syscall(SYS_splice, fd, BAD, p[1], NULL, 20, 0x13);
	syscall(SYS_tee, p[0], q[1], 10, 0);
	syscall(SYS_splice, p[0], NULL, out, &to, 20, 4);
	syscall(SYS_vmsplice, q[1], &(struct iovec){ data, 20 }, 1, 0);
	syscall(SYS_vmsplice, q[1], &(struct iovec){ data, 20 }, 1, 8 | 32);
	syscall(SYS_fallocate, fd, 1, 0, 4096);
	syscall(SYS_fallocate, fd, 3, -1, 4096);
	syscall(SYS_fadvise64, fd, 0, 10, 4);
	syscall(SYS_fadvise64, fd, -1, -1, 40);
	syscall(SYS_readahead, fd, 0, 10);
	syscall(SYS_sync_file_range, fd, 0, 10, 7);
	syscall(SYS_sync_file_range, fd, -1, -1, 0x18);
	syscall(SYS_fsync, fd);
	syscall(SYS_fdatasync, fd);
	syscall(SYS_syncfs, -1);
	syscall(SYS_truncate, "file", 10);
	syscall(SYS_truncate, "file", -1);
	syscall(SYS_ftruncate, fd, 10);
	syscall(SYS_flock, fd, 6);
	syscall(SYS_flock, fd, 8);
	syscall(SYS_flock, fd, 0x40);
	return 0;
}
