// SPDX-License-Identifier: GPL-2.0-or-later
/* show: System V and POSIX interprocess communication (linux/shm.h, linux/sem.h, linux/msg.h,
 * linux/mqueue.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <fcntl.h>
#include <linux/ipc.h>

enum {
	KEEP_64 = 0x100,    /* IPC_64, linux/ipc.h of the kernel */
	HUGE_PAGES = 04000, /* SHM_HUGETLB */
	HUGE_SHIFT = 26,    /* SHM_HUGE_SHIFT */
	HUGE_MASK = 0x3f,
};

/* The command of shmctl, msgctl and semctl: what a change takes is less than what a question gets.
 */
static bool changes(const struct show *s)
{
	int which = !strcmp(s->call->name, "semctl") ? 2 : 1;

	return (s->call->arg[which] & ~(uint64_t)KEEP_64) == IPC_SET;
}

/* i386 has 16 bits of it, and padding. */
static void show_perm_mode(struct show *s, const void *data, size_t size)
{
	uint32_t mode;

	(void)size;
	memcpy(&mode, data, sizeof(mode));
	show_mode(s, s->compat ? mode & 0xffff : mode);
}

static const struct show_field set_perm_fields[] = {
	FIELD(INT, NONE, ""), FIELD(INT, ID, "uid"), FIELD(INT, ID, "gid"),
	FIELD(INT, NONE, ""), FIELD(INT, NONE, ""),  FIELD_INNER(INT, "mode", 1, show_perm_mode),
	FIELDS_END,
};

/* The order of the text is not that of the structure. */
static void show_perm(struct show *s, const void *data, size_t size)
{
	uint32_t word[5];

	show_fields(s, set_perm_fields, data, size);
	if (changes(s))
		return;
	memcpy(word, data, sizeof(word));
	value_reopen(s);
	field_unsigned(s, "key", word[0]);
	value_field(s, "cuid");
	show_uid(s, word[3]);
	value_field(s, "cgid");
	show_uid(s, word[4]);
	value_struct_end(s);
}

/* struct ipc64_perm: 48 bytes, or 36 in a 32-bit ABI: 24 and six words less one. */
#define PERM(name)                                                                                 \
	FIELD_INNER(INT, name, 6, show_perm), FIELD_MANY(SHORT, NONE, "", 2),                      \
		FIELD_MANY(LONG, NONE, "", 2)

/* The text has the times last. */
static const struct show_field shmid_fields[] = {
	PERM("shm_perm"),
	FIELD(LONG, UNSIGNED, "shm_segsz"),
	FIELD_MANY(LONG, NONE, "", 3),
	FIELD_MANY(HIGH, NONE, "", 3),
	FIELD(INT, SIGNED, "shm_cpid"),
	FIELD(INT, SIGNED, "shm_lpid"),
	FIELD(LONG, UNSIGNED, "shm_nattch"),
	FIELDS_END,
};

static const struct show_field semid_fields[] = {
	PERM("sem_perm"),
	FIELD(LONG, UNSIGNED, "sem_otime"),
	FIELD(LONG, NONE, ""),
	FIELD(LONG, UNSIGNED, "sem_ctime"),
	FIELD(LONG, NONE, ""),
	FIELD(LONG, UNSIGNED, "sem_nsems"),
	FIELDS_END,
};

static const struct show_field msqid_fields[] = {
	PERM("msg_perm"),
	FIELD(LONG, UNSIGNED, "msg_stime"),
	FIELD(HIGH, NONE, ""),
	FIELD(LONG, UNSIGNED, "msg_rtime"),
	FIELD(HIGH, NONE, ""),
	FIELD(LONG, UNSIGNED, "msg_ctime"),
	FIELD(HIGH, NONE, ""),
	FIELD(LONG, NONE, ""),
	FIELD(LONG, UNSIGNED, "msg_qnum"),
	FIELD(LONG, UNSIGNED, "msg_qbytes"),
	FIELD(INT, SIGNED, "msg_lspid"),
	FIELD(INT, SIGNED, "msg_lrpid"),
	FIELDS_END,
};

static const struct show_field perm_only[] = { PERM("shm_perm"), FIELDS_END };
static const struct show_field sem_perm_only[] = { PERM("sem_perm"), FIELDS_END };
static const struct show_field msg_perm_only[] = { PERM("msg_perm"), FIELDS_END };

static void show_shmid(struct show *s, const void *data, size_t size)
{
	static const char *const times[] = { "shm_atime", "shm_dtime", "shm_ctime" };
	const char *bytes = data;
	size_t at = s->compat ? 40 : 56,
	       step = 8; /* of the first time: behind the permissions and the size */

	if (changes(s)) {
		show_fields(s, perm_only, data, size);
		return;
	}
	show_fields(s, shmid_fields, data, size);
	value_reopen(s);
	for (int i = 0; i < 3; i++) {
		uint64_t value = 0;

		memcpy(&value, bytes + at + i * step, show_word(s));
		field_unsigned(s, times[i], value);
	}
	value_struct_end(s);
}

