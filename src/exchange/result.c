/* result.c — what an import found, in words and as JSON. */
#include "exchange/transfer.h"

const char *import_issue_text(struct call *c, const struct import_issue *i)
{
	struct arena *a = c->arena;
	const char *column = *i->label == '\0' ? arena_printf(a, "`%s`", i->column) : arena_printf(a, "`%s` (%s)", i->column, i->label);
	long long line = i->line;

	if (*i->column == '\0')
		return line == 0 ? i->text : arena_printf(a, tr(c->lang, "Line %lld: %s"), line, i->text);
	if (line == 0)
		return arena_printf(a, tr(c->lang, "Column %s: %s"), column, i->text);
	return arena_printf(a, tr(c->lang, "Line %lld, column %s: %s"), line, column, i->text);
}

const char *import_summary(struct call *c, const struct import_result *r)
{
	long long rows = r->rows, added = r->added, changed = r->changed, same = r->same, wrong = (long long)r->n + r->more;

	if (wrong > 0)
		return arena_printf(c->arena, tr(c->lang, "%lld rows read, %lld problems; nothing was changed"), rows, wrong);
	if (r->check)
		return arena_printf(c->arena, tr(c->lang, "%lld rows are right: %lld would be added, %lld changed, %lld are the same; nothing was changed"), rows,
		                    added, changed, same);
	if (added + changed == 0)
		return arena_printf(c->arena, tr(c->lang, "%lld rows, all as they were; nothing was changed"), rows);
	return arena_printf(c->arena, tr(c->lang, "%lld rows: %lld added, %lld changed, %lld the same"), rows, added, changed, same);
}

static void issue_json(struct json *j, const struct import_issue *i)
{
	json_object(j);
	json_key(j, "line");
	if (i->line == 0)
		json_null(j);
	else
		json_int(j, i->line);
	json_put_str(j, "column", *i->column == '\0' ? NULL : i->column);
	json_put_str(j, "value", i->value);
	json_put_str(j, "expected", *i->expected == '\0' ? NULL : i->expected);
	json_put_str(j, "text", i->text);
	json_object_end(j);
}

void import_result_json(struct json *j, const struct exchange_kind *kind, const struct import_result *r)
{
	json_object(j);
	json_put_str(j, "kind", kind->name);
	json_put_bool(j, "check", r->check);
	json_put_str(j, "file", r->file);
	json_put_str(j, "digest", r->digest);
	json_put_int(j, "rows", r->rows);
	json_put_int(j, "added", r->added);
	json_put_int(j, "changed", r->changed);
	json_put_int(j, "same", r->same);
	json_key(j, "problems");
	json_array(j);
	for (size_t i = 0; i < r->n; i++)
		issue_json(j, &r->issues[i]);
	json_array_end(j);
	json_put_int(j, "more", r->more);
	json_object_end(j);
}
