// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/calls/desc_names.h"

#include <errno.h>
#include <string.h>

struct kind_row {
	const char *name;
	unsigned int traits;
};

// clang-format off
static const struct kind_row kinds[DESC_KINDS] = {
	[DESC_INT]	= { "int", DESC_T_32 },
	[DESC_UINT]	= { "uint", DESC_T_32 },
	[DESC_LONG]	= { "long", 0 },
	[DESC_ULONG]	= { "ulong", 0 },
	[DESC_HEX]	= { "hex", 0 },
	[DESC_PTR]	= { "ptr", 0 },
	[DESC_SIZE]	= { "size", 0 },
	[DESC_OFF]	= { "off", 0 },
	[DESC_FD]	= { "fd", DESC_T_32 },
	[DESC_DIRFD]	= { "dirfd", DESC_T_32 },
	[DESC_PID]	= { "pid", DESC_T_32 },
	[DESC_UID]	= { "uid", DESC_T_32 },
	[DESC_GID]	= { "gid", DESC_T_32 },
	[DESC_MODE]	= { "mode", DESC_T_32 },
	[DESC_DEV]	= { "dev", DESC_T_32 },
	[DESC_SIGNAL]	= { "signal", DESC_T_32 },
	[DESC_TIME]	= { "time", 0 },
	[DESC_CLOCKID]	= { "clockid", DESC_T_32 },
	[DESC_FLAGS]	= { "flags", DESC_T_32 | DESC_T_TABLE },
	[DESC_FLAGS64]	= { "flags64", DESC_T_TABLE },
	[DESC_ENUM]	= { "enum", DESC_T_32 | DESC_T_TABLE },
	[DESC_ENUM64]	= { "enum64", DESC_T_TABLE },
	[DESC_PATH]	= { "path", DESC_T_MEMORY },
	[DESC_STR]	= { "str", DESC_T_MEMORY },
	[DESC_BUF]	= { "buf", DESC_T_MEMORY | DESC_T_RECORDS | DESC_T_LENGTH },
	[DESC_STRUCT]	= { "struct", DESC_T_MEMORY | DESC_T_STRUCT | DESC_T_MAY_LENGTH },
	[DESC_ARRAY]	= { "array", DESC_T_MEMORY | DESC_T_STRUCT | DESC_T_LENGTH },
	[DESC_STRV]	= { "strv", DESC_T_MEMORY },
	[DESC_ENVP]	= { "envp", DESC_T_MEMORY },
	[DESC_IOVEC]	= { "iovec", DESC_T_MEMORY | DESC_T_LENGTH },
	[DESC_MSGHDR]	= { "msghdr", DESC_T_MEMORY },
	[DESC_MMSGHDR]	= { "mmsghdr", DESC_T_MEMORY | DESC_T_LENGTH },
	[DESC_SOCKADDR]	= { "sockaddr", DESC_T_MEMORY | DESC_T_LENGTH },
	[DESC_FDSET]	= { "fdset", DESC_T_MEMORY | DESC_T_LENGTH },
	[DESC_SIGSET]	= { "sigset", DESC_T_MEMORY | DESC_T_LENGTH },
	[DESC_VOID]	= { "void", 0 },
	[DESC_HIGH]	= { "high", 0 },
	[DESC_UNUSED]	= { "unused", 0 },
	[DESC_HEX32]	= { "hex32", DESC_T_32 },
};

static const char *const classes[DESC_CLASSES] = {
	[DESC_C_FILE]		= "file",
	[DESC_C_DESC]		= "desc",
	[DESC_C_PROCESS]	= "process",
	[DESC_C_NETWORK]	= "network",
	[DESC_C_SIGNAL]		= "signal",
	[DESC_C_IPC]		= "ipc",
	[DESC_C_MEMORY]		= "memory",
	[DESC_C_CREDS]		= "creds",
	[DESC_C_CLOCK]		= "clock",
	[DESC_C_STAT]		= "stat",
	[DESC_C_LSTAT]		= "lstat",
	[DESC_C_FSTAT]		= "fstat",
	[DESC_C_STAT_LIKE]	= "stat_like",
	[DESC_C_STATFS]		= "statfs",
	[DESC_C_FSTATFS]	= "fstatfs",
	[DESC_C_STATFS_LIKE]	= "statfs_like",
	[DESC_C_PURE]		= "pure",
};
// clang-format on

const char *desc_kind_name(enum desc_kind kind)
{
	return kind < DESC_KINDS ? kinds[kind].name : NULL;
}

unsigned int desc_kind_traits(enum desc_kind kind)
{
	return kind < DESC_KINDS ? kinds[kind].traits : 0;
}

int desc_kind_by_name(const char *name, size_t length, enum desc_kind *kind)
{
	for (int i = 0; i < DESC_KINDS; i++)
		if (kinds[i].name[0] == name[0] && !strncmp(kinds[i].name, name, length) &&
		    !kinds[i].name[length]) {
			*kind = i;
			return 0;
		}
	return -ENOENT;
}

const char *desc_class_name(enum desc_class class)
{
	return class < DESC_CLASSES ? classes[class] : NULL;
}

uint32_t desc_class_by_name(const char *name)
{
	for (int i = 0; i < DESC_CLASSES; i++)
		if (!strcmp(classes[i], name))
			return 1U << i;
	return 0;
}
