// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/sqlite/sqlite_files.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum {
	NAME_MOST = 64,	      /* of files; they have no names but what SQLite makes up */
	SECTOR = 4096,	      /* bytes that are written at once, for all that matters here */
	UNIX_EPOCH = 2440587, /* and a half: in days of the Julian calendar */
};

struct file {
	sqlite3_file base;
	struct sqlite_files *files;
	int fd, place; /* place: among the scratch files, -1: the database */
	sqlite3_int64 size;
};

static struct file *file_of(sqlite3_file *base)
{
	return (struct file *)base;
}

static int failed(struct file *f, int code)
{
	if (!f->files->error)
		f->files->error = errno ? -errno : -EIO;
	return f->files->error == -ENOSPC || f->files->error == -EDQUOT ? SQLITE_FULL : code;
}

static int close_file(sqlite3_file *base)
{
	struct file *f = file_of(base);

	if (f->place < 0)
		return SQLITE_OK;
	f->files->taken[f->place] = false;
	return ftruncate(f->fd, 0) ? failed(f, SQLITE_IOERR_CLOSE) : SQLITE_OK;
}

static int read_file(sqlite3_file *base, void *to, int size, sqlite3_int64 at)
{
	struct file *f = file_of(base);
	size_t wanted = (size_t)size, done = 0;
	char *data = to;

	while (done < wanted) {
		ssize_t n = pread(f->fd, data + done, wanted - done, at + (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed(f, SQLITE_IOERR_READ);
		if (!n)
			break;
		done += (size_t)n;
	}
	memset(data + done, 0, wanted - done);
	return done < wanted ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int write_file(sqlite3_file *base, const void *from, int size, sqlite3_int64 at)
{
	struct file *f = file_of(base);
	size_t wanted = (size_t)size, done = 0;
	const char *data = from;

	while (done < wanted) {
		ssize_t n = pwrite(f->fd, data + done, wanted - done, at + (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		errno = n ? errno : ENOSPC;
		if (n <= 0)
			return failed(f, SQLITE_IOERR_WRITE);
		done += (size_t)n;
	}
	if (at + size > f->size)
		f->size = at + size;
	return SQLITE_OK;
}

static int cut_file(sqlite3_file *base, sqlite3_int64 size)
{
	struct file *f = file_of(base);

	if (ftruncate(f->fd, size))
		return failed(f, SQLITE_IOERR_TRUNCATE);
	f->size = size;
	return SQLITE_OK;
}

/* Whoever gives the file its name has it on the disk before. */
static int sync_file(sqlite3_file *base, int flags)
{
	(void)base;
	(void)flags;
	return SQLITE_OK;
}

static int size_of_file(sqlite3_file *base, sqlite3_int64 *size)
{
	*size = file_of(base)->size;
	return SQLITE_OK;
}

static int no_lock(sqlite3_file *base, int level)
{
	(void)base;
	(void)level;
	return SQLITE_OK;
}

static int nobody_locks(sqlite3_file *base, int *locked)
{
	(void)base;
	*locked = 0;
	return SQLITE_OK;
}

static int no_control(sqlite3_file *base, int operation, void *argument)
{
	(void)base;
	(void)operation;
	(void)argument;
	return SQLITE_NOTFOUND;
}

static int sector(sqlite3_file *base)
{
	(void)base;
	return SECTOR;
}

static int traits(sqlite3_file *base)
{
	(void)base;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = close_file,
	.xRead = read_file,
	.xWrite = write_file,
	.xTruncate = cut_file,
	.xSync = sync_file,
	.xFileSize = size_of_file,
	.xLock = no_lock,
	.xUnlock = no_lock,
	.xCheckReservedLock = nobody_locks,
	.xFileControl = no_control,
	.xSectorSize = sector,
	.xDeviceCharacteristics = traits,
};

static int take_scratch(struct sqlite_files *files)
{
	for (int i = 0; i < SQLITE_SCRATCH; i++) {
		if (files->scratch[i] < 0 || files->taken[i])
			continue;
		files->taken[i] = true;
		return i;
	}
	return -1;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *got)
{
	struct sqlite_files *files = vfs->pAppData;
	struct file *f = file_of(base);

	(void)name;
	*f = (struct file){ .files = files, .fd = files->database, .place = -1 };
	if (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL))
		return SQLITE_CANTOPEN;
	if (!(flags & SQLITE_OPEN_MAIN_DB)) {
		f->place = take_scratch(files);
		if (f->place < 0)
			return SQLITE_CANTOPEN;
		f->fd = files->scratch[f->place];
	}
	f->size = lseek(f->fd, 0, SEEK_END);
	if (f->size < 0)
		return failed(f, SQLITE_CANTOPEN);
	f->base.pMethods = &methods;
	if (got)
		*got = flags;
	return SQLITE_OK;
}

static int remove_file(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	(void)name;
	(void)sync;
	return SQLITE_IOERR_DELETE_NOENT;
}

static int no_access(sqlite3_vfs *vfs, const char *name, int flags, int *yes)
{
	(void)vfs;
	(void)name;
	(void)flags;
	*yes = 0;
	return SQLITE_OK;
}

static int same_name(sqlite3_vfs *vfs, const char *name, int size, char *full)
{
	(void)vfs;
	sqlite3_snprintf(size, full, "%s", name);
	return SQLITE_OK;
}

static int random_bytes(sqlite3_vfs *vfs, int size, char *to)
{
	ssize_t n = getrandom(to, (size_t)size, 0);

	(void)vfs;
	return n > 0 ? (int)n : 0;
}

static int pause_for(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return microseconds; /* nobody else is there to be waited for */
}

static int time_now(sqlite3_vfs *vfs, double *days)
{
	struct timespec now = { 0 };

	(void)vfs;
	clock_gettime(CLOCK_REALTIME, &now);
	*days = UNIX_EPOCH + 0.5 + (double)now.tv_sec / 86400;
	return SQLITE_OK;
}

static int last_error(sqlite3_vfs *vfs, int size, char *text)
{
	const struct sqlite_files *files = vfs->pAppData;

	sqlite3_snprintf(size, text, "%s", files->error ? strerror(-files->error) : "");
	return -files->error;
}

const char *sqlite_files_begin(struct sqlite_files *files, int database, const int *scratch)
{
	*files = (struct sqlite_files){
		.vfs = { .iVersion = 1,
			 .szOsFile = sizeof(struct file),
			 .mxPathname = NAME_MOST,
			 .zName = "systape",
			 .pAppData = files,
			 .xOpen = open_file,
			 .xDelete = remove_file,
			 .xAccess = no_access,
			 .xFullPathname = same_name,
			 .xRandomness = random_bytes,
			 .xSleep = pause_for,
			 .xCurrentTime = time_now,
			 .xGetLastError = last_error },
		.database = database,
	};
	for (int i = 0; i < SQLITE_SCRATCH; i++)
		files->scratch[i] = scratch ? scratch[i] : -1;
	return sqlite3_vfs_register(&files->vfs, 0) == SQLITE_OK ? files->vfs.zName : NULL;
}

void sqlite_files_end(struct sqlite_files *files)
{
	if (files->vfs.zName)
		sqlite3_vfs_unregister(&files->vfs);
}
