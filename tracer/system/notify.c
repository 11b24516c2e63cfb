// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* One datagram to the socket in NOTIFY_SOCKET; a name that begins with @ is abstract. */
static void tell(const char *text)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const char *path = getenv("NOTIFY_SOCKET");
	size_t length = path ? strlen(path) : 0;
	int fd;

	if (!length || length >= sizeof(address.sun_path))
		return;
	memcpy(address.sun_path, path, length);
	if (*path == '@')
		*address.sun_path = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	/* A manager that does not listen is no reason to record nothing. */
	(void)!sendto(fd, text, strlen(text), MSG_NOSIGNAL, (struct sockaddr *)&address,
		      offsetof(struct sockaddr_un, sun_path) + length);
	close(fd);
}

void notify_ready(void)
{
	tell("READY=1\nSTATUS=recording");
}

void notify_stopping(void)
{
	tell("STOPPING=1");
}
