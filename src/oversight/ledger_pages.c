/* ledger_pages.c — one register: its rows, a row in a form, one tap, taking away, declaring that there was nothing. Everything a register is
 * comes from its row in ledger_kinds.c; the rights stand in the routes, one block a register. */
#include <string.h>

#include "ledger_sql.h"
#include "org/member.h"
#include "org/post.h"
#include "oversight/oversight_pages.h"
#include "oversight/pages.h"
#include "oversight/register_pages.h"
#include "oversight/words.h"
#include "oversight_views.h"

enum { PAGE_ROWS = 200, RADIOS_MOST = 5, PEOPLE_MOST = 300 };

static const char *at(struct call *c, const struct unit *u, const struct ledger *l, const char *tail)
{
	return oversight_path(c, "/units/%lld/registers/%s%s", (long long)u->id, l->name, tail);
}

static const char *list_of(struct call *c, int64_t unit_id, const struct ledger *l, int64_t year)
{
	return oversight_path(c, "/units/%lld/registers/%s?year=%lld", (long long)unit_id, l->name, (long long)year);
}

static void begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const struct ledger *l, int year, const char *here)
{
	res_page(c, rq, rs, pg, here);
	page_crumb(pg, oversight_path(c, "/units/%lld", (long long)u->id), u->name);
	page_crumb(pg, oversight_path(c, "/units/%lld/registers?year=%d", (long long)u->id, year), tr(c->lang, "Registers"));
	if (here != tr(c->lang, l->label))
		page_crumb(pg, list_of(c, u->id, l, year), tr(c->lang, l->label));
	page_crumb(pg, NULL, here);
}

/* ---------------------------------------------------------------- rows */

struct list_data {
	const struct ledger *l;
	struct unit u;
	int year;
	bool body;
	struct ledger_rows rows;
	struct ledger_count counts[LEDGER_COUNT + 2], own[LEDGER_COUNT + 2]; /* with all below; of the unit alone */
	bool more;
};

static bool is_code(const struct field *f)
{
	return strcmp(f->name, "unit_code") == 0 || strcmp(f->name, "code") == 0;
}

/* A declaration is shown as what it declares, not as a number. */
static bool is_hidden(const struct ledger *l, const struct ledger_row *row)
{
	return l == &ledgers[LEDGER_NUMBERS] && number_declares(row->kind);
}

static fail read_after(struct call *c, const struct req *rq, struct ledger_query *q)
{
	const char *day = req_query(rq, "after"), *id = req_query(rq, "after_id");

	q->after_day = DATE_NONE;
	if (day && *day && (!date_parse(day, &q->after_day) || !id || !int_parse(id, &q->after_id)))
		return problem(c, FAIL_INPUT, "after", "“%s” is no place in this list", day);
	return FAIL_OK;
}

static fail list_load(struct call *c, const struct req *rq, struct list_data *d)
{
	struct ledger_query q = { 0 };

	d->l = oversight_ledger(rq);
	TRY(oversight_year(c, rq, &d->year));
	TRY(oversight_unit(c, rq, d->year, &d->u));
	TRY(oversight_is_body(c, &d->u, d->year, &d->body));
	TRY(read_after(c, rq, &q));
	q.unit_id = d->u.id;
	q.below = d->body;
	q.since = date_of(d->year, 1, 1);
	q.until = date_of(d->year, 12, 31);
	q.limit = PAGE_ROWS + 1;
	TRY(ledger_counts(c, d->u.id, d->body, d->year, d->counts));
	TRY(ledger_counts(c, d->u.id, false, d->year, d->own));
	TRY(ledger_rows(c, d->l, &q, &d->rows));
	d->more = d->rows.n > PAGE_ROWS;
	if (d->more)
		d->rows.n = PAGE_ROWS;
	return FAIL_OK;
}

static void row_json(struct json *j, const struct ledger *l, const struct ledger_row *row)
{
	json_object(j);
	json_put_id(j, "id", row->id);
	json_put_int(j, "rev", row->rev);
	record_json(j, l->record, row);
	json_object_end(j);
}

