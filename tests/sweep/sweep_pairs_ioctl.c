// SPDX-License-Identifier: GPL-2.0-or-later
/* sweep: the ioctls among the single calls of sweep_pairs.c. */
#include "tests/sweep/sweep.h"

#include <linux/blkpg.h>
#include <linux/btrfs.h>
#include <linux/counter.h>
#include <linux/dm-ioctl.h>
#include <linux/fs.h>
#include <linux/gpio.h>
#include <linux/hdreg.h>
#include <linux/loop.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/watchdog.h>
#include <string.h>
#include <sys/syscall.h>

#define IOCTL(cmd, arg) sweep_call(SYS_ioctl, -1, cmd, arg)

static unsigned char *filled(size_t size)
{
	unsigned char *p = (void *)(SWEEP_END - size);

	for (size_t i = 0; i < size; i++)
		p[i] = 0x80 + i % 0x80;
	return p;
}

static unsigned char *zeroed(size_t size)
{
	return memset((void *)(SWEEP_END - size), 0, size);
}

/* Commands that nobody knows, by the bytes that they say they have. */
static void unknown(void)
{
	for (int way = 0; way < 4; way++)
		for (int size = 0; size < 20; size += 4) {
			IOCTL(_IOC(way, 0xde, 0xad, size), filled(size));
			IOCTL(_IOC(way, 0xde, 0xad, size), filled(size) + 1);
			IOCTL(_IOC(way, 0x3e, 0x3, size), 0xdeadbeefbadc0ded);
			IOCTL(_IOC(way, 0xb4, 0x5e, size), 0);
		}
	for (int nr = 0; nr < 256; nr++) {
		IOCTL(_IOC(_IOC_READ, 'E', nr, 0), 0);
		IOCTL(_IOC(_IOC_READ, 'E', nr, 24), filled(24));
		IOCTL(_IOC(_IOC_WRITE, 'E', nr, 24), zeroed(24));
		IOCTL(_IOC(_IOC_READ, 0x15, nr, 17), 0);
	}
	for (size_t size = 64; size < 130; size++)
		IOCTL(_IOC(_IOC_READ | _IOC_WRITE, 0xff, 11, size), zeroed(size));
	for (size_t size = 64; size < 130; size += 8) {
		*filled(size) = 1;
		IOCTL(_IOC(_IOC_READ | _IOC_WRITE, 0xff, 11, size), SWEEP_END - size);
		IOCTL(_IOC(_IOC_READ | _IOC_WRITE, 0xff, 11, size), SWEEP_END - 7);
	}
}

static void mappers(void)
{
	static const uint32_t commands[] = {
		DM_VERSION,	 DM_REMOVE_ALL,	   DM_LIST_DEVICES, DM_DEV_CREATE,
		DM_DEV_REMOVE,	 DM_DEV_RENAME,	   DM_DEV_SUSPEND,  DM_DEV_STATUS,
		DM_DEV_WAIT,	 DM_TABLE_LOAD,	   DM_TABLE_CLEAR,  DM_TABLE_DEPS,
		DM_TABLE_STATUS, DM_LIST_VERSIONS, DM_TARGET_MSG,   DM_DEV_SET_GEOMETRY,
		DM_DEV_ARM_POLL,
	};
	static const uint32_t sizes[] = { 14, 304, 305, 312, 320, 360, 400, 4096 };

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
			for (int fields = 0; fields < 3; fields++) {
				struct dm_ioctl *dm = (void *)zeroed(512);

				memcpy(dm->version, (uint32_t[]){ 4, 1, 2 }, 12);
				dm->data_size = sizes[s];
				dm->data_start = fields == 1 ? 305 : fields == 2 ? 312 : 0;
				dm->target_count = fields == 2 ? 2 : s == 4;
				dm->dev = fields ? 0x1234 : 0;
				dm->event_nr = fields ? 7 : 0;
				dm->flags = fields == 1 ? 6 : 0;
				strcpy(dm->name, fields ? "nnn" : "");
				strcpy(dm->uuid, fields == 1 ? "uuu" : "");
				strcpy((char *)dm + 312, "long target");
				IOCTL(commands[i], dm);
			}
	*filled(312) = 4;
	IOCTL(DM_VERSION, SWEEP_END - 312);
	IOCTL(DM_VERSION, SWEEP_END - 200);
}

