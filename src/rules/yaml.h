/* yaml.h — the text of a rule file as a plain tree with the place of everything, by libfyaml.
 *
 * Only what rule files need: one document of maps, lists and texts. Anchors, aliases, tags and merge keys are refused, and so
 * are more than 64 KB, 20 levels, or a key given twice. What the tree means is not known here. */
#ifndef CHIBO_RULES_YAML_H
#define CHIBO_RULES_YAML_H

#include "base/arena.h"
#include "rules/scheme.h"

enum yaml_kind { YAML_TEXT, YAML_MAP, YAML_LIST };

struct yaml {
	enum yaml_kind kind;
	struct place at;
	const char *text;             /* YAML_TEXT; "" for nothing */
	const struct yaml_entry *v;
	size_t n;
};
struct yaml_entry {
	const char *key;              /* "" in a list */
	struct place at;              /* of the key */
	struct yaml value;
};

struct yaml_problem {
	struct place at;
	const char *what;             /* message id */
	const char *detail;           /* libfyaml's own English words, or NULL */
};

#define YAML_MAX_SIZE (64 * 1024)
bool yaml_parse(struct arena *a, const char *text, size_t size, struct yaml *out, struct yaml_problem *why);
/* NULL: no such key, or not a map. */
const struct yaml_entry *yaml_get(const struct yaml *map, const char *key);

#endif