static const char *next_page(struct call *c, const struct req *rq, const struct list_data *d)
{
	const struct ledger_row *last;
	char day[DATE_TEXT] = "";

	if (!d->more || !d->rows.n)
		return NULL;
	last = &d->rows.v[d->rows.n - 1];
	date_format(d->l->first ? *(const struct date *)((const char *)last + d->l->first) : date_of((int)last->year, 1, 1), day);
	(void)rq;
	return oversight_path(c, "/units/%lld/registers/%s?year=%d&after=%s&after_id=%lld", (long long)d->u.id, d->l->name, d->year, day, (long long)last->id);
}

static void list_json(struct call *c, const struct req *rq, struct res *rs, const struct list_data *d)
{
	const struct ledger_count *n = &d->counts[d->l - ledgers];
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", d->u.code);
	json_put_int(&j, "year", d->year);
	json_put_int(&j, "count", n->n);
	json_put_int(&j, "done", n->done);
	json_put_int(&j, "late", n->late);
	json_put_int(&j, "declared_nothing", n->declared);
	json_put_str(&j, "next", next_page(c, rq, d));
	json_key(&j, "rows");
	json_array(&j);
	for (size_t i = 0; i < d->rows.n; i++)
		row_json(&j, d->l, &d->rows.v[i]);
	json_array_end(&j);
	json_object_end(&j);
}

/* What a line begins with: the person, else what it is about, else its kind. */
static const char *title_of(struct call *c, const struct ledger *l, const struct ledger_row *row, const char **used)
{
	*used = "";
	if (l->flags & (LEDGER_MEMBER | LEDGER_HIGHER))
		return row->member_name;
	for (const struct field *f = l->record->fields; f->name; f++) {
		if (f->at != offsetof(struct ledger_row, title) || !row->title || !*row->title)
			continue;
		*used = f->name;
		return row->title;
	}
	for (const struct field *f = l->record->fields; f->name; f++)
		if (f->at == offsetof(struct ledger_row, kind)) {
			*used = f->name;
			return ledger_shown(c, f, row);
		}
	return row->code;
}

static bool is_given(struct call *c, const struct field *f, const struct ledger_row *row)
{
	return !(f->flags & INTERNAL) && !is_code(f) && strcmp(f->name, "member_code") != 0 && *field_text(c->arena, f, row);
}

/* "Due on 20 Mar 2025 · From a resident"; a day that is done stands in the state. */
static const char *facts_of(struct call *c, const struct ledger *l, const struct ledger_row *row, const char *used)
{
	struct out o;

	out_memory(&o, c->arena);
	for (const struct field *f = l->record->fields; f->name; f++) {
		if (!is_given(c, f, row) || strcmp(f->name, used) == 0 || (l->mark && f->at == offsetof(struct ledger_row, done_on)))
			continue;
		out_str(&o, o.size ? " · " : "");
		if (f->type == FIELD_WORD || f->at == offsetof(struct ledger_row, title) || f->at == offsetof(struct ledger_row, remark))
			out_str(&o, ledger_shown(c, f, row));
		else
			out_printf(&o, "%s: %s", tr(c->lang, f->label), ledger_shown(c, f, row));
	}
	return out_text(&o);
}

static const struct ledger_value *values_of(struct call *c, const struct ledger *l, const struct ledger_row *row, size_t n)
{
	struct ledger_value *v = ARENA_ARRAY(c->arena, n + 1, struct ledger_value);
	size_t k = 0;

	for (const struct field *f = l->record->fields; f->name && k < n; f++) {
		if (f->flags & INTERNAL || is_code(f))
			continue;
		bool person = strcmp(f->name, "member_code") == 0;

		v[k++] = (struct ledger_value){ person ? row->member_name : ledger_shown(c, f, row), f->type == FIELD_INT };
	}
	return v;
}

/* Unit, then the columns of the record, then how far it is. */
static void list_table(struct call *c, const struct list_data *d, struct ledger_view *v)
{
	struct column *columns = ARENA_ARRAY(c->arena, 16, struct column);
	size_t n = 0;

	columns[n++] = (struct column){ tr(c->lang, "Unit"), NULL, false };
	for (const struct field *f = d->l->record->fields; f->name; f++)
		if (!(f->flags & INTERNAL) && !is_code(f))
			columns[n++] = (struct column){ tr(c->lang, strcmp(f->name, "member_code") == 0 ? N_("Full name") : f->label), NULL, f->type == FIELD_INT };
	v->value_n = n - 1;
	if (d->l->mark)
		columns[n++] = (struct column){ tr(c->lang, "State"), NULL, false };
	const char *file = oversight_path(c, "/export/%s?unit=%s&period=%d&format=", d->l->name, d->u.code, d->year);

	v->table = (struct table){ .caption = v->title, .id = "rows", .columns = columns, .n = n, .local = !d->more,
		                       .csv = oversight_path(c, "%scsv", file), .excel = oversight_path(c, "%sxlsx", file) };
}

