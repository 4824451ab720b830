/* req.c — what a handler asks of a request. */
#include "http/req.h"

#include <stdlib.h>
#include <string.h>

#include "http/conn.h"

const char *req_param(const struct req *rq, const char *name)
{
	return pairs_get(&rq->params, name);
}

fail req_id(struct call *c, const struct req *rq, const char *name, int64_t *out)
{
	const char *text = req_param(rq, name);

	if (text && int_parse(text, out) && *out > 0)
		return FAIL_OK;
	return problem(c, FAIL_NOT_FOUND, name, "there is no page at this address");
}

const char *req_query(const struct req *rq, const char *name)
{
	return pairs_get(&rq->query, name);
}

const char *req_form(const struct req *rq, const char *name)
{
	return pairs_get(&rq->form, name);
}

const char *req_form_next(const struct req *rq, const char *name, size_t *at)
{
	while (*at < rq->form.n) {
		const struct pair *p = &rq->form.v[(*at)++];

		if (strcmp(p->name, name) == 0)
			return p->value;
	}
	return NULL;
}

const struct upload *req_upload(const struct req *rq, const char *name)
{
	for (size_t i = 0; i < rq->upload_n; i++)
		if (strcmp(rq->uploads[i].name, name) == 0)
			return &rq->uploads[i];
	return NULL;
}

const char *req_header(const struct req *rq, const char *name)
{
	return rq->conn ? MHD_lookup_connection_value(rq->conn->mhd, MHD_HEADER_KIND, name) : NULL;
}

/* ---- records ---- */

/* People write points with a decimal comma; files and programs use the point. */
static const char *with_point(struct call *c, const char *text)
{
	char *copy = arena_strdup(c->arena, text), *comma = strchr(copy, ',');

	if (comma)
		*comma = '.';
	return copy;
}

/* The text for a field: what was sent, or "" when a required value is missing from both body and row; NULL: leave the row. */
static const char *text_for(struct call *c, const struct req *rq, const struct field *f, const void *row)
{
	const char *text = req_form(rq, f->name);

	if (text)
		return f->type == FIELD_TENTHS && !rq->json ? with_point(c, text) : text;
	return f->flags & REQUIRED && !*field_text(c->arena, f, row) ? "" : NULL;
}

fail req_record(struct call *c, const struct req *rq, const struct record *r, void *row, struct form *form)
{
	form_begin(form, c, r, row);
	form->typed = &rq->form;
	if (rq->conn)
		form->kept = &rq->conn->problems;
	for (const struct field *f = r->fields; f->name; f++) {
		const char *text = f->flags & INTERNAL ? NULL : text_for(c, rq, f, row);

		if (!text || field_parse(c, f, text, row) == FAIL_OK)
			continue;
		form_problem(form, f->name, c->problem.text);
		problem_clear(c);
	}
	if (form->n == 0)
		return FAIL_OK;
	c->problem = (struct problem){ FAIL_INPUT, form->problems[0].field, form->problems[0].text };
	return FAIL_INPUT;
}

static bool rev_of_tag(const char *tag, int64_t *rev)
{
	char *end;

	if (strncmp(tag, "W/", 2) == 0)
		tag += 2;
	if (tag[0] != '"' || tag[1] != 'r' || tag[2] < '0' || tag[2] > '9')
		return false;
	*rev = strtoll(tag + 2, &end, 10);
	return strcmp(end, "\"") == 0;
}

fail req_rev(struct call *c, const struct req *rq, int64_t *rev)
{
	const char *tag = req_header(rq, "If-Match"), *field = req_form(rq, "rev");

	if (tag && rev_of_tag(tag, rev))
		return FAIL_OK;
	if (!tag && field && int_parse(field, rev))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "rev", "say which version you saw: the ETag in If-Match, or the field rev");
}

/* ---- period and structure ---- */

fail req_period(struct call *c, const struct req *rq, struct period otherwise, struct period *out)
{
	const char *text = req_query(rq, "period");

	*out = otherwise;
	if (!text || !*text || period_parse(text, out))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "period", "“%s” is not a period; write 2025, 2025-H1, 2025-Q3 or 2025-03", text);
}

fail req_structure(struct call *c, const struct req *rq, bool *now)
{
	const char *text = req_query(rq, "structure");

	*now = text && strcmp(text, "now") == 0;
	if (!text || !*text || *now || strcmp(text, "then") == 0)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "structure", "“%s” is not a structure; write then or now", text);
}

/* ---- addresses ---- */

const char *req_local_path(const char *s, const char *otherwise)
{
	if (!s || s[0] != '/' || s[1] == '/' || s[1] == '\\')
		return otherwise;
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p < ' ' || *p == '\\')
			return otherwise;
	return s;
}

const char *req_link(struct call *c, const struct req *rq, const char *name, const char *value)
{
	struct out o;
	char sign = '?';
	const char *mark = strchr(rq->target, '?');

	out_memory(&o, c->arena);
	out_bytes(&o, rq->target, mark ? (size_t)(mark - rq->target) : strlen(rq->target));
	for (size_t i = 0; i <= rq->query.n; i++) {
		struct pair p = i < rq->query.n ? rq->query.v[i] : (struct pair){ name, value };

		if (!p.value || (i < rq->query.n && strcmp(p.name, name) == 0))
			continue;
		out_char(&o, sign);
		html_url_part(&o, NULL, p.name);
		out_char(&o, '=');
		html_url_part(&o, NULL, p.value);
		sign = '&';
	}
	return out_text(&o);
}
