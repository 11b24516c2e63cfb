// SPDX-License-Identifier: GPL-2.0-or-later
/* Asynchronous input and output, io_uring, descriptors of processes and of faults, other processes'
 * memory. */
#include "case.h"

#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <sys/uio.h>

static void aio(int fd)
{
	char data[64] = "0123456789";
	struct iovec v[2] = { { data, 5 }, { data + 5, 5 } };
	struct iocb a = { .aio_data = 0x11,
			  .aio_lio_opcode = IOCB_CMD_PWRITE,
			  .aio_fildes = fd,
			  .aio_buf = (long)data,
			  .aio_nbytes = 10,
			  .aio_offset = 5 };
	struct iocb b = { .aio_data = 0x22,
			  .aio_lio_opcode = IOCB_CMD_PREAD,
			  .aio_fildes = fd,
			  .aio_buf = (long)data,
			  .aio_nbytes = 10,
			  .aio_reqprio = 3 };
	struct iocb c = { .aio_lio_opcode = IOCB_CMD_PWRITEV,
			  .aio_fildes = fd,
			  .aio_buf = (long)v,
			  .aio_nbytes = 2,
			  .aio_flags = IOCB_FLAG_RESFD,
			  .aio_resfd = -1 };
	struct iocb d = { .aio_lio_opcode = IOCB_CMD_FSYNC, .aio_fildes = fd },
		    e = { .aio_lio_opcode = 77, .aio_fildes = -1 };
	struct iocb *all[] = { &a, &b, &c, BAD, NULL, &d, &e };
	struct io_event events[8];
	struct timespec none = { 0, 1000 };
	unsigned long set = 1 << 9;
	struct {
		void *set;
		size_t size;
	} pack = { &set, 8 };
	aio_context_t ctx = 0;

	syscall(SYS_io_setup, 4, &ctx);
	syscall(SYS_io_setup, -1, BAD);
	syscall(SYS_io_submit, ctx, 2, all);
	syscall(SYS_io_submit, ctx, 1, all + 2);
	syscall(SYS_io_submit, ctx, 7, all);
	syscall(SYS_io_submit, ctx, 2, all + 3);
	syscall(SYS_io_submit, ctx, 1, all + 5);
	syscall(SYS_io_submit, ctx, 1, all + 6);
	syscall(SYS_io_submit, ctx, 0, all);
	syscall(SYS_io_submit, ctx, 1, BAD);
	syscall(SYS_io_getevents, 0, 1, 4, events, NULL);
	syscall(SYS_io_getevents, ctx, 9, 8, BAD, &none);
	syscall(SYS_io_pgetevents, ctx, 0, 0, events, &none, &pack);
	syscall(SYS_io_cancel, ctx, &b, events);
	syscall(SYS_io_cancel, ctx, BAD, events);
	syscall(SYS_io_destroy, ctx);
	syscall(SYS_io_destroy, -1l);
}

static void ring(int fd)
{
	struct io_uring_params p = { .flags = IORING_SETUP_CQSIZE, .cq_entries = 16 };
	char data[40];
	struct iovec v[2] = { { data, 20 }, { data + 20, 20 } };
	int fds[3] = { fd, -1, fd };
	unsigned long set = 1 << 9;
	int r = syscall(SYS_io_uring_setup, 4, &p);

	syscall(SYS_io_uring_setup, 4, BAD);
	p = (struct io_uring_params){ .flags = 0x80000000,
				      .sq_thread_cpu = 5,
				      .resv = { 1, 2, 3 } };
	syscall(SYS_io_uring_setup, 0, &p);
	syscall(SYS_io_uring_enter, r, 1, 0, 0, NULL, 0);
	syscall(SYS_io_uring_enter, r, 0, 0, IORING_ENTER_GETEVENTS, &set, 8);
	syscall(SYS_io_uring_enter, -1, 0, 0, IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, &set,
		24);
	syscall(SYS_io_uring_register, r, IORING_REGISTER_BUFFERS, v, 2);
	syscall(SYS_io_uring_register, r, IORING_UNREGISTER_BUFFERS, NULL, 0);
	syscall(SYS_io_uring_register, r, IORING_REGISTER_FILES, fds, 3);
	syscall(SYS_io_uring_register, r, IORING_REGISTER_FILES_UPDATE, &(struct {
			unsigned o, r;
			void *f;
		}){ 1, 0, fds },
		1);
	syscall(SYS_io_uring_register, r, IORING_REGISTER_EVENTFD, fds, 1);
	syscall(SYS_io_uring_register, -1, 99, data, 1);
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0644), pid;
	char data[64] = "0123456789", other[64];
	struct iovec l = { other, 10 }, r = { data, 10 };

	aio(fd);
	ring(fd);
	pid = syscall(SYS_pidfd_open, 1, 0);
	syscall(SYS_pidfd_open, -1, 0x80);
	syscall(438 /* pidfd_getfd */, pid, 99, 0);
	syscall(424 /* pidfd_send_signal */, pid, 0, NULL, 0);
	syscall(424, -1, SIGUSR1, BAD, 3);
	syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | 1);
	syscall(SYS_userfaultfd, 0xff);
	syscall(SYS_process_vm_readv, 1 << 30, &l, 1, &r, 1, 0);
	syscall(SYS_process_vm_readv, 1 << 30, BAD, 1, &r, 1, 5);
	syscall(SYS_process_vm_writev, 1 << 30, &l, 1, &r, 1, 0);
	syscall(451 /* cachestat */, fd, &(struct { long o, l; }){ 0, 100 }, data, 0);
	syscall(451, -1, BAD, BAD, 5);
	syscall(SYS_ustat, 5, data);
	syscall(SYS_lookup_dcookie, 5, data, 10);
	return 0;
}
