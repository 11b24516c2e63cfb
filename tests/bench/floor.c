// SPDX-License-Identifier: GPL-2.0-or-later
/* floor OBJECT COMMAND...: runs a command under both programs of floor.bpf.c. */
#include <bpf/libbpf.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct bpf_object *object = argc > 2 ? bpf_object__open(argv[1]) : NULL;
	struct bpf_program *program;
	int status = 1;

	if (!object || bpf_object__load(object))
		return 1;
	bpf_object__for_each_program(program, object) if (!bpf_program__attach(program)) return 1;
	if (!fork()) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	wait(&status);
	return WEXITSTATUS(status);
}
