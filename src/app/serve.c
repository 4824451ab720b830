/* serve.c — what the server asks of the program (the hooks of http.h), and `chibo serve` itself: start, signals, stop. */
#include "app/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access/access.h"
#include "access/access_pages.h"
#include "access/session.h"
#include "app/frame.h"
#include "app/handover.h"
#include "app/once.h"
#include "app/routes.h"
#include "app/rule_store.h"
#include "app/rulebook.h"
#include "app/run.h"
#include "app/tending.h"
#include "app/version.h"
#include "db/db.h"
#include "document/file.h"
#include "growth/certificate.h"
#include "growth/growth_pages.h"
#include "meeting/ballot.h"
#include "notice/post_box.h"
#include "paper/form.h"
#include "rollup/memory.h"
#include "year/tables.h"

enum { STOP_MS = 20000, RELOAD_CEILING = 64 << 20 };

struct server {
	struct db *db;
	const struct settings *settings;
	struct rollup *rollup;
	struct handover *handover;
	struct http *http;
	struct notice_settings notice;
	struct post_box *post_box;
	struct tending *tending;
	FILE *access_log;
};

/* ---- hooks ---- */

static void hook_call(struct call *c, void *arg)
{
	struct server *s = arg;

	c->db = s->db;
	c->rollup = s->rollup;
	rulebook_give(c);
	session_nobody(c);
	session_prepare(c);
}

static fail hook_read_begin(struct call *c, void *arg)
{
	(void)arg;
	return db_read_begin(c);
}

static void hook_read_end(struct call *c, void *arg)
{
	(void)arg;
	session_settle(c);
	db_read_end(c);
}

static fail hook_session(struct call *c, const char *token, void *arg)
{
	(void)arg;
	return session_resume(c, token);
}

static fail hook_may(struct call *c, enum right right, int64_t unit_id, void *arg)
{
	(void)arg;
	return access_may(c, right, unit_id);
}

static void hook_page(struct call *c, const struct req *rq, struct page *pg, void *arg)
{
	struct server *s = arg;

	frame_fill(c, rq, s->settings, pg);
}

/* ---- starting and stopping ---- */

static fail open_log(struct call *c, const struct settings *set, FILE **out)
{
	int fd;

	*out = NULL;
	if (!*set->access_log)
		return FAIL_OK;
	fd = strcmp(set->access_log, "-") == 0 ? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
	                                       : open(set->access_log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
	*out = fd >= 0 ? fdopen(fd, "a") : NULL;
	if (*out)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "access_log", "cannot write the file “%s”: %s", set->access_log, strerror(errno));
}

static void fill_config(struct server *s, struct http_config *config)
{
	const struct settings *set = s->settings;

	*config = (struct http_config){
		.listen = set->listen,
		.threads = (unsigned)set->threads,
		.workers = (unsigned)set->workers,
		.queue = (unsigned)set->queue,
		.connections = (unsigned)set->connections,
		.per_ip = (unsigned)set->per_ip,
		.timeout_s = (unsigned)set->timeout,
		.body_limit = (size_t)set->body_limit,
		.upload_limit = (size_t)set->upload_limit,
		.file_limit = (size_t)set->file_limit,
		.arena_limit = (size_t)set->memory_limit,
		.trust_proxy = set->trusted_proxy,
		.access_log = s->access_log,
		.title = set->name,
		.version = CHIBO_VERSION,
		.routes = app_routes,
		.hooks = { hook_call, hook_read_begin, hook_read_end, hook_session, hook_may, hook_page, once_run },
		.arg = s,
	};
}

static fail server_command(struct call *c, struct args *words, const char *rules, void *arg)
{
	struct server *s = arg;

	c->rollup = s->rollup;
	return run_handed_over(c, words, rules, s->db);
}

/* Without a slash at the end: paths follow. */
static const char *without_slash(struct call *c, const char *address)
{
	size_t n = strlen(address);

	while (n && address[n - 1] == '/')
		n--;
	return arena_printf(c->arena, "%.*s", (int)n, address);
}

static fail start_mail(struct call *c, struct server *s)
{
	const struct settings *set = s->settings;

	if (*set->smtp && !mail_is_address(set->mail_from))
		return problem(c, FAIL_INPUT, "mail_from", "letters need an address that they come from; set mail_from, for example chibo@xa.example");
	s->notice = (struct notice_settings){
		.mail = { set->smtp, set->smtp_user, set->smtp_password, set->mail_from, set->name, NULL },
		.site = without_slash(c, set->address),
	};
	TRY(remind_rules_parse(c, set->remind, &s->notice.remind));
	notice_configure(&s->notice);
	return post_box_start(c, s->db, &s->post_box);
}

