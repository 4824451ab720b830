/* mine_data.c — what is stored about a person, gathered from every table, and written as JSON or as a ZIP of CSV files. */
#include "app/mine.h"

#include <string.h>

#include "meeting/attendance.h"
#include "mine_sql.h"
#include "org/member.h"
#include "org/post.h"
#include "paper/zip_write.h"
#include "sheet/csv_write.h"
#include "work/task.h"

const char *const mine_columns[] = {
	"member.id", "membership.member_id", "post.member_id", "attendance.member_id", "task.member_id",
	"meeting.chair_id", "meeting.minute_taker_id", "meeting.author_id",
	"pre_meeting.chair_id", "pre_meeting.minute_taker_id", "pre_meeting_person.member_id",
	"meeting_guest.member_id", "vote.member_id", "vote_teller.member_id", "ballot_roll.member_id",
	"document.author_id", "planned_topic.author_id", "programme_item.leader_id", "score_sheet.followed_by",
	"sending.person", "outbox.person", "outbox.address",
	"account.id", "account.login", "account.member_id", "account_role.account_id", "session.account_id", "idempotency.account_id",
	"calendar_feed.account_id",
	"journal.actor", "meeting_step.actor", "score_sheet.actor", "appeal.actor", "appeal.answered_by", "document_read.actor", "task_update.actor",
	"target_value.actor", "unit_event.actor", "file.added_by", "sending.sent_by",
	"year_case.member_id", "undertaking.member_id", "emulation_title.member_id", "initiative_author.member_id", "award.member_id",
	"training.member_id", "assignment.member_id", "visit.member_id",
	"year_step.actor", "year_sheet.actor", "year_vote.actor", "year_check.actor", "year_evidence.actor", "year_appeal.actor", "year_appeal.answered_by",
	"local_table.actor", "award.actor", "figure_question.answered_by",
	NULL,
};

/* ---- rows in words, for tables without a record of their own here ---- */

struct mine_item {
	struct date on_date;
	const char *place, *what, *more;
	int64_t at_ms;
};
static const struct field item_fields[] = {
	FIELD(struct mine_item, on_date, N_("Day"), 0),
	FIELD(struct mine_item, place, N_("Where"), 0),
	FIELD(struct mine_item, what, N_("What"), 0),
	FIELD(struct mine_item, more, N_("In detail"), 0),
	COL(struct mine_item, at_ms),
	FIELD_END,
};
static const struct record item_record = { "mine", sizeof(struct mine_item), item_fields };

/* Words that the statements give back, for the catalogue. */
static const char *const words[] = {
	N_("chair"), N_("minute-taker"), N_("author of the draft"), N_("present"), N_("absent"), N_("guest, present"), N_("guest"), N_("a vote about me"),
	N_("teller"), N_("voted in a secret ballot"), N_("author"), N_("author of a topic"), N_("leads an item of the work programme"),
	N_("followed the score sheet"), N_("signed in"), N_("address of a calendar"), N_("revoked address of a calendar"), N_("request"),
	N_("score sheet"), N_("appeal"), N_("answer to an appeal"), N_("read a document"), N_("report on a task"), N_("value of a target"), N_("file"),
	N_("sent a notice or a paper"), N_("annual classification"), N_("sheet of the year"), N_("undertaking"), N_("title registered for"), N_("initiative"),
	N_("award"), N_("training"), N_("assigned attendance"), N_("visit to a meeting"), N_("step of a year"), N_("vote of a year"), N_("monthly self-check"),
	N_("evidence"), N_("table of criteria"), N_("gave an award"), N_("answer to a question of the figures"),
};

static size_t shown_fields(const struct record *r)
{
	size_t n = 0;

	for (const struct field *f = r->fields; f->name; f++)
		n += f->label && !(f->flags & INTERNAL);
	return n;
}

static void fill_cells(struct call *c, struct mine_section *s)
{
	size_t width = shown_fields(s->record), at = 0;
	const char **columns = ARENA_ARRAY(c->arena, width + 1, const char *);
	const char **cells = ARENA_ARRAY(c->arena, s->n * width + 1, const char *);

	for (const struct field *f = s->record->fields; f->name; f++)
		if (f->label && !(f->flags & INTERNAL))
			columns[s->column_n++] = tr(c->lang, f->label);
	for (size_t i = 0; i < s->n; i++)
		for (const struct field *f = s->record->fields; f->name; f++)
			if (f->label && !(f->flags & INTERNAL))
				cells[at++] = field_show(c->arena, c->lang, f, (const char *)s->rows + i * s->record->size);
	s->columns = columns;
	s->cells = cells;
}

static void add(struct call *c, struct mine_view *v, const char *key, const char *title, const struct record *r, const void *rows, size_t n)
{
	struct mine_section *s = &v->v[v->n++];

	*s = (struct mine_section){ .key = key, .title = tr(c->lang, title), .record = r, .rows = rows, .n = n };
	fill_cells(c, s);
}

static const char *in_words(const struct call *c, const char *what)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], what) == 0)
			return tr(c->lang, words[i]);
	return what;
}

