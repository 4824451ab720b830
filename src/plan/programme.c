/* programme.c — the work programme of a year as a numbered document of the cell. */
#include "plan/programme.h"

#include "rollup/head.h"

static fail facts(struct call *c, const struct plan_year *y, const struct programme_issue *how, const char **out)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	TRY(head_facts(c, &j, &(struct paper_of){ y->unit, "", how->dated_on, "" }));
	json_put_str(&j, "year", arena_printf(c->arena, "%lld", (long long)y->plan.year));
	json_key(&j, "items");
	json_array(&j);
	for (size_t i = 0; i < y->items.n; i++) {
		const struct plan_item *x = &y->items.v[i];

		json_object(&j);
		json_put_str(&j, "no", arena_printf(c->arena, "%zu", i + 1));
		json_put_str(&j, "title", x->title);
		json_put_str(&j, "leader", x->leader_name ? x->leader_name : "");
		json_put_str(&j, "due", date_is(x->due_on) ? show_date(c->arena, LANG_VI, x->due_on) : "");
		json_object_end(&j);
	}
	json_array_end(&j);
	json_key(&j, "topics");
	json_array(&j);
	for (size_t i = 0; i < y->topics.n; i++) {
		const struct plan_topic *t = &y->topics.v[i];

		json_object(&j);
		json_put_str(&j, "no", arena_printf(c->arena, "%zu", i + 1));
		json_put_str(&j, "title", t->title);
		json_put_str(&j, "author", t->author_name ? t->author_name : "");
		json_put_str(&j, "when",
		             t->month > 0 ? arena_printf(c->arena, "%02lld/%lld", (long long)t->month, (long long)t->year)
		                          : arena_printf(c->arena, "Quý %lld", (long long)t->quarter));
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	*out = out_text(&o);
	return FAIL_OK;
}

struct issue {
	const struct programme_issue *how;
	struct document *made;
};

static fail issue_body(struct call *c, void *arg)
{
	const struct issue *k = arg;
	const struct programme_issue *how = k->how;
	struct plan_year y;
	struct document d;
	const char *content;

	TRY(plan_load(c, how->unit_id, how->year, &y));
	if (!y.items.n)
		return problem(c, FAIL_INPUT, "", "there is no work in the programme yet");
	if (y.plan.programme_id > 0)
		return problem(c, FAIL_CONFLICT, "", "the programme of %d has its number already; correct it by an annex", how->year);
	record_clear(&document_record, &d);
	d.unit_id = how->unit_id;
	d.type = DOC_PROGRAMME;
	d.secrecy = SECRECY_OPEN;
	d.purpose = "programme";
	d.subject = arena_printf(c->arena, "Chương trình công tác năm %d", how->year);
	d.outside_no = d.form = d.content = d.signed_by = "";
	TRY(document_create(c, &d));
	TRY(facts(c, &y, how, &content));
	struct document_issue issue = {
		.id = d.id, .rev = d.rev, .dated_on = how->dated_on, .signed_by = "", .form = "programme", .content = content
	};

	TRY(document_issue(c, &issue, &d));
	y.plan.programme_id = d.id;
	*k->made = d;
	return plan_put(c, &y.plan, how->rev, "issue", document_number_text(c->arena, &d));
}

fail programme_issue(struct call *c, const struct programme_issue *how, struct document *made)
{
	return db_write(c, issue_body, &(struct issue){ how, made });
}
