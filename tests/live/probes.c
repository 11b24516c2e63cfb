// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Something to probe: `probes N` calls work() N times; each call passes the static probe tape:work
 * (its note written by hand, as sys/sdt.h would), and every tenth one is followed by getppid().
 * Before that, main() passes tape:places once, whose arguments stand in memory.
 * `probes N THREADS` does it in as many threads at once.
 */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#define NOTE(provider, name, args)                                                                 \
	"990: nop\n"                                                                               \
	".pushsection .note.stapsdt,\"?\",\"note\"\n"                                              \
	".balign 4\n"                                                                              \
	".4byte 992f-991f, 994f-993f, 3\n"                                                         \
	"991: .asciz \"stapsdt\"\n"                                                                \
	"992: .balign 4\n"                                                                         \
	"993: .8byte 990b\n"                                                                       \
	".8byte 0\n"                                                                               \
	".8byte 0\n"                                                                               \
	".asciz \"" provider "\"\n"                                                                \
	".asciz \"" name "\"\n"                                                                    \
	".asciz \"" args "\"\n"                                                                    \
	"994: .balign 4\n"                                                                         \
	".popsection\n"

static long times;
static volatile long begun;

__attribute__((noinline)) long work(long number, const char *text, int negative)
{
	begun = number; /* the note is not to stand at the first instruction */
	__asm__ volatile(NOTE("tape", "work", "8@%[number] 8@%[text] -4@%[negative]")
			 :
			 : [number] "r"(number), [text] "r"(text), [negative] "r"(negative));
	return number + negative + *text;
}

int counter = -42;
long table[3] = { 1, 7777, 3 };
const char *label = "a label";

/* Arguments as a compiler has them that keeps nothing in registers. */
static void places(void)
{
	__asm__ volatile(NOTE("tape", "places",
			      "-4@counter(%%rip) 8@table+8(%%rip) -2@$-3 8@label(%%rip) -1@%%ah "
			      "4@table(,%[index],8) 8@%%fs:16 8@%%xmm0 8@nowhere(%%rip)")
			 :
			 : "a"(0xabcd), [index] "r"(1l), "m"(counter), "m"(table), "m"(label));
}

static void *run(void *nothing)
{
	volatile long sum = 0;

	for (long i = 0; i < times; i++) {
		sum += work(i, "some text", -5);
		if (i % 10 == 9)
			getppid();
	}
	return nothing;
}

int main(int argc, char **argv)
{
	long threads = argc > 2 ? atol(argv[2]) : 1;
	pthread_t *thread = calloc(threads, sizeof(*thread));

	places();
	times = argc > 1 ? atol(argv[1]) : 10;
	for (long i = 1; i < threads; i++)
		pthread_create(&thread[i], NULL, run, NULL);
	run(NULL);
	for (long i = 1; i < threads; i++)
		pthread_join(thread[i], NULL);
	free(thread);
	return 0;
}
