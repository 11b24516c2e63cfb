// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/split_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

enum {
	BUCKETS = 4096,
	COUNTED = 8,	      /* names that are tried in order where others stand */
	NAME_ROOM = 256 + 40, /* longer ones are the kernel's to refuse */
	FILE_ROOM = 16 << 10, /* bytes kept of each open file before they are written */
};

/* Files by when they were used. */
struct ranks {
	struct split_file *newest, *oldest;
	size_t count;
};

struct split_files {
	struct split_target *target;
	enum split_by by;
	split_ender *end;
	void *context;
	size_t count;
	struct ranks open, idle; /* idle: a renderer, but neither descriptor nor buffer */
	struct split_file *buckets[BUCKETS];
};

struct split_files *split_files_new(struct split_target *target, split_ender *end, void *context)
{
	struct split_files *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->target = target;
	s->by = target->by;
	s->end = end;
	s->context = context;
	return s;
}

void split_files_free(struct split_files *s)
{
	for (size_t i = 0; s && i < BUCKETS; i++) {
		while (s->buckets[i]) {
			struct split_file *gone = s->buckets[i];

			s->buckets[i] = gone->next;
			free(gone);
		}
	}
	free(s);
}

struct split_file *split_files_get(struct split_files *s, uint32_t tid, uint32_t tgid)
{
	uint32_t key = s->by == SPLIT_PROCESS ? tgid : tid;
	struct split_file **bucket = &s->buckets[key % BUCKETS], *f;

	for (f = *bucket; f; f = f->next)
		if (key == (s->by == SPLIT_PROCESS ? f->tgid : f->tid) &&
		    (s->by != SPLIT_BOTH || f->tgid == tgid))
			return f;
	f = s->count < SPLIT_FILES_MOST ? calloc(1, sizeof(*f)) : NULL;
	if (!f)
		return NULL;
	s->count++;
	f->tid = tid;
	f->tgid = tgid;
	f->out.fd = -1;
	f->next = *bucket;
	return *bucket = f;
}

static void take_out(struct ranks *r, struct split_file *f)
{
	*(f->newer ? &f->newer->older : &r->newest) = f->older;
	*(f->older ? &f->older->newer : &r->oldest) = f->newer;
	f->newer = f->older = NULL;
	r->count--;
}

static void put_first(struct ranks *r, struct split_file *f)
{
	f->newer = NULL;
	f->older = r->newest;
	*(r->newest ? &r->newest->newer : &r->oldest) = f;
	r->newest = f;
	r->count++;
}

/* Writes what there is and gives descriptor and buffer back: 0 or the first error. */
static int shut(struct split_files *s, struct split_file *f)
{
	int fd = f->out.fd, error = text_close(&f->out);

	take_out(&s->open, f);
	f->rank = SPLIT_SHUT;
	f->out.fd = -1;
	return close(fd) && !error ? -errno : error;
}

static void shut_oldest(struct split_files *s)
{
	struct split_file *f = s->open.oldest;

	f->out.error = shut(s, f); /* said when it is next used, or closed */
	f->rank = SPLIT_IDLE;
	put_first(&s->idle, f);
}

/* The name has nothing of the tape but numbers. */
static void name_file(const struct split_files *s, const struct split_file *f, char name[])
{
	size_t n = snprintf(name, NAME_ROOM, "%s.%u", output_folder_name(s->target->folder),
			    s->by == SPLIT_PROCESS ? f->tgid : f->tid);

	if (s->by == SPLIT_BOTH)
		n += snprintf(name + n, NAME_ROOM - n, ".%u", f->tgid);
	if (f->beside)
		snprintf(name + n, NAME_ROOM - n, "-%u", f->beside);
}

/* Whether something that may not be written to stands under a name. */
static bool is_taken(int error)
{
	return error == -EACCES || error == -ELOOP || error == -EPERM || error == -EISDIR ||
	       error == -ETXTBSY;
}

/* Others may be able to put links, pipes and files of theirs where its name stands: then it takes
 * another one. */
