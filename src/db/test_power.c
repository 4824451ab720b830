/* test_power.c — the power goes while many write: every acknowledged change has to be on the disk.
 *
 * A file system below SQLite's keeps, for the database and its log, what a disk would hold: what was synced, and of the rest any
 * sectors by chance. In the middle of the load such disks are written out, opened as databases of their own, and searched. */
#include "support/support.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/engine.h"
#include "db/journal.h"

enum { SECTOR = 512, DB = 0, LOG = 1 };

/* ---- a disk ---- */

/* A write that is not certain yet; no data: the file is cut to `at` bytes. */
struct wrote {
	struct wrote *next;
	sqlite3_int64 at;
	int n;
	char data[];
};

struct disk {
	char *image;
	size_t size;
	struct wrote *first, **last;
};

static struct disk disks[2];
static atomic_bool watching;  /* from the moment a database was opened and is at rest */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int sync_us;    /* how long a sync takes */
static bool sync_fails;
static int begun_anew;        /* how often the log's first bytes were written */

static void apply(struct disk *d, const struct wrote *w)
{
	size_t end = (size_t)w->at + (size_t)w->n;

	if (w->n && end > d->size) {
		d->image = realloc(d->image, end);
		memset(d->image + d->size, 0, end - d->size);
	}
	if (end > d->size || !w->n)
		d->size = end;
	memcpy(d->image + w->at, w->data, (size_t)w->n);
}

static void note(int which, const void *data, int n, sqlite3_int64 at)
{
	struct wrote *w = malloc(sizeof *w + (size_t)n);

	w->next = NULL;
	w->at = at;
	w->n = n;
	memcpy(w->data, data, (size_t)n);
	pthread_mutex_lock(&lock);
	*disks[which].last = w;
	disks[which].last = &w->next;
	begun_anew += which == LOG && at == 0 && n;
	pthread_mutex_unlock(&lock);
}

static int count_waiting(const struct disk *d)
{
	int n = 0;

	for (const struct wrote *w = d->first; w; w = w->next)
		n++;
	return n;
}

/* What was written before the sync began is certain after it. */
static void settle(struct disk *d, int n)
{
	while (n-- > 0) {
		struct wrote *w = d->first;

		apply(d, w);
		d->first = w->next;
		free(w);
	}
	if (!d->first)
		d->last = &d->first;
}

static int sync_disk(int which)
{
	pthread_mutex_lock(&lock);
	int n = count_waiting(&disks[which]);
	bool fails = sync_fails && which == DB;

	pthread_mutex_unlock(&lock);
	usleep((useconds_t)atomic_load(&sync_us));
	if (fails)
		return SQLITE_IOERR_FSYNC;
	pthread_mutex_lock(&lock);
	settle(&disks[which], n);
	pthread_mutex_unlock(&lock);
	return SQLITE_OK;
}

/* ---- the file system ---- */

struct file {
	sqlite3_file base;
	sqlite3_file *real;
	int which; /* -1: not watched */
};

#define REAL(f) (((struct file *)(f))->real)
#define CALL(f, method, ...) REAL(f)->pMethods->method(REAL(f), __VA_ARGS__)

static int f_close(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }
static int f_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at) { return CALL(f, xRead, p, n, at); }
static int f_size(sqlite3_file *f, sqlite3_int64 *n) { return CALL(f, xFileSize, n); }
static int f_lock(sqlite3_file *f, int n) { return CALL(f, xLock, n); }
static int f_unlock(sqlite3_file *f, int n) { return CALL(f, xUnlock, n); }
static int f_reserved(sqlite3_file *f, int *n) { return CALL(f, xCheckReservedLock, n); }
static int f_control(sqlite3_file *f, int what, void *p) { return CALL(f, xFileControl, what, p); }
static int f_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int f_device(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int f_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) { return CALL(f, xShmMap, page, size, extend, out); }
static int f_shm_lock(sqlite3_file *f, int first, int n, int flags) { return CALL(f, xShmLock, first, n, flags); }
static void f_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int f_unmap(sqlite3_file *f, int remove) { return CALL(f, xShmUnmap, remove); }