static struct ledger_line line_of(struct call *c, const struct list_data *d, const struct ledger_row *row, const struct ledger_view *v)
{
	struct ledger_line x = { .id = row->id, .unit_name = row->unit_name };
	bool own = row->unit_id == d->u.id, late;
	const char *used;

	x.title = title_of(c, d->l, row, &used);
	x.facts = facts_of(c, d->l, row, used);
	x.state = oversight_state(c, d->l, row, d->body, &late);
	x.late = late && !date_is(row->done_on);
	if (own && v->may_edit)
		x.href = oversight_path(c, "/units/%lld/registers/%s/%lld", (long long)row->unit_id, d->l->name, (long long)row->id);
	else if (!own)
		x.href = oversight_path(c, "/units/%lld/registers/%s?year=%d#row-%lld", (long long)row->unit_id, d->l->name, d->year, (long long)row->id);
	if (own && v->may_edit && d->l->mark && !date_is(row->done_on))
		x.mark = oversight_path(c, "/units/%lld/registers/%s/%lld/mark", (long long)row->unit_id, d->l->name, (long long)row->id);
	if (d->body)
		x.values = values_of(c, d->l, row, v->value_n);
	return x;
}

static void fill_declaration(struct call *c, const struct list_data *d, struct ledger_view *v)
{
	const struct ledger_count *all = &d->counts[d->l - ledgers];
	bool own = !d->body || d->l == &ledgers[LEDGER_ASSIGNMENTS];

	if (!ledger_declares(d->l, d->body))
		return;
	v->nothing = arena_printf(c->arena, tr(c->lang, d->l->nothing), arena_printf(c->arena, "%d", d->year));
	v->declared = own && d->own[d->l - ledgers].declared > 0;
	v->may_declare = own && v->may_edit && !all->n && d->year <= date_month(c->today) / 12;
	if (d->body && v->may_edit && d->l == &ledgers[LEDGER_DISCIPLINES])
		v->declare_below = arena_printf(c->arena, tr(c->lang, "%1$s units said that there was nothing in %2$d. For units that have written nothing yet, you can say so together."),
		                                show_int(c->arena, c->lang, all->declared), d->year);
}

/* A unit's own list has what is still to be done on top; a table stays in the order of days. */
static int comes_in(const struct list_data *d, const struct ledger_row *row)
{
	return d->l->mark && !d->body && date_is(row->done_on) ? 1 : 0;
}

static void fill_list(struct call *c, const struct req *rq, const struct list_data *d, struct ledger_view *v)
{
	const struct ledger *l = d->l;

	v->title = arena_printf(c->arena, tr(c->lang, "%1$s, year %2$d"), tr(c->lang, l->label), d->year);
	v->unit_name = d->u.name;
	v->purpose = tr(c->lang, l->purpose);
	v->teach = tr(c->lang, l->teach);
	v->action = at(c, &d->u, l, "");
	v->year = d->year;
	v->years = oversight_years(c, v->action, d->year);
	v->counts = oversight_counts(c, l, &d->counts[l - ledgers]);
	v->body = d->body;
	v->may_edit = call_may(c, l->may_edit, d->u.id);
	v->add = tr(c->lang, l->add);
	v->add_href = oversight_path(c, "%s/new?year=%d", v->action, d->year);
	v->mark_word = l->mark ? tr(c->lang, l->mark) : NULL;
	list_table(c, d, v);
	fill_declaration(c, d, v);
	v->v = ARENA_ARRAY(c->arena, d->rows.n + 1, struct ledger_line);
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < d->rows.n; i++)
			if (!is_hidden(l, &d->rows.v[i]) && comes_in(d, &d->rows.v[i]) == round)
				v->v[v->n++] = line_of(c, d, &d->rows.v[i], v);
	v->pager = (struct pager){ req_query(rq, "after") ? list_of(c, d->u.id, l, d->year) : NULL, next_page(c, rq, d), (int64_t)v->n, d->counts[l - ledgers].n };
	if (call_may(c, MAY_IMPORT, d->u.id))
		v->import_hint = arena_printf(c->arena, tr(c->lang, "Many rows at once come in as a file of the kind “%s”."), l->name);
}

