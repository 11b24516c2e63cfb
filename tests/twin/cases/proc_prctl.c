// SPDX-License-Identifier: GPL-2.0-or-later
/* prctl and arch_prctl with all their options, personality, seccomp, and the calls of the whole
 * system, which fail. */
#define _GNU_SOURCE
#include "proc.h"

#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <stdio.h>

static void options(void)
{
	char name[20] = "name", long_name[40] = "a name of more than 16 bytes";
	int value = 0;
	long word;

	for (int option = 0; option < 74; option++) {
		/* These would end the program, or belong to other architectures. */
		if (option == PR_SET_SECCOMP || option == PR_SET_TSC ||
		    option == PR_SET_SECUREBITS || option == 50 || option == 55 || option == 63 ||
		    option == 69)
			continue;
		syscall(SYS_prctl, option, 0x12345, 2, 3, 4);
		syscall(SYS_prctl, option, &word, 0, 0, 0);
	}
	syscall(SYS_prctl, PR_SET_NAME, name);
	syscall(SYS_prctl, PR_GET_NAME, AT_END(name));
	syscall(SYS_prctl, PR_GET_NAME, at_end(NULL, 16));
	syscall(SYS_prctl, PR_GET_NAME, BAD);
	syscall(SYS_prctl, PR_SET_NAME, long_name);
	syscall(SYS_prctl, PR_GET_NAME, name);
	syscall(SYS_prctl, PR_SET_NAME, "\1\n\"");
	syscall(SYS_prctl, PR_GET_NAME, name);
	syscall(SYS_prctl, PR_SET_NAME, "fifteen letters");
	syscall(SYS_prctl, PR_SET_NAME, "fourteen chars");
	syscall(SYS_prctl, PR_SET_NAME, BAD);
	syscall(SYS_prctl, PR_SET_NAME, NULL);
	for (int i = 0; i < 4; i++) {
		syscall(SYS_prctl, PR_SET_DUMPABLE, i);
		syscall(SYS_prctl, PR_GET_DUMPABLE);
		syscall(SYS_prctl, PR_SET_KEEPCAPS, i);
		syscall(SYS_prctl, PR_SET_TIMERSLACK, i - 2);
		syscall(SYS_prctl, PR_SET_CHILD_SUBREAPER, i);
		syscall(SYS_prctl, PR_SET_SECUREBITS, i);
		syscall(SYS_prctl, PR_GET_SECUREBITS);
		syscall(SYS_prctl, PR_MCE_KILL, i, i, 0, 0);
		syscall(SYS_prctl, PR_CAP_AMBIENT, i, i, 0, 0);
		syscall(SYS_prctl, PR_GET_SPECULATION_CTRL, i, 0, 0, 0);
		syscall(SYS_prctl, PR_SET_SPECULATION_CTRL, i, 1 << i, 0, 0);
		syscall(SYS_prctl, PR_CAPBSET_READ, 38 + i, 0, 0, 0);
		syscall(SYS_prctl, PR_SET_MM, i, 1, 2, 3);
	}
	syscall(SYS_prctl, PR_GET_PDEATHSIG, &value);
	syscall(SYS_prctl, PR_SET_PDEATHSIG, 15);
	syscall(SYS_prctl, PR_GET_PDEATHSIG, AT_END(value));
	syscall(SYS_prctl, PR_SET_PDEATHSIG, 0);
	syscall(SYS_prctl, PR_SET_PDEATHSIG, 129);
	syscall(SYS_prctl, PR_SET_PDEATHSIG, 127);
	syscall(SYS_prctl, PR_GET_CHILD_SUBREAPER, &value);
	syscall(SYS_prctl, PR_GET_TID_ADDRESS, &word);
	syscall(SYS_prctl, PR_GET_TSC, &value);
	syscall(SYS_prctl, PR_SET_TSC, 77);
	syscall(SYS_prctl, PR_SET_TSC, 1);
	syscall(SYS_prctl, PR_MCE_KILL_GET, 0, 0, 0, 0);
	syscall(SYS_prctl, PR_SET_PTRACER, -1L);
	syscall(SYS_prctl, PR_SET_PTRACER, 1);
	syscall(SYS_prctl, PR_SET_VMA, 0, BAD, 4096, "anon");
	syscall(SYS_prctl, PR_SET_VMA, 0, BAD, 4096, NULL);
	syscall(SYS_prctl, PR_SET_VMA, 1, BAD, 4096, "anon");
	syscall(SYS_prctl, PR_SET_SECCOMP, 0, 1, 2, 3);
	syscall(SYS_prctl, PR_SET_SECCOMP, 2, NULL, 2, 3);
	syscall(SYS_prctl, PR_SET_THP_DISABLE, 1, 0, 0, 0);
	syscall(SYS_prctl, PR_GET_THP_DISABLE, 0, 0, 0, 0);
	syscall(SYS_prctl, 62, 0, 0, 0, &word);
	syscall(SYS_prctl, 62, 1, getpid(), 1, NULL);
	syscall(SYS_prctl, 62, 9, 0, 9, BAD);
	syscall(SYS_prctl, 65, 1, 0, 0, 0);
	syscall(SYS_prctl, 66, 0, 0, 0, 0);
	syscall(SYS_prctl, 0x41555856, name, 16, 0, 0);
	syscall(SYS_prctl, 0x41555856, BAD, 16, 0, 0);
	syscall(SYS_prctl, -1, 1, 2, 3, 4);
}