static int f_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	int which = ((struct file *)f)->which;

	if (which >= 0 && atomic_load(&watching))
		note(which, p, n, at);
	return CALL(f, xWrite, p, n, at);
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	int which = ((struct file *)f)->which;

	if (which >= 0 && atomic_load(&watching))
		note(which, "", 0, size);
	return CALL(f, xTruncate, size);
}

static int f_sync(sqlite3_file *f, int flags)
{
	int which = ((struct file *)f)->which;

	return which >= 0 && atomic_load(&watching) ? sync_disk(which) : CALL(f, xSync, flags);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2, .xClose = f_close, .xRead = f_read, .xWrite = f_write, .xTruncate = f_truncate, .xSync = f_sync, .xFileSize = f_size,
	.xLock = f_lock, .xUnlock = f_unlock, .xCheckReservedLock = f_reserved, .xFileControl = f_control, .xSectorSize = f_sector,
	.xDeviceCharacteristics = f_device, .xShmMap = f_map, .xShmLock = f_shm_lock, .xShmBarrier = f_barrier, .xShmUnmap = f_unmap,
};

static sqlite3_vfs unstable, *usual;

static int watched(const char *name, int flags)
{
	if (!name || !strstr(name, "/power"))
		return -1;
	return flags & SQLITE_OPEN_MAIN_DB ? DB : flags & SQLITE_OPEN_WAL ? LOG : -1;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out)
{
	struct file *f = (struct file *)base;

	(void)vfs;
	f->base.pMethods = NULL;
	f->real = (sqlite3_file *)(f + 1);
	f->which = watched(name, flags);
	int rc = usual->xOpen(usual, name, f->real, flags, out);

	if (rc == SQLITE_OK)
		f->base.pMethods = &methods;
	return rc;
}

static void register_unstable(void)
{
	usual = sqlite3_vfs_find(NULL);
	unstable = *usual;
	unstable.szOsFile = (int)sizeof(struct file) + usual->szOsFile;
	unstable.zName = "unstable";
	unstable.pNext = NULL;
	unstable.xOpen = open_file;
	sqlite3_vfs_register(&unstable, 1);
}

/* ---- from files to disks and back ---- */

static void load(struct disk *d, const char *path)
{
	FILE *f = fopen(path, "rb");
	long n = 0;

	*d = (struct disk){ .last = &d->first };
	if (f) {
		fseek(f, 0, SEEK_END);
		n = ftell(f);
		rewind(f);
	}
	d->image = malloc((size_t)n + 1);
	d->size = f ? fread(d->image, 1, (size_t)n, f) : 0;
	if (f)
		fclose(f);
}

static void save(const struct disk *d, const char *path)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(d->image, 1, d->size, f), d->size);
	fclose(f);
}

/* Of a write that was not synced, each sector is there or not. Nothing of a cut that was not synced. */
static void apply_some(struct disk *d, const struct wrote *w, int chance, unsigned *seed)
{
	struct wrote *sector = malloc(sizeof *sector + SECTOR);

	for (int at = 0; at < w->n; at += sector->n) {
		sector->at = w->at + at;
		sector->n = w->n - at < SECTOR ? w->n - at : SECTOR;
		memcpy(sector->data, w->data + at, (size_t)sector->n);
		if (rand_r(seed) % 100 < chance)
			apply(d, sector);
	}
	free(sector);
}

static struct disk copy_with_some(const struct disk *d, int chance, unsigned *seed)
{
	struct disk copy = { .image = malloc(d->size + 1), .size = d->size };

	memcpy(copy.image, d->image, d->size);
	for (const struct wrote *w = d->first; w; w = w->next)
		apply_some(&copy, w, chance, seed);
	return copy;
}