static fail list_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct list_data d;
	struct ledger_view v = { 0 };
	struct page pg;

	TRY(list_load(c, rq, &d));
	if (req_wants_json(rq)) {
		list_json(c, rq, rs, &d);
		return FAIL_OK;
	}
	fill_list(c, rq, &d, &v);
	begin(c, rq, rs, &pg, &d.u, d.l, d.year, tr(c->lang, d.l->label));
	pg.title = v.title;
	pg.wide = v.body;
	view_oversight_ledger(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- a row in a form */

struct form_data {
	const struct ledger *l;
	const struct req *rq;
	struct unit u;
	int year;
	struct ledger_row row;
	struct choice *people, *meetings;
	size_t people_n, meeting_n;
};

struct meeting_choice { const char *code; struct date on_date; unsigned kind; };
static const char *const meeting_kinds[] = { "", "regular", "thematic", "extraordinary", "committee", NULL };
static const struct field choice_fields[] = {
	COL(struct meeting_choice, code), COL(struct meeting_choice, on_date), COL(struct meeting_choice, kind, .words = meeting_kinds), FIELD_END,
};
static const struct record choice_record = { "meeting_choice", sizeof(struct meeting_choice), choice_fields };

static fail load_meetings(struct call *c, struct form_data *d)
{
	struct meeting_choice *v;
	size_t n;

	TRY(db_all(c, &Q_ledger_meetings, ARGS(V(d->u.realm), V(d->u.id), V(date_of(d->year, 1, 1)), V(date_of(d->year, 12, 31))), &choice_record, &v, &n));
	d->meetings = ARENA_ARRAY(c->arena, n + 1, struct choice);
	d->meetings[d->meeting_n++] = (struct choice){ "", tr(c->lang, "choose one, or give the day"), NULL };
	for (size_t i = 0; i < n; i++)
		d->meetings[d->meeting_n++] = (struct choice){ v[i].code, arena_printf(c->arena, "%s · %s", show_date(c->arena, c->lang, v[i].on_date), v[i].code), NULL };
	return FAIL_OK;
}

static void add_person(struct call *c, struct form_data *d, const char *code, const char *name, const char *what)
{
	for (size_t i = 0; i < d->people_n; i++)
		if (strcmp(d->people[i].value, code) == 0)
			return;
	if (d->people_n < PEOPLE_MOST)
		d->people[d->people_n++] = (struct choice){ code, *what ? arena_printf(c->arena, "%s, %s", name, what) : name, NULL };
}

static fail add_posts(struct call *c, struct form_data *d, const struct unit *u)
{
	struct posts posts;

	TRY(org_posts(c, u->id, c->today, &posts));
	for (size_t i = 0; i < posts.n; i++)
		add_person(c, d, posts.v[i].member_code, posts.v[i].full_name,
		           u->id == d->u.id ? post_kind_name(c->lang, posts.v[i].post)
		                            : arena_printf(c->arena, "%s, %s", post_kind_name(c->lang, posts.v[i].post), u->name));
	return FAIL_OK;
}

/* Those of the unit: its list, and who holds a post in it. */
static fail load_members(struct call *c, struct form_data *d)
{
	struct roll roll;

	add_person(c, d, "", "–", "");
	TRY(add_posts(c, d, &d->u));
	TRY(org_members_on(c, d->u.id, c->today, &roll));
	for (size_t i = 0; i < roll.n; i++)
		add_person(c, d, roll.v[i].code, roll.v[i].full_name, "");
	return FAIL_OK;
}

/* Those who were assigned, then whoever holds a post further up. */
static fail load_higher(struct call *c, struct form_data *d)
{
	const struct ledger *l = &ledgers[LEDGER_ASSIGNMENTS];
	struct ledger_query q = { .unit_id = d->u.id, .since = date_of(d->year, 1, 1), .until = date_of(d->year, 12, 31), .after_day = DATE_NONE };
	struct ledger_rows rows;
	struct units above;

	TRY(ledger_rows(c, l, &q, &rows));
	for (size_t i = 0; i < rows.n; i++)
		add_person(c, d, rows.v[i].member_code, rows.v[i].member_name, tr(c->lang, "assigned to this unit"));
	TRY(org_ancestors(c, d->u.id, c->today, &above));
	for (size_t i = above.n; i-- > 0;)
		TRY(add_posts(c, d, &above.v[i]));
	return FAIL_OK;
}

static fail load_choices(struct call *c, void *arg)
{
	struct form_data *d = arg;

	d->people = ARENA_ARRAY(c->arena, PEOPLE_MOST, struct choice);
	d->people_n = d->meeting_n = 0;
	if (d->l->flags & LEDGER_MEMBER)
		TRY(load_members(c, d));
	if (d->l->flags & LEDGER_HIGHER)
		TRY(load_higher(c, d));
	return d->l->flags & LEDGER_MEETING ? load_meetings(c, d) : FAIL_OK;
}

static fail load_new(struct call *c, void *arg)
{
	struct form_data *d = arg;

	TRY(oversight_year(c, d->rq, &d->year));
	TRY(oversight_unit(c, d->rq, d->year, &d->u));
	ledger_clear(d->l, &d->row);
	d->row.unit_id = d->u.id;
	d->row.unit_code = d->u.code;
	if (d->l == &ledgers[LEDGER_NUMBERS]) {
		d->row.year = d->year;
		d->row.kind = NUMBER_ADMISSIONS_AIM;
	}
	return load_choices(c, d);
}

static fail load_known(struct call *c, void *arg)
{
	struct form_data *d = arg;
	int64_t unit, id, last, year;

	TRY(unit_of_path(c, d->rq, &unit));
	TRY(req_id(c, d->rq, "row", &id));
	TRY(ledger_row_of(c, d->l, unit, id, &d->row));
	ledger_years(d->l, &d->row, &year, &last);
	d->year = last > date_month(c->today) / 12 ? (int)(date_month(c->today) / 12) : (int)last;
	if (d->year < year)
		d->year = (int)year;
	TRY(org_unit_nearest(c, unit, c->today, &d->u));
	return load_choices(c, d);
}

static void word_choices(struct call *c, const struct field *f, struct ledger_field *x)
{
	size_t n = 0;

	while (f->words[n])
		n++;
	x->choices = ARENA_ARRAY(c->arena, n + 1, struct choice);
	for (size_t i = f->flags & REQUIRED ? 1 : 0; i < n; i++)
		x->choices[x->choice_n++] = (struct choice){ f->words[i], i ? ledger_word(c->lang, f->words, (unsigned)i) : tr(c->lang, "not said"), NULL };
	x->control = x->choice_n <= RADIOS_MOST ? CONTROL_RADIOS : CONTROL_SELECT;
}

static const char *hint_of(struct call *c, const struct ledger *l, const struct field *f)
{
	if (strcmp(f->name, "member_code") == 0)
		return tr(c->lang, "Choose from the list, or write the member's code.");
	if (f->at == offsetof(struct ledger_row, done_on))
		return tr(c->lang, "Leave empty as long as it is not done.");
	if (l == &ledgers[LEDGER_FEEDBACK] && f->at == offsetof(struct ledger_row, title))
		return tr(c->lang, "In a few words, without the name of the sender.");
	if (l == &ledgers[LEDGER_ASSIGNMENTS] && f->at == offsetof(struct ledger_row, due_on))
		return tr(c->lang, "Leave empty: until further notice.");
	return NULL;
}

static struct ledger_field field_of(struct call *c, const struct form_data *d, const struct form *form, const struct field *f)
{
	struct ledger_field x = { .name = f->name, .label = tr(c->lang, f->label), .hint = hint_of(c, d->l, f), .value = form_value(form, f->name),
		                      .problem = form_problem_at(form, f->name) };

	if (f->type == FIELD_WORD)
		word_choices(c, f, &x);
	else if (strcmp(f->name, "meeting_code") == 0)
		x = (struct ledger_field){ .name = x.name, .label = tr(c->lang, "Meeting"), .control = CONTROL_SELECT, .choices = d->meetings, .choice_n = d->meeting_n };
	else if (strcmp(f->name, "member_code") == 0)
		x = (struct ledger_field){ .name = x.name, .label = tr(c->lang, "Full name"), .hint = x.hint, .value = x.value, .problem = x.problem,
			                       .control = d->l->flags & LEDGER_MEMBER ? CONTROL_SELECT : CONTROL_PEOPLE, .choices = d->people, .choice_n = d->people_n };
	return x;
}

static void write_form(struct call *c, const struct req *rq, struct res *rs, struct form_data *d, struct ledger_form_view *v)
{
	struct page pg;

	v->known = d->row.id > 0;
	v->title = tr(c->lang, v->known ? N_("Change the row") : d->l->add);
	v->unit_name = d->u.name;
	v->code = d->l->flags & LEDGER_CODE ? d->row.code : "";
	v->action = v->known ? oversight_path(c, "%s/%lld", at(c, &d->u, d->l, ""), (long long)d->row.id) : at(c, &d->u, d->l, "");
	v->drop = v->known ? oversight_path(c, "%s/delete", v->action) : NULL;
	v->back = list_of(c, d->u.id, d->l, d->year);
	v->rev = d->row.rev;
	v->fields = ARENA_ARRAY(c->arena, 16, struct ledger_field);
	for (const struct field *f = d->l->record->fields; f->name; f++)
		if (!(f->flags & INTERNAL) && !is_code(f))
			v->fields[v->field_n++] = field_of(c, d, &v->form, f);
	if (d->l == &ledgers[LEDGER_NUMBERS]) /* one aim so far: nothing to choose */
		v->fields[1] = v->fields[2], v->fields[1].label = tr(c->lang, "New members aimed at"), v->field_n = 2;
	begin(c, rq, rs, &pg, &d->u, d->l, d->year, v->title);
	view_oversight_ledger_form(&rs->body, &pg, v);
}

static fail new_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct form_data d = { .l = oversight_ledger(rq), .rq = rq };
	struct ledger_form_view v = { 0 };

	TRY(load_new(c, &d));
	form_begin(&v.form, c, d.l->record, &d.row);
	write_form(c, rq, rs, &d, &v);
	return FAIL_OK;
}