static int open_named(struct split_files *s, struct split_file *f)
{
	bool adds = f->made || s->target->append;
	char name[NAME_ROOM];
	struct tape_error why;
	int fd = -EACCES;

	for (int i = 0; i < 2 * COUNTED; i++) {
		name_file(s, f, name);
		fd = output_file_at(s->target->folder, name, adds ? OUTPUT_APPEND : OUTPUT_OVER,
				    &s->target->rules, &why);
		if (!is_taken(fd) || !output_folder_shared(s->target->folder))
			break;
		s->target->displaced += !f->beside;
		/* Who has taken the first few cannot foresee the next. */
		if (++f->beside > COUNTED &&
		    getrandom(&f->beside, sizeof(f->beside), 0) != sizeof(f->beside))
			break;
	}
	return fd;
}

static int wrong(const struct split_files *s, const struct split_file *f, int error,
		 struct tape_error *why)
{
	snprintf(why->text, sizeof(why->text), "cannot write to %.150s.%u: %s",
		 output_folder_name(s->target->folder), s->by == SPLIT_PROCESS ? f->tgid : f->tid,
		 strerror(-error));
	return error;
}

/* Opens it; where descriptors are short, the least recent file gives its own. */
static int open_file(struct split_files *s, struct split_file *f)
{
	int fd;

	while ((fd = open_named(s, f)) < 0) {
		if ((fd != -EMFILE && fd != -ENFILE) || !s->open.oldest)
			break;
		shut_oldest(s);
	}
	return fd;
}

/* Ends the renderer of a file that is not open; what it still has to say is written at once. */
static int end_idle(struct split_files *s, struct split_file *f)
{
	int error = f->out.error, fd = 0;

	take_out(&s->idle, f);
	f->rank = SPLIT_SHUT;
	if (!error)
		error = text_open(&f->out, -1);
	s->end(s->context, f);
	if (!error && f->out.used)
		fd = open_file(s, f);
	f->out.fd = fd > 0 ? fd : -1;
	if (text_close(&f->out) && !error)
		error = f->out.error;
	if (fd > 0 && close(fd) && !error)
		error = -errno;
	f->out = (struct text){ .fd = -1, .error = error ? error : fd < 0 ? fd : 0 };
	return f->out.error;
}

int split_files_open(struct split_files *s, struct split_file *f, struct tape_error *why)
{
	int error = f->out.error, fd;

	if (f->rank == SPLIT_OPEN) {
		take_out(&s->open, f);
		put_first(&s->open, f);
		return error ? wrong(s, f, error, why) : 0;
	}
	if (error)
		return wrong(s, f, error, why);
	while (s->open.count >= SPLIT_OPEN_MOST)
		shut_oldest(s);
	fd = open_file(s, f);
	error = fd < 0 ? fd : text_open_sized(&f->out, fd, FILE_ROOM);
	if (error) {
		if (fd >= 0)
			close(fd);
		f->out.fd = -1;
		return wrong(s, f, error, why);
	}
	if (f->rank == SPLIT_IDLE)
		take_out(&s->idle, f);
	f->rank = SPLIT_OPEN;
	f->made = true;
	put_first(&s->open, f);
	while (s->idle.count > SPLIT_RENDERERS_MOST) {
		f = s->idle.oldest;
		end_idle(s, f);
		f->begun = false;
		f->retired = true;
	}
	return 0;
}

int split_files_close(struct split_files *s, struct split_file *f, struct tape_error *why)
{
	int error = f->out.error;

	if (f->rank == SPLIT_OPEN) {
		if (f->begun)
			s->end(s->context, f);
		error = shut(s, f);
	} else if (f->rank == SPLIT_IDLE) {
		error = end_idle(s, f);
	}
	f->begun = f->retired = false;
	f->out.error = 0;
	return error ? wrong(s, f, error, why) : 0;
}

void split_files_each(struct split_files *s, void (*each)(void *context, struct split_file *file),
		      void *context)
{
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct split_file *f = s->buckets[i]; f; f = f->next)
			each(context, f);
}