/* What is on the disks if the power goes now. */
static void cut_power(const char *path, const char *log_path, int chance, unsigned *seed)
{
	pthread_mutex_lock(&lock);
	struct disk db = copy_with_some(&disks[DB], chance, seed), log = copy_with_some(&disks[LOG], chance, seed);

	pthread_mutex_unlock(&lock);
	save(&db, path);
	save(&log, log_path);
	free(db.image);
	free(log.image);
}

static void watch(const char *path)
{
	char log[300];

	snprintf(log, sizeof log, "%s-wal", path);
	pthread_mutex_lock(&lock);
	load(&disks[DB], path);
	load(&disks[LOG], log);
	begun_anew = 0;
	pthread_mutex_unlock(&lock);
	atomic_store(&watching, true);
}

static void unwatch(void)
{
	atomic_store(&watching, false);
	for (int i = 0; i < 2; i++) {
		settle(&disks[i], count_waiting(&disks[i]));
		free(disks[i].image);
	}
	sync_fails = false;
	atomic_store(&sync_us, 0);
}

/* ---- the load ---- */

enum { WRITERS = 6, FIRST = 100000 };

struct load {
	struct db *db;
	atomic_bool stop, pause;
	pthread_t threads[WRITERS];
	atomic_int acknowledged[WRITERS], refused;
};

#define QUERY(n, text) { .name = "power", .sqlite = text, .postgres = text, .params = n, .slot = -1 }

/* Enough pages for the log to be moved and to begin anew again and again. */
static fail add(struct call *c, void *arg)
{
	static const struct query unit = QUERY(3, "INSERT INTO unit (id, realm, code) VALUES ($1, $1, $2 || $3)");
	char filler[1500];
	int64_t id = *(int64_t *)arg;

	memset(filler, 'x', sizeof filler - 1);
	filler[sizeof filler - 1] = '\0';
	TRY(db_exec(c, &unit, ARGS(V(id), V(arena_printf(c->arena, "U%lld", (long long)(id * 7919 % 1000003))), V((const char *)filler)), NULL));
	return journal_add(c, 0, id, "create", "unit", id, filler, "{}");
}

struct one { struct load *load; int index; };

static void *keep_writing(void *arg)
{
	struct one *w = arg;

	for (int i = 0; !atomic_load(&w->load->stop); i++) {
		struct call c;
		int64_t id = (int64_t)FIRST * (w->index + 1) + i;

		test_call(&c);
		c.db = w->load->db;
		if (db_write(&c, add, &id) == FAIL_OK)
			atomic_store(&w->load->acknowledged[w->index], i + 1);
		else
			atomic_fetch_add(&w->load->refused, 1);
		bool refused = c.problem.code != FAIL_OK;

		call_end(&c);
		if (refused)
			break;
		while (atomic_load(&w->load->pause) && !atomic_load(&w->load->stop))
			usleep(1000);
	}
	free(w);
	return NULL;
}

static void start_load(struct load *l, struct db *db)
{
	memset(l, 0, sizeof *l);
	l->db = db;
	for (int i = 0; i < WRITERS; i++) {
		struct one *w = malloc(sizeof *w);

		*w = (struct one){ l, i };
		assert_int_equal(pthread_create(&l->threads[i], NULL, keep_writing, w), 0);
	}
}

static int times_anew(void)
{
	pthread_mutex_lock(&lock);
	int n = begun_anew;

	pthread_mutex_unlock(&lock);
	return n;
}

static void stop_load(struct load *l)
{
	atomic_store(&l->stop, true);
	for (int i = 0; i < WRITERS; i++)
		pthread_join(l->threads[i], NULL);
}

static void assert_there(struct call *c, const int *acknowledged)
{
	for (int i = 0; i < WRITERS; i++) {
		int64_t first = (int64_t)FIRST * (i + 1);
		int64_t n = test_int(c, arena_printf(c->arena, "SELECT count(*) FROM unit WHERE id >= %lld AND id < %lld", (long long)first,
		                                     (long long)first + acknowledged[i]));

		assert_int_equal(n, acknowledged[i]);
	}
}

