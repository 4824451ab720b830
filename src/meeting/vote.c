/* vote.c — votes in the store: called, counted by two, declared void. Knows nothing of single ballots. */
#include "meeting/vote.h"

#include <string.h>

#include "base/id.h"
#include "db/batch.h"
#include "db/journal.h"
#include "meeting/cycle.h"
#include "vote_sql.h"

const char *const vote_subject_words[] = { "",        "minute_taker", "agenda", "resolution", "conclusion", "score",
	                                       "minutes", "admit", "make_official", "strike", "other", NULL };
const char *const vote_method_words[] = { "", "hand", "paper", "device", NULL };
static const char *const rule_words[] = { "", "majority", "two_thirds", NULL };

const char *vote_subject_name(enum lang lang, unsigned subject)
{
	static const char *const names[SUBJECT_COUNT] = {
		"", N_("Minute-taker"), N_("Agenda"), N_("Resolution of the meeting"), N_("Conclusion of the meeting"), N_("Score of the meeting"), N_("Minutes of the meeting"),
		N_("Proposal to admit a member"), N_("Making a probationary member official"), N_("Striking a member from the list"), N_("Another matter"),
	};

	return subject && subject < SUBJECT_COUNT ? tr(lang, names[subject]) : "";
}

const char *vote_method_name(enum lang lang, unsigned method)
{
	static const char *const names[] = { "", N_("By show of hands"), N_("Secret, on paper"), N_("Secret, on devices") };

	return *names[method] ? tr(lang, names[method]) : "";
}

const char *vote_result_name(enum lang lang, unsigned result)
{
	static const char *const names[] = { N_("vote open"), N_("adopted"), N_("not adopted"), N_("neither result"), N_("referred to the committee above"), N_("void") };

	return tr(lang, names[result]);
}

enum vote_kind vote_rule(unsigned subject)
{
	return subject == SUBJECT_ADMIT || subject == SUBJECT_MAKE_OFFICIAL || subject == SUBJECT_STRIKE ? VOTE_MEMBER : VOTE_RESOLUTION;
}

static const struct field fields[] = {
	FIELD(struct vote, subject, N_("What is voted on"), REQUIRED, .words = vote_subject_words),
	FIELD(struct vote, title, N_("In words"), 0, .max = 300),
	FIELD(struct vote, member_code, N_("The person it is about"), 0, .max = 60),
	FIELD(struct vote, method, N_("How"), REQUIRED, .words = vote_method_words),
	COL(struct vote, realm),
	COL(struct vote, id),
	COL(struct vote, meeting_id),
	COL(struct vote, member_id),
	COL(struct vote, member_name),
	COL(struct vote, rule, .words = rule_words),
	COL(struct vote, round),
	COL(struct vote, base),
	COL(struct vote, in_favour),
	COL(struct vote, against),
	COL(struct vote, abstain),
	COL(struct vote, invalid),
	COL(struct vote, marked),
	COL(struct vote, result, .words = vote_result_words),
	COL(struct vote, remark),
	COL(struct vote, opened_at),
	COL(struct vote, closed_at),
	COL(struct vote, rev),
	FIELD_END,
};
const struct record vote_record = { "vote", sizeof(struct vote), fields };

static const struct field teller_fields[] = {
	COL(struct teller, teller),  COL(struct teller, member_id), COL(struct teller, member_code), COL(struct teller, member_name),
	COL(struct teller, in_favour), COL(struct teller, against), COL(struct teller, abstain), COL(struct teller, invalid), FIELD_END,
};
static const struct record teller_record = { "vote_teller", sizeof(struct teller), teller_fields };

static void put_moment(struct json *j, const char *key, struct moment m)
{
	char text[MOMENT_TEXT];

	moment_format(m, text);
	json_put_str(j, key, *text ? text : NULL);
}

static void put_count(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	if (n == INT_UNKNOWN)
		json_null(j);
	else
		json_int(j, n);
}

