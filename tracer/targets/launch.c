// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/targets/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <poll.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	LOOK = 1,	   /* ms between two looks for a failure */
	LONG = 100,	   /* looks: its file system does not answer */
	SPINS = 100000000, /* some seconds: the recorder that is to dismiss it may have been killed
			    */
};

/* What a command that cannot be executed says, and is told, without a call of which the tape would
 * tell. */
struct launch_failure {
	int error;
	int dismissed;
};

struct identity {
	const char *name; /* for its further groups, NULL: none */
	uid_t uid;
	gid_t gid;
};

static bool is_program(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && st.st_mode & 0111;
}

/* The search is ours, so that the tape has the one execve that a shell would show, not a try for
 * each folder. */
static bool find_program(const char *name, char *path, size_t size)
{
	const char *folders = getenv("PATH"), *end;

	if (strchr(name, '/'))
		return (size_t)snprintf(path, size, "%s", name) < size;
	for (folders = folders ? folders : "/usr/local/bin:/usr/bin:/bin";; folders = end + 1) {
		int n;

		end = strchrnul(folders, ':');
		n = end == folders
			    ? snprintf(path, size, "%s", name)
			    : snprintf(path, size, "%.*s/%s", (int)(end - folders), folders, name);
		if ((size_t)n < size && is_program(path))
			return true;
		if (!*end)
			return false;
	}
}

/* The number of a user or a group up to `end`. The last of 32 bits means "no change" to the kernel,
 * those beyond would wrap. */
static bool find_number(const char **text, char end, uint32_t *number)
{
	uint64_t value = 0;
	const char *at = *text;

	for (; *at >= '0' && *at <= '9' && value < UINT32_MAX; at++)
		value = value * 10 + (*at - '0');
	if (at == *text || *at != end || value >= UINT32_MAX)
		return false;
	*number = value;
	*text = at + 1;
	return true;
}

/* A user's numbers; names are looked up. */
static bool find_user(const char *user, struct identity *id, struct tape_error *why)
{
	const struct passwd *entry;
	const char *at = user;

	id->name = NULL;
	if (find_number(&at, ':', &id->uid) && find_number(&at, '\0', &id->gid))
		return true;
	entry = getpwnam(user);
	if (!entry) {
		snprintf(why->text, sizeof(why->text), "cannot find user '%.100s'", user);
		return false;
	}
	id->name = user;
	id->uid = entry->pw_uid;
	id->gid = entry->pw_gid;
	return true;
}

static bool became(const struct identity *id)
{
	uid_t u[3];
	gid_t g[3];

	return !getresuid(&u[0], &u[1], &u[2]) && !getresgid(&g[0], &g[1], &g[2]) &&
	       u[0] == id->uid && u[1] == id->uid && u[2] == id->uid && g[0] == id->gid &&
	       g[1] == id->gid && g[2] == id->gid;
}

static bool become(const struct identity *id)
{
	if ((id->name ? initgroups(id->name, id->gid) : setgroups(1, &id->gid)) ||
	    setresgid(id->gid, id->gid, id->gid) || setresuid(id->uid, id->uid, id->uid))
		return false;
	errno = EPERM;
	return became(id);
}

static void change_environment(const char *const *changes)
{
	for (; changes && *changes; changes++) {
		if (strchr(*changes, '='))
			putenv((char *)*changes);
		else
			unsetenv(*changes);
	}
}

static void __attribute__((noreturn))
child(const char *path, char **command, const struct launch_how *how, const struct identity *id,
      int gate, struct launch_failure *failure)
{
	char go;

	startup_state_restore(how->started);
	change_environment(how->environment);
	if (how->argv0)
		*command = (char *)how->argv0;
	if (read(gate, &go, 1) != 1)
		_exit(1);
	if (!how->user || become(id))
		execve(path, command, environ);
	__atomic_store_n(&failure->error, errno, __ATOMIC_RELEASE);
	for (int i = 0; i < SPINS && !__atomic_load_n(&failure->dismissed, __ATOMIC_ACQUIRE); i++)
		__builtin_ia32_pause();
	_exit(1);
}

/* A command that is ready to be forked. */
struct start {
	char path[PATH_MAX];
	struct identity id;
	int gate[2], report[2];
	struct launch_failure *failure;
};

static int prepare(struct start *start, char **command, const struct launch_how *how,
		   struct tape_error *why)
{
	if (!find_program(*command, start->path, sizeof(start->path))) {
		snprintf(why->text, sizeof(why->text), "cannot find the command '%.100s' in PATH",
			 *command);
		return -ENOENT;
	}
	if (how->user && !find_user(how->user, &start->id, why))
		return -ENOENT;
	start->failure = mmap(NULL, sizeof(*start->failure), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (start->failure == MAP_FAILED)
		return -EAGAIN;
	if (pipe2(start->gate, O_CLOEXEC))
		goto fail;
	if (!pipe2(start->report, O_CLOEXEC))
		return 0;
	close(start->gate[0]);
	close(start->gate[1]);
fail:
	munmap(start->failure, sizeof(*start->failure));
	return -EAGAIN;
}

static int cannot_start(char **command, struct tape_error *why)
{
	if (!*why->text)
		snprintf(why->text, sizeof(why->text), "cannot start '%.100s': %s", *command,
			 strerror(errno));
	return -EAGAIN;
}

/* The recorder's ends of both pipes. */
static void take_ends(struct launch *launch, const struct start *start)
{
	close(start->gate[0]);
	close(start->report[1]);
	launch->gate = start->gate[1];
	launch->report = start->report[0];
	launch->failure = start->failure;
}

int launch_start(struct launch *launch, char **command, const struct launch_how *how,
		 struct tape_error *why)
{
	struct start start;