static void show_semid(struct show *s, const void *data, size_t size)
{
	show_fields(s, changes(s) ? sem_perm_only : semid_fields, data, size);
}

static void show_msqid(struct show *s, const void *data, size_t size)
{
	uint64_t most = 0;
	size_t at = s->compat ? 68 : 88; /* offsetof(struct msqid64_ds, msg_qbytes) */

	if (!changes(s)) {
		show_fields(s, msqid_fields, data, size);
		return;
	}
	show_fields(s, msg_perm_only, data, size);
	memcpy(&most, (const char *)data + at, show_word(s));
	value_reopen(s);
	field_unsigned(s, "msg_qbytes", most);
	value_struct_end(s);
}

static const struct show_field shminfo_fields[] = {
	FIELD(LONG, UNSIGNED, "shmmax"), FIELD(LONG, UNSIGNED, "shmmin"),
	FIELD(LONG, UNSIGNED, "shmmni"), FIELD(LONG, UNSIGNED, "shmseg"),
	FIELD(LONG, UNSIGNED, "shmall"), FIELDS_END,
};

static const struct show_field shm_info_fields[] = {
	FIELD(INT, SIGNED, "used_ids"),
	FIELD(LONG, UNSIGNED, "shm_tot"),
	FIELD(LONG, UNSIGNED, "shm_rss"),
	FIELD(LONG, UNSIGNED, "shm_swp"),
	FIELD(LONG, UNSIGNED, "swap_attempts"),
	FIELD(LONG, UNSIGNED, "swap_successes"),
	FIELDS_END,
};

static const struct show_field seminfo_fields[] = {
	FIELD(INT, SIGNED, "semmap"),
	FIELD(INT, SIGNED, "semmni"),
	FIELD(INT, SIGNED, "semmns"),
	FIELD(INT, SIGNED, "semmnu"),
	FIELD(INT, SIGNED, "semmsl"),
	FIELD(INT, SIGNED, "semopm"),
	FIELD(INT, SIGNED, "semume"),
	FIELD(INT, SIGNED, "semusz"),
	FIELD(INT, SIGNED, "semvmx"),
	FIELD(INT, SIGNED, "semaem"),
	FIELDS_END,
};

static const struct show_field msginfo_fields[] = {
	FIELD(INT, SIGNED, "msgpool"),
	FIELD(INT, SIGNED, "msgmap"),
	FIELD(INT, SIGNED, "msgmax"),
	FIELD(INT, SIGNED, "msgmnb"),
	FIELD(INT, SIGNED, "msgmni"),
	FIELD(INT, SIGNED, "msgssz"),
	FIELD(INT, SIGNED, "msgtql"),
	FIELD(SHORT, UNSIGNED, "msgseg"),
	FIELDS_END,
};

static const struct show_field sembuf_fields[] = {
	FIELD(SHORT, UNSIGNED, "sem_num"),
	FIELD(SHORT, SIGNED, "sem_op"),
	FIELD_NAMED(SHORT, FLAGS, "sem_flg", "ipc_sem_flags"),
	FIELDS_END,
};

/* A queue has one flag; of one that is made, strace shows them as a number. */
static void show_queue_flags(struct show *s, const void *data, size_t size)
{
	uint64_t flags = 0, rest;

	memcpy(&flags, data, size);
	rest = flags & ~(uint64_t)O_NONBLOCK;
	if (!strcmp(s->call->name, "mq_open") || !flags) {
		value_hex(s, flags);
		return;
	}
	if (rest == flags) {
		value_constant(s, flags, BASE_HEX, NULL, "O_???");
	} else if (value_mix(s, flags, BASE_HEX)) {
		value_part(s);
		value_words(s, O_NONBLOCK, "O_NONBLOCK");
		if (rest) {
			value_part(s);
			value_hex(s, rest);
		}
		value_mix_end(s);
	}
}

static const struct show_field mq_fields[] = {
	FIELD_INNER(LONG, "mq_flags", 1, show_queue_flags),
	FIELD(LONG, SIGNED, "mq_maxmsg"),
	FIELD(LONG, SIGNED, "mq_msgsize"),
	FIELD(LONG, SIGNED, "mq_curmsgs"),
	FIELDS_END,
};