void vote_json(struct json *j, const struct vote *v)
{
	char id[NUM_TEXT];

	snprintf(id, sizeof id, "%lld", (long long)v->id);
	json_put_str(j, "id", id);
	record_json(j, &vote_record, v);
	json_put_str(j, "rule", rule_words[v->rule]);
	json_put_int(j, "round", v->round);
	json_put_int(j, "base", v->base);
	json_put_int(j, "needed", vote_votes_needed(v));
	put_count(j, "marked", v->marked);
	put_count(j, "in_favour", v->in_favour);
	put_count(j, "against", v->against);
	put_count(j, "abstain", v->abstain);
	put_count(j, "invalid", v->invalid);
	json_put_str(j, "result", vote_result_words[v->result]);
	json_put_str(j, "remark", v->remark);
	put_moment(j, "opened_at", v->opened_at);
	put_moment(j, "closed_at", v->closed_at);
	json_put_int(j, "rev", v->rev);
}

/* ---------------------------------------------------------------- reading */

fail votes_of(struct call *c, const struct meeting *m, struct votes *out)
{
	return db_all(c, &Q_votes_of_meeting, ARGS(V(m->realm), V(m->id)), &vote_record, &out->v, &out->n);
}

fail vote_by_id(struct call *c, int64_t id, struct vote *out)
{
	fail f = db_one(c, &Q_vote_by_id, ARGS(V(id)), &vote_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, FAIL_NOT_FOUND, "vote", "there is no such vote") : f;
}

fail vote_unit(struct call *c, int64_t id, int64_t *unit_id)
{
	TRY(db_int(c, &Q_vote_unit, ARGS(V(id)), 0, unit_id));
	return *unit_id ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "vote", "there is no such vote");
}

fail vote_tellers(struct call *c, const struct vote *v, struct tellers *out)
{
	return db_all(c, &Q_vote_tellers, ARGS(V(v->realm), V(v->id)), &teller_record, &out->v, &out->n);
}

fail vote_tellers_before(struct call *c, const struct meeting *m, struct tellers *out)
{
	return db_all(c, &Q_vote_tellers_of_meeting, ARGS(V(m->realm), V(m->id)), &teller_record, &out->v, &out->n);
}

fail vote_latest(struct call *c, const struct meeting *m, unsigned subject, struct vote *out)
{
	struct votes all;

	*out = (struct vote){ 0 };
	TRY(votes_of(c, m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].subject == subject && all.v[i].result != VOTE_VOID)
			*out = all.v[i];
	return FAIL_OK;
}

fail votes_open(struct call *c, const struct meeting *m, int64_t *n)
{
	return db_int(c, &Q_votes_open, ARGS(V(m->realm), V(m->id)), 0, n);
}

fail votes_waiting(struct call *c, int64_t realm, int64_t member_id, struct votes *out)
{
	return db_all(c, &Q_votes_waiting, ARGS(V(realm), V(member_id)), &vote_record, &out->v, &out->n);
}

fail vote_ballot_roll(struct call *c, const struct vote *v, struct tellers *out)
{
	return db_all(c, &Q_ballot_roll_of, ARGS(V(v->realm), V(v->id)), &teller_record, &out->v, &out->n);
}

/* ---------------------------------------------------------------- who votes */

static const struct attendance *row_of(const struct attendances *rows, int64_t member_id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].member_id == member_id)
			return &rows->v[i];
	return NULL;
}

fail voters_of(struct call *c, const struct meeting *m, struct voters *out)
{
	struct attendances rows;
	struct roll roll;
	struct flaws unused = { 0 };

	TRY(attendance_of(c, m, &rows));
	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	*out = (struct voters){ .voting = attendance_voting(&roll, &rows), .online = m->mode == MEETING_ONLINE };
	out->complete = attendance_tally(c, &roll, &rows, &unused).complete;
	out->v = ARENA_ARRAY(c->arena, roll.n + 1, const struct roll_member *);
	for (size_t i = 0; i < roll.n; i++) {
		const struct attendance *a = row_of(&rows, roll.v[i].id);

		if (!a || a->status != ATTENDANCE_PRESENT)
			continue;
		out->online |= a->mode == MODE_ONLINE;
		if (roll.v[i].official && roll.v[i].status != STATUS_TEMP_HERE)
			out->v[out->n++] = &roll.v[i];
	}
	return FAIL_OK;
}