	*launch = (struct launch){ .gate = -1, .report = -1, .pidfd = -1 };
	if (prepare(&start, command, how, why))
		return cannot_start(command, why);
	launch->pid = fork();
	if (!launch->pid) {
		close(start.gate[1]);
		child(start.path, command, how, &start.id, start.gate[0], start.failure);
	}
	take_ends(launch, &start);
	if (launch->pid > 0)
		return 0;
	launch_cancel(launch);
	return cannot_start(command, why);
}

/* In the child: its own child goes on as the recorder, it ends. */
static void go_below(enum launch_where where)
{
	pid_t pid = fork();

	if (pid)
		_exit(pid < 0 ? 1 : 0);
	if (where == LAUNCH_GROUP)
		setpgid(0, 0);
	else if (where == LAUNCH_SESSION)
		setsid();
}

int launch_below(struct launch *launch, char **command, const struct launch_how *how,
		 enum launch_where where, struct tape_error *why)
{
	pid_t self = getpid(), between;
	struct start start;

	*launch = (struct launch){ .gate = -1, .report = -1, .pidfd = -1 };
	if (prepare(&start, command, how, why))
		return cannot_start(command, why);
	between = fork();
	if (between > 0) {
		close(start.gate[1]);
		close(start.report[0]);
		waitpid(between, NULL, 0);
		child(start.path, command, how, &start.id, start.gate[0], start.failure);
	}
	if (!between)
		go_below(where);
	take_ends(launch, &start);
	launch->pidfd = between < 0 ? -1 : syscall(SYS_pidfd_open, self, 0);
	if (launch->pidfd >= 0) {
		launch->pid = self;
		return 0;
	}
	cannot_start(command, why);
	launch_cancel(launch);
	return -EAGAIN;
}

void launch_reap(struct launch *launch)
{
	struct pollfd p = { .fd = launch->pidfd, .events = POLLIN };

	if (launch->done || launch->pid <= 0)
		return;
	launch->done = launch->pidfd >= 0
			       ? poll(&p, 1, 0) > 0
			       : waitpid(launch->pid, &launch->status, WNOHANG) == launch->pid;
}

void launch_wait(struct launch *launch)
{
	if (launch->pid > 0 && launch->pidfd < 0 && !launch->done)
		launch->done = waitpid(launch->pid, &launch->status, 0) == launch->pid;
}

int launch_signal(const struct launch *launch)
{
	return launch->done && WIFSIGNALED(launch->status) ? WTERMSIG(launch->status) : 0;
}

int launch_break(const struct launch *launch)
{
	if (launch->pid > 0 && launch->pidfd < 0 && !launch->done)
		kill(launch->pid, SIGPIPE);
	return SIGPIPE;
}

int launch_exit_status(const struct launch *launch, int ended_by, int own)
{
	if (launch_signal(launch))
		return 128 + launch_signal(launch);
	if (launch->done && WEXITSTATUS(launch->status))
		return WEXITSTATUS(launch->status);
	return launch->pid > 0 && !launch->done && ended_by ? 128 + ended_by : own;
}

int launch_go(struct launch *launch, bool (*meanwhile)(void *context), void *context)
{
	struct pollfd p = { .fd = launch->report };
	int error = 0, looks = 0;

	if (write(launch->gate, "", 1) != 1)
		return -EPIPE;
	close(launch->gate);
	launch->gate = -1;
	while (!error && poll(&p, 1, LOOK) <= 0) { /* it hangs up when the program is there */
		error = __atomic_load_n(&launch->failure->error, __ATOMIC_ACQUIRE);
		if (!error && ++looks > LONG && !meanwhile(context))
			break;
	}
	close(launch->report);
	launch->report = -1;
	return -error;
}

void launch_dismiss(struct launch *launch)
{
	__atomic_store_n(&launch->failure->dismissed, 1, __ATOMIC_RELEASE);
	launch_wait(launch);
}

void launch_cancel(struct launch *launch)
{
	if (launch->gate >= 0)
		close(launch->gate);
	if (launch->report >= 0)
		close(launch->report);
	if (launch->pid > 0 && launch->gate >= 0 && launch->pidfd < 0)
		waitpid(launch->pid, NULL, 0);
	if (launch->pidfd >= 0)
		close(launch->pidfd);
	if (launch->failure)
		munmap(launch->failure, sizeof(*launch->failure));
	launch->failure = NULL;
	launch->gate = launch->report = launch->pidfd = -1;
}

void launch_end_as(int signal_number)
{
	const struct rlimit no_core = { 0, 0 };
	sigset_t set;

	if (!signal_number)
		return;
	sigemptyset(&set);
	sigaddset(&set, signal_number);
	setrlimit(RLIMIT_CORE, &no_core);
	signal(signal_number, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(signal_number);
}
