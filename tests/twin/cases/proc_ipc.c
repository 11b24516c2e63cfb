// SPDX-License-Identifier: GPL-2.0-or-later
/* System V and POSIX interprocess communication, keys, ptrace, memory of other processes,
 * performance events. */
#define _GNU_SOURCE
#include "proc.h"

#include <fcntl.h>
#include <linux/ipc.h>
#include <linux/mqueue.h>
#include <linux/msg.h>
#include <linux/perf_event.h>
#include <linux/sem.h>
#include <linux/shm.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

static void segments(void)
{
	char buffer[200];
	int id = syscall(SYS_shmget, IPC_PRIVATE, 4096, IPC_CREAT | 0600);
	long at;

	syscall(SYS_shmget, 0x1234, 4096, 0);
	syscall(SYS_shmget, 0x1234, 4096, IPC_EXCL | 0x8800 | SHM_NORESERVE | 0777);
	syscall(SYS_shmget, IPC_PRIVATE, 0, 0x1a << 26 | SHM_HUGETLB | 0600);
	at = syscall(SYS_shmat, id, NULL, SHM_RDONLY);
	syscall(SYS_shmat, id, (char *)BAD + 1, SHM_REMAP | 0x7);
	syscall(SYS_shmctl, id, IPC_STAT, buffer);
	syscall(SYS_shmctl, id, IPC_STAT | 0x100, buffer);
	syscall(SYS_shmctl, id, IPC_SET, buffer);
	syscall(SYS_shmctl, id, IPC_SET, BAD);
	syscall(SYS_shmctl, 0, IPC_INFO, buffer);
	syscall(SYS_shmctl, 0, SHM_INFO, buffer);
	syscall(SYS_shmctl, 0, SHM_STAT, buffer);
	syscall(SYS_shmctl, -1, SHM_STAT_ANY, buffer);
	syscall(SYS_shmctl, id, SHM_LOCK, NULL);
	syscall(SYS_shmctl, id, 77, buffer);
	syscall(SYS_shmctl, id, IPC_RMID, NULL);
	syscall(SYS_shmdt, at);
	syscall(SYS_shmdt, 1);
}

static void semaphores(void)
{
	struct sembuf ops[3] = { { 0, 1, SEM_UNDO }, { 1, -1, IPC_NOWAIT }, { 2, 0, 0x77 } };
	struct timespec ts = { 0, 1000 };
	unsigned short values[3] = { 1, 2, 3 };
	char buffer[200];
	int id = syscall(SYS_semget, IPC_PRIVATE, 3, IPC_CREAT | 0600);

	syscall(SYS_semget, 0x1234, 1, IPC_EXCL | 0600);
	syscall(SYS_semop, id, ops, 1);
	syscall(SYS_semop, id, ops, 3);
	syscall(SYS_semop, id, BAD, 3);
	syscall(SYS_semop, id, at_end(ops, sizeof(*ops) * 2), 3);
	syscall(SYS_semop, id, NULL, 0);
	ops[0].sem_op = -5;
	ops[0].sem_flg = 0;
	syscall(SYS_semtimedop, id, ops, 1, &ts);
	syscall(SYS_semtimedop, id, ops, 1, BAD);
	ops[0].sem_flg = IPC_NOWAIT | SEM_UNDO;
	syscall(SYS_semtimedop, id, ops, 1, NULL);
	syscall(SYS_semctl, id, 0, SETVAL, 5);
	syscall(SYS_semctl, id, 0, GETVAL, 0);
	syscall(SYS_semctl, id, 0, GETPID, 0);
	syscall(SYS_semctl, id, 0, SETALL, values);
	syscall(SYS_semctl, id, 0, GETALL, values);
	syscall(SYS_semctl, id, 0, GETALL, BAD);
	syscall(SYS_semctl, id, 0, IPC_STAT, buffer);
	syscall(SYS_semctl, id, 0, IPC_SET, buffer);
	syscall(SYS_semctl, 0, 0, IPC_INFO, buffer);
	syscall(SYS_semctl, 0, 0, SEM_INFO, buffer);
	syscall(SYS_semctl, 0, 0, SEM_STAT | 0x100, buffer);
	syscall(SYS_semctl, id, 7, 77, 0);
	syscall(SYS_semctl, id, 0, IPC_RMID, 0);
}