static fail row_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct form_data d = { .l = oversight_ledger(rq), .rq = rq };
	struct ledger_form_view v = { 0 };
	struct json j;

	TRY(load_known(c, &d));
	res_rev(c, rq, rs, d.row.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		row_json(&j, d.l, &d.row);
		return FAIL_OK;
	}
	form_begin(&v.form, c, d.l->record, &d.row);
	write_form(c, rq, rs, &d, &v);
	return FAIL_OK;
}

static fail done(struct call *c, const struct req *rq, struct res *rs, const struct ledger *l, const struct ledger_row *row, const char *text)
{
	struct flash said = { .text = text, .receipt = l->flags & LEDGER_CODE ? row->code : NULL };
	int64_t first, last, now = date_month(c->today) / 12;

	ledger_years(l, row, &first, &last);
	res_rev(c, rq, rs, row->rev);
	return res_done(c, rq, rs, list_of(c, row->unit_id, l, first <= now && now <= last ? now : last < now ? last : first), &said);
}

/* The unit is that of the address, whatever the body says. A code is optional here: it is made up. */
static fail read_row(struct call *c, const struct req *rq, struct form_data *d, struct ledger_form_view *v, struct ledger_row *row)
{
	const char *unit_code = row->unit_code, *made = row->code;

	if (d->l->flags & LEDGER_CODE && !*made)
		row->code = "-"; /* not missing */
	fail f = req_record(c, rq, d->l->record, row, &v->form);

	row->unit_code = unit_code;
	if (d->l->flags & LEDGER_CODE && strcmp(row->code, "-") == 0)
		row->code = made;
	return f;
}

