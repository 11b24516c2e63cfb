// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ioctl of drivers that this machine need not have: first each command fails, then a filter lets
 * every ioctl succeed without doing anything, so that what they would have written is there: what
 * the program has put there.
 */
#include "case.h"

#include <asm/termbits.h>
#include <linux/btrfs.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include <linux/input.h>
#include <linux/kd.h>
#include <linux/kvm.h>
#include <linux/lirc.h>
#include <linux/nbd.h>
#include <linux/ptp_clock.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/userfaultfd.h>
#include <linux/watchdog.h>
#include <mtd/ubi-user.h>
#include <scsi/sg.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

static const uint32_t commands[] = {
	TCGETS,

	TCGETS2,
	TCSETS2,
	SG_SET_TIMEOUT,
	SG_EMULATED_HOST,
	SG_GET_RESERVED_SIZE,
	SG_SET_RESERVED_SIZE,
	SG_GET_VERSION_NUM,
	SG_SET_DEBUG,
	HDIO_GETGEO,
	HDIO_GET_UNMASKINTR,
	HDIO_GET_DMA,
	HDIO_GET_IDENTITY,
	HDIO_DRIVE_RESET,
	KDGKBTYPE,
	KDGETLED,
	KDGETMODE,
	KDGKBMODE,
	KDGKBMETA,
	KDGKBLED,
	EVIOCGVERSION,
	EVIOCGID,
	EVIOCGREP,
	EVIOCSREP,
	EVIOCGKEYCODE,
	EVIOCSKEYCODE,
	EVIOCSCLOCKID,
	EVIOCGEFFECTS,
	RTC_IRQP_READ,
	RTC_EPOCH_READ,
	RTC_PLL_GET,
	RTC_PLL_SET,
	RTC_VL_READ,
	RTC_RD_TIME,
	RTC_SET_TIME,
	WDIOC_GETSUPPORT,
	WDIOC_GETSTATUS,
	WDIOC_GETTEMP,
	WDIOC_SETOPTIONS,
	WDIOC_GETTIMEOUT,
	WDIOC_GETTIMELEFT,
	PTP_CLOCK_GETCAPS,
	KVM_GET_REGS,
	KVM_SET_REGS,
	KVM_SET_USER_MEMORY_REGION,
	UFFDIO_API,
	UFFDIO_REGISTER,
	UFFDIO_UNREGISTER,
	UFFDIO_WAKE,
	UFFDIO_COPY,
	UFFDIO_ZEROPAGE,
	UFFDIO_WRITEPROTECT,
	UFFDIO_CONTINUE,
	SECCOMP_IOCTL_NOTIF_SEND,
	SECCOMP_IOCTL_NOTIF_ID_VALID,
	SECCOMP_IOCTL_NOTIF_ADDFD,
	BTRFS_IOC_SNAP_CREATE,
	BTRFS_IOC_RESIZE,
	BTRFS_IOC_ADD_DEV,
	BTRFS_IOC_SUBVOL_CREATE,
	BTRFS_IOC_SNAP_DESTROY,
	BTRFS_IOC_DEFAULT_SUBVOL,
	BTRFS_IOC_WAIT_SYNC,
	BTRFS_IOC_START_SYNC,
	BTRFS_IOC_SYNC,
	BTRFS_IOC_DEFRAG,
	LIRC_GET_FEATURES,
	LIRC_GET_SEND_MODE,
	LIRC_SET_REC_MODE,
	LIRC_SET_SEND_CARRIER,
	LIRC_SET_TRANSMITTER_MASK,
	UBI_IOCEBER,
	UBI_IOCRMVOL,
	UBI_IOCEBISMAP,
	UBI_IOCVOLUP,
	0x40088a01,
	0x80088a02,
	0x8008b705,
	0x8010b70a, /* newer: EPIOC[SG]PARAMS, NS_GET_MNTNS_ID, NS_MNT_GET_INFO */
};

/* The argument is the number itself. */
static const uint32_t numbers[] = {
	HDIO_SET_DMA, HDIO_SET_MULTCOUNT, NBD_SET_BLKSIZE, NBD_SET_TIMEOUT, NBD_SET_FLAGS,
	KDSETLED,     KDSETMODE,	  KDSKBMODE,	   KDSKBMETA,	    KDSIGACCEPT,
	RTC_IRQP_SET, EVIOCRMFF,	  EVIOCGRAB,	   EVIOCREVOKE,	    KVM_CREATE_VCPU,
};

static void all(int fd, uint32_t *memory)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		for (int j = 0; j < 2048; j++)
			memory[j] = 0;
		ioctl(fd, commands[i], memory);
		for (int j = 0; j < 2048; j++)
			memory[j] = j + 1;
		ioctl(fd, commands[i], memory);
		ioctl(fd, commands[i], BAD);
		ioctl(fd, commands[i], NULL);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		ioctl(fd, numbers[i], 0);
		ioctl(fd, numbers[i], 2);
	}
}

int main(void)
{
	static uint32_t memory[2048];
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code };

	int fd = open("/dev/zero", O_RDONLY);

	all(fd, memory);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
	all(fd, memory);
	return 0;
}
