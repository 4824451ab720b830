/* agenda.c — the agenda in the store: proposed from a rule, then arranged by hand.
 *
 * What this does not do: tick items in the room, know what a guest is called, or score. */
#include "meeting/agenda.h"

#include <string.h>

#include "agenda_sql.h"
#include "db/journal.h"
#include "meeting/cycle.h"
#include "meeting/scopes.h"
#include "org/unit.h"

enum { ITEMS_MOST = 60 };

static const struct field fields[] = {
	COL(struct agenda_item, realm),
	COL(struct agenda_item, meeting_id),
	FIELD(struct agenda_item, item, N_("Number"), 0),
	FIELD(struct agenda_item, place, N_("Order"), 0),
	FIELD(struct agenda_item, part, N_("Part"), 0, .words = agenda_part_words),
	FIELD(struct agenda_item, step, N_("Step"), 0, .max = 40),
	FIELD(struct agenda_item, title, N_("Item"), REQUIRED, .max = 300),
	FIELD(struct agenda_item, mandatory, N_("Mandatory"), 0),
	FIELD(struct agenda_item, planned_minutes, N_("Planned minutes"), 0, .min = 1, .max = 480),
	FIELD(struct agenda_item, minutes, N_("Minutes it took"), 0, .min = 0, .max = 1440),
	FIELD(struct agenda_item, done, N_("Done"), 0),
	FIELD(struct agenda_item, conclusion, N_("Conclusion"), 0, .max = 4000),
	COL(struct agenda_item, rev),
	FIELD_END,
};
const struct record agenda_item_record = { "agenda_item", sizeof(struct agenda_item), fields };

/* ---------------------------------------------------------------- counting */

static bool is_step(const struct agenda_item *it, const char *step)
{
	return strcmp(it->step, step) == 0;
}

static struct agenda_item *step_at(const struct agenda *a, const char *step)
{
	for (size_t i = 0; i < a->n; i++)
		if (is_step(&a->v[i], step))
			return &a->v[i];
	return NULL;
}

const struct agenda_item *agenda_find(const struct agenda *a, const char *step)
{
	return step_at(a, step);
}

static int64_t known(int64_t minutes)
{
	return minutes == INT_UNKNOWN ? 0 : minutes;
}

struct agenda_sums agenda_sums(const struct agenda *a)
{
	struct agenda_sums s = { .items = (int64_t)a->n, .political_minutes = INT_UNKNOWN, .theme_done = true };

	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_item *it = &a->v[i];

		s.planned_minutes += known(it->planned_minutes);
		s.minutes += known(it->minutes);
		s.required += it->mandatory;
		s.done += it->mandatory && it->done;
		s.commendation_done |= it->done && is_step(it, "ST-M3");
		s.theme |= it->part == AGENDA_THEMATIC;
		s.theme_done &= it->part != AGENDA_THEMATIC || !it->mandatory || it->done;
		if (is_step(it, "ST-M4"))
			s.political_minutes = it->minutes;
	}
	s.theme_done &= s.theme;
	return s;
}

/* The opening, then what the meeting is about, then the closing with what concerns persons. */
static int phase(unsigned part)
{
	return part == AGENDA_OPENING ? 0 : part == AGENDA_MAIN || part == AGENDA_THEMATIC ? 1 : 2;
}

bool agenda_may_move(const struct agenda *a, size_t i, int by)
{
	if (by < 0 ? i == 0 : i + 1 >= a->n)
		return false;
	return phase(a->v[i].part) == phase(a->v[by < 0 ? i - 1 : i + 1].part);
}

/* ---------------------------------------------------------------- reading */

fail agenda_of(struct call *c, const struct meeting *m, struct agenda *out)
{
	return db_all(c, &Q_agenda_items, ARGS(V(m->realm), V(m->id)), &agenda_item_record, &out->v, &out->n);
}