/* A long and the text behind it. */
static void show_message(struct show *s, const void *data, size_t size, uint64_t total)
{
	uint64_t type = 0, word = show_word(s);

	if (size < word)
		return;
	memcpy(&type, data, word);
	value_struct(s);
	field_signed(s, "mtype", s->compat ? (int32_t)type : (int64_t)type);
	value_field(s, "mtext");
	value_bytes(s, (const char *)data + word, size - word, total);
	value_struct_end(s);
}

/* Only as much of the message is captured as is shown; of a received one strace shows the whole
 * buffer. */
static void message_args(struct show *s)
{
	bool get = !strcmp(s->call->name, "msgrcv");
	uint64_t word = show_word(s), text = s->call->arg[2], address = s->call->arg[1];
	uint64_t shown = value_wanted(s, text);
	const void *data;

	show_argument(s, 0);
	show_argument_name(s, 1);
	if (get)
		show_at_exit(s);
	if (!address || (get && !show_succeeded(s)) ||
	    show_find(s, address, word + shown, &data) < word + shown) {
		value_address(s, address);
	} else {
		show_message(s, data, word + shown, text);
	}
	for (int i = 2; i < s->call->args; i++)
		show_argument(s, i);
}

/* Flags, then the permission bits, three digits at least. */
static void show_get_flags(struct show *s, const char *table, uint32_t word, bool huge)
{
	uint32_t flags = word & ~0777u, size = 0;

	if (huge && flags & HUGE_PAGES) {
		size = flags >> HUGE_SHIFT & HUGE_MASK;
		flags &= ~((uint32_t)HUGE_MASK << HUGE_SHIFT);
	}
	value_mix(s, word, BASE_NONE);
	if (flags) {
		value_part(s);
		show_flags(s, table, flags);
	}
	if (size) {
		value_part(s);
		value_unsigned(s, size);
		value_say(s, "<<");
		value_constant(s, HUGE_SHIFT, BASE_UNSIGNED, "SHM_HUGE_SHIFT", NULL);
	}
	value_part(s);
	value_octal(s, word & 0777);
	value_mix_end(s);
}

static void get_args(struct show *s)
{
	int last = s->call->args - 1;
	bool memory = !strcmp(s->call->name, "shmget");

	for (int i = 0; i < last; i++)
		show_argument(s, i);
	show_argument_name(s, last);
	show_get_flags(s, memory ? "shm_resource_flags" : "resource_flags", s->call->arg[last],
		       memory);
}

static void show_command(struct show *s, const char *table, uint32_t command)
{
	value_mix(s, command, BASE_NONE);
	if (command & KEEP_64) {
		value_part(s);
		value_constant(s, KEEP_64, BASE_HEX, "IPC_64", NULL);
	}
	value_part(s);
	show_enum(s, table, command & ~(uint32_t)KEEP_64);
	value_mix_end(s);
}

static void control_args(struct show *s)
{
	const struct desc_call *desc = s->call->desc;

	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (desc->arg[i].kind == DESC_ENUM)
			show_command(s, desc->arg[i].ref, s->call->arg[i]);
		else
			show_arg(s, i);
	}
}

static const struct show_struct structs[] = {
	{ "shmid_ds", show_shmid },
	{ "semid_ds", show_semid },
	{ "msqid_ds", show_msqid },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "shminfo", shminfo_fields },
	{ "shm_info", shm_info_fields },
	{ "seminfo", seminfo_fields },
	{ "msginfo", msginfo_fields },
	{ "sembuf", sembuf_fields },
	{ "mq_attr", mq_fields },
	{ NULL, NULL },
};

/* A number that carries no call: 1<<16|99 with its version. */
static void ipc_args(struct show *s)
{
	uint32_t call = s->call->arg[0];

	if (s->call->desc && s->call->desc->selector >= 0) {
		show_row(s);
		return;
	}
	show_argument_name(s, 0);
	if (call >> 16) {
		value_mix(s, call, BASE_NONE);
		value_part(s);
		value_unsigned(s, call >> 16);
		value_say(s, "<<16");
		value_part(s);
		value_unsigned(s, call & 0xffff);
		value_mix_end(s);
	} else {
		value_unsigned(s, call);
	}
	for (int i = 1; i < s->call->args; i++) {
		show_argument_name(s, i);
		value_hex(s, s->call->arg[i]);
	}
}

static const struct show_call calls[] = {
	{ "ipc", ipc_args, NULL },	  { "shmget", get_args, NULL },
	{ "semget", get_args, NULL },	  { "msgget", get_args, NULL },
	{ "shmctl", control_args, NULL }, { "semctl", control_args, NULL },
	{ "msgctl", control_args, NULL }, { "msgsnd", message_args, NULL },
	{ "msgrcv", message_args, NULL }, { NULL, NULL, NULL },
};

const struct show_family show_family_ipc = { .structs = structs,
					     .layouts = layouts,
					     .calls = calls };
