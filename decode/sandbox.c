// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/sandbox.h"

#include "decode/confine.h"
#include "decode/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#elif defined(__i386__)
#define ARCH AUDIT_ARCH_I386
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#else
#define ARCH 0
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/*
 * What the C library and this program call while they decode; what an architecture lacks is left
 * out. Not newfstatat, by which the C library asks what a descriptor is open on: whether its name
 * is empty, no filter can see. It makes do without an answer, and we ask with fstat itself.
 */
static const int allowed[] = {
	SYS_read,	   SYS_pread64,
	SYS_readv,	   SYS_write,
	SYS_writev,	   SYS_lseek,
	SYS_close,	   SYS_fstat,
	SYS_ppoll,	   SYS_brk,
	SYS_munmap,	   SYS_mremap,
	SYS_madvise,	   SYS_exit,
	SYS_exit_group,	   SYS_futex,
	SYS_rt_sigaction,  SYS_rt_sigprocmask,
	SYS_rt_sigreturn,  SYS_restart_syscall,
	SYS_clock_gettime, SYS_clock_nanosleep,
	SYS_gettid,	   SYS_getpid,
	SYS_getrandom,	   SYS_fsync,
#ifdef SYS_poll
	SYS_poll,
#endif
#ifdef SYS_time
	SYS_time,
#endif
};

enum {
	MOST = 2 * (sizeof(allowed) / sizeof(*allowed)) + 128,
};

struct program {
	struct sock_filter code[MOST];
	unsigned short count;
};

static void add(struct program *p, struct sock_filter step)
{
	if (p->count < MOST)
		p->code[p->count] = step;
	p->count++; /* a program that is too long is refused by sandbox_enter */
}

static void load(struct program *p, uint32_t offset)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset));
}

/* Unless the loaded word is `value`, skips `steps`. */
static void unless_equal(struct program *p, uint32_t value, uint8_t steps)
{
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, steps));
}

static void answer(struct program *p, uint32_t action)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

static uint32_t low_word(int argument)
{
	return offsetof(struct seccomp_data, args) +
	       8 * argument; /* all of ours are little-endian */
}

/* Allows `nr` where the 32 low bits of an argument, under a mask, have one value. */
static void allow_with(struct program *p, int nr, int argument, uint32_t mask, uint32_t value)
{
	load(p, offsetof(struct seccomp_data, nr));
	unless_equal(p, nr, 4);
	load(p, low_word(argument));
	add(p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask));
	unless_equal(p, value, 1);
	answer(p, SECCOMP_RET_ALLOW);
}

static void allow(struct program *p, int nr)
{
	load(p, offsetof(struct seccomp_data, nr));
	unless_equal(p, nr, 1);
	answer(p, SECCOMP_RET_ALLOW);
}

/* What output_file calls to make a file. */
static void allow_files(struct program *p)
{
	allow_with(p, SYS_openat, 2, O_ACCMODE, O_WRONLY);
	allow_with(p, SYS_fcntl, 1, UINT32_MAX, F_GETFL);
	allow_with(p, SYS_fcntl, 1, UINT32_MAX, F_SETFL);
	allow(p, SYS_ftruncate);
	allow(p, SYS_fchmod);
	allow(p, SYS_fchown);
	allow(p, SYS_fremovexattr);
}

/* A socket of TCP. */
static void allow_socket(struct program *p, uint32_t family)
{
	load(p, offsetof(struct seccomp_data, nr));
	unless_equal(p, SYS_socket, 6);
	load(p, low_word(0));
	unless_equal(p, family, 4);
	load(p, low_word(1));
	add(p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K,
					    ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK)));
	unless_equal(p, SOCK_STREAM, 1);
	answer(p, SECCOMP_RET_ALLOW);
}

/* What libcurl calls to talk over TCP. */
static void allow_network(struct program *p)
{
	static const uint32_t families[] = { AF_INET, AF_INET6 };
	static const int calls[] = {
		SYS_connect,	 SYS_getsockopt, SYS_setsockopt, SYS_getsockname,
		SYS_getpeername, SYS_sendto,	 SYS_recvfrom,	 SYS_sendmsg,
		SYS_recvmsg,	 SYS_shutdown,	 SYS_socketpair, SYS_wait4,
	};

	/* Which address it is, no filter can see; which kind of socket, it can. */
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		allow_socket(p, families[i]);
	allow_with(p, SYS_fcntl, 1, UINT32_MAX, F_GETFL);
	allow_with(p, SYS_fcntl, 1, UINT32_MAX, F_SETFL);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		allow(p, calls[i]);
}

static void build(struct program *p, const struct sandbox_needs *needs)
{
	load(p, offsetof(struct seccomp_data, arch));
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0));
	answer(p, SECCOMP_RET_ERRNO | EPERM);
	load(p, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++) {
		unless_equal(p, allowed[i], 1);
		answer(p, SECCOMP_RET_ALLOW);
	}
	/* Memory never becomes a program: these serve the allocator. */
	allow_with(p, SYS_mprotect, 2, PROT_EXEC, 0);
	allow_with(p, SYS_mmap, 2, PROT_EXEC, 0);
	allow_with(p, SYS_tgkill, 0, UINT32_MAX, getpid()); /* abort */
	allow_with(p, SYS_ioctl, 1, UINT32_MAX, TCGETS);
	if (needs->folder >= 0)
		allow_files(p);
	if (needs->rewrites) {
		allow(p, SYS_pwrite64);
		allow(p, SYS_ftruncate);
		allow(p, SYS_fdatasync);
	}
	if (needs->network)
		allow_network(p);
	answer(p, SECCOMP_RET_ERRNO | EPERM);
}

bool sandbox_give_up_root(const struct sandbox_needs *needs)
{
	return SANITIZED || credentials_give_up(needs->folder, needs->gives);
}

const char *sandbox_enter(const struct sandbox_needs *needs, bool *confined)
{
	struct program p = { .count = 0 };
	struct sock_fprog filter = { .filter = p.code };

	*confined = false;
	tzset(); /* reads the time zone's file now */
	if (SANITIZED)
		return "this is a build with sanitizers, which need more";
	if (!ARCH)
		return "it does not know this architecture";
	build(&p, needs);
	if (p.count > MOST)
		return "its filter has outgrown its room";
	filter.len = p.count;
	/* A personality that makes all memory executable can be inherited. */
	if (personality(PER_LINUX) < 0)
		return "its personality cannot be set";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return "this kernel has no no_new_privs";
	*confined = needs->folder >= 0 && confine_to_folder(needs->folder);
	/* For every thread that has been started. */
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter))
		return "this kernel has no seccomp filters";
	return NULL;
}
