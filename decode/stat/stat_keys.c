// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stat/stat_keys.h"

#include "decode/descriptors/socket_name.h"
#include "decode/events/process.h"
#include "format/flags/flags.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const arches[] = { [TRACE_X86_64] = "x86_64",
				      [TRACE_I386] = "i386",
				      [TRACE_AARCH64] = "aarch64",
				      [TRACE_X32] = "x32" };

/* The name of a call; of an ABI that is not the kernel's own with that in front. */
static uint32_t name_of(const struct stat_source *s, const struct call *call)
{
	char text[DESC_NAME + 16];
	int n;

	if (call->arch == s->facts->header->arch || call->arch > TRACE_X32)
		return stat_strings_number(s->strings, call->name, strlen(call->name));
	n = snprintf(text, sizeof(text), "%s:%s", arches[call->arch], call->name);
	return stat_strings_number(s->strings, text, (size_t)n);
}

static void learn(struct stat_source *s, struct stat_kind *kind, const struct call *call)
{
	kind->row = call->row;
	kind->name = name_of(s, call);
	kind->known = true;
	file_use_of(call->row, &kind->use);
}

static void find_kind(struct stat_source *s, const struct call *call)
{
	uint32_t nr = call->nr & ~0x40000000u; /* __X32_SYSCALL_BIT */
	struct stat_kind *kind =
		call->arch <= TRACE_X32 && nr < STAT_KINDS ? &s->kinds[call->arch][nr] : &s->other;

	s->kind = kind;
	if (kind == &s->other) {
		learn(s, kind, call);
	} else if (!kind->known || kind->row != call->row) {
		if (kind->known)
			stat_strings_unref(s->strings, kind->name);
		learn(s, kind, call);
		stat_strings_ref(s->strings, kind->name);
	}
}

void stat_source_call(struct stat_source *s, const struct call *call, bool files,
		      char room[FILE_NAME_ROOM])
{
	find_kind(s, call);
	if (files)
		s->file = file_use_find(call, &s->kind->use, room);
}

void stat_source_end(struct stat_source *s)
{
	for (int arch = 0; arch <= TRACE_X32; arch++) {
		for (int nr = 0; nr < STAT_KINDS; nr++) {
			if (s->kinds[arch][nr].known)
				stat_strings_unref(s->strings, s->kinds[arch][nr].name);
			s->kinds[arch][nr].known = false;
		}
	}
	stat_strings_unref(s->strings, s->host);
	s->host = 0;
}

void stat_source_begin(struct stat_source *s, const struct tape_facts *facts)
{
	stat_source_end(s);
	s->facts = facts;
	s->host = stat_strings_number(s->strings, facts->host, strlen(facts->host));
	stat_strings_ref(s->strings, s->host);
}

static uint64_t word_call(struct stat_source *s, const struct call *call)
{
	(void)call;
	return s->kind->name;
}

/* The stream's own thread, whose process may have to be made. */
static const struct process *process_of(const struct stat_source *s, const struct call *call)
{
	struct thread *thread = (struct thread *)call->thread;

	return thread && s->facts->threads ? thread_process(s->facts->threads, thread) : NULL;
}

/* The number that is shown, and one that no other process or thread has. */
static uint64_t word_pid(struct stat_source *s, const struct call *call)
{
	const struct process *process = process_of(s, call);

	return (uint64_t)call->tgid << 32 | (process ? process->number : 0);
}

static uint64_t word_tid(struct stat_source *s, const struct call *call)
{
	(void)s;
	return (uint64_t)call->tid << 32 | (call->thread ? call->thread->number : 0);
}

static uint64_t number_upper(uint64_t word)
{
	return word >> 32;
}

static uint64_t word_comm(struct stat_source *s, const struct call *call)
{
	return stat_strings_number(s->strings, call->comm, strlen(call->comm));
}

static uint64_t text_word(const struct stat_source *s, const struct process_text *text)
{
	return text ? stat_strings_number(s->strings, text->text, text->size) : 0;
}

static uint64_t word_exe(struct stat_source *s, const struct call *call)
{
	const struct process *process = process_of(s, call);

	return process ? text_word(s, process->exe) : 0;
}

static uint64_t word_cgroup(struct stat_source *s, const struct call *call)
{
	const struct process *process = process_of(s, call);

	return process ? text_word(s, process->cgroup) : 0;
}

static uint64_t hash_names(const struct fd_file *file)
{
	uint64_t hash = file->peer;

	if (file->local)
		hash ^= stat_hash(file->local->data, file->local->size);
	if (file->remote)
		hash = hash * 31 + stat_hash(file->remote->data, file->remote->size);
	return hash;
}

