/* text.c — the named texts of a meeting in the store. */
#include "meeting/text.h"

#include <string.h>

#include "db/journal.h"
#include "meeting/cycle.h"
#include "meeting_sql.h"

const char *const meeting_text_words[] = { "",          "reason",     "dues",       "assessment", "commendation",     "reminder",     "weaknesses",
	                                       "causes",    "direction",  "execution",  "discussion", "guest",            "conclusion",   "score_weaknesses",
	                                       "score_remedy", "pre_results", "pre_tasks", "pre_agenda", "pre_points",    "pre_draft",    NULL };
static const char *const titles[TEXT_COUNT] = {
	"", N_("Reason of the meeting"), N_("Membership dues"), N_("Assessment of last month"), N_("Commendation"), N_("Reminder"),
	N_("Weaknesses"), N_("Causes"), N_("Direction and tasks of next month"), N_("Assignment and execution"), N_("What the discussion concluded"),
	N_("The guest's conclusion"), N_("The chair's conclusion"), N_("Weaknesses of this meeting"), N_("How they will be put right"),
	N_("Results of last month"), N_("Tasks of next month"), N_("Agenda of the meeting"), N_("Points to discuss"), N_("Draft conclusion or resolution"),
};

const char *meeting_text_title(enum lang lang, enum meeting_text t)
{
	return t && t < TEXT_COUNT ? tr(lang, titles[t]) : "";
}

struct text_row { unsigned name; const char *value; int64_t rev; };
static const struct field text_fields[] = { COL(struct text_row, name, .words = meeting_text_words), COL(struct text_row, value),
	                                        COL(struct text_row, rev), FIELD_END };
static const struct record text_record = { "meeting_text", sizeof(struct text_row), text_fields };

fail meeting_texts_of(struct call *c, const struct meeting *m, struct meeting_texts *out)
{
	struct text_row *v;
	size_t n;

	*out = (struct meeting_texts){ 0 };
	for (int t = 0; t < TEXT_COUNT; t++)
		out->value[t] = "";
	TRY(db_all(c, &Q_meeting_texts, ARGS(V(m->realm), V(m->id)), &text_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		out->value[v[i].name] = v[i].value;
		out->rev[v[i].name] = v[i].rev;
	}
	return FAIL_OK;
}

struct save {
	const struct meeting *m;
	enum meeting_text t;
	const char *value, **stored;
	int64_t rev;
};

static const char *as_json(struct call *c, enum meeting_text t, const char *value)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, meeting_text_words[t], value);
	json_object_end(&j);
	return out_text(&o);
}

static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;
	struct meeting_texts now;
	const char *name = meeting_text_words[s->t];
	struct meeting stored;

	TRY(meeting_by_id(c, s->m->id, &stored));
	TRY(meeting_may_edit(c, &stored, PART_TEXTS));
	TRY(meeting_texts_of(c, s->m, &now));
	*s->stored = now.value[s->t];
	if (s->rev != ANY_TEXT_REV && s->rev != now.rev[s->t])
		return problem(c, FAIL_CONFLICT, name, "somebody else changed this text in the meantime; compare both and save again");
	if (strcmp(*s->stored, s->value) == 0)
		return FAIL_OK;
	TRY(db_exec(c, &Q_meeting_text_save, ARGS(V(s->m->realm), V(s->m->id), V(name), V(s->value)), NULL));
	return journal_add(c, s->m->realm, s->m->unit_id, "text", "meeting", s->m->id, as_json(c, s->t, *s->stored), as_json(c, s->t, s->value));
}

fail meeting_text_save(struct call *c, const struct meeting *m, enum meeting_text t, const char *value, int64_t rev, const char **stored)
{
	const char *unused;

	return db_write(c, save_body, &(struct save){ m, t, value, stored ? stored : &unused, rev });
}
