/* meeting_paper.c — which forms a meeting has, and each of them as a finished document. */
#include <string.h>
#include <strings.h>

#include "document/context.h"

const struct meeting_form_kind meeting_forms[] = {
	{ "R02", "agenda", N_("Agenda") },
	{ "R02", "invitation", N_("Invitation, a page for each person") },
	{ "R03", "attendance", N_("Attendance sheet") },
	{ "R04", "pre_minutes", N_("Minutes of the committee before the meeting") },
	{ "R05", "minutes", N_("Minutes of the meeting") },
	{ "R06", "resolution", N_("Resolution or conclusion") },
	{ "R07", "score", N_("Score sheet") },
	{ NULL, NULL, NULL },
};

const struct meeting_form_kind *meeting_form_find(const char *word)
{
	for (const struct meeting_form_kind *k = meeting_forms; k->name; k++)
		if (strcasecmp(k->name, word) == 0 || strcasecmp(k->id, word) == 0)
			return k;
	return NULL;
}

static void compose(struct call *c, const struct dossier *d, const struct meeting_form_kind *kind, const char *person, struct json *j)
{
	struct minutes minutes;
	struct resolution resolution;

	if (strcmp(kind->name, "agenda") == 0) {
		document_context_R02(c, d, j);
	} else if (strcmp(kind->name, "invitation") == 0) {
		document_context_invitation(c, d, person, j);
	} else if (strcmp(kind->name, "attendance") == 0) {
		document_context_R03(c, d, j);
	} else if (strcmp(kind->name, "pre_minutes") == 0) {
		document_context_R04(c, d, j);
	} else if (strcmp(kind->name, "minutes") == 0) {
		compose_minutes(c, d, &minutes);
		document_context_R05(c, d, &minutes, j);
	} else if (strcmp(kind->name, "resolution") == 0) {
		compose_resolution(c, d, &resolution);
		document_context_R06(c, d, &resolution, j);
	} else {
		document_context_R07(c, d, j);
	}
}

/* An issued paper stands as it was frozen. */
static const struct document *frozen(const struct dossier *d, const struct meeting_form_kind *kind)
{
	const struct document *of[] = { &d->minutes, &d->resolution };

	for (size_t i = 0; i < 2; i++)
		if (of[i]->id > 0 && of[i]->state == DOCUMENT_ISSUED && *of[i]->content && strcmp(of[i]->form, kind->name) == 0)
			return of[i];
	return NULL;
}

fail meeting_paper_of(struct call *c, const struct meeting *m, const struct meeting_form_kind *kind, const char *person, struct meeting_paper *out)
{
	const struct document *issued;
	struct dossier d;
	struct json j;
	struct out o;

	TRY(dossier_gather(c, m, &d));
	*out = (struct meeting_paper){ .kind = kind, .on = meeting_day(m), .filename = arena_printf(c->arena, "%s-%s-%s", kind->id, kind->name, m->code) };
	issued = frozen(&d, kind);
	if (issued) {
		out->context = issued->content;
		out->on = issued->dated_on;
		return FAIL_OK;
	}
	if (strcmp(kind->name, "pre_minutes") == 0 && d.pre.held)
		out->on = moment_date(d.pre.starts_at);
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	compose(c, &d, kind, person, &j);
	out->context = out_text(&o);
	return FAIL_OK;
}

fail meeting_paper_make(struct call *c, const struct meeting_paper *p, enum paper_format format, struct out *out)
{
	return paper_make(c, p->kind->name, p->on, p->context, format, out);
}
