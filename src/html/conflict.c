/* conflict.c — both versions of what two people edited. */
#include "html/conflict.h"

#include <string.h>

#include "html/html.h"

#define LIT(o, literal) out_bytes((o), (literal), sizeof(literal) - 1)

void conflict_add(struct call *c, struct conflict *k, const char *label, const char *stored, const char *yours)
{
	if (strcmp(stored, yours) == 0)
		return;
	if (k->n == k->room) {
		size_t room = k->room ? k->room * 2 : 8;
		struct conflict_line *more = ARENA_ARRAY(c->arena, room, struct conflict_line);

		if (k->n)
			memcpy(more, k->v, k->n * sizeof *more);
		k->v = more;
		k->room = room;
	}
	k->v[k->n++] = (struct conflict_line){ label, stored, yours };
}

void conflict_of(struct call *c, const struct record *r, const void *stored, const void *yours, struct conflict *k)
{
	for (const struct field *f = r->fields; f->name; f++)
		if (f->label && !(f->flags & INTERNAL) && strcmp(field_text(c->arena, f, stored), field_text(c->arena, f, yours)) != 0)
			conflict_add(c, k, tr(c->lang, f->label), field_show(c->arena, c->lang, f, stored), field_show(c->arena, c->lang, f, yours));
}

static void version(struct out *o, const struct page *pg, const char *whose, const char *text)
{
	LIT(o, "<div><dt>");
	html_t(o, pg, whose);
	LIT(o, "</dt><dd>");
	html_text(o, pg, *text ? text : "–");
	LIT(o, "</dd></div>");
}

void html_conflict(struct out *o, const struct page *pg, const struct conflict *k)
{
	if (!k->n)
		return;
	LIT(o, "<section class=\"callout warn conflict\" role=\"alert\"><h2>");
	html_t(o, pg, N_("Somebody saved this while you were writing"));
	LIT(o, "</h2><p>");
	html_t(o, pg, N_("Both versions stand here. What you wrote is still in the fields below; saving now keeps yours."));
	LIT(o, "</p>");
	for (size_t i = 0; i < k->n; i++) {
		LIT(o, "<h3>");
		html_text(o, pg, k->v[i].label);
		LIT(o, "</h3><dl class=\"facts\">");
		version(o, pg, N_("Stored now"), k->v[i].stored);
		version(o, pg, N_("Yours"), k->v[i].yours);
		LIT(o, "</dl>");
	}
	LIT(o, "</section>");
}