fail agenda_frame_of(struct call *c, const struct meeting *m, struct agenda_frame *out)
{
	struct scopes scopes;
	struct unit unit;
	int64_t guests;

	*out = (struct agenda_frame){ .needs.theme = meeting_has_theme(m) };
	TRY(meeting_scopes(c, m, &scopes));
	out->rule = c->rules ? rules_agenda(c->rules, meeting_day(m), scopes) : NULL;
	TRY(meeting_required_minutes(c, m, &out->needs.minutes));
	TRY(db_int(c, &Q_agenda_guests, ARGS(V(m->realm), V(m->id)), 0, &guests));
	out->needs.guest = guests > 0;
	TRY(org_unit_nearest(c, m->unit_id, meeting_day(m), &unit));
	if (out->rule)
		out->offers = agenda_offers(out->rule, unit_types[unit.type], unit_owners[unit.owner], &out->offer_n);
	return FAIL_OK;
}

static size_t plan(const struct agenda_frame *f, int64_t own_minutes, struct agenda_planned *out)
{
	struct agenda_case k = f->needs;

	k.minutes -= own_minutes;
	return agenda_plan(f->rule, &k, out);
}

size_t agenda_missing(const struct agenda_frame *f, const struct agenda *a)
{
	struct agenda_planned planned[ITEMS_MOST];
	size_t n = f->rule && f->rule->n <= ITEMS_MOST ? plan(f, 0, planned) : 0, missing = 0;

	for (size_t i = 0; i < n; i++)
		missing += !agenda_find(a, planned[i].step->step);
	return missing;
}

/* ---------------------------------------------------------------- writing: what all changes share */

struct work {
	int64_t meeting_id;
	struct meeting m;
	struct agenda a;          /* as stored; there is room for ITEMS_MOST */
	struct agenda_frame f;
	/* of the single changes */
	const struct agenda_item *wanted;
	struct agenda_item *it, *stored;
	int64_t item, from;
	int by;
	struct agenda *out;
};

static fail load(struct call *c, struct work *w)
{
	struct agenda a;

	TRY(meeting_by_id(c, w->meeting_id, &w->m));
	TRY(meeting_may_edit(c, &w->m, PART_PREPARATION));
	TRY(agenda_of(c, &w->m, &a));
	w->a.v = ARENA_ARRAY(c->arena, a.n + ITEMS_MOST, struct agenda_item);
	w->a.n = a.n;
	if (a.n)
		memcpy(w->a.v, a.v, a.n * sizeof *a.v);
	return agenda_frame_of(c, &w->m, &w->f);
}

static int64_t next_item(const struct agenda *a)
{
	int64_t most = 0;

	for (size_t i = 0; i < a->n; i++)
		most = a->v[i].item > most ? a->v[i].item : most;
	return most + 1;
}

static const char *as_json(struct call *c, const struct agenda_item *it)
{
	struct out o;
	struct json j;

	if (!it)
		return "";
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &agenda_item_record, it);
	json_object_end(&j);
	return out_text(&o);
}

static fail note(struct call *c, const struct work *w, const struct agenda_item *before, const struct agenda_item *after)
{
	return journal_add(c, w->m.realm, w->m.unit_id, "agenda", "meeting", w->m.id, as_json(c, before), as_json(c, after));
}

/* Puts an item behind the first `at` ones. In memory: store_places writes it down. */
static struct agenda_item *insert_at(struct work *w, size_t at, const struct agenda_item *new_one)
{
	struct agenda *a = &w->a;

	memmove(&a->v[at + 1], &a->v[at], (a->n - at) * sizeof *a->v);
	a->v[at] = *new_one;
	a->v[at].realm = w->m.realm;
	a->v[at].meeting_id = w->m.id;
	a->v[at].rev = 0; /* not stored yet */
	a->n++;
	a->v[at].item = 0;
	a->v[at].item = next_item(a);
	return &a->v[at];
}

static void remove_at(struct agenda *a, size_t at)
{
	memmove(&a->v[at], &a->v[at + 1], (a->n - at - 1) * sizeof *a->v);
	a->n--;
}

