/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Deeds of results.test: calls whose results are easily told wrong. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t sleeper(void)
{
	pid_t pid = fork();

	while (!pid)
		pause();
	return pid;
}

static void refuse(void)
{
	struct sock_filter program[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpid, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_umask, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_personality, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	struct sock_fprog all = { sizeof(program) / sizeof(*program), program };

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all);
	syscall(SYS_getpid);
	umask(022);
	syscall(SYS_personality, 0xffffffffu);
	syscall(SYS_getuid);
}

int main(int argc, char **argv)
{
	const char *deed = argc > 1 ? argv[1] : "";
	pid_t pid;

	if (!strcmp(deed, "kill")) {
		kill(sleeper(), SIGKILL);
	} else if (!strcmp(deed, "tgkill")) {
		pid = sleeper();
		syscall(SYS_tgkill, pid, pid, SIGKILL);
	} else if (!strcmp(deed, "both")) { /* one that is killed itself, later */
		pid = fork();
		if (pid) {
			int status = 0;

			while (waitpid(pid, &status, WUNTRACED) == pid && !WIFSTOPPED(status))
				;
			kill(pid, SIGKILL);
		} else {
			kill(sleeper(), SIGKILL);
			raise(SIGSTOP);
		}
	} else if (!strcmp(deed, "itself")) {
		kill(getpid(), SIGKILL);
	} else if (!strcmp(deed, "group")) {
		setpgid(0, 0);
		kill(0, SIGKILL);
	} else if (!strcmp(deed, "refuse")) {
		refuse();
	}
	return 0;
}