static fail add_items(struct call *c, struct mine_view *v, const char *key, const char *title, const struct query *q, struct db_args args)
{
	struct mine_item *rows;
	size_t n;

	TRY(db_all(c, q, args, &item_record, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (!date_is(rows[i].on_date) && rows[i].at_ms > 0)
			rows[i].on_date = moment_date(call_local(rows[i].at_ms));
		rows[i].what = in_words(c, rows[i].what);
	}
	add(c, v, key, title, &item_record, rows, n);
	return FAIL_OK;
}

/* ---- the person as a member of the organisation ---- */

static fail add_records(struct call *c, struct mine_view *v, int64_t realm, int64_t id)
{
	struct member *m = ARENA_NEW(c->arena, struct member);
	struct membership *spans;
	struct posts posts;
	struct attendances calls;
	struct tasks tasks;
	size_t n;

	TRY(org_member(c, realm, id, m));
	TRY(org_memberships(c, realm, id, &spans, &n));
	TRY(org_posts_of_member(c, realm, id, &posts));
	TRY(db_all(c, &Q_mine_attendance, ARGS(V(realm), V(id)), &attendance_record, &calls.v, &calls.n));
	TRY(db_all(c, &Q_mine_tasks, ARGS(V(realm), V(id)), &task_record, &tasks.v, &tasks.n));
	add(c, v, "member", N_("As a member"), &member_record, m, 1);
	add(c, v, "memberships", N_("Where I belong and belonged"), &membership_record, spans, n);
	add(c, v, "posts", N_("Posts"), &post_record, posts.v, posts.n);
	add(c, v, "attendance", N_("Roll call"), &attendance_record, calls.v, calls.n);
	add(c, v, "tasks", N_("Tasks"), &task_record, tasks.v, tasks.n);
	return FAIL_OK;
}

static fail add_member(struct call *c, struct mine_view *v, int64_t realm, int64_t id)
{
	static const struct { const char *key, *title; const struct query *q; } parts[] = {
		{ "meetings", N_("In meetings: chair, minute-taker, author"), &Q_mine_in_meetings },
		{ "pre_meetings", N_("Meetings of the committee before"), &Q_mine_pre_meetings },
		{ "guest", N_("As a guest"), &Q_mine_guest },
		{ "votes", N_("Votes"), &Q_mine_votes },
		{ "papers", N_("Papers, topics and the work programme"), &Q_mine_papers },
		{ "followed", N_("Score sheets that I followed"), &Q_mine_followed },
		{ "sendings", N_("What was sent to me or told me"), &Q_mine_sendings },
		{ "letters", N_("Letters"), &Q_mine_letters },
		{ "years", N_("My annual classification"), &Q_mine_years },
		{ "emulation", N_("Undertakings, titles, initiatives, awards"), &Q_mine_emulation },
		{ "training", N_("Training, and meetings I attend elsewhere"), &Q_mine_training },
	};

	v->is_member = true;
	TRY(add_records(c, v, realm, id));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		TRY(add_items(c, v, parts[i].key, parts[i].title, parts[i].q, ARGS(V(realm), V(id))));
	return FAIL_OK;
}

fail mine_gather(struct call *c, const struct account *me, struct mine_view *out)
{
	struct grants roles;

	*out = (struct mine_view){ .n = 0 };
	TRY(account_grants(c, me->id, DATE_NONE, &roles));
	add(c, out, "account", N_("Account"), &account_record, me, 1);
	add(c, out, "roles", N_("Roles"), &grant_record, roles.v, roles.n);
	if (me->member_id > 0)
		TRY(add_member(c, out, me->member_realm, me->member_id));
	TRY(add_items(c, out, "sessions", N_("Signed in, calendars, requests"), &Q_mine_sessions, ARGS(V(me->id))));
	return add_items(c, out, "acts", N_("What I did here"), &Q_mine_acts, ARGS(V(me->login)));
}

/* ---- as files ---- */

void mine_json(struct json *j, const struct mine_view *v)
{
	json_object(j);
	for (size_t i = 0; i < v->n; i++) {
		const struct mine_section *s = &v->v[i];

		json_key(j, s->key);
		json_array(j);
		for (size_t k = 0; k < s->n; k++) {
			json_object(j);
			record_json(j, s->record, (const char *)s->rows + k * s->record->size);
			json_object_end(j);
		}
		json_array_end(j);
	}
	json_object_end(j);
}

static void section_csv(const struct mine_section *s, struct out *o)
{
	struct csv_writer w;

	csv_begin_write(&w, o, true);
	for (size_t k = 0; k < s->column_n; k++)
		csv_cell(&w, s->columns[k]);
	csv_row_end(&w);
	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < s->column_n; k++)
			csv_cell(&w, s->cells[i * s->column_n + k]);
		csv_row_end(&w);
	}
}

fail mine_zip(struct call *c, const struct mine_view *v, struct out *out)
{
	struct zip_writer w;
	struct zip_part part;

	zip_write_begin(&w, c->arena, out);
	for (size_t i = 0; i < v->n; i++) {
		struct out csv;

		out_memory(&csv, c->arena);
		section_csv(&v->v[i], &csv);
		TRY(zip_write_pack(c, c->arena, arena_printf(c->arena, "%s.csv", v->v[i].key), csv.data, csv.size, 6, &part));
		zip_write_part(&w, &part);
	}
	zip_write_end(&w);
	return FAIL_OK;
}