static const struct roll_member *voter_of(const struct voters *all, int64_t id, const char *code)
{
	for (size_t i = 0; i < all->n; i++)
		if (id > 0 ? all->v[i]->id == id : strcmp(all->v[i]->code, code) == 0)
			return all->v[i];
	return NULL;
}

const char *voters_question(struct call *c, const struct voters *v)
{
	if (!v->complete || (int64_t)v->n * 3 >= v->voting.base * 2)
		return NULL;
	return arena_printf(c->arena, tr(c->lang, "fewer than two thirds of the official members with a vote came (%lld of %lld); is that right?"),
	                    (long long)v->n, (long long)v->voting.base);
}

/* ---------------------------------------------------------------- calling one */

static const char *as_json(struct call *c, const struct vote *v)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	vote_json(&j, v);
	json_object_end(&j);
	return out_text(&o);
}

static fail check_voters(struct call *c, const struct vote *v, const struct voters *all)
{
	if (!all->complete)
		return problem(c, FAIL_INPUT, "", "take the roll call first: who votes, and how many votes are needed, follows from it");
	if (!all->voting.base || !all->n)
		return problem(c, FAIL_INPUT, "", "nobody with a vote is present");
	if (all->online && (v->method != METHOD_HAND || vote_rule(v->subject) == VOTE_MEMBER))
		return problem(c, FAIL_INPUT, "method", "somebody takes part online: no secret vote and no decision on a member then; hold it when all are in one room");
	return FAIL_OK;
}

static fail check_person(struct call *c, const struct meeting *m, struct vote *v)
{
	struct roll roll;
	const char *code = v->member_code ? v->member_code : "";
	bool wanted = v->subject == SUBJECT_MAKE_OFFICIAL || v->subject == SUBJECT_STRIKE;

	if (v->member_id <= 0 && !*code)
		return wanted ? problem(c, FAIL_INPUT, "member_code", "choose the person it is about") : FAIL_OK;
	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	for (size_t i = 0; i < roll.n; i++) {
		if (v->member_id > 0 ? roll.v[i].id != v->member_id : strcmp(roll.v[i].code, code) != 0)
			continue;
		v->member_id = roll.v[i].id;
		v->member_code = roll.v[i].code;
		v->member_name = roll.v[i].full_name;
		if (v->subject == SUBJECT_MAKE_OFFICIAL && roll.v[i].official)
			return problem(c, FAIL_INPUT, "member_code", "%s is an official member already", roll.v[i].full_name);
		return FAIL_OK;
	}
	return problem(c, FAIL_INPUT, "member_code", "%s did not belong to this cell that day", code);
}

/* "Resolution of the meeting", "Making a probationary member official: Nguyễn Văn A" */
static fail check_title(struct call *c, struct vote *v)
{
	const char *name = vote_subject_name(c->lang, v->subject);

	v->title = text_clean(c->arena, v->title ? v->title : "");
	if (*v->title)
		return FAIL_OK;
	if (v->subject == SUBJECT_OTHER || (v->subject == SUBJECT_ADMIT && v->member_id <= 0))
		return problem(c, FAIL_INPUT, "title", "say in words what is voted on");
	v->title = v->member_id > 0 ? arena_printf(c->arena, "%s: %s", name, v->member_name) : name;
	return FAIL_OK;
}

struct word { unsigned result; };
static const struct field word_fields[] = { COL(struct word, result, .words = vote_result_words), FIELD_END };
static const struct record word_record = { "result", sizeof(struct word), word_fields };

/* V09 */
static fail find_round(struct call *c, const struct meeting *m, struct vote *v)
{
	struct word *rows;
	unsigned results[VOTE_ROUNDS];
	size_t n;

	v->round = 1;
	if (vote_kind_of(v) != VOTE_MEMBER)
		return FAIL_OK;
	TRY(db_all(c, &Q_vote_results_of_matter,
	           ARGS(V(v->realm), V(m->unit_id), V(vote_subject_words[v->subject]), V(v->member_id > 0 ? v->member_id : (int64_t)0), V(v->title)),
	           &word_record, &rows, &n));
	for (size_t i = 0; i < n; i++)
		results[i] = rows[i].result;
	v->round = vote_next_round(results, (int)n);
	if (v->round)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "subject", "three votes in a row on this matter came to neither result; it lies with the committee above now and is not "
	                                         "voted on a fourth time");
}

