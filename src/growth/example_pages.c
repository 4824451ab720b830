/* example_pages.c — good examples: the list that everybody searches, one of them, and its way to the others. */
#include <string.h>

#include "access/access.h"
#include "growth/pages.h"
#include "growth_views.h"

enum { SHOWN = 20 };

static fail unit_of_example(struct call *c, const struct req *rq, int64_t *unit_id)
{
	int64_t id;

	TRY(req_id(c, rq, "example", &id));
	return entry_unit(c, &example_entries, id, unit_id);
}

/* ---------------------------------------------------------------- the list */

/* "2026-01-05.1234": published before that day, or on it with a smaller id. */
static fail read_cursor(struct call *c, const struct req *rq, struct example_query *q)
{
	const char *text = req_query(rq, "before"), *dot = text ? strchr(text, '.') : NULL;

	q->before = DATE_OPEN;
	q->before_id = INT64_MAX;
	if (!text || !*text)
		return FAIL_OK;
	if (!dot || !date_parse(arena_strndup(c->arena, text, (size_t)(dot - text)), &q->before) || !int_parse(dot + 1, &q->before_id))
		return problem(c, FAIL_INPUT, "before", "“%s” is no place in the list", text);
	return FAIL_OK;
}

static struct example_line line_of(struct call *c, const struct example *x)
{
	const char *by = x->e.unit_name;

	if (*x->topic)
		by = arena_join(c->arena, by, " · ", x->topic, NULL);
	return (struct example_line){ x, growth_path(c, "/examples/%lld", (long long)x->e.id), by };
}

/* Proposed below the committees where the person may publish. */
static fail fill_waiting(struct call *c, struct examples_view *v)
{
	struct reach reach = access_reach(c, MAY_DECIDE);
	struct examples list;

	for (size_t i = 0; i < reach.n && !v->waiting_n; i++) {
		TRY(examples_proposed(c, reach.v[i], &list));
		v->waiting = ARENA_ARRAY(c->arena, list.n + 1, struct example_line);
		for (; v->waiting_n < list.n; v->waiting_n++)
			v->waiting[v->waiting_n] = line_of(c, &list.v[v->waiting_n]);
	}
	return FAIL_OK;
}

