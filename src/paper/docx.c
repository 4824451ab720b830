/* docx.c — the package of a Word document: what is filled, what is kept, and writing both again. */
#include <jansson.h>

#include "paper/docx.h"

#include <string.h>
#include <zip.h>

#include "paper/docx_template.h"
#include "paper/zip_write.h"

enum { PARTS = 1000, UNPACKED = 32 << 20, KEEP_LEVEL = 6, FILL_LEVEL = 2 };

struct docx_part {
	const char *path;
	struct zip_part kept;     /* as it is */
	struct docx_bytes plain;  /* unpacked, of parts that are kept: styles and the like, for drawing */
	struct mustache *text;    /* or filled */
};

struct relation { const char *id, *type; const struct docx_part *part; };

struct docx {
	const char *name;
	struct docx_part *parts;
	size_t n;
	struct docx_part *main;
	struct relation *relations; /* of the main part */
	size_t relation_count;
};

/* ---- unpacking ---- */

static fail no_document(struct call *c, const char *name)
{
	return problem(c, FAIL_INPUT, "file", "%s: this is no Word document (.docx), or it is damaged or protected by a password; open it in Word and save it as "
		"“Word Document (.docx)”", name);
}

static fail too_large(struct call *c, const char *name)
{
	return problem(c, FAIL_INPUT, "file", "%s: the document unpacks to more than %d MB, as no form does; it is refused", name, UNPACKED >> 20);
}

static fail unpack(struct call *c, zip_t *zip, zip_uint64_t i, const char *name, size_t *total, struct docx_bytes *out)
{
	char block[16384];
	zip_file_t *file = zip_fopen_index(zip, i, 0);
	struct out text;
	zip_int64_t n = -1;

	if (!file)
		return no_document(c, name);
	out_memory(&text, c->arena);
	while (*total <= UNPACKED && (n = zip_fread(file, block, sizeof block)) > 0) {
		out_bytes(&text, block, (size_t)n);
		*total += (size_t)n;
	}
	zip_fclose(file);
	if (*total > UNPACKED)
		return too_large(c, name);
	if (n < 0)
		return no_document(c, name);
	*out = (struct docx_bytes){ out_text(&text), text.size };
	return FAIL_OK;
}

static bool is_folder(const char *path) { return !*path || path[strlen(path) - 1] == '/'; }

static fail unpack_all(struct call *c, struct arena *keep, zip_t *zip, struct docx *d)
{
	zip_int64_t n = zip_get_num_entries(zip, 0);
	size_t total = 0;

	if (n > PARTS)
		return too_large(c, d->name);
	d->parts = ARENA_ARRAY(keep, (size_t)n + 1, struct docx_part);
	for (zip_int64_t i = 0; i < n; i++) {
		const char *path = zip_get_name(zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);
		struct docx_part *p = &d->parts[d->n];

		if (!path || is_folder(path))
			continue;
		TRY(unpack(c, zip, (zip_uint64_t)i, d->name, &total, &p->plain));
		p->path = arena_strdup(keep, path);
		d->n++;
	}
	return FAIL_OK;
}

static void discard(void *zip) { zip_discard(zip); }

static fail open_zip(struct call *c, const char *name, const void *data, size_t n, zip_t **out)
{
	zip_error_t error;
	zip_source_t *source;

	zip_error_init(&error);
	source = zip_source_buffer_create(data, n, 0, &error);
	*out = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	zip_error_fini(&error);
	if (!*out) {
		if (source)
			zip_source_free(source);
		return no_document(c, name);
	}
	arena_defer(c->arena, discard, *out);
	return FAIL_OK;
}

/* ---- relationships ---- */

static struct docx_part *part_at(const struct docx *d, const char *path)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->parts[i].path, path) == 0)
			return &d->parts[i];
	return NULL;
}

/* "word/document.xml" → "word/" */
static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(a, path, (size_t)(slash - path + 1)) : "";
}

static struct docx_part *target_part(struct call *c, const struct docx *d, const char *folder, const char *target)
{
	while (strncmp(target, "../", 3) == 0) {
		target += 3;
		folder = "";
	}
	return part_at(d, *target == '/' ? target + 1 : arena_join(c->arena, folder, target, NULL));
}