/* New items get in, and everybody the place that is now theirs. */
static fail store_places(struct call *c, struct work *w)
{
	for (size_t i = 0; i < w->a.n; i++) {
		struct agenda_item *it = &w->a.v[i];
		int64_t place = (int64_t)i + 1;

		if (it->rev && it->place != place)
			TRY(db_exec(c, &Q_agenda_place, ARGS(V(it->realm), V(it->meeting_id), V(it->item), V(place)), NULL));
		it->place = place;
		if (it->rev)
			continue;
		TRY(db_exec(c, &Q_agenda_insert, ARGS(V(it->realm), V(it->meeting_id), V(it->item), V(place), V(agenda_part_words[it->part]), V(it->step),
		                                      V(it->title), V(it->mandatory), V(it->planned_minutes)), NULL));
		it->rev = 1;
	}
	return FAIL_OK;
}

static fail write_item(struct call *c, struct agenda_item *it)
{
	TRY(db_exec(c, &Q_agenda_write, ARGS(V(it->realm), V(it->meeting_id), V(it->item), V(it->title), V(it->planned_minutes)), NULL));
	it->rev++;
	return FAIL_OK;
}

static struct agenda_item item_of_step(const struct agenda_step *s, int64_t minutes)
{
	return (struct agenda_item){ .part = s->part, .step = s->step, .title = s->title[LANG_VI], .mandatory = s->mandatory,
		                         .planned_minutes = minutes, .minutes = INT_UNKNOWN, .conclusion = "" };
}

/* ---------------------------------------------------------------- the proposal */

/* Steps that come and go with what the meeting is; what was asked for by hand stays. */
static bool is_left_over(const struct agenda_frame *f, const struct agenda_item *it)
{
	const struct agenda_step *s = *it->step && !it->done ? agenda_step_find(f->rule, it->step) : NULL;

	return s && ((s->when == AGENDA_WITH_GUEST && !f->needs.guest) || (s->when == AGENDA_WITH_THEME && !f->needs.theme));
}

static fail drop_left_over(struct call *c, struct work *w)
{
	for (size_t i = w->a.n; i-- > 0;) {
		const struct agenda_item *it = &w->a.v[i];

		if (!is_left_over(&w->f, it))
			continue;
		TRY(db_exec(c, &Q_agenda_drop, ARGS(V(it->realm), V(it->meeting_id), V(it->item)), NULL));
		remove_at(&w->a, i);
	}
	return FAIL_OK;
}

/* Where the step planned[at] gets in: behind the nearest one before it in the rule that is on the agenda. */
static size_t place_of(const struct agenda *a, const struct agenda_planned *planned, size_t at)
{
	while (at-- > 0)
		for (size_t i = a->n; i-- > 0;)
			if (is_step(&a->v[i], planned[at].step->step))
				return i + 1;
	return 0;
}

static bool is_planned(const struct agenda_planned *planned, size_t n, const char *step)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(planned[i].step->step, step) == 0)
			return true;
	return false;
}

/* Minutes of items that the proposal does not plan: they leave less for the steps. */
static int64_t own_minutes(const struct agenda *a, const struct agenda_planned *planned, size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < a->n; i++)
		if (!is_planned(planned, n, a->v[i].step))
			sum += known(a->v[i].planned_minutes);
	return sum;
}

static fail take_planned(struct call *c, struct work *w, const struct agenda_planned *planned, size_t n)
{
	for (size_t p = 0; p < n; p++) {
		struct agenda_item *it = step_at(&w->a, planned[p].step->step);

		if (!it) {
			struct agenda_item new_one = item_of_step(planned[p].step, planned[p].minutes);

			(void)insert_at(w, place_of(&w->a, planned, p), &new_one);
		} else if (it->planned_minutes != planned[p].minutes) {
			it->planned_minutes = planned[p].minutes;
			TRY(write_item(c, it));
		}
	}
	return FAIL_OK;
}

static fail note_whole(struct call *c, const struct work *w)
{
	struct agenda_sums s = agenda_sums(&w->a);
	const char *after = arena_printf(c->arena, "{\"rule\":\"%s\",\"items\":%lld,\"planned_minutes\":%lld}", w->f.rule->id, (long long)s.items,
	                                 (long long)s.planned_minutes);

	return journal_add(c, w->m.realm, w->m.unit_id, "agenda", "meeting", w->m.id, "", after);
}

