// SPDX-License-Identifier: GPL-2.0-or-later
/* ioctl: terminals, file systems, numbers that several drivers share, numbers that nobody knows. */
#include "case.h"

#include <asm/termbits.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/loop.h>
#include <linux/nsfs.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <sys/ioctl.h>

static void terminals(int fd, int other)
{
	struct termios t = { 0 };
	struct termios2 t2 = { 0 };
	char termio[18];
	struct winsize w = { 24, 80, 5, 6 };
	int n = 1, fds[2] = { fd, other };

	for (int i = 0; i < 2; i++) {
		int f = fds[i];

		ioctl(f, TCGETS, &t);
		ioctl(f, TCGETS, NULL);
		ioctl(f, TCGETS, BAD);
		t.c_lflag &= ~ECHO;
		t.c_cflag |= CSTOPB;
		ioctl(f, TCSETS, &t);
		ioctl(f, TCSETSW, &t);
		ioctl(f, TCSETSF, &t);
		ioctl(f, TCGETS2, &t2);
		ioctl(f, TCSETS2, &t2);
		ioctl(f, TCGETA, termio);
		ioctl(f, TCSETA, termio);
		ioctl(f, TIOCSWINSZ, &w);
		ioctl(f, TIOCGWINSZ, &w);
		ioctl(f, TIOCGWINSZ, BAD);
		ioctl(f, FIONREAD, &n);
		ioctl(f, TIOCOUTQ, &n);
		ioctl(f, TIOCGPTN, &n);
		ioctl(f, TIOCSPTLCK, &n);
		ioctl(f, TIOCGPTLCK, &n);
		ioctl(f, TIOCGPGRP, &n);
		n = 12345;
		ioctl(f, TIOCSPGRP, &n);
		n = TIOCM_RTS | TIOCM_DTR;
		ioctl(f, TIOCMSET, &n);
		ioctl(f, TIOCMGET, &n);
		n = 0;
		ioctl(f, FIONBIO, &n);
		ioctl(f, FIOASYNC, &n);
		ioctl(f, FIOCLEX);
		ioctl(f, FIONCLEX, 7);
		ioctl(f, TCSBRK, 1);
		ioctl(f, TCXONC, TCOON);
		ioctl(f, TCFLSH, TCIOFLUSH);
		ioctl(f, TCFLSH, 77);
		ioctl(f, TIOCNOTTY);
		ioctl(f, TIOCSTI, "x");
		ioctl(f, TIOCGETD, &n);
		ioctl(f, TIOCSETD, &n);
		ioctl(f, TIOCGPTPEER, O_RDWR | O_NOCTTY);
		ioctl(f, TIOCGEXCL, &n);
		ioctl(f, TIOCPKT, &n);
	}
}

static void files(int fd)
{
	int n = 0x10;
	long l = 3;
	struct fsxattr x = { 0 };
	struct file_clone_range r = { fd, 0, 10, 20 };
	char map[4096] = { 0 };
	struct fiemap *fm = (void *)map;
	struct {
		struct file_dedupe_range r;
		struct file_dedupe_range_info i[2];
	} d = { { 0, 10, 2, 0, 0 }, { { fd, 5, 0, 0, 0 }, { -1, 7, 0, 0, 0 } } };
	struct fstrim_range trim = { 0, 100, 1 };
	struct loop_info64 loop = { 0 };
	struct rtc_time rtc = { 1, 2, 3, 4, 5, 126, 0, 0, 0 };

	ioctl(fd, FS_IOC_GETFLAGS, &n);
	ioctl(fd, FS_IOC_GETFLAGS, BAD);
	ioctl(fd, FS_IOC_SETFLAGS, &n);
	ioctl(fd, FS_IOC_FSGETXATTR, &x);
	ioctl(fd, FS_IOC_FSSETXATTR, &x);
	ioctl(fd, FS_IOC_GETVERSION, &l);
	ioctl(fd, FICLONE, fd);
	ioctl(fd, FICLONERANGE, &r);
	ioctl(fd, FICLONERANGE, BAD);
	ioctl(fd, FIDEDUPERANGE, &d);
	ioctl(fd, FITRIM, &trim);
	fm->fm_length = -1;
	fm->fm_flags = FIEMAP_FLAG_SYNC;
	fm->fm_extent_count = 4;
	ioctl(fd, FS_IOC_FIEMAP, fm);
	fm->fm_extent_count = 0;
	ioctl(fd, FS_IOC_FIEMAP, fm);
	ioctl(fd, FIGETBSZ, &n);
	ioctl(fd, FIBMAP, &n);
	ioctl(fd, FIOQSIZE, &l);
	ioctl(fd, BLKGETSIZE, &l);
	ioctl(fd, BLKGETSIZE64, &l);
	ioctl(fd, BLKSSZGET, &n);
	ioctl(fd, BLKROGET, &n);
	ioctl(fd, BLKROSET, &n);
	ioctl(fd, BLKRASET, 5);
	ioctl(fd, BLKDISCARD, &trim);
	ioctl(fd, BLKFLSBUF);
	ioctl(fd, BLKRRPART);
	ioctl(fd, LOOP_CTL_GET_FREE);
	ioctl(fd, LOOP_SET_FD, 5);
	ioctl(fd, LOOP_CLR_FD);
	ioctl(fd, LOOP_GET_STATUS64, &loop);
	ioctl(fd, LOOP_SET_STATUS64, &loop);
	ioctl(fd, NS_GET_USERNS);
	ioctl(fd, NS_GET_OWNER_UID, &n);
	ioctl(fd, RTC_RD_TIME, &rtc);
	ioctl(fd, RTC_SET_TIME, &rtc);
	ioctl(fd, RTC_UIE_ON);
}

int main(void)
{
	int pty = open("/dev/ptmx", O_RDWR), fd = open("file", O_RDWR | O_CREAT, 0600),
	    ran = open("/dev/urandom", O_RDONLY);
	int self = open("/proc/self/ns/uts", O_RDONLY), n = 0;
	char data[64] = "data";

	terminals(pty, fd);
	files(fd);
	files(-1);
	ioctl(ran, RNDGETENTCNT, &n);
	ioctl(ran, RNDADDTOENTCNT, &n);
	ioctl(ran, RNDZAPENTCNT);
	ioctl(self, NS_GET_USERNS);
	ioctl(self, NS_GET_NSTYPE);
	ioctl(self, NS_GET_OWNER_UID, &n);
	ioctl(fd, _IOC(_IOC_READ, 0xee, 0xad, 16), data);
	ioctl(fd, _IOC(_IOC_WRITE, 0xee, 0xad, 4), data);
	ioctl(fd, _IOC(_IOC_READ | _IOC_WRITE, 0xee, 0xad, 4), data);
	ioctl(fd, _IOC(_IOC_NONE, 0xee, 0xad, 0), 5);
	ioctl(fd, _IOC(_IOC_NONE, 0xee, 0xad, 5), NULL);
	ioctl(fd, -1, -1);
	ioctl(fd, 0, 0);
	return 0;
}