static fail add_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct form_data d = { .l = oversight_ledger(rq), .rq = rq };
	struct ledger_form_view v = { 0 };
	struct ledger_row row;

	TRY(db_read(c, load_new, &d));
	row = d.row;
	fail f = read_row(c, rq, &d, &v, &row);

	if (f == FAIL_OK)
		f = ledger_add(c, d.l, &row);
	if (f == FAIL_OK)
		return done(c, rq, rs, d.l, &row, tr(c->lang, d.l->added));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT && f != FAIL_NOT_FOUND) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	write_form(c, rq, rs, &d, &v);
	return res_again(rs, f == FAIL_NOT_FOUND ? FAIL_INPUT : f);
}

/* A row and its register: what res_conflict writes from. */
struct kept { const struct ledger *l; const struct ledger_row *row; };

static void put_kept(struct json *j, const void *stored)
{
	const struct kept *k = stored;

	record_json(j, k->l->record, k->row);
}

static fail row_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct form_data d = { .l = oversight_ledger(rq), .rq = rq };
	struct ledger_form_view v = { 0 };
	struct ledger_row row, stored;

	TRY(db_read(c, load_known, &d));
	row = d.row;
	TRY(req_rev(c, rq, &row.rev));
	fail f = read_row(c, rq, &d, &v, &row);

	if (f == FAIL_OK)
		f = ledger_change(c, d.l, &row, &stored);
	if (f == FAIL_OK)
		return done(c, rq, rs, d.l, &row, tr(c->lang, "Saved."));
	if (f == FAIL_CONFLICT && req_wants_json(rq))
		return res_conflict(c, rq, rs, put_kept, &(struct kept){ d.l, &stored }, stored.rev);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT && f != FAIL_NOT_FOUND) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	if (f == FAIL_CONFLICT) {
		for (const struct field *x = d.l->record->fields; x->name; x++)
			if (!(x->flags & INTERNAL) && !is_code(x))
				conflict_add(c, &v.conflict, tr(c->lang, x->label), ledger_shown(c, x, &stored), ledger_shown(c, x, &row));
		d.row.rev = stored.rev;
	}
	write_form(c, rq, rs, &d, &v);
	return res_again(rs, f == FAIL_NOT_FOUND ? FAIL_INPUT : f);
}