static fail propose_body(struct call *c, void *arg)
{
	struct work *w = arg;
	struct agenda_planned planned[ITEMS_MOST];

	TRY(load(c, w));
	if (!w->f.rule || w->f.rule->n > ITEMS_MOST)
		return problem(c, FAIL_NOT_FOUND, "starts_at", "no rule for agendas was in force on %s; see chibo rules list",
		               show_date(c->arena, c->lang, meeting_day(&w->m)));
	TRY(drop_left_over(c, w));
	size_t n = plan(&w->f, 0, planned);

	n = plan(&w->f, own_minutes(&w->a, planned, n), planned);
	TRY(take_planned(c, w, planned, n));
	TRY(store_places(c, w));
	TRY(note_whole(c, w));
	if (w->out)
		*w->out = w->a;
	return FAIL_OK;
}

fail agenda_propose(struct call *c, int64_t meeting_id, struct agenda *out)
{
	return db_write(c, propose_body, &(struct work){ .meeting_id = meeting_id, .out = out });
}

/* ---------------------------------------------------------------- adding */

static const struct agenda_item *same_item(const struct agenda *a, const struct agenda_item *wanted)
{
	for (size_t i = 0; i < a->n; i++)
		if (*wanted->step ? is_step(&a->v[i], wanted->step) : a->v[i].part == wanted->part && strcmp(a->v[i].title, wanted->title) == 0)
			return &a->v[i];
	return NULL;
}

static size_t before_step(const struct agenda *a, const char *step)
{
	for (size_t i = 0; i < a->n; i++)
		if (*step && is_step(&a->v[i], step))
			return i;
	return a->n;
}

/* Behind the last item of its part, or else of its phase; before the first item of a later phase in any case. */
static size_t behind_part(const struct agenda *a, unsigned part)
{
	size_t at = 0;

	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].part == part)
			at = i + 1;
	for (size_t i = 0; !at && i < a->n && phase(a->v[i].part) <= phase(part); i++)
		if (i + 1 == a->n || phase(a->v[i + 1].part) > phase(part))
			return i + 1;
	return at;
}

/* A step that the rule offers stands where the rule has it. */
static size_t place_in_rule(const struct agenda_frame *f, const struct agenda *a, const struct agenda_step *s)
{
	for (const struct agenda_step *next = s + 1; next < f->rule->steps + f->rule->n; next++)
		if (before_step(a, next->step) < a->n)
			return before_step(a, next->step);
	return behind_part(a, s->part);
}

static size_t place_for(const struct work *w, const struct agenda_item *it)
{
	const char *before = w->f.rule && it->part == AGENDA_MAIN ? w->f.rule->emphasis_before : "";
	size_t at = before_step(&w->a, before);

	return at < w->a.n ? at : behind_part(&w->a, it->part);
}

static fail check_item(struct call *c, const struct agenda_item *it)
{
	if (!*it->title)
		return problem(c, FAIL_INPUT, "title", "write what the item is about");
	if (it->planned_minutes != INT_UNKNOWN && (it->planned_minutes < 1 || it->planned_minutes > 480))
		return problem(c, FAIL_INPUT, "planned_minutes", "write minutes from 1 to 480, or leave it empty");
	return FAIL_OK;
}

static fail new_item(struct call *c, const struct work *w, struct agenda_item *it, size_t *at)
{
	const struct agenda_step *s = *w->wanted->step && w->f.rule ? agenda_step_find(w->f.rule, w->wanted->step) : NULL;

	if (*w->wanted->step && !s)
		return problem(c, FAIL_INPUT, "step", "the agenda of that day has no step “%s”", w->wanted->step);
	if (!s && !w->wanted->part)
		return problem(c, FAIL_INPUT, "part", "choose the part of the meeting it belongs to");
	*it = s ? item_of_step(s, s->minutes) : *w->wanted;
	if (!s)
		*it = (struct agenda_item){ .part = w->wanted->part, .step = "", .title = w->wanted->title, .planned_minutes = w->wanted->planned_minutes,
			                        .minutes = INT_UNKNOWN, .conclusion = "" };
	*at = s ? place_in_rule(&w->f, &w->a, s) : place_for(w, it);
	return check_item(c, it);
}