/* The order matters: counters before the first request, the socket for commands before the first command finds the place taken. */
static fail start_parts(struct call *c, struct server *s)
{
	struct http_config config;

	TRY(open_log(c, s->settings, &s->access_log));
	TRY(rollup_open(c, &s->rollup));
	file_set_limit(s->settings->file_limit);
	sign_in_configure(s->settings->session_days, s->settings->sign_ins);
	verify_configure((unsigned)s->settings->sign_ins * 3);
	certificate_site_set(s->settings->address);
	if (db_engine_of(s->db) == DB_SQLITE)
		TRY(handover_listen(c, db_url(s->db), server_command, s, &s->handover));
	TRY(start_mail(c, s));
	TRY(tending_start(c, s->db, s->rollup, &s->tending));
	fill_config(s, &config);
	return http_serve(c, &config, &s->http);
}

/* Ends what was started, the newest first; false when something would not end. */
static bool end_parts(struct server *s, int wait_ms)
{
	if (s->http)
		http_stop(s->http, wait_ms);
	if (!handover_stop(s->handover, wait_ms))
		return false;
	ballot_drop_all();
	tending_stop(s->tending);
	post_box_stop(s->post_box);
	notice_configure(NULL);
	rollup_close(s->rollup);
	if (s->access_log)
		fclose(s->access_log);
	free(s);
	return true;
}

fail server_start(struct call *c, const struct settings *settings, struct server **out)
{
	struct server *s = calloc(1, sizeof *s);
	fail f;

	if (!s)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	s->db = c->db;
	s->settings = settings;
	f = start_parts(c, s);
	if (f == FAIL_OK)
		*out = s;
	else
		(void)end_parts(s, 0);
	return f;
}

bool server_stop(struct server *s, int wait_ms)
{
	return end_parts(s, wait_ms);
}

struct http *server_http(struct server *s)
{
	return s->http;
}

/* ---- the command ---- */

static int signal_pipe[2] = { -1, -1 };

static void on_signal(int number)
{
	int before = errno;
	char word = number == SIGHUP ? 'r' : 's';

	(void)!write(signal_pipe[1], &word, 1);
	errno = before;
}

static fail catch_signals(struct call *c)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };
	struct sigaction act = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		sigaction(numbers[i], &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	return FAIL_OK;
}

static fail take_new_rules(struct call *c)
{
	TRY(rulebook_reload(c));
	rulebook_give(c);
	return rules_store(c);
}

/* A mistake in the new files is told and leaves the rules that are in force. The call has an arena of its own: the server's lasts for ever. */
static void read_rules_again(struct call *server)
{
	struct call c;

	call_begin(&c, RELOAD_CEILING);
	c.lang = server->lang;
	c.db = server->db;
	if (take_new_rules(&c) == FAIL_OK)
		fprintf(c.err, "%s\n", tr(c.lang, "The rules were read again."));
	else
		fprintf(c.err, "%s\n%s\n", c.problem.text, tr(c.lang, "The rules that were in force stay in force."));
	fflush(c.err);
	call_end(&c);
}

/* Waits in poll, which a signal always ends: under ThreadSanitizer a handler only runs when a call comes back. */
static void wait_for_end(struct call *c)
{
	char word = 0;

	while (word != 's') {
		struct pollfd signals = { .fd = signal_pipe[0], .events = POLLIN };

		if (poll(&signals, 1, -1) < 0 && errno != EINTR)
			return;
		if (read(signal_pipe[0], &word, 1) == 1 && word == 'r')
			read_rules_again(c);
	}
}

static const char *address_of(struct call *c, const struct settings *set, struct http *h)
{
	const char *colon = strrchr(set->listen, ':');

	if (strncmp(set->listen, "unix:", 5) == 0 || !colon)
		return set->listen;
	return arena_printf(c->arena, "http://%.*s:%d/", (int)(colon - set->listen), set->listen, http_port(h));
}

static fail serve(struct call *c, struct args *args)
{
	struct settings set = { 0 };
	struct server *s;

	TRY(settings_read(c, args, &set));
	TRY(args_end(c, args));
	if (*set.forms)
		form_folder_set(call_path(c, set.forms));
	TRY(catch_signals(c));
	tables_changed = take_new_rules;
	TRY(rules_store(c));
	TRY(server_start(c, &set, &s));
	fprintf(c->out, tr(c->lang, "chibo %s serves %s at %s\n"), CHIBO_VERSION, db_url(c->db), address_of(c, &set, s->http));
	fflush(c->out);
	wait_for_end(c);
	fprintf(c->err, "%s\n", tr(c->lang, "Stopping: what is in work is finished first."));
	if (server_stop(s, STOP_MS))
		return FAIL_OK;
	/* something still uses the database: leave without tearing it down under its feet; what was acknowledged is on the disk */
	fprintf(c->err, "%s\n", tr(c->lang, "Some commands did not end in time and were cut off; their changes were not made."));
	fflush(c->err);
	_exit(fail_exit(FAIL_BUSY));
}

const struct command serve_commands[] = {
	{ "serve", "[--listen ADDRESS] [OPTIONS]", N_("the web application"), NEEDS_DB | NEEDS_PLACE | NEEDS_RULES, serve, settings_options },
	{ NULL },
};
