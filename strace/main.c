// SPDX-License-Identifier: GPL-2.0-or-later
/* systape-strace: strace's command line for systape, which takes this process's place. */
#include "format/standard_streams.h"
#include "strace/command.h"
#include "strace/message.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* systape beside this program, else the one in PATH. */
static void become(const struct words *command)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (n > 0) {
		path[n] = '\0';
		slash = strrchr(path, '/');
		if (slash && (size_t)(slash - path) + sizeof("/systape") <= sizeof(path)) {
			memcpy(slash, "/systape", sizeof("/systape"));
			execv(path, (char *const *)command->word);
		}
	}
	execvp("systape", (char *const *)command->word);
	strace_say("cannot start systape: %s; it belongs beside this program or into PATH",
		   strerror(errno));
}

int main(int argc, char **argv)
{
	struct strace_options options;
	struct words command = { NULL, 0, 0 };
	int status = 1;

	if (!standard_streams_open())
		return 1;
	switch (strace_options_parse(&options, argc, argv)) {
	case STRACE_RUN:
		command_build(&command, &options);
		become(&command);
		break;
	case STRACE_DONE: status = 0; break;
	case STRACE_WRONG: break;
	}
	free((void *)command.word);
	strace_options_free(&options);
	return status;
}