static void disks(void)
{
	for (size_t size = 1; size < 9; size++) {
		IOCTL(HDIO_DRIVE_CMD, filled(size));
		zeroed(size)[0] = 0xca;
		IOCTL(HDIO_DRIVE_CMD, SWEEP_END - size);
	}
	IOCTL(HDIO_SET_NICE, 0xfacefeedded2ffff);
	IOCTL(HDIO_GET_NICE, zeroed(8));
	for (size_t size = 160; size <= 240; size += 8) {
		IOCTL(LOOP_SET_STATUS, filled(size));
		IOCTL(LOOP_SET_STATUS64, filled(size));
	}
	IOCTL(LOOP_CONFIGURE, filled(304));
	memset(filled(304) + 240, 0, 64);
	IOCTL(LOOP_CONFIGURE, SWEEP_END - 304);
	for (size_t size = 1; size < 100; size++) {
		unsigned char *p = size % 2 ? filled(size) : zeroed(size);

		if (size >= 4)
			memcpy(p, size % 3 ? "S\0\0\0" : "Q\0\0\0", 4);
		if (size >= 8)
			p[4] = size % 7 - 6;
		IOCTL(0x2285 /* SG_IO */, p);
	}
	IOCTL(_IOWR('f', 11, uint64_t[4]), filled(32));
	IOCTL(_IOW('f', 2, long), (memcpy(filled(8), "\0\0\0\x0d\0\0\0\0", 8)));
	for (int bits = 0; bits < 32; bits++) {
		uint32_t *x = (void *)zeroed(28);

		*x = UINT32_C(1) << bits;
		IOCTL(FS_IOC_FSSETXATTR, x);
		*(uint32_t *)zeroed(4) = bits;
		IOCTL(_IOR('X', 125, uint32_t), SWEEP_END - 4);
		IOCTL(WDIOC_SETTIMEOUT, SWEEP_END - 4);
		IOCTL(WDIOC_SETPRETIMEOUT, SWEEP_END - 4);
	}
	IOCTL(BTRFS_IOC_SNAP_CREATE_V2, filled(4096));
	memcpy(zeroed(4096), (uint64_t[]){ 2, 0, 15, 0 }, 32);
	IOCTL(BTRFS_IOC_SNAP_CREATE_V2, SWEEP_END - 4096);
}

static void small(void)
{
	for (int i = 0; i < 8; i++) {
		struct counter_watch *watch = (void *)zeroed(sizeof(*watch));
		struct rtc_param *param;
		struct seccomp_notif *asked;
		struct seccomp_notif_resp *said;
		uint64_t *longs;

		watch->component = (struct counter_component){ i, i % 3, 0, i / 2 };
		watch->event = i;
		IOCTL(COUNTER_ADD_WATCH_IOCTL, watch);
		param = (void *)zeroed(sizeof(*param));
		param->param = i;
		param->uvalue = i % 2 ? 0xdeadbeef : 1;
		IOCTL(RTC_PARAM_GET, param);
		IOCTL(RTC_PARAM_SET, param);
		asked = (void *)filled(sizeof(*asked));
		if (i < 4)
			memset(asked, i == 3 ? 0xff : 0, 40);
		asked->data.arch = i % 2 ? 0xc000003e : 0x40000003;
		asked->data.nr = i == 5 ? 99999 : 186 + i;
		IOCTL(SECCOMP_IOCTL_NOTIF_RECV, asked);
		said = (void *)filled(sizeof(*said));
		said->error = i % 2 ? -i * 21 : i * 77;
		said->flags = i;
		IOCTL(SECCOMP_IOCTL_NOTIF_SEND, said);
		IOCTL(_IOR('!', 2, uint64_t), i % 2 ? said : 0);
		IOCTL(_IOW('!', 4, uint64_t), i);
		*(uint32_t *)filled(4) = i;
		IOCTL(GPIO_GET_LINEINFO_UNWATCH_IOCTL, SWEEP_END - 4);
		*(uint32_t *)zeroed(72) = 50 + i;
		IOCTL(GPIO_GET_LINEINFO_IOCTL, SWEEP_END - 72);
		IOCTL(0xc048b40b /* GPIO_GET_LINEINFO_WATCH_IOCTL */, SWEEP_END - 72);
		longs = (void *)zeroed(24); /* UDMABUF_CREATE */
		longs[0] = i % 2 ? UINT32_MAX : (uint64_t)i << 32;
		longs[1] = -2;
		longs[2] = -3;
		IOCTL(_IOW('u', 0x42, uint64_t[3]), longs);
		memcpy(zeroed(8 + 24 * i), (uint32_t[]){ i, i + i / 4 }, 8);
		IOCTL(_IOW('u', 0x43, uint64_t), SWEEP_END - 8 - 24 * i);
		memcpy(filled(24), (uint32_t[]){ 3, 8 + i }, 8); /* RNDADDENTROPY */
		IOCTL(_IOW('R', 3, int[2]), SWEEP_END - 24);
		strcpy((void *)zeroed(16), "123456789012345");
		IOCTL(0x89a0 /* SIOCBRADDBR */, SWEEP_END - 16 + i);
		IOCTL(0x89a1 /* SIOCBRDELBR */, SWEEP_END - 15 + i);
	}
}

/* struct tee_ioctl_buf_data, and behind it what it tells of */
static void trusted(void)
{
	for (int nr = 0; nr < 10; nr++)
		for (uint32_t size = 0; size <= 128; size += 16) {
			uint64_t *buf = (void *)(SWEEP_MEMORY + 0x2000);
			uint32_t *data = (void *)filled(128);

			buf[0] = (uintptr_t)data;
			buf[1] = size;
			for (int parameters = 0; parameters < 4; parameters++) {
				data[size ? parameters : 0] = parameters;
				IOCTL(_IOR(0xa4, nr, uint64_t[2]), buf);
				IOCTL(_IOWR(0xa4, nr, uint64_t[2]), buf);
			}
		}
}

void sweep_pairs_ioctl(void)
{
	unknown();
	mappers();
	disks();
	small();
	trusted();
}