/* The relationships of a part ("" for the package); *n 0 where there are none. */
static fail read_relations(struct call *c, struct arena *keep, const struct docx *d, const char *path, struct relation **out, size_t *n)
{
	const char *folder = folder_of(c->arena, path);
	const char *name = arena_join(c->arena, folder, "_rels/", path + strlen(folder), ".rels", NULL);
	const struct docx_part *part = part_at(d, name);
	struct xml_node *root;

	*n = 0;
	*out = NULL;
	if (!part)
		return FAIL_OK;
	TRY(xml_parse(c, c->arena, d->name, name, part->plain.data, part->plain.size, &root));
	for (const struct xml_node *node = root->first; node; node = node->next)
		*n += node->kind == XML_ELEMENT;
	*out = ARENA_ARRAY(keep, *n + 1, struct relation);
	*n = 0;
	for (const struct xml_node *node = root->first; node; node = node->next) {
		const char *id = xml_value(node, "Id"), *type = xml_value(node, "Type"), *target = xml_value(node, "Target");

		if (id && type && target)
			(*out)[(*n)++] = (struct relation){ arena_strdup(keep, id), arena_strdup(keep, type), target_part(c, d, folder, target) };
	}
	return FAIL_OK;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && strcmp(s + n - k, end) == 0;
}

static fail find_main(struct call *c, struct docx *d)
{
	struct relation *top;
	size_t n;

	TRY(read_relations(c, c->arena, d, "", &top, &n));
	for (size_t i = 0; i < n && !d->main; i++)
		if (ends_with(top[i].type, "/officeDocument"))
			d->main = (struct docx_part *)(uintptr_t)top[i].part;
	if (!d->main)
		d->main = part_at(d, "word/document.xml");
	if (!d->main)
		return problem(c, FAIL_INPUT, "file", "%s: the part word/document.xml is missing; expected a Word document (.docx)", d->name);
	return FAIL_OK;
}

/* ---- opening ---- */

static fail compile(struct call *c, struct arena *keep, struct docx *d, struct docx_part *part, const char *label)
{
	struct xml_node *root;

	if (part->text)
		return FAIL_OK;
	TRY(xml_parse(c, c->arena, d->name, part->path, part->plain.data, part->plain.size, &root));
	if (part == d->main && !xml_child(root, "body"))
		return problem(c, FAIL_INPUT, "file", "%s: %s holds no text of a Word document; expected a Word document (.docx)", d->name, part->path);
	TRY(docx_compile(c, keep, d->name, label, root, &part->text));
	part->plain = (struct docx_bytes){ 0 };
	return FAIL_OK;
}

/* The document itself, and the headers, footers and notes that it names. */
static fail compile_all(struct call *c, struct arena *keep, struct docx *d)
{
	static const char *const kinds[][2] = { { "/header", N_("page header") }, { "/footer", N_("page footer") }, { "/footnotes", N_("footnotes") },
		{ "/endnotes", N_("endnotes") } };

	TRY(compile(c, keep, d, d->main, NULL));
	for (size_t i = 0; i < d->relation_count; i++)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			if (ends_with(d->relations[i].type, kinds[k][0]) && d->relations[i].part)
				TRY(compile(c, keep, d, (struct docx_part *)(uintptr_t)d->relations[i].part, kinds[k][1]));
	return FAIL_OK;
}

static fail keep_rest(struct call *c, struct arena *keep, struct docx *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct docx_part *p = &d->parts[i];

		if (p->text)
			continue;
		TRY(zip_write_pack(c, keep, p->path, p->plain.data, p->plain.size, KEEP_LEVEL, &p->kept));
		p->plain.data = ends_with(p->path, ".xml") ? arena_strndup(keep, p->plain.data, p->plain.size) : NULL;
	}
	return FAIL_OK;
}