/* Opens what the disk holds and looks. */
static void check_disk(const char *path, const int *acknowledged)
{
	struct db_options options = { .write = true };
	struct call c;

	test_call(&c);
	assert_ok(&c, db_open(&c, path, &options, &c.db));
	assert_there(&c, acknowledged);
	assert_ok(&c, db_check(&c));
	assert_ok(&c, journal_verify(&c, NULL));
	db_close(c.db);
	call_end(&c);
}

static struct db *open_watched(struct call *c, const char *path)
{
	struct db_options options = { .create = true, .write = true };

	assert_ok(c, db_open(c, path, &options, &c->db));
	assert_ok(c, db_migrate(c, NULL));
	usleep(200000); /* until the log has been moved */
	watch(path);
	return c->db;
}

static void what_was_acknowledged_survives_a_power_cut(void **state)
{
	const char *path, *copy, *copy_log;
	struct call c;
	struct load l;
	unsigned seed = 7;

	(void)state;
	test_call(&c);
	path = arena_printf(c.arena, "%s/power.db", test_dir());
	copy = arena_printf(c.arena, "%s/cut.db", test_dir());
	copy_log = arena_printf(c.arena, "%s-wal", copy);
	start_load(&l, open_watched(&c, path));
	for (int round = 0; round < 12 || (times_anew() < 2 && round < 40); round++) {
		int acknowledged[WRITERS];

		atomic_store(&sync_us, round % 3 == 0 ? 200 : round % 3 == 1 ? 3000 : 15000);
		usleep(150000);
		for (int i = 0; i < WRITERS; i++)
			acknowledged[i] = atomic_load(&l.acknowledged[i]);
		cut_power(copy, copy_log, round % 4 * 33, &seed);
		check_disk(copy, acknowledged);
		atomic_store(&l.pause, true); /* idle moments, when the log may begin anew, belong to the picture */
		usleep(round < 12 ? 100000 : 1500000); /* a slow or busy machine needs longer ones */
		atomic_store(&l.pause, false);
	}
	stop_load(&l);
	assert_int_equal(atomic_load(&l.refused), 0);
	bool began_anew = times_anew() >= 2;

	db_close(c.db);
	unwatch();
	call_end(&c);
	if (!began_anew) { /* every cut was looked at, but none of them could fall on a log that begins anew */
		print_message("the machine is too busy for the log to begin anew twice\n");
		skip();
	}
}

static void a_disk_that_keeps_nothing_stops_changes_and_loses_none(void **state)
{
	const char *path;
	struct call c;
	struct load l;
	int acknowledged[WRITERS];

	(void)state;
	test_call(&c);
	path = arena_printf(c.arena, "%s/power-fails.db", test_dir());
	start_load(&l, open_watched(&c, path));
	usleep(300000);
	pthread_mutex_lock(&lock);
	sync_fails = true;
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < 400 && !atomic_load(&l.refused); i++)
		usleep(20000);
	stop_load(&l);
	assert_true(atomic_load(&l.refused) > 0);
	for (int i = 0; i < WRITERS; i++)
		acknowledged[i] = atomic_load(&l.acknowledged[i]);
	const char *copy = arena_printf(c.arena, "%s/cut-fails.db", test_dir());
	unsigned seed = 9;

	cut_power(copy, arena_printf(c.arena, "%s-wal", copy), 50, &seed);
	check_disk(copy, acknowledged);
	db_close(c.db);
	unwatch();
	call_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_acknowledged_survives_a_power_cut),
		cmocka_unit_test(a_disk_that_keeps_nothing_stops_changes_and_loses_none),
	};

	register_unstable();
	return cmocka_run_group_tests_name("power", tests, NULL, NULL);
}
