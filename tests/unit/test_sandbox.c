// SPDX-License-Identifier: GPL-2.0-or-later
/* What the decoder's sandbox holds back, tried out in a child. */
#include "decode/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int tries_everything(const char *unused)
{
	char *const argv[] = { (char *)"true", NULL };

	bool confined;

	(void)unused;
	if (sandbox_enter(-1, &confined))
		return 77;
	if (open("/dev/null", O_RDONLY) >= 0 || errno != EPERM)
		return 1;
	if (open("/tmp/x", O_WRONLY | O_CREAT, 0600) >= 0 || errno != EPERM)
		return 2;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return 3;
	if (execv("/bin/true", argv) >= 0 || errno != EPERM)
		return 4;
	if (fork() >= 0 || errno != EPERM)
		return 5;
	if (unlink("/tmp/x") >= 0 || errno != EPERM)
		return 6;
	free(malloc(1 << 24));
	return 0;
}

/* With -ff: files in the folder, made and added to, none elsewhere, none read. */
static int writes_in_folder(const char *folder)
{
	char name[64], other[64];
	bool confined;

	snprintf(name, sizeof(name), "%s/t.1", folder);
	snprintf(other, sizeof(other), "%s.not", folder);
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1 ||
	    sandbox_enter(open(folder, O_PATH), &confined))
		return 77;
	if (!confined)
		return 5;
	if (open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600) < 0)
		return 1;
	if (open(name, O_WRONLY | O_CREAT | O_APPEND, 0600) < 0)
		return 2;
	if (open(other, O_WRONLY | O_CREAT | O_TRUNC, 0600) >= 0)
		return 3;
	return open("/dev/null", O_RDONLY) >= 0 ? 4 : 0;
}

static void in_a_child(int (*what)(const char *), const char *folder)
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(what(folder));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(status, 0);
}

static void sandbox_holds(void **state)
{
	(void)state;
	in_a_child(tries_everything, NULL);
}

static void sandbox_for_files(void **state)
{
	char folder[] = "/tmp/systape-test.XXXXXX", name[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(name, sizeof(name), "%s/t.1", folder);
	in_a_child(writes_in_folder, folder);
	assert_int_equal(unlink(name) | rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sandbox_holds),
		cmocka_unit_test(sandbox_for_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
