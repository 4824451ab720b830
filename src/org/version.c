/* version.c — one counter; it knows that something changed, not what. */
#include "org/version.h"

#include <stdatomic.h>

static _Atomic int64_t version = 1;

static void moved(void *arg)
{
	(void)arg;
	atomic_fetch_add(&version, 1);
}

void org_tree_changed(struct call *c)
{
	call_after_commit(c, moved, NULL);
}

void org_tree_moved(void)
{
	moved(NULL);
}

int64_t org_tree_version(void)
{
	return atomic_load(&version);
}