static fail add_body(struct call *c, void *arg)
{
	struct work *w = arg;
	struct agenda_item it;
	size_t at;

	TRY(load(c, w));
	const struct agenda_item *there = same_item(&w->a, w->wanted);

	if (there) {
		*w->it = *there;
		return FAIL_OK;
	}
	if (w->a.n >= ITEMS_MOST)
		return problem(c, FAIL_INPUT, "title", "an agenda has at most %d items", ITEMS_MOST);
	TRY(new_item(c, w, &it, &at));
	struct agenda_item *added = insert_at(w, at, &it);

	TRY(store_places(c, w));
	*w->it = *added;
	return note(c, w, NULL, w->it);
}

fail agenda_add(struct call *c, int64_t meeting_id, const struct agenda_item *wanted, struct agenda_item *out)
{
	return db_write(c, add_body, &(struct work){ .meeting_id = meeting_id, .wanted = wanted, .it = out });
}

/* ---------------------------------------------------------------- changing, moving, dropping */

static struct agenda_item *item_at(struct agenda *a, int64_t item)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].item == item)
			return &a->v[i];
	return NULL;
}

static fail change_body(struct call *c, void *arg)
{
	struct work *w = arg;
	struct agenda_item *now;

	TRY(load(c, w));
	now = item_at(&w->a, w->wanted->item);
	if (!now)
		return problem(c, FAIL_NOT_FOUND, "item", "this item is not on the agenda any more");
	*w->stored = *now;
	TRY(check_item(c, w->wanted));
	if (strcmp(now->title, w->wanted->title) == 0 && now->planned_minutes == w->wanted->planned_minutes) {
		*w->it = *now;
		return FAIL_OK;
	}
	if (w->wanted->rev != ANY_REV && w->wanted->rev != now->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody else changed this item in the meantime; compare both and save again");
	now->title = w->wanted->title;
	now->planned_minutes = w->wanted->planned_minutes;
	TRY(write_item(c, now));
	*w->it = *now;
	return note(c, w, w->stored, now);
}

fail agenda_change(struct call *c, int64_t meeting_id, struct agenda_item *it, struct agenda_item *stored)
{
	const struct agenda_item wanted = *it; /* the body may run again */

	return db_write(c, change_body, &(struct work){ .meeting_id = meeting_id, .wanted = &wanted, .it = it, .stored = stored });
}

static fail move_body(struct call *c, void *arg)
{
	struct work *w = arg;
	struct agenda_item *it;

	TRY(load(c, w));
	it = item_at(&w->a, w->item);
	if (!it || it->place != w->from)
		return FAIL_OK;
	size_t i = (size_t)(it - w->a.v);

	if (!agenda_may_move(&w->a, i, w->by))
		return problem(c, FAIL_INPUT, "place", "the opening stays first and the closing last: this item cannot go further");
	struct agenda_item moved = *it, *other = it + w->by;

	*it = *other;
	*other = moved;
	TRY(store_places(c, w));
	return note(c, w, &moved, other);
}

fail agenda_move(struct call *c, int64_t meeting_id, int64_t item, int64_t from, int by)
{
	return db_write(c, move_body, &(struct work){ .meeting_id = meeting_id, .item = item, .from = from, .by = by < 0 ? -1 : 1 });
}

static fail drop_body(struct call *c, void *arg)
{
	struct work *w = arg;
	struct agenda_item *it, gone;

	TRY(load(c, w));
	it = item_at(&w->a, w->item);
	if (!it)
		return FAIL_OK;
	gone = *it;
	if (it->mandatory)
		return problem(c, FAIL_INPUT, "item", "“%s” is a mandatory step and stays on the agenda", it->title);
	if (it->done)
		return problem(c, FAIL_INPUT, "item", "“%s” has been done and stays on the agenda", it->title);
	TRY(db_exec(c, &Q_agenda_drop, ARGS(V(it->realm), V(it->meeting_id), V(it->item)), NULL));
	remove_at(&w->a, (size_t)(it - w->a.v));
	TRY(store_places(c, w));
	return note(c, w, &gone, NULL);
}

fail agenda_drop(struct call *c, int64_t meeting_id, int64_t item)
{
	return db_write(c, drop_body, &(struct work){ .meeting_id = meeting_id, .item = item });
}