/* A socket is one by its inode, whatever is known of its addresses; without that by those. */
static uint64_t socket_word(const struct stat_source *s, const struct fd_file *file)
{
	char text[SOCKET_NAME_MAX];
	uint64_t hash;
	uint32_t number;
	int n;

	if (!file->inode)
		return stat_strings_number(s->strings, text, socket_name(file, text));
	n = snprintf(text, sizeof(text), "socket:[%llu]", (unsigned long long)file->inode);
	number = stat_strings_number(s->strings, text, (size_t)n);
	hash = hash_names(file);
	if (stat_strings_stale(s->strings, number, hash))
		stat_strings_label(s->strings, number, hash, text, socket_name(file, text));
	return number;
}

static bool is_socket(const struct file_found *found)
{
	return found->file && (found->file->socket || !strncmp(found->file->path, "socket:[", 8));
}

static uint64_t word_file(struct stat_source *s, const struct call *call)
{
	const struct file_found *found = &s->file;

	(void)call;
	if (found->file && found->file->socket)
		return socket_word(s, found->file);
	if (found->file)
		return stat_strings_number(s->strings, found->file->path,
					   strlen(found->file->path));
	return stat_strings_number(s->strings, found->name, found->size);
}

static uint64_t word_socket(struct stat_source *s, const struct call *call)
{
	return is_socket(&s->file) ? word_file(s, call) : 0;
}

/* What is before the last slash; what has no name in a directory is by its sort: `pipe:`. */
static uint64_t word_dir(struct stat_source *s, const struct call *call)
{
	const char *name = s->file.file ? s->file.file->path : s->file.name;
	size_t size = s->file.file ? strlen(name) : s->file.size, end = size;

	(void)call;
	if (is_socket(&s->file))
		return stat_strings_number(s->strings, "socket:", 7);
	if (!size)
		return 0;
	if (*name != '/') {
		const char *bracket = memchr(name, '[', size), *slash = memchr(name, '/', size);

		return slash || !bracket
			       ? stat_strings_number(s->strings, ".", 1)
			       : stat_strings_number(s->strings, name, (size_t)(bracket - name));
	}
	while (end > 1 && name[end - 1] != '/')
		end--;
	return stat_strings_number(s->strings, name, end > 1 ? end - 1 : 1);
}

static uint64_t word_errno(struct stat_source *s, const struct call *call)
{
	(void)s;
	return call->failed ? (uint64_t)-call->result : 0;
}

static const char *text_errno(uint64_t word, char room[32])
{
	const char *name = flag_errno_name((unsigned int)word);

	if (!name)
		snprintf(room, 32, "%u", (unsigned int)word);
	return name ? name : room;
}

static uint64_t word_cpu(struct stat_source *s, const struct call *call)
{
	(void)s;
	return call->cpu == TRACE_NO_CPU ? 0 : call->cpu + 1ull;
}

static uint64_t number_before(uint64_t word)
{
	return word - 1;
}

static uint64_t word_host(struct stat_source *s, const struct call *call)
{
	(void)call;
	return s->host;
}

// clang-format off
const struct stat_key stat_keys[] = {
	{ "call", "SYSCALL", "system call", true, false, false, word_call, NULL, NULL },
	{ "pid", "PID", "process", false, false, true, word_pid, NULL, number_upper },
	{ "tid", "TID", "thread", false, false, true, word_tid, NULL, number_upper },
	{ "comm", "COMM", "name of the thread", true, false, false, word_comm, NULL, NULL },
	{ "exe", "EXE", "program of the process", true, false, false, word_exe, NULL, NULL },
	{ "cgroup", "CGROUP", "control group of the process", true, false, false, word_cgroup, NULL, NULL },
	{ "file", "FILE", "file or socket that the call is about", true, true, false, word_file, NULL, NULL },
	{ "dir", "DIR", "directory of that file", true, true, false, word_dir, NULL, NULL },
	{ "socket", "SOCKET", "socket that the call is about", true, true, false, word_socket, NULL, NULL },
	{ "errno", "ERRNO", "error", false, false, false, word_errno, text_errno, NULL },
	{ "cpu", "CPU", "CPU on which the call ended", false, false, false, word_cpu, NULL, number_before },
	{ "host", "HOST", "machine that recorded", true, false, false, word_host, NULL, NULL },
	{ NULL, NULL, NULL, false, false, false, NULL, NULL, NULL },
};
// clang-format on

const struct stat_key *stat_key_find(const char *name, size_t size)
{
	for (const struct stat_key *key = stat_keys; key->name; key++)
		if (strlen(key->name) == size && !strncmp(key->name, name, size))
			return key;
	return NULL;
}

void stat_key_label(const struct stat_key *key, const struct stat_strings *strings, uint64_t word,
		    struct stat_label *label)
{
	label->kind = STAT_NOTHING;
	if (!word)
		return;
	label->kind = key->number ? STAT_NUMBER : STAT_TEXT;
	if (key->number) {
		label->number = key->number(word);
	} else if (key->strings) {
		label->text = stat_strings_text(strings, (uint32_t)word, &label->size);
	} else {
		label->text = key->text(word, label->room);
		label->size = strlen(label->text);
	}
}