static void messages(void)
{
	struct {
		long type;
		char text[100];
	} m = { 7, "message" };
	char buffer[200];
	int id = syscall(SYS_msgget, IPC_PRIVATE, IPC_CREAT | 0600);

	syscall(SYS_msgget, 0x1234, IPC_EXCL | 0600);
	syscall(SYS_msgsnd, id, &m, 7, 0);
	syscall(SYS_msgsnd, id, &m, 60, IPC_NOWAIT);
	syscall(SYS_msgsnd, id, BAD, 7, 0);
	m.type = -1;
	syscall(SYS_msgsnd, id, &m, 7, 0xfff);
	syscall(SYS_msgrcv, id, &m, 100, 0, MSG_NOERROR);
	syscall(SYS_msgrcv, id, &m, 10, 0, MSG_NOERROR | IPC_NOWAIT);
	syscall(SYS_msgrcv, id, &m, 10, -3, MSG_EXCEPT | IPC_NOWAIT);
	syscall(SYS_msgrcv, id, BAD, 10, 0, MSG_COPY);
	syscall(SYS_msgctl, id, IPC_STAT, buffer);
	syscall(SYS_msgctl, id, IPC_STAT, BAD);
	syscall(SYS_msgctl, id, IPC_SET, buffer);
	syscall(SYS_msgctl, 0, IPC_INFO, buffer);
	syscall(SYS_msgctl, 0, MSG_INFO, buffer);
	syscall(SYS_msgctl, 0, MSG_STAT, buffer);
	syscall(SYS_msgctl, 0, 77, buffer);
	syscall(SYS_msgctl, id, IPC_RMID, NULL);
}

static void queues(void)
{
	struct mq_attr a = { 0, 3, 20 }, old;
	struct timespec ts = { 5, 6 };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	unsigned int priority;
	char text[50] = "text";
	int fd;

	syscall(SYS_mq_unlink, "systape-test");
	fd = syscall(SYS_mq_open, "systape-test", O_RDWR | O_CREAT, 0600, &a);
	syscall(SYS_mq_open, "systape-test", O_RDWR | O_CREAT | O_EXCL, 0600, NULL);
	syscall(SYS_mq_open, "systape-test", O_RDWR | O_NONBLOCK);
	syscall(SYS_mq_open, "systape-none", O_RDWR | O_CREAT, 0600, BAD);
	syscall(SYS_mq_open, BAD, O_RDONLY);
	syscall(SYS_mq_getsetattr, fd, NULL, &old);
	a.mq_flags = O_NONBLOCK;
	syscall(SYS_mq_getsetattr, fd, &a, &old);
	syscall(SYS_mq_getsetattr, fd, &a, NULL);
	syscall(SYS_mq_getsetattr, fd, BAD, BAD);
	syscall(SYS_mq_notify, fd, &event);
	event.sigev_notify = SIGEV_THREAD;
	syscall(SYS_mq_notify, fd, &event);
	syscall(SYS_mq_notify, fd, NULL);
	syscall(SYS_mq_notify, fd, BAD);
	syscall(SYS_mq_timedsend, fd, text, 4, 9, NULL);
	syscall(SYS_mq_timedsend, fd, text, 20, 9, &ts);
	syscall(SYS_mq_timedsend, fd, text, 21, 9, NULL);
	syscall(SYS_mq_timedsend, fd, BAD, 2, -1, NULL);
	syscall(SYS_mq_timedreceive, fd, text, 50, &priority, &ts);
	syscall(SYS_mq_timedreceive, fd, text, 50, NULL, NULL);
	syscall(SYS_mq_timedreceive, fd, text, 50, NULL, NULL);
	syscall(SYS_mq_timedreceive, fd, BAD, 2, BAD, BAD);
	syscall(SYS_mq_unlink, "systape-test");
	syscall(SYS_mq_unlink, "systape-test");
}

