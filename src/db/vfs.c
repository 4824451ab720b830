/* vfs.c — how the connection that writes reaches its files: SQLite's own way, with two changes.
 *
 * 1. What goes to the log (one small write for each page and its header) is gathered and written at once, at the latest when it
 *    is synced or read. Nobody else looks at those pages before the sync: the index that names them is written after it.
 * 2. When pages have been moved from the log into the database, the database file has to reach the disk before the log may
 *    begin anew and overwrite them. Here a thread of its own does that sync while the writer goes on; until it is done the log
 *    is not allowed to begin anew (SQLite is told that a reader is still using it) and simply grows. A power cut in between finds
 *    the whole log. A sync that fails is never forgotten: the log then keeps everything and changes are refused. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "db/sqlite.h"

enum {
	BUFFER_BYTES = 127 * 1024, /* SQLite writes less than 128 KiB at once */
	/* Locks of the log's index (wal.c): five read marks from 3 on; to begin anew the writer wants all but the first at once. */
	FIRST_MARK = 4, MARKS = 4,
};

struct shim {
	sqlite3_file base;
	struct shim *main;      /* of a log: the file of its database; of a database: itself; NULL: any other file */
	sqlite3_file *real;
	/* a log */
	char *buffer;
	sqlite3_int64 at;       /* where in the file the buffer begins */
	int used;
	/* a database */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	pthread_t thread;
	bool background, stopping, failed;
	unsigned wanted, done;  /* syncs asked for, and the last of these that is on the disk */
};

static struct shim *shim_of(sqlite3_file *f)
{
	return (struct shim *)f;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
	return shim_of(f)->real;
}

/* ---- the sync behind ---- */

