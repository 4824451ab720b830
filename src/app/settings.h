/* settings.h — what can be set for a server, one row each.
 *
 * A row gives the option of `chibo serve` (--body-limit), the variable (CHIBO_BODY_LIMIT), the line of the file chibo.conf
 * (body_limit = 1048576), type and bounds, what holds when nothing is said, and the help. The first that is given counts: option,
 * variable, file, default. docs/chibo.conf.sample is printed from the same rows. */
#ifndef CHIBO_APP_SETTINGS_H
#define CHIBO_APP_SETTINGS_H

#include "base/command.h"
#include "base/out.h"
#include "base/record.h"

struct settings {
	const char *listen;    /* "127.0.0.1:8080", "[::1]:0", "unix:/run/chibo.sock" */
	const char *name;      /* of the installation, on every page */
	unsigned accent;       /* accent_words */
	int64_t threads, workers, queue;
	int64_t connections, per_ip, timeout;
	int64_t body_limit, upload_limit, file_limit, memory_limit;
	int64_t session_days;
	bool trusted_proxy;
	const char *access_log; /* a file, "-" for the message stream, "" for none */
	const char *address;    /* of the installation, as people reach it: for links in letters and calendars */
	const char *smtp, *smtp_user, *smtp_password, *mail_from; /* the mail server letters go to; "": none */
	const char *forms;      /* folder with an office's own forms (paper/form.h), "" for none */
	const char *remind;     /* days on which tasks remind by mail (work/remind.h) */
	int64_t sign_ins;       /* attempts a minute, per login and per address */
};
extern const char *const accent_words[]; /* "" lacquer indigo teal forest slate */

struct setting {
	struct field field;    /* its label is the help */
	const char *otherwise; /* the default, as written in the file */
};
extern const struct setting settings_table[]; /* ends with a NULL name */

/* Takes the options out of `args`, then looks at the variables, at the file (--config FILE or $CHIBO_CONFIG, which must exist, or
 * ./chibo.conf) and the defaults. FAIL_INPUT names file and line, variable or option. */
fail settings_read(struct call *c, struct args *args, struct settings *out) MUST_CHECK;
/* The rows as options of `chibo serve`, --config first; NULL-name-ended. */
extern const struct option settings_options[];
/* The sample file, in the call's language. */
void settings_sample(struct call *c, struct out *o);
/* Name, value and where it comes from; or as JSON. */
extern const struct command settings_commands[];

#endif