static void list_json(struct res *rs, const struct examples *list)
{
	struct json j;

	res_json(rs, &j);
	json_array(&j);
	for (size_t i = 0; i < list->n; i++) {
		json_object(&j);
		json_put_id(&j, "id", list->v[i].e.id);
		json_put_str(&j, "unit", list->v[i].e.unit_code);
		record_json(&j, &example_record, &list->v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
}

static fail fill_topics(struct call *c, struct examples_view *v)
{
	struct example_topics topics;

	TRY(example_topics(c, &topics));
	v->topics = ARENA_ARRAY(c->arena, topics.n + 1, struct choice);
	v->topics[v->topic_n++] = (struct choice){ "", tr(c->lang, N_("All topics")), NULL };
	for (size_t i = 0; i < topics.n; i++)
		v->topics[v->topic_n++] = (struct choice){ topics.v[i], topics.v[i], NULL };
	return FAIL_OK;
}

static fail examples_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *words = req_query(rq, "q"), *topic = req_query(rq, "topic");
	struct example_query q = { .words = words, .topic = topic, .limit = SHOWN };
	struct examples_view v = { .words = words ? words : "", .topic = topic ? topic : "" };
	struct examples list;
	struct page pg;

	TRY(read_cursor(c, rq, &q));
	TRY(examples_published(c, &q, &list));
	if (req_wants_json(rq)) {
		list_json(rs, &list);
		return FAIL_OK;
	}
	v.v = ARENA_ARRAY(c->arena, list.n + 1, struct example_line);
	for (; v.n < list.n; v.n++)
		v.v[v.n] = line_of(c, &list.v[v.n]);
	if (list.n == SHOWN)
		v.more = req_link(c, rq, "before", arena_printf(c->arena, "%s.%lld", growth_iso(c, list.v[list.n - 1].published_on),
		                                                (long long)list.v[list.n - 1].e.id));
	TRY(fill_topics(c, &v));
	TRY(fill_waiting(c, &v));
	res_page(c, rq, rs, &pg, tr(c->lang, "Good examples"));
	page_crumb(&pg, NULL, tr(c->lang, "Good examples"));
	view_examples(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- one of them */

/* Who wrote it takes it back; the committee sends it back. */
static const char *label(struct call *c, const struct example *x, enum example_step step, const char *usual)
{
	bool own = step == EXAMPLE_SEND_BACK && !call_may(c, MAY_DECIDE, x->e.unit_id);

	return tr(c->lang, own ? N_("Take the proposal back") : usual);
}

static void fill_buttons(struct call *c, const struct example *x, struct example_view *v)
{
	static const struct { enum example_step step; const char *word, *label; } all[] = {
		{ EXAMPLE_PUBLISH, "publish", N_("Publish") }, { EXAMPLE_PROPOSE, "propose", N_("Propose it to the committee above") },
		{ EXAMPLE_SEND_BACK, "send-back", N_("Send back to the cell") }, { EXAMPLE_WITHDRAW, "withdraw", N_("Withdraw the example") },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		enum right may = example_step_may(all[i].step, x->state);

		if (may != MAY_NOBODY && call_may(c, may, x->e.unit_id))
			v->buttons[v->button_n++] = (struct example_button){ growth_path(c, "/examples/%lld/%s", (long long)x->e.id, all[i].word),
				                                                 label(c, x, all[i].step, all[i].label), all[i].step <= EXAMPLE_PUBLISH };
	}
}

static fail example_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct example_view v = { 0 };
	struct example x;
	struct page pg;
	struct json j;
	int64_t id;

	TRY(req_id(c, rq, "example", &id));
	TRY(entry_by_id(c, &example_entries, id, &x));
	if (x.state != EXAMPLE_PUBLISHED && !call_may(c, MAY_SEE, x.e.unit_id))
		return problem(c, FAIL_NOT_FOUND, "", "there is no such entry; it may have been removed");
	res_rev(c, rq, rs, x.e.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		json_put_str(&j, "unit", x.e.unit_code);
		record_json(&j, &example_record, &x);
		json_put_str(&j, "state", example_states[x.state]);
		json_put_int(&j, "rev", x.e.rev);
		json_object_end(&j);
		return FAIL_OK;
	}
	v.x = &x;
	v.state = example_state_name(c->lang, x.state);
	v.by = line_of(c, &x).by;
	if (x.state == EXAMPLE_PUBLISHED)
		v.published = arena_printf(c->arena, tr(c->lang, "Published by %1$s on %2$s"), x.publisher, show_date(c->arena, c->lang, x.published_on));
	if ((x.state == EXAMPLE_DRAFT || x.state == EXAMPLE_WITHDRAWN) && call_may(c, MAY_RECORD, x.e.unit_id))
		v.edit = growth_path(c, "/examples/%lld/edit", (long long)id);
	v.lines = growth_lines(c, x.text, &v.line_n);
	fill_buttons(c, &x, &v);
	res_page(c, rq, rs, &pg, x.title);
	page_crumb(&pg, "/examples", tr(c->lang, "Good examples"));
	page_crumb(&pg, NULL, x.title);
	view_example(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail take_step(struct call *c, const struct req *rq, struct res *rs, enum example_step step)
{
	struct example x;
	int64_t id, rev;

	TRY(req_id(c, rq, "example", &id));
	TRY(req_rev(c, rq, &rev));
	TRY(example_take_step(c, id, rev, step, &x));
	res_rev(c, rq, rs, x.e.rev);
	return growth_page_done(c, rq, rs, growth_path(c, "/examples/%lld", (long long)id),
	                        arena_printf(c->arena, "%s: %s", x.title, example_state_name(c->lang, x.state)));
}

static fail propose_post(struct call *c, const struct req *rq, struct res *rs)
{
	return take_step(c, rq, rs, EXAMPLE_PROPOSE);
}

static fail publish_post(struct call *c, const struct req *rq, struct res *rs)
{
	return take_step(c, rq, rs, EXAMPLE_PUBLISH);
}

static fail send_back_post(struct call *c, const struct req *rq, struct res *rs)
{
	return take_step(c, rq, rs, EXAMPLE_SEND_BACK);
}

static fail withdraw_post(struct call *c, const struct req *rq, struct res *rs)
{
	return take_step(c, rq, rs, EXAMPLE_WITHDRAW);
}

static const struct query_param list_params[] = { { "q", N_("words; tone marks do not matter") }, { "topic", N_("one topic only") },
	                                              { "before", N_("only those behind this place in the list: DAY.ID of the last one") }, { NULL, NULL } };

const struct route example_routes[] = {
	{ GET, "/examples", MAY_SIGNED_IN, NULL, examples_show, 0, N_("Good examples that committees have published"), .answer = &example_record, .query = list_params },
	{ GET, "/examples/:example", MAY_SIGNED_IN, NULL, example_show, 0, N_("A good example; until it is published only for its cell and those above"),
	  .answer = &example_record },
	{ POST, "/examples/:example/propose", MAY_RECORD, unit_of_example, propose_post, 0, N_("Proposes an example to the committee above: rev") },
	{ POST, "/examples/:example/publish", MAY_DECIDE, unit_of_example, publish_post, 0, N_("Publishes a proposed example: rev") },
	{ POST, "/examples/:example/send-back", MAY_RECORD, unit_of_example, send_back_post, 0, N_("Sends a proposed example back to the cell: rev") },
	{ POST, "/examples/:example/withdraw", MAY_RECORD, unit_of_example, withdraw_post, 0, N_("Withdraws a published example: rev") },
	{ HTTP_NONE },
};