static void *sync_main(void *arg)
{
	struct shim *s = arg;

	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (s->done == s->wanted && !s->stopping)
			pthread_cond_wait(&s->changed, &s->lock);
		if (s->done == s->wanted)
			break;
		unsigned now = s->wanted;

		pthread_mutex_unlock(&s->lock);
		int rc = s->real->pMethods->xSync(s->real, SQLITE_SYNC_NORMAL);

		pthread_mutex_lock(&s->lock);
		s->failed = s->failed || rc != SQLITE_OK;
		s->done = now;
		pthread_cond_broadcast(&s->changed);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* Until everything asked for is on the disk; false if some of it never got there. */
static bool wait_for_sync(struct shim *s)
{
	pthread_mutex_lock(&s->lock);
	while (s->done != s->wanted && !s->failed)
		pthread_cond_wait(&s->changed, &s->lock);
	bool good = !s->failed;

	pthread_mutex_unlock(&s->lock);
	return good;
}

static bool must_not_overwrite(struct shim *s)
{
	pthread_mutex_lock(&s->lock);
	bool waits = s->failed || s->done != s->wanted;

	pthread_mutex_unlock(&s->lock);
	return waits;
}

static struct shim *shim_behind(sqlite3 *h)
{
	sqlite3_file *f = NULL;

	sqlite3_file_control(h, "main", SQLITE_FCNTL_FILE_POINTER, &f);
	return shim_of(f);
}

bool vfs_begin(sqlite3 *h)
{
	struct shim *s = shim_behind(h);

	s->background = pthread_create(&s->thread, NULL, sync_main, s) == 0;
	return s->background;
}

void vfs_end(sqlite3 *h)
{
	struct shim *s = shim_behind(h);

	if (!s->background)
		return;
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	s->background = false;
}

bool vfs_wait(sqlite3 *h)
{
	return wait_for_sync(shim_behind(h));
}

bool vfs_failed(sqlite3 *h)
{
	struct shim *s = shim_behind(h);

	pthread_mutex_lock(&s->lock);
	bool failed = s->failed;

	pthread_mutex_unlock(&s->lock);
	return failed;
}

/* ---- the gathered log ---- */

static int flush(struct shim *s)
{
	int n = s->used;

	s->used = 0;
	return n ? s->real->pMethods->xWrite(s->real, s->buffer, n, s->at) : SQLITE_OK;
}

/* The first bytes of the log are written when it begins anew. */
static int write_log(struct shim *s, const void *data, int n, sqlite3_int64 at)
{
	int rc = SQLITE_OK;

	if (at == 0 && s->main && !wait_for_sync(s->main))
		return SQLITE_IOERR_WRITE;
	if (s->used && (at != s->at + s->used || s->used + n > BUFFER_BYTES))
		rc = flush(s);
	if (rc != SQLITE_OK || n > BUFFER_BYTES)
		return rc != SQLITE_OK ? rc : s->real->pMethods->xWrite(s->real, data, n, at);
	if (!s->used)
		s->at = at;
	memcpy(s->buffer + s->used, data, (size_t)n);
	s->used += n;
	return SQLITE_OK;
}

/* ---- methods of a file ---- */

static int file_close(sqlite3_file *f)
{
	struct shim *s = shim_of(f);
	int rc = flush(s), closed = s->real->pMethods->xClose(s->real);

	free(s->buffer);
	s->buffer = NULL;
	if (s->main == s) {
		pthread_mutex_destroy(&s->lock);
		pthread_cond_destroy(&s->changed);
	}
	return rc != SQLITE_OK ? rc : closed;
}

static int file_read(sqlite3_file *f, void *data, int n, sqlite3_int64 at)
{
	int rc = flush(shim_of(f));

	return rc != SQLITE_OK ? rc : real_of(f)->pMethods->xRead(real_of(f), data, n, at);
}

static int file_write(sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
	if (shim_of(f)->buffer)
		return write_log(shim_of(f), data, n, at);
	return real_of(f)->pMethods->xWrite(real_of(f), data, n, at);
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct shim *s = shim_of(f);
	int rc = flush(s);

	if (rc == SQLITE_OK && s->buffer && s->main && !wait_for_sync(s->main))
		rc = SQLITE_IOERR_TRUNCATE;
	return rc != SQLITE_OK ? rc : real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int file_sync(sqlite3_file *f, int flags)
{
	struct shim *s = shim_of(f);
	int rc = flush(s);

	if (rc != SQLITE_OK || s->main != s || !s->background)
		return rc != SQLITE_OK ? rc : real_of(f)->pMethods->xSync(real_of(f), flags);
	pthread_mutex_lock(&s->lock);
	s->wanted++;
	rc = s->failed ? SQLITE_IOERR_FSYNC : SQLITE_OK;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
	return rc;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	int rc = flush(shim_of(f));

	return rc != SQLITE_OK ? rc : real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int file_lock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int file_unlock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int file_reserved(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int file_control(sqlite3_file *f, int what, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), what, arg);
}

static int file_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int file_device(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}

static int shm_lock(sqlite3_file *f, int first, int n, int flags)
{
	bool begins_anew = flags == (SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE) && first == FIRST_MARK && n == MARKS;

	if (begins_anew && must_not_overwrite(shim_of(f)))
		return SQLITE_BUSY;
	return real_of(f)->pMethods->xShmLock(real_of(f), first, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int shm_unmap(sqlite3_file *f, int remove)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close, .xRead = file_read, .xWrite = file_write, .xTruncate = file_truncate, .xSync = file_sync,
	.xFileSize = file_size, .xLock = file_lock, .xUnlock = file_unlock, .xCheckReservedLock = file_reserved,
	.xFileControl = file_control, .xSectorSize = file_sector, .xDeviceCharacteristics = file_device,
	.xShmMap = shm_map, .xShmLock = shm_lock, .xShmBarrier = shm_barrier, .xShmUnmap = shm_unmap,
};

/* ---- opening ---- */

static sqlite3_vfs writer_vfs;
static sqlite3_vfs *usual;

static int set_up_shim(struct shim *s, const char *name, int flags)
{
	if (flags & SQLITE_OPEN_MAIN_DB) {
		s->main = s;
		pthread_mutex_init(&s->lock, NULL);
		pthread_cond_init(&s->changed, NULL);
	}
	if (flags & SQLITE_OPEN_WAL) {
		s->main = shim_of(sqlite3_database_file_object(name));
		s->buffer = malloc(BUFFER_BYTES);
	}
	return flags & SQLITE_OPEN_WAL && !s->buffer ? SQLITE_NOMEM : SQLITE_OK;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct shim *s = shim_of(f);

	(void)vfs;
	memset(s, 0, sizeof *s);
	s->real = (sqlite3_file *)(s + 1);
	int rc = usual->xOpen(usual, name, s->real, flags, out);

	if (rc == SQLITE_OK && set_up_shim(s, name, flags) != SQLITE_OK) {
		s->real->pMethods->xClose(s->real);
		rc = SQLITE_NOMEM;
	}
	if (rc == SQLITE_OK)
		s->base.pMethods = &methods;
	return rc;
}

const char *vfs_register(void)
{
	usual = sqlite3_vfs_find(NULL);
	writer_vfs = *usual;
	writer_vfs.szOsFile = (int)sizeof(struct shim) + usual->szOsFile;
	writer_vfs.zName = "chibo-writer";
	writer_vfs.pNext = NULL;
	writer_vfs.xOpen = open_file;
	sqlite3_vfs_register(&writer_vfs, 0);
	return writer_vfs.zName;
}