static fail same_open(struct call *c, const struct meeting *m, struct vote *v, bool *found)
{
	struct votes all;

	*found = false;
	TRY(votes_of(c, m, &all));
	for (size_t i = 0; i < all.n && !*found; i++)
		if (all.v[i].result == VOTE_OPEN && all.v[i].subject == v->subject && strcmp(all.v[i].title, v->title) == 0 &&
		    (all.v[i].member_id > 0 ? all.v[i].member_id : 0) == (v->member_id > 0 ? v->member_id : 0)) {
			*v = all.v[i];
			*found = true;
		}
	return FAIL_OK;
}

static fail insert(struct call *c, const struct meeting *m, struct vote *v)
{
	v->id = id_new();
	v->rev = 1;
	TRY(db_exec(c, &Q_vote_insert,
	            ARGS(V(v->realm), V(v->id), V(m->id), V(vote_subject_words[v->subject]), V(v->title), V(v->member_id > 0 ? v->member_id : INT_UNKNOWN),
	                 V(rule_words[v->rule]), V(vote_method_words[v->method]), V(v->round), V(v->base), V(v->opened_at)),
	            NULL));
	return journal_add(c, m->realm, m->unit_id, "create", "vote", v->id, NULL, as_json(c, v));
}

static fail call_body(struct call *c, void *arg)
{
	struct vote *out = arg, v = *out;
	struct meeting m;
	struct voters all;
	bool found;

	TRY(meeting_by_id(c, v.meeting_id, &m));
	TRY(meeting_may_edit(c, &m, PART_ROOM));
	v.realm = m.realm;
	v.rule = (unsigned)vote_rule(v.subject) + 1;
	v.opened_at = call_local(c->now_ms);
	TRY(check_person(c, &m, &v));
	TRY(check_title(c, &v));
	TRY(same_open(c, &m, &v, &found));
	if (!found) {
		TRY(voters_of(c, &m, &all));
		TRY(check_voters(c, &v, &all));
		v.base = all.voting.base;
		TRY(find_round(c, &m, &v));
		TRY(insert(c, &m, &v));
	}
	*out = v;
	return FAIL_OK;
}

fail vote_call(struct call *c, struct vote *v)
{
	if (!v->subject || v->subject >= SUBJECT_COUNT)
		return problem(c, FAIL_INPUT, "subject", "say what is voted on");
	if (!v->method)
		return problem(c, FAIL_INPUT, "method", "say how the vote is held");
	v->in_favour = v->against = v->abstain = v->invalid = v->marked = INT_UNKNOWN;
	v->result = VOTE_OPEN;
	v->remark = "";
	v->closed_at = MOMENT_NONE;
	return db_write(c, call_body, v);
}

/* ---------------------------------------------------------------- counting */