static void architectures(void)
{
	unsigned long value;

	for (int i = 0x1003; i < 0x1005; i++) {
		syscall(SYS_arch_prctl, i, &value);
		syscall(SYS_arch_prctl, i, BAD);
	}
	syscall(SYS_arch_prctl, 0x1011);
	syscall(SYS_arch_prctl, 0x1012, 1);
	for (int i = 0x1021; i < 0x1026; i++)
		syscall(SYS_arch_prctl, i, i == 0x1023 || i == 0x1025 ? 17 : (long)&value);
	syscall(SYS_arch_prctl, 0x1023, 99);
	syscall(SYS_arch_prctl, 0x2001, 1);
	syscall(SYS_arch_prctl, 0x5001, 1);
	syscall(SYS_arch_prctl, 7, 1);
	syscall(SYS_modify_ldt, 0, &value, 8);
	syscall(SYS_modify_ldt, 1, &value, 16);
	syscall(SYS_modify_ldt, 1, BAD, 16);
}

static void personalities(void)
{
	syscall(SYS_personality, 0xffffffff);
	syscall(SYS_personality, 0x0040000);
	syscall(SYS_personality, 0xffffffff);
	syscall(SYS_personality, 0x7000008);
	syscall(SYS_personality, 0xffffffff);
	syscall(SYS_personality, 0x00ff00ff);
	syscall(SYS_personality, 0);
}

static void filters(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 999, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 5),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code }, wrong = { 2, BAD }, empty = { 0, NULL };
	unsigned int action = SECCOMP_RET_TRAP;
	unsigned short sizes[3];

	syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
	action = 0x12340000;
	syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
	syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 1, BAD);
	syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, sizes);
	syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, BAD);
	syscall(SYS_seccomp, 77, 3, BAD);
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, BAD);
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &wrong);
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0xf0, &empty);
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
	syscall(SYS_prctl, PR_SET_SECCOMP, 2, &program);
	syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	syscall(SYS_landlock_create_ruleset, BAD, 8, 0);
	syscall(SYS_landlock_create_ruleset, &(struct landlock_ruleset_attr){ 7 }, 8, 0);
	syscall(SYS_landlock_create_ruleset, &(uint64_t[4]){ 0xff, 1, 3, 5 }, 16, 0);
	syscall(SYS_landlock_create_ruleset, &(uint64_t[4]){ 0xff, 1, 3, 5 }, 24, 0);
	syscall(SYS_landlock_create_ruleset, &(uint64_t[4]){ 0xff, 1, 3, 5 }, 32, 0);
	syscall(SYS_landlock_create_ruleset, &(uint64_t[4]){ 0xff, 1, 3, 5 }, 4, 1);
	syscall(SYS_landlock_add_rule, -1, 1, &(struct landlock_path_beneath_attr){ 0x1fff, 5 }, 0);
	syscall(SYS_landlock_add_rule, -1, 2, &(uint64_t[2]){ 3, 80 }, 0);
	syscall(SYS_landlock_add_rule, -1, 7, BAD, 0);
	syscall(SYS_landlock_restrict_self, -1, 5);
}

static void systems(void)
{
	char text[100];

	syscall(SYS_reboot, 1, 2, 3, "x");
	syscall(SYS_reboot, 0xfee1dead, 1, 0xa1b2c3d4, "x");
	syscall(SYS_syslog, 9, NULL, 0);
	syscall(SYS_syslog, 10, NULL, 0);
	syscall(SYS_syslog, 3, text, 50);
	syscall(SYS_syslog, 3, BAD, 50);
	syscall(SYS_syslog, 8, BAD, 77);
	syscall(SYS_syslog, 77, BAD, 0);
	syscall(SYS_sethostname, BAD, 5);
	syscall(SYS_sethostname, "name", 100);
	syscall(SYS_setdomainname, "name", 100);
	syscall(SYS_swapon, "/nonexistent", 0x18005);
	syscall(SYS_swapoff, "/nonexistent");
	syscall(SYS_acct, "/nonexistent/x");
	syscall(SYS_quotactl, 0x80000700, "/dev/null", 0, BAD);
	syscall(SYS_init_module, BAD, 10, "args");
	syscall(SYS_finit_module, -1, "args", 3);
	syscall(SYS_finit_module, -1, "args", 0xf0);
	syscall(SYS_delete_module, "nonexistent", 0x800);
	syscall(SYS_kexec_load, 0, 77, BAD, 3);
	syscall(SYS_kexec_file_load, -1, -1, 5, "line", 0xf0);
	syscall(SYS_iopl, 7);
	syscall(SYS_ioperm, 1, 0xffffffff, 3);

	syscall(SYS_getrandom, text, 8, 0);
	syscall(SYS_getrandom, text, 100, 3);
	syscall(SYS_getrandom, BAD, 8, 0xff);
	syscall(SYS_getrandom, text, 0, 1);
	syscall(SYS_restart_syscall);
	syscall(SYS_ustat, 0, BAD);
	syscall(SYS_sysfs, 3);
	syscall(SYS_sysfs, 1, "ext4");
	syscall(SYS__sysctl, BAD);
	syscall(SYS_uselib, "x");
	syscall(999, 1, 2, 3, 4, 5, 6);
	syscall(SYS_process_mrelease, -1, 5);
	syscall(SYS_process_madvise, -1, BAD, 3, 4, 5);
}

int main(void)
{
	options();
	architectures();
	personalities();
	systems();
	filters();
	return 0;
}