static fail no_macros(struct call *c, const struct docx *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (ends_with(d->parts[i].path, "vbaProject.bin"))
			return problem(c, FAIL_INPUT, "file", "%s: the document holds macros; save it in Word as “Word Document (.docx)” without them", d->name);
	return FAIL_OK;
}

fail docx_open(struct call *c, struct arena *keep, const char *name, const void *data, size_t n, struct docx **out)
{
	struct docx *d = ARENA_NEW(keep, struct docx);
	zip_t *zip;

	d->name = arena_strdup(keep, name);
	TRY(open_zip(c, name, data, n, &zip));
	TRY(unpack_all(c, keep, zip, d));
	TRY(no_macros(c, d));
	TRY(find_main(c, d));
	TRY(read_relations(c, keep, d, d->main->path, &d->relations, &d->relation_count));
	TRY(compile_all(c, keep, d));
	TRY(keep_rest(c, keep, d));
	*out = d;
	return FAIL_OK;
}

const char *docx_name(const struct docx *form) { return form->name; }

/* ---- filling ---- */

static fail fill(struct call *c, const struct docx *form, const json_t *facts, struct mustache_options *options, struct docx_filled *out)
{
	options->strict = true;
	options->escape = options->raw = docx_escape;
	*out = (struct docx_filled){ form, ARENA_ARRAY(c->arena, form->n, struct docx_bytes) };
	for (size_t i = 0; i < form->n; i++) {
		struct out text;

		if (!form->parts[i].text)
			continue;
		out_memory(&text, c->arena);
		TRY(mustache_render(c, form->parts[i].text, facts, options, &text));
		out->texts[i] = (struct docx_bytes){ out_text(&text), text.size };
	}
	return FAIL_OK;
}

fail docx_fill(struct call *c, const struct docx *form, const json_t *facts, struct docx_filled *out)
{
	struct mustache_options options = { 0 };

	return fill(c, form, facts, &options, out);
}

struct telling {
	struct call *c;
	const struct docx *form;
	void (*told)(void *arg, const char *sentence);
	void *arg;
	int n;
};

static void tell(void *arg, const char *sentence)
{
	struct telling *t = arg;

	t->n++;
	t->told(t->arg, sentence);
}

fail docx_unknown(struct call *c, const struct docx *form, const json_t *facts, void (*told)(void *arg, const char *sentence), void *arg, int *n)
{
	struct telling t = { c, form, told, arg, 0 };
	struct mustache_options options = { .unknown = tell, .unknown_arg = &t };
	struct docx_filled filled;

	TRY(fill(c, form, facts, &options, &filled));
	*n = t.n;
	return FAIL_OK;
}

fail docx_write(struct call *c, const struct docx_filled *filled, struct out *out)
{
	const struct docx *form = filled->form;
	struct zip_writer w;
	struct out bytes;

	out_memory(&bytes, c->arena);
	zip_write_begin(&w, c->arena, &bytes);
	for (size_t i = 0; i < form->n; i++) {
		const struct docx_part *p = &form->parts[i];
		struct zip_part packed = p->kept;

		if (p->text)
			TRY(zip_write_pack(c, c->arena, p->path, filled->texts[i].data, filled->texts[i].size, FILL_LEVEL, &packed));
		zip_write_part(&w, &packed);
	}
	zip_write_end(&w);
	out_bytes(out, bytes.data, bytes.size);
	return FAIL_OK;
}

/* ---- for drawing ---- */

static struct docx_bytes bytes_of(const struct docx_filled *filled, const struct docx_part *part)
{
	return !part ? (struct docx_bytes){ 0 } : part->text ? filled->texts[part - filled->form->parts] : part->plain;
}

struct docx_bytes docx_main(const struct docx_filled *filled) { return bytes_of(filled, filled->form->main); }

struct docx_bytes docx_related(const struct docx_filled *filled, const char *id, const char *type)
{
	const struct docx *form = filled->form;

	for (size_t i = 0; i < form->relation_count; i++)
		if (id ? strcmp(form->relations[i].id, id) == 0 : ends_with(form->relations[i].type, type))
			return bytes_of(filled, form->relations[i].part);
	return (struct docx_bytes){ 0 };
}