static fail lock(struct call *c, int64_t id, int64_t rev, struct vote *v, struct meeting *m)
{
	TRY(vote_by_id(c, id, v));
	TRY(meeting_by_id(c, v->meeting_id, m));
	TRY(meeting_may_edit(c, m, PART_ROOM));
	if (rev != ANY_REV && rev != v->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody else has counted or ended this vote in the meantime");
	return FAIL_OK;
}

static fail write_end(struct call *c, const struct meeting *m, const struct vote *before, struct vote *v)
{
	TRY(db_exec(c, &Q_vote_write,
	            ARGS(V(v->realm), V(v->id), V(v->base), V(v->in_favour), V(v->against), V(v->abstain), V(v->invalid), V(v->marked),
	                 V(vote_result_words[v->result]), V(v->remark), V(v->closed_at)),
	            NULL));
	v->rev = before->rev + 1;
	return journal_add(c, m->realm, m->unit_id, "update", "vote", v->id, as_json(c, before), as_json(c, v));
}

/* An adopted choice of the minute-taker is the minute-taker; minutes that were adopted are approved. */
static fail take_effect(struct call *c, struct meeting *m, const struct vote *v)
{
	struct meeting stored;
	int64_t taker = m->minute_taker_id;
	struct moment approved = m->minutes_approved_at;

	if (v->result != VOTE_ADOPTED)
		return FAIL_OK;
	if (v->subject == SUBJECT_MINUTE_TAKER && v->member_id > 0)
		m->minute_taker_id = v->member_id;
	if (v->subject == SUBJECT_MINUTES && !moment_is(approved))
		m->minutes_approved_at = v->closed_at;
	if (m->minute_taker_id == taker && m->minutes_approved_at.minutes == approved.minutes)
		return FAIL_OK;
	return meeting_update(c, m, &stored);
}

static fail end_vote(struct call *c, struct meeting *m, const struct teller *total, int64_t marked, const struct voters *all, struct vote *v)
{
	struct vote before = *v;

	v->base = all->voting.base;
	v->in_favour = total->in_favour;
	v->against = total->against;
	v->abstain = total->abstain;
	v->invalid = total->invalid;
	v->marked = marked;
	v->closed_at = call_local(c->now_ms);
	v->result = vote_result(vote_kind_of(v), v->base, v->in_favour, v->against, v->round);
	TRY(write_end(c, m, &before, v));
	return take_effect(c, m, v);
}

static const char *const sides[] = { "a", "b" };

static const char *at(struct call *c, int side, const char *name)
{
	return arena_printf(c->arena, "%s.%s", sides[side], name);
}

static void check_teller(struct call *c, const struct voters *all, struct teller *t, int side, struct flaws *found)
{
	const struct roll_member *who = t->member_id > 0 || (t->member_code && *t->member_code) ? voter_of(all, t->member_id, t->member_code) : NULL;

	if (!who)
		flaw_add(c, found, at(c, side, "teller"), "choose a teller among the official members who are present");
	t->member_id = who ? who->id : 0;
	t->member_code = who ? who->code : "";
	t->member_name = who ? who->full_name : "";
	t->teller = side + 1;
}

static bool counts_given(const struct teller *t)
{
	return t->in_favour >= 0 && t->against >= 0 && t->abstain >= 0 && t->invalid >= 0;
}

static void check_sum(struct call *c, const struct teller *t, int64_t marked, int side, struct flaws *found)
{
	int64_t sum = t->in_favour + t->against + t->abstain + t->invalid;

	if (!counts_given(t))
		flaw_add(c, found, at(c, side, "in_favour"), "write whole numbers; 0 where there was none");
	else if (marked >= 0 && sum != marked)
		flaw_add(c, found, at(c, side, "in_favour"), "this count adds up to %lld, but %lld voted; count again", (long long)sum, (long long)marked);
}

static bool counts_agree(const struct teller *x, const struct teller *y)
{
	return x->in_favour == y->in_favour && x->against == y->against && x->abstain == y->abstain && x->invalid == y->invalid;
}

static void check_counts(struct call *c, const struct voters *all, struct teller t[2], int64_t marked, struct flaws *found)
{
	if (marked < 0)
		flaw_add(c, found, "marked", "write how many people voted");
	else if (marked > (int64_t)all->n)
		flaw_add(c, found, "marked", "%lld voted, but only %zu people with a vote are present", (long long)marked, all->n);
	for (int i = 0; i < 2; i++)
		check_teller(c, all, &t[i], i, found);
	if (t[0].member_id && t[0].member_id == t[1].member_id)
		flaw_add(c, found, "b.teller", "two different people count");
	for (int i = 0; i < 2; i++)
		check_sum(c, &t[i], marked, i, found);
	if (!found->n && !counts_agree(&t[0], &t[1]))
		flaw_add(c, found, "b.in_favour", "the two tellers have not come to the same: %lld, %lld, %lld, %lld and %lld, %lld, %lld, %lld. Count again; nothing was stored",
		         (long long)t[0].in_favour, (long long)t[0].against, (long long)t[0].abstain, (long long)t[0].invalid,
		         (long long)t[1].in_favour, (long long)t[1].against, (long long)t[1].abstain, (long long)t[1].invalid);
}

struct count {
	int64_t id, rev, marked;
	const struct teller *given;
	struct vote *v;
	struct flaws *found;
};

static bool same_end(const struct vote *v, const struct count *k)
{
	return v->result != VOTE_OPEN && v->result != VOTE_VOID && v->marked == k->marked && v->in_favour == k->given[0].in_favour &&
	       v->against == k->given[0].against && v->abstain == k->given[0].abstain && v->invalid == k->given[0].invalid;
}

static fail store_tellers(struct call *c, const struct vote *v, const struct teller t[2])
{
	for (int i = 0; i < 2; i++)
		TRY(db_exec(c, &Q_vote_teller_insert,
		            ARGS(V(v->realm), V(v->id), V(t[i].teller), V(t[i].member_id), V(t[i].in_favour), V(t[i].against), V(t[i].abstain), V(t[i].invalid)),
		            NULL));
	return FAIL_OK;
}

static fail count_body(struct call *c, void *arg)
{
	struct count *k = arg;
	struct teller t[2] = { k->given[0], k->given[1] };
	struct meeting m;
	struct voters all;

	*k->found = (struct flaws){ 0 };
	TRY(vote_by_id(c, k->id, k->v));
	if (same_end(k->v, k))
		return FAIL_OK;
	TRY(lock(c, k->id, k->rev, k->v, &m));
	if (k->v->result != VOTE_OPEN || k->v->method == METHOD_DEVICE)
		return problem(c, FAIL_CONFLICT, "", "this vote is not one that tellers count now");
	TRY(voters_of(c, &m, &all));
	check_counts(c, &all, t, k->marked, k->found);
	TRY(flaws_refuse(c, k->found));
	TRY(store_tellers(c, k->v, t));
	return end_vote(c, &m, &t[0], k->marked, &all, k->v);
}

fail vote_count(struct call *c, int64_t id, int64_t rev, const struct teller count[2], int64_t marked, struct vote *v, struct flaws *found)
{
	return db_write(c, count_body, &(struct count){ id, rev, marked, count, v, found });
}

/* ---------------------------------------------------------------- a ballot on devices */

struct close {
	int64_t id;
	const struct teller *total;
	const int64_t *members;
	size_t n;
	struct vote *v;
};

static fail store_roll(struct call *c, const struct vote *v, const struct voters *all, const struct close *k)
{
	struct db_batch *b = db_batch_new(c->arena, &Q_ballot_roll_insert, &Q_ballot_roll_insert_rows);

	for (size_t i = 0; i < k->n; i++) {
		if (!voter_of(all, k->members[i], ""))
			return problem(c, FAIL_INPUT, "", "somebody who has voted is no longer marked as present; put the roll call right, or declare the ballot void");
		TRY(db_batch_add(c, b, ARGS(V(v->realm), V(v->id), V(k->members[i]))));
	}
	return db_batch_flush(c, b);
}

static fail close_body(struct call *c, void *arg)
{
	struct close *k = arg;
	struct meeting m;
	struct voters all;

	TRY(lock(c, k->id, ANY_REV, k->v, &m));
	if (k->v->result != VOTE_OPEN || k->v->method != METHOD_DEVICE)
		return problem(c, FAIL_CONFLICT, "", "this ballot is closed already");
	TRY(voters_of(c, &m, &all));
	TRY(store_roll(c, k->v, &all, k));
	return end_vote(c, &m, k->total, (int64_t)k->n, &all, k->v);
}

fail vote_close_ballot(struct call *c, int64_t id, const struct teller *total, const int64_t *members, size_t n, struct vote *v)
{
	return db_write(c, close_body, &(struct close){ id, total, members, n, v });
}

/* ---------------------------------------------------------------- void */

struct void_job {
	int64_t id, rev;
	const char *reason;
	struct vote *v;
};

static fail void_body(struct call *c, void *arg)
{
	struct void_job *k = arg;
	struct meeting m;
	const char *reason = text_clean(c->arena, k->reason ? k->reason : "");

	TRY(lock(c, k->id, k->rev, k->v, &m));
	if (k->v->result == VOTE_VOID)
		return FAIL_OK;
	if (!*reason)
		return problem(c, FAIL_INPUT, "remark", "say why the vote is void");
	struct vote before = *k->v;

	k->v->result = VOTE_VOID;
	k->v->remark = reason;
	k->v->closed_at = call_local(c->now_ms);
	return write_end(c, &m, &before, k->v);
}

fail vote_void(struct call *c, int64_t id, int64_t rev, const char *reason, struct vote *v)
{
	return db_write(c, void_body, &(struct void_job){ id, rev, reason, v });
}
