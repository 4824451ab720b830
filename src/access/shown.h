/* shown.h — what the pages of this room show. Private to src/access. */
#ifndef CHIBO_ACCESS_SHOWN_H
#define CHIBO_ACCESS_SHOWN_H

#include "access/session.h"
#include "html/form.h"
#include "html/parts.h"

struct sign_in_view {
	struct form form;
	const char *next; /* local address to go on to, or NULL */
};

struct role_row {
	const char *role, *unit_code, *unit_name; /* role already translated */
	const char *word;                         /* role as stored */
	int64_t unit_id;
	const char *span;                         /* "since …", "from … to …" in words */
	struct date from, to;
	bool in_force, may_end;
};
struct role_rows { struct role_row *v; size_t n; };

struct session_row { struct moment from, to; };

struct me_view {
	const struct account *account;
	struct role_rows roles;
	struct session_row *sessions;
	size_t session_n;
	struct form form; /* of the new password */
};

struct account_row {
	int64_t id;
	const char *login, *name, *roles;
	bool disabled;
};
struct accounts_view {
	struct account_row *v;
	size_t n;
	struct grants missing; /* cells without a secretary's account */
	struct pager pager;
	struct table table;
};

struct account_view {
	struct account account;
	struct role_rows roles;
	struct form form;     /* of a further role */
	struct choice *choices;
	size_t choice_n;
	const char *password; /* just made, shown once; or NULL */
	bool is_me;
};

struct account_new_view {
	struct form form;
	struct choice *choices;
	size_t choice_n;
};

#endif
