// SPDX-License-Identifier: GPL-2.0-or-later
/* registers: looks at a stopped child's registers, filter and call in every way that ptrace has,
 * for tests/twin/registers.test. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GET_FILTER = 0x420c, GET_METADATA = 0x420d, GET_INFO = 0x420e, SET_INFO = 0x4212 };

static char memory[4096];

static void child(void)
{
	struct sock_filter code = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = { 1, &code };

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, &program);
	raise(SIGSTOP);
	_exit(0);
}

static void look(long request, pid_t pid, long address, void *data)
{
	syscall(SYS_ptrace, request, (long)pid, address, data);
}

static void look_at_set(long request, pid_t pid, long type, size_t size)
{
	struct iovec set = { memory, size };

	look(request, pid, type, &set);
}

int main(void)
{
	uint64_t metadata[2] = { 0, 99 };
	pid_t pid = fork();
	int status;

	if (!pid)
		child();
	waitpid(pid, &status, WUNTRACED);
	look(PTRACE_SEIZE, pid, 0, NULL);
	look(PTRACE_INTERRUPT, pid, 0, NULL);
	waitpid(pid, &status, 0);
	for (size_t size = 0; size <= sizeof(memory); size = size ? size * 4 : 16) {
		look_at_set(PTRACE_GETREGSET, pid, 1 /* NT_PRSTATUS */, size);
		look_at_set(PTRACE_GETREGSET, pid, 2 /* NT_FPREGSET */, size);
		look_at_set(PTRACE_GETREGSET, pid, 0x999, size);
	}
	look_at_set(PTRACE_GETREGSET, pid, 1, 216);
	look_at_set(PTRACE_SETREGSET, pid, 1, 216);
	look(PTRACE_GETREGSET, pid, 1, NULL);
	look(PTRACE_GETREGS, pid, 0, memory);
	look(PTRACE_GETFPREGS, pid, 0, memory);
	look(PTRACE_SETFPREGS, pid, 0, memory);
	look(PTRACE_SETFPREGS, pid, 0, NULL);
	for (long size = 7; size < 18; size++)
		look(GET_METADATA, pid, size, metadata);
	metadata[0] = 5;
	look(GET_METADATA, pid, 16, metadata);
	look(GET_METADATA, pid, 16, NULL);
	look(GET_FILTER, pid, 0, NULL);
	look(GET_INFO, pid, 100, memory);
	look(GET_INFO, pid, 5, memory);
	look(SET_INFO, pid, 88, memory);
	look(SET_INFO, pid, 5, memory);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return 0;
}
