// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/credentials.h"

#include <grp.h>
#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	NOBODYS = 0x70000000, /* user numbers from here on are given to nobody, not to containers
				 either */
	NOBODY = 65534,	      /* where a user namespace has no such number */
};

static bool keep_capabilities(uint64_t keep)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		return false;
	for (int i = 0; i < 2; i++) {
		data[i].permitted &= keep >> (32 * i);
		data[i].effective = data[i].permitted;
		data[i].inheritable = 0;
	}
	return !syscall(SYS_capset, &header, data);
}

/* A number of its own: else another process of that user could send it signals. */
static bool become_nobody(void)
{
	uid_t users[] = { NOBODYS + getpid(), NOBODY };

	if (setgroups(0, NULL))
		return false;
	for (size_t i = 0; i < sizeof(users) / sizeof(*users); i++)
		if (!setresgid(users[i], users[i], users[i]) &&
		    !setresuid(users[i], users[i], users[i]))
			return true;
	return false;
}

bool credentials_give_up(int folder, bool gives)
{
	uint64_t keep = 0;
	struct stat st;

	if (folder >= 0 && fstat(folder, &st))
		return false;
	if (folder >= 0 && (st.st_uid != geteuid() || !(st.st_mode & S_IWUSR)))
		keep |= 1ull << CAP_DAC_OVERRIDE;
	if (folder >= 0 && gives)
		keep |= 1ull << CAP_CHOWN;
	prctl(PR_SET_DUMPABLE, 0);
	if (folder < 0 && geteuid() == 0 && !become_nobody())
		return false;
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	return keep_capabilities(keep);
}
