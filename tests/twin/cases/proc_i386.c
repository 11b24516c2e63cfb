// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of the 32-bit ABI, made by int $0x80: other numbers, other structures. */
#define _GNU_SOURCE
#include "proc.h"

#include <signal.h>
#include <stdio.h>

static long call(long nr, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e)
{
	long result;

	asm volatile("int $0x80"
		     : "=a"(result)
		     : "a"(nr), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
		     : "memory", "r8", "r9", "r10", "r11");
	return result;
}

static char *memory;

/* The address of the next words of memory below 4 GiB, filled with these. */
static uint32_t words(int count, const uint32_t *word)
{
	static uint32_t used;
	uint32_t at = used;

	memcpy(memory + at, word, count * 4);
	used += count * 4 + 64;
	return (uint32_t)(uintptr_t)memory + at;
}

#define WORDS(...) words(sizeof((uint32_t[]){ __VA_ARGS__ }) / 4, (uint32_t[]){ __VA_ARGS__ })

int main(void)
{
	uint32_t out;

	memory = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT,
		      -1, 0);
	out = (uint32_t)(uintptr_t)memory + 32768;
	call(20, 0, 0, 0, 0, 0);				      /* getpid */
	call(13, out, 0, 0, 0, 0);				      /* time */
	call(78, out, out + 64, 0, 0, 0);			      /* gettimeofday */
	call(162, WORDS(0, 1000), out, 0, 0, 0);		      /* nanosleep */
	call(265, 1, out, 0, 0, 0);				      /* clock_gettime */
	call(403, 1, out, 0, 0, 0);				      /* clock_gettime64 */
	call(407, 1, 0, WORDS(0, 0, 1000, 0), out, 0);		      /* clock_nanosleep_time64 */
	call(104, 0, WORDS(0, 0, 0, 0), out, 0, 0);		      /* setitimer */
	call(105, 0, out, 0, 0, 0);				      /* getitimer */
	call(76, 3, out, 0, 0, 0);				      /* old getrlimit */
	call(191, 3, out, 0, 0, 0);				      /* ugetrlimit */
	call(340, 0, 4, WORDS(0, 0, 5000, 0), out, 0);		      /* prlimit64 */
	call(77, 0, out, 0, 0, 0);				      /* getrusage */
	call(116, out, 0, 0, 0, 0);				      /* sysinfo */
	call(122, out, 0, 0, 0, 0);				      /* uname */
	call(43, out, 0, 0, 0, 0);				      /* times */
	call(174, SIGUSR1, WORDS(1, 0x10000000, 0, 0, 1), out, 8, 0); /* rt_sigaction */
	call(67, SIGUSR2, WORDS(1, 0x10, 0x10000000, 0), out, 0, 0);  /* sigaction */
	call(126, 0, WORDS(0x800), out, 0, 0);			      /* sigprocmask */
	call(175, 0, WORDS(0x800, 0), out, 8, 0);		      /* rt_sigprocmask */
	call(73, out, 0, 0, 0, 0);				      /* sigpending */
	call(186, WORDS(0, 2, 0), out, 0, 0, 0);		      /* sigaltstack */
	call(178, -1, SIGUSR1, WORDS(SIGUSR1, 0, -1, 7, 8, 9), 0, 0); /* rt_sigqueueinfo */
	call(7, -1, out, 1, 0, 0);				      /* waitpid */
	call(114, -1, out, 1, out, 0);				      /* wait4 */
	call(284, 0, 0, out, 5, out);				      /* waitid */
	call(240, out, 0x80, 5, WORDS(0, 1000), 0);		      /* futex */
	call(422, out, 0x80, 5, WORDS(0, 0, 1000, 0), 0);	      /* futex_time64 */
	call(240, out, 1, 5, 0, 0);
	call(165, out, out + 4, out + 8, 0, 0);	       /* getresuid, 16 bits */
	call(209, out, out + 4, out + 8, 0, 0);	       /* getresuid32 */
	call(80, 3, out, 0, 0, 0);		       /* getgroups, 16 bits */
	call(205, 3, out, 0, 0, 0);		       /* getgroups32 */
	call(24, 0, 0, 0, 0, 0);		       /* getuid, 16 bits */
	call(184, WORDS(0x20080522, 0), out, 0, 0, 0); /* capget */
	call(242, 0, 8, out, 0, 0);		       /* sched_getaffinity */
	call(161, 0, out, 0, 0, 0);		       /* sched_rr_get_interval */
	call(259, 0, 0, out, 0, 0);		       /* timer_create */
	call(260, 0, 0, WORDS(0, 0, 5, 0), out, 0);    /* timer_settime */
	call(261, 0, out, 0, 0, 0);		       /* timer_gettime */
	call(124, WORDS(0), 0, 0, 0, 0);	       /* adjtimex */
	call(136, 0xffffffff, 0, 0, 0, 0);	       /* personality */
	call(172, 16, out, 0, 0, 0);		       /* prctl */
	call(355, out, 8, 1, 0, 0);		       /* getrandom */
	call(120, 0x11 | 0x80000000, 0, 0, 0, 0) == 0 ? _exit(3) : (void)0; /* clone */
	call(114, -1, out, 0, out + 64, 0);
	return 0;
}
