/* certificate.c — what stands on the paper of an award. All words are Vietnamese: they are what is printed. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "growth/certificate.h"

#include "org/unit.h"
#include "paper/qr.h"
#include "rollup/head.h"

static char own_site[256];

void certificate_site_set(const char *site)
{
	size_t n = strlen(site);

	while (n && site[n - 1] == '/')
		n--;
	snprintf(own_site, sizeof own_site, "%.*s", (int)n, site);
}

/* ---------------------------------------------------------------- composing, once */

static const char *heading(unsigned kind)
{
	static const char *const words[] = { "", "GIẤY KHEN", "GIẤY KHEN", "GIẤY CHỨNG NHẬN", "GIẤY CHỨNG NHẬN" };

	return words[kind];
}

static const char *day_words(struct arena *a, struct date d)
{
	int year, month, day;

	date_split(d, &year, &month, &day);
	return arena_printf(a, "%02d/%02d/%04d", day, month, year);
}

/* The body above the unit, where it is not the one that gives. */
static fail above(struct call *c, const struct award *a, const char **out)
{
	struct units list;

	*out = "";
	TRY(org_ancestors(c, a->unit_id, a->decided_on, &list));
	if (list.n && list.v[list.n - 1].id != a->given_by)
		*out = list.v[list.n - 1].name;
	return FAIL_OK;
}

static fail write_content(struct call *c, const struct award *a, struct out *o)
{
	struct paper_of paper = { .number = a->decision_no, .on = a->decided_on, .signed_by = a->signed_by };
	const char *under;
	struct json j;

	TRY(org_unit_nearest(c, a->given_by, a->decided_on, &paper.unit));
	TRY(above(c, a, &under));
	json_begin(&j, o);
	json_object(&j);
	TRY(head_facts(c, &j, &paper));
	json_put_str(&j, "heading", heading(a->kind));
	json_put_str(&j, "giver", head_issuer(c->arena, &paper.unit));
	json_put_str(&j, "receiver", *a->member_name ? arena_printf(c->arena, "Đồng chí %s", a->member_name) : a->unit_name);
	json_put_str(&j, "receiver_under", *a->member_name ? arena_join(c->arena, a->unit_name, *under ? ", " : "", under, NULL) : under);
	json_put_str(&j, "member", a->member_name);
	json_put_str(&j, "unit_name", a->unit_name);
	json_put_str(&j, "title", a->title);
	json_put_str(&j, "year", arena_printf(c->arena, "%lld", (long long)a->year));
	json_put_str(&j, "decision_no", a->decision_no);
	json_put_str(&j, "decided_on", day_words(c->arena, a->decided_on));
	json_object_end(&j);
	return FAIL_OK;
}

fail certificate_compose(struct call *c, const struct award *a, const char **content)
{
	struct out o;

	out_memory(&o, c->arena);
	TRY(write_content(c, a, &o));
	*content = out_text(&o);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the facts of the form */

static fail add_one(struct call *c, json_t *list, const struct award *a, const char *site)
{
	json_t *facts = json_loads(a->content, 0, NULL);
	const char *address = arena_printf(c->arena, "%s/verify/%s", site, a->check_code), *qr;

	if (!facts)
		return problem(c, FAIL_NOT_FOUND, "", "the words of this certificate are not kept here");
	json_object_set_new(facts, "check_code", json_string(a->check_code));
	json_object_set_new(facts, "address", json_string(*site ? address : ""));
	json_array_append_new(list, facts);
	TRY(qr_text(c, *site ? address : a->check_code, &qr));
	json_object_set_new(facts, "qr", json_string(qr));
	return FAIL_OK;
}

static fail add_all(struct call *c, json_t *list, const struct awards *w, const char *site)
{
	for (size_t i = 0; i < w->n; i++)
		if (!date_is(w->v[i].revoked_on))
			TRY(add_one(c, list, &w->v[i], site));
	if (!json_array_size(list))
		return problem(c, FAIL_INPUT, "", "there is no certificate to print: none was given, or all were revoked");
	return FAIL_OK;
}

fail certificate_facts(struct call *c, const struct awards *list, const char *site, const char **out)
{
	json_t *all = json_loads("{\"certificates\":[]}", 0, NULL);
	fail f = add_all(c, json_object_get(all, "certificates"), list, *own_site ? own_site : site);
	char *text = json_dumps(all, 0);

	*out = arena_strdup(c->arena, text ? text : "{}");
	free(text);
	json_decref(all);
	return f;
}

fail certificate_paper(struct call *c, const struct awards *list, const char *site, enum paper_format format, struct out *out)
{
	const char *facts;

	TRY(certificate_facts(c, list, site, &facts));
	return paper_make(c, "certificate", list->v[0].decided_on, facts, format, out);
}
