// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/directories.h"

#include "decode/descriptors/path_resolve.h"

#include <fcntl.h>
#include <string.h>

enum {
	CLONE_WITH_MOUNTS = 0x20000, /* CLONE_NEWNS */
};

static struct fd_file *directory_of(const char *path)
{
	return fd_file_path(path, strlen(path));
}

void fd_tracking_chdir(struct fds *fds, const struct call *call, const struct fd_tracking_rule *r)
{
	char path[FOLLOW_PATH];

	if (r->action == FCHDIR)
		fds_set_cwd(fds, fd_file_ref(fds_find(fds, (int)call->arg[0])));
	else if (fd_tracking_path(call, r->path, AT_FDCWD, path))
		fds_set_cwd(fds, directory_of(path));
	else
		fds_set_cwd(fds, NULL);
}

/*
 * A namespace of mounts has a root of its own, where names begin again. Which kind of namespace a
 * descriptor is of may be told by its name alone.
 */
static void enter_namespace(struct fds *fds, const struct call *call)
{
	const struct fd_file *file = fds_find(fds, (int)call->arg[0]);
	const char *root = fds_root(fds);
	uint32_t kinds = call->arg[1];

	if (kinds ? kinds & CLONE_WITH_MOUNTS : file && strstr(file->path, "mnt")) {
		fds_set_root(fds, NULL);
		fds_set_cwd(fds, directory_of("/"));
	} else if (!kinds && (!file || !*file->path)) {
		fds_set_root(fds, root && !root[1] ? NULL : directory_of(""));
		fds_set_cwd(fds, NULL);
	}
}

void fd_tracking_chroot(struct fds *fds, const struct call *call, const struct fd_tracking_rule *r)
{
	char path[FOLLOW_PATH];

	switch (r->action) {
	case CHROOT:
		fds_set_root(
			fds,
			directory_of(fd_tracking_path(call, r->path, AT_FDCWD, path) ? path : ""));
		break;
	case PIVOT_ROOT:
		fds_set_root(fds, NULL);
		fds_set_cwd(fds, NULL);
		break;
	case SETNS: enter_namespace(fds, call); break;
	}
}
