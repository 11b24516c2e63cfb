// SPDX-License-Identifier: GPL-2.0-or-later
/* Mappings. */
#include "case.h"

int main(void)
{
	char *m = (void *)syscall(SYS_mmap, NULL, 40960, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char vec[16];
	int fd = open("/etc/passwd", O_RDONLY);
	struct {
		void *base;
		size_t len;
	} v[2] = { { m, 4096 }, { m + 4096, 5 } };

	syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC | 0x80, MAP_PRIVATE | MAP_POPULATE, fd,
		0x1000);
	syscall(SYS_mmap, NULL, 4096, 0, MAP_SHARED_VALIDATE | MAP_SYNC, fd, 0);
	syscall(SYS_mmap, NULL, 4096, -1l, 0, fd, 0);
	syscall(SYS_mmap, NULL, 4096, 0, 0x40000000, fd, 0);
	syscall(SYS_mmap, NULL, 4096, 0, 5 | MAP_ANONYMOUS, fd, 0);
	syscall(SYS_mmap, NULL, 4096, 0, 5, fd, 0);
	syscall(SYS_mmap, NULL, 4096, 0, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | 21 << 26, -1,
		0);
	syscall(SYS_mmap, NULL, 4096, 0,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | 30u << 26 | 1ul << 40, -1, 0);
	syscall(SYS_mmap, NULL, 4096, 0, 3 << 26, -1, 0);
	syscall(SYS_mmap, 1, -1l, 3, MAP_FIXED | MAP_PRIVATE, -1, -4096l);
	syscall(SYS_mremap, m, 40960, 81920, MREMAP_MAYMOVE);
	syscall(SYS_mremap, 0, 40960, 81920, 0);
	syscall(SYS_mremap, 0, 40960, 81920, MREMAP_MAYMOVE | MREMAP_FIXED, 8);
	syscall(SYS_mprotect, m, 4096, PROT_READ);
	syscall(SYS_mprotect, m, 4096, 0x1000000f);
	syscall(SYS_msync, m, 4096, MS_SYNC | MS_INVALIDATE);
	syscall(SYS_mincore, m, 12288, vec);
	syscall(SYS_mincore, m, 12289, BAD);
	syscall(SYS_mincore, m + 4096, 40960, vec);
	syscall(SYS_mincore, 0, 4096, vec);
	syscall(SYS_madvise, m, 4096, MADV_DONTNEED);
	syscall(SYS_madvise, m, 4096, 555);
	syscall(SYS_mlock, m, 4096);
	syscall(SYS_mlock2, m, 4096, 1);
	syscall(SYS_munlock, m, 4096);
	syscall(SYS_mlockall, MCL_CURRENT | MCL_ONFAULT | 0x10);
	syscall(SYS_munlockall);
	syscall(SYS_munmap, m, 4096);
	syscall(SYS_munmap, m + 1, 4096);
	syscall(SYS_brk, 0);
	syscall(SYS_remap_file_pages, m, 4096, 0, 3, MAP_NONBLOCK);
	syscall(SYS_pkey_alloc, 0, 1);
	syscall(SYS_pkey_mprotect, m, 4096, 3, -1);
	syscall(SYS_pkey_free, 99);
	syscall(440 /* process_madvise */, -1, v, 2, MADV_COLD, 0);
	syscall(447 /* memfd_secret */, 0);
	syscall(462 /* mseal */, m + 8192, 4096, 0);
	syscall(453 /* map_shadow_stack */, 0, 4096, 1);
	syscall(SYS_membarrier, 0, 0);
	syscall(SYS_membarrier, 1, 1, 5);
	syscall(SYS_mbind, m + 8192, 4096, 1, vec, 8, 2);
	return 0;
}