static void keys(void)
{
	char text[100];
	long key = syscall(SYS_add_key, "user", "systape:test", "payload", 7, -2);

	syscall(SYS_add_key, "user", "systape:test", BAD, 7, -1);
	syscall(SYS_add_key, BAD, NULL, NULL, 0, 99);
	syscall(SYS_request_key, "user", "systape:test", NULL, 0);
	syscall(SYS_request_key, "user", "systape:none", "info", -2);
	syscall(SYS_keyctl, 0, -3, 1);
	syscall(SYS_keyctl, 1, "session");
	syscall(SYS_keyctl, 1, NULL);
	syscall(SYS_keyctl, 2, key, "new", 3);
	syscall(SYS_keyctl, 4, key, -1, 5);
	syscall(SYS_keyctl, 5, key, 0x3f3f0000);
	syscall(SYS_keyctl, 6, key, text, 100);
	syscall(SYS_keyctl, 6, key, text, 5);
	syscall(SYS_keyctl, 6, key, BAD, 5);
	syscall(SYS_keyctl, 7, -2);
	syscall(SYS_keyctl, 8, key, -3);
	syscall(SYS_keyctl, 9, key, -3);
	syscall(SYS_keyctl, 10, -3, "user", "systape:test", 0);
	syscall(SYS_keyctl, 11, key, text, 100);
	syscall(SYS_keyctl, 11, key, text, 2);
	syscall(SYS_keyctl, 11, key, NULL, 0);
	syscall(SYS_keyctl, 12, key, "x", 1, 0);
	syscall(SYS_keyctl, 13, key, 1, 2);
	syscall(SYS_keyctl, 14, 0);
	syscall(SYS_keyctl, 14, 77);
	syscall(SYS_keyctl, 15, key, 1000);
	syscall(SYS_keyctl, 16, key);
	syscall(SYS_keyctl, 17, key, text, 100);
	syscall(SYS_keyctl, 18);
	syscall(SYS_keyctl, 19, key, 1, 129, 3);
	syscall(SYS_keyctl, 20, key, &(struct iovec){ "abc", 3 }, 1, 0);
	syscall(SYS_keyctl, 21, key);
	syscall(SYS_keyctl, 22, -1, -2);
	syscall(SYS_keyctl, 23, BAD, text, 5, NULL);
	syscall(SYS_keyctl, 29, -2, "user", "x");
	syscall(SYS_keyctl, 30, key, -1, -2, 1);
	syscall(SYS_keyctl, 31, text, 5);
	syscall(SYS_keyctl, 3, key);
	syscall(SYS_keyctl, 99, 1, 2, 3, 4);
}

static void memories(void)
{
	char a[50] = "from here", b[50];
	struct iovec local[2] = { { b, 5 }, { b + 10, 10 } }, remote[2] = { { a, 8 }, { BAD, 4 } };

	syscall(SYS_process_vm_readv, getpid(), local, 2, remote, 1, 0);
	syscall(SYS_process_vm_readv, getpid(), local, 2, remote, 2, 0);
	syscall(SYS_process_vm_writev, getpid(), local, 2, remote, 1, 0);
	syscall(SYS_process_vm_readv, -1, local, 2, remote, 1, 1);
	syscall(SYS_process_vm_readv, getpid(), BAD, 2, remote, 1, 0);
	syscall(SYS_process_vm_writev, getpid(), local, 1, BAD, 1, 0);
	syscall(SYS_process_vm_writev, getpid(), NULL, 0, NULL, 0, 0);
}

