/* rule_store.c — table rule_file. Nothing is read from it while the program works: the files rule. */
#include "app/rule_store.h"

#include <sodium.h>
#include <string.h>

#include "app_sql.h"
#include "base/json.h"
#include "db/journal.h"
#include "rules/rules.h"

static const char *digest_of(struct call *c, const char *text)
{
	unsigned char hash[32];
	char hex[2 * sizeof hash + 1];

	crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
	return arena_strdup(c->arena, sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
}

static const char *entry_of(struct call *c, const struct rule *r, const char *digest)
{
	char from[DATE_TEXT];
	struct out o;
	struct json j;

	date_format(r->valid_from, from);
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "id", r->id);
	json_put_str(&j, "valid_from", from);
	json_put_str(&j, "file", r->file);
	json_put_str(&j, "digest", digest);
	json_object_end(&j);
	return out_text(&o);
}

static fail store_one(struct call *c, const struct rule *r)
{
	const char *digest = digest_of(c, r->text);
	int64_t changed;

	TRY(db_exec(c, &Q_rule_file_put,
	            ARGS(V(r->id), V(rule_kind_words[r->kind]), V(r->valid_from), V(r->valid_to), V(r->scope), V(r->text), V(digest), V(c->now_ms)),
	            &changed));
	return changed ? journal_add(c, 0, 0, "load", "rule_file", 0, NULL, entry_of(c, r, digest)) : FAIL_OK;
}

static fail store_all(struct call *c, void *arg)
{
	(void)arg;
	for (size_t i = 0; i < c->rules->n; i++)
		TRY(store_one(c, &c->rules->v[i]));
	return FAIL_OK;
}

fail rules_store(struct call *c)
{
	return c->rules ? db_write(c, store_all, NULL) : FAIL_OK;
}
