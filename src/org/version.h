/* version.h — counts the changes of the tree made by this process.
 *
 * Whoever keeps a copy of the tree in memory compares the number and reads again when it has moved. */
#ifndef CHIBO_ORG_VERSION_H
#define CHIBO_ORG_VERSION_H

#include "base/call.h"

/* Called inside the write transaction that changes unit or unit_span: the number moves once that is committed. */
void org_tree_changed(struct call *c);
/* Moves the number at once: another process has changed the tree. */
void org_tree_moved(void);
/* Thread-safe. */
int64_t org_tree_version(void);

#endif