static void traces(void)
{
	siginfo_t info;
	sigset_t set;
	long word;
	char regs[600];
	struct iovec iov = { regs, sizeof(regs) };
	int status, pid = -1;

	/* A traced program cannot trace: all of these fail. */
	syscall(SYS_ptrace, PTRACE_PEEKDATA, pid, &status, &word);
	syscall(SYS_ptrace, PTRACE_PEEKTEXT, pid, 1, &word);
	syscall(SYS_ptrace, PTRACE_PEEKUSER, pid, 8 * 15, &word);
	syscall(SYS_ptrace, PTRACE_POKEDATA, pid, &status, 5);
	syscall(SYS_ptrace, PTRACE_SETOPTIONS, pid, 0, 0x100001);
	syscall(SYS_ptrace, PTRACE_GETEVENTMSG, pid, 0, &word);
	syscall(SYS_ptrace, PTRACE_GETSIGINFO, pid, 0, &info);
	syscall(SYS_ptrace, PTRACE_GETSIGMASK, pid, 8, &set);
	syscall(SYS_ptrace, PTRACE_GETREGS, pid, 0, regs);
	syscall(SYS_ptrace, PTRACE_GETREGSET, pid, 1, &iov);
	syscall(SYS_ptrace, PTRACE_GET_SYSCALL_INFO, pid, 88, regs);
	syscall(SYS_ptrace, PTRACE_SYSCALL, pid, 0, 0);
	syscall(SYS_ptrace, PTRACE_GET_SYSCALL_INFO, pid, 88, regs);
	syscall(SYS_ptrace, PTRACE_CONT, pid, 0, 0);
	syscall(SYS_ptrace, PTRACE_CONT, pid, 1, SIGTERM);
	info.si_signo = SIGUSR1;
	info.si_code = SI_USER;
	memset(&set, 3, sizeof(set));
	syscall(SYS_ptrace, PTRACE_SETSIGINFO, pid, 0, &info);
	syscall(SYS_ptrace, PTRACE_SETSIGMASK, pid, 8, &set);
	syscall(SYS_ptrace, PTRACE_PEEKSIGINFO, pid, &(uint64_t[2]){ 5, 1ull << 32 }, &info);
	syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0);
	syscall(SYS_ptrace, PTRACE_ATTACH, -1, 0, 0);
	syscall(SYS_ptrace, PTRACE_SEIZE, -1, 0, 1);
	syscall(SYS_ptrace, PTRACE_DETACH, -1, 0, 65);
	syscall(SYS_ptrace, 0x7777, 1, 2, 3);
}

static void events(void)
{
	struct perf_event_attr a = { .type = PERF_TYPE_SOFTWARE,
				     .size = sizeof(a),
				     .config = PERF_COUNT_SW_TASK_CLOCK };

	close(syscall(SYS_perf_event_open, &a, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
	a.sample_period = 1000;
	a.sample_type = PERF_SAMPLE_IP | PERF_SAMPLE_TID;
	a.read_format = PERF_FORMAT_ID;
	a.disabled = a.inherit = a.exclude_kernel = a.mmap = a.comm = a.task = a.precise_ip = 1;
	close(syscall(SYS_perf_event_open, &a, 0, -1, -1, 0));
	a.freq = 1;
	a.type = PERF_TYPE_HARDWARE;
	a.config = PERF_COUNT_HW_CPU_CYCLES;
	a.size = 64;
	close(syscall(SYS_perf_event_open, &a, -1, 0, -1, 15));
	a.type = PERF_TYPE_HW_CACHE;
	a.config = 0x10002;
	close(syscall(SYS_perf_event_open, &a, 1, 0, 7, 0x77));
	a.type = PERF_TYPE_RAW;
	a.config = 0x1234;
	a.size = 0;
	close(syscall(SYS_perf_event_open, &a, -1, -1, -1, 0));
	a.type = PERF_TYPE_BREAKPOINT;
	a.bp_type = 3;
	a.bp_addr = 0x1234;
	a.bp_len = 4;
	a.size = 200;
	close(syscall(SYS_perf_event_open, &a, 0, -1, -1, 0));
	a.type = 77;
	a.size = 10;
	close(syscall(SYS_perf_event_open, &a, 0, -1, -1, 0));
	syscall(SYS_perf_event_open, BAD, 0, -1, -1, 0);
	syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0);
}

int main(void)
{
	segments();
	semaphores();
	messages();
	queues();
	keys();
	memories();
	traces();
	events();
	return 0;
}