/* ---------------------------------------------------------------- one tap */

static fail mark_post(struct call *c, const struct req *rq, struct res *rs)
{
	const struct ledger *l = oversight_ledger(rq);
	const char *day = req_form(rq, "on");
	bool back = req_query(rq, "back") != NULL;
	struct date on = back ? DATE_NONE : c->today;
	struct ledger_row row;
	int64_t unit, id, year, last;

	TRY(unit_of_path(c, rq, &unit));
	TRY(req_id(c, rq, "row", &id));
	if (!back && day && *day && !date_parse(day, &on))
		return problem(c, FAIL_INPUT, "on", "“%s” is not a day; write year-month-day, such as 2026-01-05", day);
	TRY(ledger_mark(c, l, unit, id, on, &row));
	ledger_years(l, &row, &year, &last);
	struct flash said = { .text = back ? tr(c->lang, "Taken back.") : arena_printf(c->arena, tr(c->lang, l->marked), *row.title ? row.title : row.code),
		                  .receipt = row.code, .undo = back ? NULL : oversight_path(c, "%s?back=1", rq->path) };

	return res_done(c, rq, rs, list_of(c, unit, l, year), &said);
}

/* ---------------------------------------------------------------- taking away */

static fail drop_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct form_data d = { .l = oversight_ledger(rq), .rq = rq };
	struct confirm v = { 0 };
	struct page pg;
	const char *used;

	TRY(load_known(c, &d));
	v.title = tr(c->lang, "Take this row away?");
	v.text = arena_printf(c->arena, tr(c->lang, "“%s” will no longer count for the year. Sheets that were made from it stay as they are and are shown as out of date; the journal keeps what stood here."),
	                      title_of(c, d.l, &d.row, &used));
	v.action = rq->path;
	v.button = tr(c->lang, "Take it away");
	v.back = oversight_path(c, "%s/%lld", at(c, &d.u, d.l, ""), (long long)d.row.id);
	v.name = "rev";
	v.value = oversight_path(c, "%lld", (long long)d.row.rev);
	begin(c, rq, rs, &pg, &d.u, d.l, d.year, v.title);
	view_oversight_ledger_drop(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail drop_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct form_data d = { .l = oversight_ledger(rq), .rq = rq };
	struct flash said = { .text = tr(c->lang, "Taken away.") };
	int64_t rev;

	TRY(db_read(c, load_known, &d));
	TRY(req_rev(c, rq, &rev));
	TRY(ledger_drop(c, d.l, d.u.id, d.row.id, rev));
	return res_done(c, rq, rs, list_of(c, d.u.id, d.l, d.year), &said);
}

/* ---------------------------------------------------------------- nothing to record */

