/* serve.h — the web application: a database, rules and counters behind the routes of all rooms.
 *
 * `chibo serve` and the tests of the whole server use the same calls. */
#ifndef CHIBO_APP_SERVE_H
#define CHIBO_APP_SERVE_H

#include "app/settings.h"
#include "http/http.h"

struct server;

/* Begins to serve c->db by the rules of c->rules and returns. On SQLite it also listens for commands that are handed over, which needs the
 * writer's place. `settings` and the database must outlast the server. */
fail server_start(struct call *c, const struct settings *settings, struct server **out) MUST_CHECK;
/* Lets requests and commands in work finish, at most `wait_ms` each. False: some did not, and what they use was left as it is. */
bool server_stop(struct server *s, int wait_ms);
struct http *server_http(struct server *s);

extern const struct command serve_commands[];

#endif
