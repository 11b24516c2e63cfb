// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/hotplug.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { KERNEL_GROUP = 1 }; /* of NETLINK_KOBJECT_UEVENT; 2 is udev's */

int hotplug_open(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = KERNEL_GROUP };
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
			NETLINK_KOBJECT_UEVENT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		return -errno;
	}
	return fd < 0 ? -errno : fd;
}

/* Uevents of all sorts: "online@/devices/system/cpu/cpu1", and variables behind it. Only the kernel
 * itself has the number 0. */
int hotplug_next(int fd)
{
	struct sockaddr_nl from = { .nl_pid = 0 };
	socklen_t length = sizeof(from);
	char text[4096];
	ssize_t n;
	int cpu;

	if (fd < 0)
		return -1;
	while ((n = recvfrom(fd, text, sizeof(text) - 1, 0, (struct sockaddr *)&from, &length)) >
		       0 ||
	       (n < 0 && (errno == EINTR || errno == ENOBUFS))) {
		text[n > 0 ? n : 0] = '\0';
		length = sizeof(from);
		if (n > 0 && !from.nl_pid &&
		    sscanf(text, "online@/devices/system/cpu/cpu%d", &cpu) == 1)
			return cpu;
	}
	return -1;
}

/* "0-3" or "0,2-5": the last number counts. */
int hotplug_cpus(void)
{
	FILE *file = fopen("/sys/devices/system/cpu/possible", "re");
	char line[256] = "", *at;
	int last = -1;

	if (file && fgets(line, sizeof(line), file)) {
		at = line + strcspn(line, "\n");
		while (at > line && at[-1] >= '0' && at[-1] <= '9')
			at--;
		if (sscanf(at, "%d", &last) != 1)
			last = -1;
	}
	if (file)
		fclose(file);
	return last >= 0 ? last + 1 : (int)sysconf(_SC_NPROCESSORS_CONF);
}