static fail nothing_post(struct call *c, const struct req *rq, struct res *rs)
{
	const struct ledger *l = oversight_ledger(rq);
	bool back = req_form(rq, "take_back") != NULL;
	int64_t unit, n;
	int year;

	TRY(oversight_year(c, rq, &year));
	TRY(unit_of_path(c, rq, &unit));
	unsigned name = l->none ? (unsigned)word_index(year_number_names, l->none) : NUMBER_NO_NAME;

	if (!name)
		return problem(c, FAIL_INPUT, "", "in this register there is nothing to declare");
	if (!req_form(rq, "below")) {
		TRY(ledger_declare(c, name, unit, year, !back));
		return oversight_declared(c, rq, rs, list_of(c, unit, l, year), tr(c->lang, l->nothing), year, back);
	}
	if (l != &ledgers[LEDGER_DISCIPLINES]) /* only the right to decide reaches the units below */
		return problem(c, FAIL_DENIED, "below", "each unit says this for itself");
	TRY(ledger_declare_below(c, name, unit, year, &n));
	struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "Noted for %s units."), show_int(c->arena, c->lang, n)) };

	return res_done(c, rq, rs, list_of(c, unit, l, year), &said);
}

/* ---------------------------------------------------------------- routes */

static const struct query_param list_params[] = {
	{ "year", N_("the year; this year if not given") }, { "after", N_("rows behind this day") }, { "after_id", N_("and this id: as “next” gives them") }, { NULL, NULL },
};

#define EVERY(name, which, see, edit)                                                                                                                     \
	{ GET, "/units/:unit/registers/" name, see, unit_of_path, list_show, 0, N_("Rows of a register in a year, of the unit and all below"),                \
	  .answer = &ledger_records[which], .query = list_params },                                                                                          \
	{ POST, "/units/:unit/registers/" name, edit, unit_of_path, add_post, 0, N_("Adds a row to a register"), .form = &ledger_records[which] },            \
	{ GET, "/units/:unit/registers/" name "/new", edit, unit_of_path, new_show, 0, N_("The form of a new row") },                                         \
	{ GET, "/units/:unit/registers/" name "/:row", edit, unit_of_path, row_show, 0, N_("A row of a register in a form"), .answer = &ledger_records[which] }, \
	{ POST, "/units/:unit/registers/" name "/:row", edit, unit_of_path, row_post, 0, N_("Changes a row of a register"), .form = &ledger_records[which] }, \
	{ GET, "/units/:unit/registers/" name "/:row/delete", edit, unit_of_path, drop_show, 0, N_("Asks before a row is taken away") },                      \
	{ POST, "/units/:unit/registers/" name "/:row/delete", edit, unit_of_path, drop_post, 0, N_("Takes a row away: rev") }
#define NOTHING(name, edit)                                                                                                                               \
	{ POST, "/units/:unit/registers/" name "/nothing", edit, unit_of_path, nothing_post, 0,                                                               \
	  N_("Says that there was nothing to record in a year: year, take_back, below") }
#define MARK(name, edit)                                                                                                                                  \
	{ POST, "/units/:unit/registers/" name "/:row/mark", edit, unit_of_path, mark_post, 0, N_("It was done today, or on the day “on”; ?back=1 takes that back") }

const struct route ledger_routes[] = {
	EVERY("disciplines", LEDGER_DISCIPLINES, MAY_SEE_MEMBERS, MAY_DECIDE), NOTHING("disciplines", MAY_DECIDE),
	EVERY("inspections", LEDGER_INSPECTIONS, MAY_SEE, MAY_RECORD), NOTHING("inspections", MAY_RECORD), MARK("inspections", MAY_RECORD),
	EVERY("reports", LEDGER_REPORTS, MAY_SEE, MAY_RECORD), NOTHING("reports", MAY_RECORD), MARK("reports", MAY_RECORD),
	EVERY("feedback", LEDGER_FEEDBACK, MAY_SEE, MAY_RECORD), NOTHING("feedback", MAY_RECORD), MARK("feedback", MAY_RECORD),
	EVERY("trainings", LEDGER_TRAININGS, MAY_SEE_MEMBERS, MAY_RECORD), NOTHING("trainings", MAY_RECORD),
	EVERY("year-numbers", LEDGER_NUMBERS, MAY_SEE, MAY_DECIDE),
	EVERY("assignments", LEDGER_ASSIGNMENTS, MAY_SEE_MEMBERS, MAY_DECIDE), NOTHING("assignments", MAY_DECIDE),
	EVERY("visits", LEDGER_VISITS, MAY_SEE_MEMBERS, MAY_RECORD),
	{ HTTP_NONE },
};
