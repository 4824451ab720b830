/* once.h — requests that carry an Idempotency-Key are carried out once. */
#ifndef CHIBO_APP_ONCE_H
#define CHIBO_APP_ONCE_H

#include "http/http.h"

/* http_hooks.once: looks the key up and runs the request in one write transaction with the note that it was used. */
fail once_run(struct call *c, struct once *o, fail (*run)(struct call *c, void *run_arg), void *run_arg, void *arg) MUST_CHECK;

#endif
