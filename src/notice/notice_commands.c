/* notice_commands.c — looking at letters and trying failed ones again, from the command line. Sending is the server's work. */
#include "notice/notice_commands.h"

#include "base/json.h"
#include "notice/outbox.h"

enum { LIST = 500 };

struct listing {
	unsigned state;
	struct outbox_letters letters;
};

static fail list_body(struct call *c, void *arg)
{
	struct listing *l = arg;

	return outbox_in_state(c, (enum letter_state)l->state, LIST, &l->letters);
}

static void print_json(struct call *c, const struct outbox_letters *v)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_array(&j);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&j);
		json_put_str(&j, "kind", v->v[i].kind);
		json_put_str(&j, "address", v->v[i].address);
		json_put_str(&j, "subject", v->v[i].subject);
		json_put_str(&j, "state", letter_state_words[v->v[i].state]);
		json_put_int(&j, "tries", v->v[i].tries);
		json_put_str(&j, "error", v->v[i].error);
		json_object_end(&j);
	}
	json_array_end(&j);
	fprintf(c->out, "%s\n", out_text(&o));
}

static void print_lines(struct call *c, const struct outbox_letters *v)
{
	for (size_t i = 0; i < v->n; i++)
		fprintf(c->out, "%s  %-10s %-8s %-30s %s%s%s\n", show_moment(c->arena, c->lang, call_local(v->v[i].created_ms)), v->v[i].kind,
		        letter_state_words[v->v[i].state], v->v[i].address, v->v[i].subject, *v->v[i].error ? ": " : "", v->v[i].error);
}

static fail mail_list(struct call *c, struct args *args)
{
	const char *text = args_option(args, "--state");
	bool json = args_flag(args, "--json");
	int state = word_index(letter_state_words, text ? text : "failed");
	struct listing l = { .state = (unsigned)state };

	TRY(args_end(c, args));
	if (state <= 0)
		return problem(c, FAIL_INPUT, "--state", "there is no state “%s” of a letter; write waiting, sent or failed", text);
	TRY(db_read(c, list_body, &l));
	if (json)
		print_json(c, &l.letters);
	else
		print_lines(c, &l.letters);
	return FAIL_OK;
}

static fail mail_retry(struct call *c, struct args *args)
{
	int64_t again;

	TRY(args_end(c, args));
	TRY(outbox_retry(c, 0, &again));
	fprintf(c->out, tr(c->lang, "%s letters are tried again."), show_int(c->arena, c->lang, again));
	fputc('\n', c->out);
	return FAIL_OK;
}

static const struct option list_options[] = {
	{ "--state", "STATE", N_("waiting, sent or failed; otherwise failed") },
	{ NULL },
};

const struct command notice_commands[] = {
	{ "mail list", "[--state STATE] [--json]", N_("letters by what became of them, the newest first"), NEEDS_DB, mail_list, list_options },
	{ "mail retry", "", N_("failed letters are tried again"), NEEDS_DB | NEEDS_WRITE, mail_retry, NULL },
	{ NULL },
};
