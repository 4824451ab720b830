/* pdf.c — the surface, the fonts of the thread, and what the file says of itself. */
#include "paper/pdf.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#include "paper/pdf_pages.h"

/* ---- fonts ---- */

static bool has_tinos(PangoFontMap *map)
{
	static _Thread_local int known; /* 0 not looked, 1 there, -1 missing */
	PangoFontFamily **families;
	int n;

	if (known == 0) {
		pango_font_map_list_families(map, &families, &n);
		known = -1;
		for (int i = 0; i < n; i++)
			if (strcmp(pango_font_family_get_name(families[i]), "Tinos") == 0)
				known = 1;
		g_free(families);
	}
	return known > 0;
}

static void let_context_go(void *context) { g_object_unref(context); }

static fail make_context(struct call *c, struct pdf *p)
{
	PangoFontMap *map = pango_cairo_font_map_get_default(); /* each thread has one of its own */
	cairo_font_options_t *options = cairo_font_options_create();

	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
	p->context = pango_font_map_create_context(map);
	arena_defer(c->arena, let_context_go, p->context);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	pango_cairo_context_set_font_options(p->context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(p->context, FALSE);
	pango_context_set_language(p->context, pango_language_from_string("vi"));
	pango_context_set_base_dir(p->context, PANGO_DIRECTION_LTR);
	if (!has_tinos(map))
		return problem(c, FAIL_BUSY, "", "the font Tinos is not installed on the server; install the package fonts-croscore");
	return FAIL_OK;
}

/* ---- the file ---- */

static cairo_status_t take(void *arg, const unsigned char *data, unsigned int n)
{
	out_bytes(arg, data, n);
	return CAIRO_STATUS_SUCCESS;
}

static const char *find_last(const struct out *o, const char *what)
{
	const char *last = NULL, *at = o->data, *end = o->data + o->size;

	while ((at = memmem(at, (size_t)(end - at), what, strlen(what))))
		last = at++;
	return last;
}

/* The whole number behind the last place of `word`, or -1. */
static long number_behind(const struct out *o, const char *word)
{
	const char *at = find_last(o, word);

	return at ? strtol(at + strlen(word), NULL, 10) : -1;
}

/* Appends a newer version of the catalogue that names the language: cairo has no word for it. Left out when the file does not look as expected. */
static void add_language(struct arena *a, struct out *o)
{
	long root = number_behind(o, "/Root "), info = number_behind(o, "/Info "), size = number_behind(o, "/Size "), before = number_behind(o, "startxref\n");
	const char *object = find_last(o, arena_printf(a, "\n%ld 0 obj\n<<", root)), *body = object ? strstr(object, "<<") + 2 : NULL;
	const char *end = body ? strstr(body, "endobj") : NULL;
	size_t at = o->size, xref;

	if (root < 0 || info < 0 || size < 0 || before < 0 || !end)
		return;
	body = arena_strndup(a, body, (size_t)(end - body));
	out_printf(o, "%ld 0 obj\n<< /Lang (vi-VN)%sendobj\n", root, body);
	xref = o->size;
	out_printf(o, "xref\n%ld 1\n%010zu 00000 n \ntrailer\n<< /Size %ld /Root %ld 0 R /Info %ld 0 R /Prev %ld >>\nstartxref\n%zu\n%%%%EOF\n", root, at, size, root,
	           info, before, xref);
}

static void set_words(cairo_surface_t *surface, const struct doc *doc, struct date day)
{
	char text[DATE_TEXT + 16];

	date_format(day, text);
	strcat(text, "T00:00:00+07:00");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, doc->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "chibo");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, text);
}

static void let_bytes_go(void *o) { out_free(o); }
static void let_surface_go(void *surface) { cairo_surface_destroy(surface); }
static void let_cairo_go(void *cr) { cairo_destroy(cr); }

/* The bytes are not in the arena: cairo is not to be left by a jump while it writes. */
static void draw(struct pdf *p, const struct doc *doc, const struct pdf_section *sections, struct date day, struct out *bytes)
{
	cairo_surface_t *surface;

	out_memory(bytes, NULL);
	arena_defer(p->c->arena, let_bytes_go, bytes);
	surface = cairo_pdf_surface_create_for_stream(take, bytes, 595, 842);
	arena_defer(p->c->arena, let_surface_go, surface);
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
	set_words(surface, doc, day);
	p->cr = cairo_create(surface);
	arena_defer(p->c->arena, let_cairo_go, p->cr);
	pdf_pages_run(p, sections, surface);
	cairo_surface_finish(surface);
}

fail pdf_write(struct call *c, const struct doc *doc, struct date day, struct out *out)
{
	struct pdf p = { .c = c, .page = 1, .pages = 1 };
	struct out *bytes = ARENA_NEW(c->arena, struct out);
	const struct pdf_section *sections;

	out_memory(&p.text, c->arena);
	TRY(make_context(c, &p));
	sections = pdf_sections_make(&p, doc);
	p.pages = pdf_pages_run(&p, sections, NULL);
	draw(&p, doc, sections, day, bytes);
	if (cairo_status(p.cr) != CAIRO_STATUS_SUCCESS)
		return problem(c, FAIL_BROKEN, "", "the PDF cannot be drawn: %s", cairo_status_to_string(cairo_status(p.cr)));
	out_text(bytes); /* a zero behind the end, for strstr */
	add_language(c->arena, bytes);
	out_bytes(out, bytes->data, bytes->size);
	return FAIL_OK;
}
