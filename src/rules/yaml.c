/* yaml.c — copying libfyaml's document into the tree of yaml.h. */
#include "rules/yaml.h"

#include <libfyaml.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"

enum { MAX_DEPTH = 20 };

struct copy {
	struct arena *arena;
	struct yaml_problem *why;
};

static struct place place_of(struct fy_node *node, struct place otherwise)
{
	struct fy_token *token = fy_node_get_type(node) == FYNT_SCALAR ? fy_node_get_scalar_token(node) : NULL;
	const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;

	return mark ? (struct place){ mark->line + 1, mark->column + 1 } : otherwise;
}

static bool refuse(struct copy *c, struct place at, const char *what)
{
	*c->why = (struct yaml_problem){ .at = at, .what = what };
	return false;
}

static bool copy_node(struct copy *c, struct fy_node *node, struct place at, int depth, struct yaml *out);

static bool copy_text(struct copy *c, struct fy_node *node, struct yaml *out)
{
	size_t size = 0;
	const char *text = fy_node_get_scalar(node, &size);

	if (size && memchr(text, 0, size))
		return refuse(c, out->at, N_("a zero byte does not belong in a text"));
	out->text = size ? arena_strndup(c->arena, text, size) : "";
	return true;
}

static bool copy_list(struct copy *c, struct fy_node *node, int depth, struct yaml *out)
{
	int count = fy_node_sequence_item_count(node);
	struct yaml_entry *v = ARENA_ARRAY(c->arena, (size_t)(count > 0 ? count : 0), struct yaml_entry);
	struct fy_node *item;
	void *at = NULL;

	out->kind = YAML_LIST;
	out->v = v;
	while ((item = fy_node_sequence_iterate(node, &at))) {
		v[out->n].key = "";
		if (!copy_node(c, item, out->at, depth, &v[out->n].value))
			return false;
		v[out->n].at = v[out->n].value.at;
		out->n++;
	}
	if (out->n && !out->at.line)
		out->at = v[0].at;
	return true;
}

static bool copy_pair(struct copy *c, struct fy_node_pair *pair, struct place near, int depth, struct yaml_entry *out)
{
	struct fy_node *key = fy_node_pair_key(pair), *value = fy_node_pair_value(pair);
	struct yaml name = { .at = near };

	if (!key || fy_node_get_type(key) != FYNT_SCALAR || fy_node_is_alias(key) || !copy_text(c, key, &name))
		return refuse(c, near, N_("a key must be a word"));
	out->key = name.text;
	out->at = place_of(key, near);
	if (value)
		return copy_node(c, value, out->at, depth, &out->value);
	out->value = (struct yaml){ .at = out->at, .text = "" };
	return true;
}

static bool copy_map(struct copy *c, struct fy_node *node, int depth, struct yaml *out)
{
	int count = fy_node_mapping_item_count(node);
	struct yaml_entry *v = ARENA_ARRAY(c->arena, (size_t)(count > 0 ? count : 0), struct yaml_entry);
	struct fy_node_pair *pair;
	void *at = NULL;

	out->kind = YAML_MAP;
	out->v = v;
	while ((pair = fy_node_mapping_iterate(node, &at))) {
		if (!copy_pair(c, pair, out->at, depth, &v[out->n]))
			return false;
		for (size_t i = 0; i < out->n; i++)
			if (strcmp(v[i].key, v[out->n].key) == 0)
				return refuse(c, v[out->n].at, N_("this key is given twice"));
		out->n++;
	}
	if (out->n)
		out->at = v[0].at;
	return true;
}

static bool copy_node(struct copy *c, struct fy_node *node, struct place near, int depth, struct yaml *out)
{
	*out = (struct yaml){ .kind = YAML_TEXT, .at = place_of(node, near), .text = "" };
	if (depth == MAX_DEPTH)
		return refuse(c, near, N_("nested too deep"));
	if (fy_node_is_alias(node) || fy_node_get_tag(node, NULL) || fy_node_get_anchor(node))
		return refuse(c, out->at, N_("anchors, aliases and tags are not used in rule files"));
	switch (fy_node_get_type(node)) {
	case FYNT_MAPPING: return copy_map(c, node, depth + 1, out);
	case FYNT_SEQUENCE: return copy_list(c, node, depth + 1, out);
	default: return copy_text(c, node, out);
	}
}

static void destroy_document(void *document)
{
	fy_document_destroy(document);
}

static void destroy_diag(void *diag)
{
	fy_diag_destroy(diag);
}

/* What libfyaml could not read: its first complaint. */
static bool refuse_syntax(struct copy *c, struct fy_diag *diag)
{
	void *at = NULL;
	struct fy_diag_error *e = fy_diag_errors_iterate(diag, &at);

	if (!e)
		return refuse(c, (struct place){ 1, 1 }, N_("this is not YAML"));
	refuse(c, (struct place){ e->line, e->column }, N_("this is not YAML"));
	c->why->detail = arena_strdup(c->arena, e->msg);
	return false;
}

static bool is_blank(const char *text, size_t size)
{
	bool comment = false;

	for (size_t i = 0; i < size; i++) {
		if (text[i] == '\n' || text[i] == '#')
			comment = text[i] == '#';
		else if (!comment && text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
			return false;
	}
	return true;
}

/* Complaints are collected; nothing is written to the process's own streams. */
static void discard(struct fy_diag *diag, void *user, const char *text, size_t size)
{
	(void)diag;
	(void)user;
	(void)text;
	(void)size;
}

bool yaml_parse(struct arena *a, const char *text, size_t size, struct yaml *out, struct yaml_problem *why)
{
	struct copy c = { .arena = a, .why = why };
	const struct fy_diag_cfg quiet = { .output_fn = discard, .level = FYET_ERROR, .module_mask = ~0u };
	struct fy_diag *diag = fy_diag_create(&quiet);
	struct fy_parse_cfg cfg = { .flags = FYPCF_DISABLE_MMAP_OPT | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_ALLOW_DUPLICATE_KEYS, .diag = diag };
	struct fy_document *document;

	if (!diag)
		return refuse(&c, (struct place){ 1, 1 }, N_("this is not YAML"));
	arena_defer(a, destroy_diag, diag);
	fy_diag_set_collect_errors(diag, true);
	if (size > YAML_MAX_SIZE)
		return refuse(&c, (struct place){ 1, 1 }, N_("a rule file has at most 64 KB"));
	if (!text_is_utf8(text, size))
		return refuse(&c, (struct place){ 1, 1 }, N_("the file is not UTF-8 text: save it as UTF-8"));
	document = fy_document_build_from_string(&cfg, text, size);
	if (document)
		arena_defer(a, destroy_document, document);
	if (!document && fy_diag_got_error(diag) && !is_blank(text, size))
		return refuse_syntax(&c, diag);
	if (!document || !fy_document_root(document))
		return refuse(&c, (struct place){ 1, 1 }, N_("the file is empty"));
	return copy_node(&c, fy_document_root(document), (struct place){ 1, 1 }, 0, out);
}

const struct yaml_entry *yaml_get(const struct yaml *map, const char *key)
{
	if (map->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (strcmp(map->v[i].key, key) == 0)
			return &map->v[i];
	return NULL;
}
