/* listen.h — the socket that is listened on. */
#ifndef CHIBO_HTTP_LISTEN_H
#define CHIBO_HTTP_LISTEN_H

#include "base/call.h"

/* "127.0.0.1:8080", "[::1]:0", "localhost:80", "unix:/path". An old unix socket that nobody answers is removed. *port gets the
 * port in use (0 for unix), *unix_path a malloc'd path to remove at the end, or NULL. */
fail listen_open(struct call *c, const char *where, int *fd, int *port, char **unix_path) MUST_CHECK;

#endif
