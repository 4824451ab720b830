/* ledger_kinds.c — the registers, each described once: columns, words, sentences, statements, what contradicts itself. */
#include <string.h>

#include "ledger_sql.h"
#include "oversight/ledger.h"
#include "oversight/words.h"

/* ---------------------------------------------------------------- words */

static const char *const subjects[] = { "", "member", "leader", "committee", "unit", NULL };
static const char *const subject_names[] = { "–", N_("A member without a post"), N_("A leader: secretary, deputy, committee member"), N_("The committee as a body"),
	                                         N_("The unit itself"), NULL };
static const char *const inspection_kinds[] = { "", "inspection", "supervision", NULL };
static const char *const inspection_names[] = { "–", N_("Inspection"), N_("Supervision"), NULL };
static const char *const feedback_kinds[] = { "", "member", "resident", "anonymous", NULL };
static const char *const feedback_names[] = { "–", N_("From a member"), N_("From a resident"), N_("Without a name"), NULL };
static const char *const outcomes[] = { "", "passed", "failed", NULL };
static const char *const outcome_names[] = { "–", N_("Passed"), N_("Not passed"), NULL };
static const char *const assigned_levels[] = { "", "province", "district", "commune", "grassroots", "staff", NULL };
static const char *const assigned_names[] = { "–", N_("Province"), N_("District"), N_("Commune or bloc"), N_("Grassroots"), N_("Specialised staff"), NULL };
static const char *const spans[] = { "", "month", "quarter", "year", NULL };
static const char *const span_names[] = { "–", N_("each month"), N_("each quarter"), N_("each year"), NULL };
const char *const year_number_names[] = { "", "admissions_aim", "none_discipline", "none_inspection", "none_report", "none_feedback", "none_training",
	                                      "none_assignment", "none_initiative", "none_target", NULL };
static const char *const number_names[] = { "–", N_("New members aimed at"), N_("No disciplinary decision"), N_("No inspection planned"), N_("No report due"),
	                                        N_("No feedback received"), N_("No training held"), N_("Nobody assigned to attend"), N_("No initiative"),
	                                        N_("No target set"), NULL };

static const struct { const char *const *words, *const *names; } dictionary[] = {
	{ subjects, subject_names }, { inspection_kinds, inspection_names }, { feedback_kinds, feedback_names }, { outcomes, outcome_names },
	{ assigned_levels, assigned_names }, { spans, span_names }, { year_number_names, number_names },
};

const char *ledger_word(enum lang lang, const char *const *words, unsigned word)
{
	for (size_t i = 0; i < sizeof dictionary / sizeof *dictionary; i++)
		if (dictionary[i].words == words)
			return word ? tr(lang, dictionary[i].names[word]) : "–";
	return words[word];
}

/* ---------------------------------------------------------------- columns */

/* A column under another name than the member of the struct. */
#define AS(column, f, label_, flags_, ...)                                                                             \
	{ .name = column, .type = FIELD_TYPE_OF(struct ledger_row, f), .at = offsetof(struct ledger_row, f), .label = label_, .flags = flags_, __VA_ARGS__ }
#define IN(f, label_, flags_, ...) FIELD(struct ledger_row, f, label_, flags_, __VA_ARGS__)
#define KEPT(f) COL(struct ledger_row, f)
#define UNIT(flags_) IN(unit_code, N_("Unit code"), REQUIRED | (flags_), .max = 60)
#define CODE IN(code, N_("Code"), REQUIRED | KEY, .max = 60)
#define PERSON IN(member_code, N_("Member code"), REQUIRED | KEY, .max = 40)
#define KEPT_ALL KEPT(realm), KEPT(id), KEPT(unit_id), KEPT(rev), KEPT(unit_name), FIELD_END
#define KEPT_PERSON KEPT(member_realm), KEPT(member_id), KEPT(member_name)

static const struct field discipline_fields[] = {
	UNIT(0), CODE,
	AS("subject", kind, N_("Who it concerns"), REQUIRED, .words = subjects),
	AS("decided_on", on, N_("Decided on"), REQUIRED),
	IN(decision_no, N_("Number of the decision"), 0, .max = 60),
	KEPT_ALL,
};
static const struct field inspection_fields[] = {
	UNIT(0), CODE,
	IN(kind, N_("Kind"), REQUIRED, .words = inspection_kinds),
	IN(title, N_("What is looked at"), REQUIRED, .max = 300),
	AS("planned_on", due_on, N_("Planned for"), REQUIRED),
	IN(done_on, N_("Carried out on"), 0),
	AS("result", remark, N_("Result in short"), 0, .max = 500),
	KEPT_ALL,
};
static const struct field report_fields[] = {
	UNIT(0), CODE,
	IN(title, N_("Which report"), REQUIRED, .max = 300),
	IN(due_on, N_("Due on"), REQUIRED),
	AS("sent_on", done_on, N_("Sent on"), 0),
	KEPT_ALL,
};
static const struct field feedback_fields[] = {
	UNIT(0), CODE,
	AS("received_on", on, N_("Received on"), REQUIRED),
	IN(kind, N_("Where it came from"), 0, .words = feedback_kinds),
	AS("topic", title, N_("What it is about"), 0, .max = 300),
	IN(due_on, N_("To be answered by"), REQUIRED),
	AS("answered_on", done_on, N_("Answered on"), 0),
	KEPT_ALL,
};
static const struct field training_fields[] = {
	PERSON, UNIT(KEY),
	AS("course", title, N_("Course"), REQUIRED | KEY, .max = 300),
	AS("held_on", on, N_("Held on"), REQUIRED | KEY),
	AS("hours", number, N_("Hours"), 0, .min = 1, .max = 2000),
	AS("result", outcome, N_("Result"), 0, .words = outcomes),
	KEPT_PERSON, KEPT_ALL,
};
static const struct field number_fields[] = {
	UNIT(KEY),
	IN(year, N_("Year"), REQUIRED | KEY, .min = 1930, .max = 2200),
	AS("name", kind, N_("Which number"), REQUIRED | KEY, .words = year_number_names),
	AS("value", number, N_("Number"), REQUIRED, .min = 0, .max = 100000),
	KEPT_ALL,
};
static const struct field assignment_fields[] = {
	PERSON, UNIT(KEY),
	AS("level", kind, N_("Level of the person"), REQUIRED, .words = assigned_levels),
	AS("from", on, N_("First day"), KEY | FROM_DATE),
	AS("to", due_on, N_("Last day"), TO_DATE),
	AS("required_turns", number, N_("Meetings to attend"), REQUIRED, .min = 0, .max = 366),
	IN(per, N_("In which time"), REQUIRED, .words = spans),
	KEPT_PERSON, KEPT_ALL,
};
static const struct field visit_fields[] = {
	PERSON, UNIT(KEY),
	IN(meeting_code, N_("Code of the meeting"), KEY, .max = 60),
	AS("held_on", on, N_("Attended on"), KEY),
	KEPT(meeting_id), KEPT_PERSON, KEPT_ALL,
};

const struct record ledger_records[LEDGER_COUNT] = {
	[LEDGER_DISCIPLINES] = { "discipline", sizeof(struct ledger_row), discipline_fields },
	[LEDGER_INSPECTIONS] = { "inspection", sizeof(struct ledger_row), inspection_fields },
	[LEDGER_REPORTS] = { "report_due", sizeof(struct ledger_row), report_fields },
	[LEDGER_FEEDBACK] = { "feedback", sizeof(struct ledger_row), feedback_fields },
	[LEDGER_TRAININGS] = { "training", sizeof(struct ledger_row), training_fields },
	[LEDGER_NUMBERS] = { "year_number", sizeof(struct ledger_row), number_fields },
	[LEDGER_ASSIGNMENTS] = { "assignment", sizeof(struct ledger_row), assignment_fields },
	[LEDGER_VISITS] = { "visit", sizeof(struct ledger_row), visit_fields },
};

/* ---------------------------------------------------------------- contradictions */

static fail not_later(struct call *c, struct date d, const char *column)
{
	if (date_is(d) && d.days > c->today.days)
		return problem(c, FAIL_INPUT, column, "%s lies in the future; give a day up to today", show_date(c->arena, c->lang, d));
	return FAIL_OK;
}

static fail check_discipline(struct call *c, const struct ledger_row *r)
{
	return not_later(c, r->on, "decided_on");
}

static fail check_inspection(struct call *c, const struct ledger_row *r)
{
	return not_later(c, r->done_on, "done_on");
}

static fail check_report(struct call *c, const struct ledger_row *r)
{
	return not_later(c, r->done_on, "sent_on");
}

static fail check_feedback(struct call *c, const struct ledger_row *r)
{
	TRY(not_later(c, r->on, "received_on"));
	TRY(not_later(c, r->done_on, "answered_on"));
	if (r->due_on.days < r->on.days)
		return problem(c, FAIL_INPUT, "due_on", "it cannot be due before it came in (%s)", show_date(c->arena, c->lang, r->on));
	if (date_is(r->done_on) && r->done_on.days < r->on.days)
		return problem(c, FAIL_INPUT, "answered_on", "it cannot be answered before it came in (%s)", show_date(c->arena, c->lang, r->on));
	return FAIL_OK;
}

static fail check_training(struct call *c, const struct ledger_row *r)
{
	return not_later(c, r->on, "held_on");
}

static fail check_number(struct call *c, const struct ledger_row *r)
{
	if (number_declares(r->kind) && r->number > 1)
		return problem(c, FAIL_INPUT, "value", "write 1 when there was nothing in that year, or 0 to take that back");
	return FAIL_OK;
}

static fail check_assignment(struct call *c, const struct ledger_row *r)
{
	if (r->due_on.days < r->on.days)
		return problem(c, FAIL_INPUT, "to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, r->due_on),
		               show_date(c->arena, c->lang, r->on));
	return FAIL_OK;
}

static fail check_visit(struct call *c, const struct ledger_row *r)
{
	if (!date_is(r->on) && !*r->meeting_code)
		return problem(c, FAIL_INPUT, "held_on", "give the day, or the code of the meeting");
	return not_later(c, r->on, "held_on");
}

/* ---------------------------------------------------------------- the registers */

#define AT(f) offsetof(struct ledger_row, f)
#define STATEMENTS(name) .rows = &Q_##name##_rows, .one = &Q_##name##_one, .find = &Q_##name##_find, .put = &Q_##name##_put, .drop = &Q_##name##_drop

const struct ledger ledgers[LEDGER_COUNT] = {
	[LEDGER_DISCIPLINES] = { .name = "disciplines", .label = N_("Discipline"),
	  .purpose = N_("Counts for G3.3 (nobody disciplined in the year) and GO7. Only who it concerned by kind, the day and the number: no names."),
	  .teach = N_("Decisions on the unit, its leaders or its members, as the deciding committee has them. No name stands here."),
	  .add = N_("Record a decision"), .added = N_("Decision recorded."), .none = "none_discipline",
	  .nothing = N_("There was no disciplinary decision in %s"), .prefix = "KL", .record = &ledger_records[LEDGER_DISCIPLINES], .flags = LEDGER_CODE,
	  .may_see = MAY_SEE_MEMBERS, .may_edit = MAY_DECIDE, STATEMENTS(disciplines), .first = AT(on), .last = AT(on), .check = check_discipline },
	[LEDGER_INSPECTIONS] = { .name = "inspections", .label = N_("Inspection and supervision"),
	  .purpose = N_("Counts for G3.4 (programme carried out) and GO6: carried out of those planned for the year."),
	  .teach = N_("The programme of the year: what is inspected or supervised, planned for when, carried out when, with which result."),
	  .add = N_("Add to the programme"), .added = N_("Added to the programme."), .none = "none_inspection",
	  .nothing = N_("No inspection or supervision was planned for %s"), .mark = N_("Carried out today"), .marked = N_("Carried out: %s"), .prefix = "KT",
	  .record = &ledger_records[LEDGER_INSPECTIONS], .flags = LEDGER_CODE, .may_see = MAY_SEE, .may_edit = MAY_RECORD, STATEMENTS(inspections), .first = AT(due_on),
	  .last = AT(due_on), .check = check_inspection },
	[LEDGER_REPORTS] = { .name = "reports", .label = N_("Reports due"),
	  .purpose = N_("Counts for G3.5 (reports on time): sent by the day they were due, of those due in the year."),
	  .teach = N_("Every report the unit owes the committee above: which one, due when, sent when. A report that was not sent by its day counts as late."),
	  .add = N_("Add a report"), .added = N_("Report added."), .none = "none_report", .nothing = N_("No report was due in %s"),
	  .mark = N_("Sent today"), .marked = N_("Sent: %s"), .prefix = "BC", .record = &ledger_records[LEDGER_REPORTS], .flags = LEDGER_CODE, .may_see = MAY_SEE,
	  .may_edit = MAY_RECORD, STATEMENTS(reports), .first = AT(due_on), .last = AT(due_on), .check = check_report },
	[LEDGER_FEEDBACK] = { .name = "feedback", .label = N_("Feedback"),
	  .purpose = N_("Counts for G4.6 (feedback answered in time): answered by the day it was due, of that received in the year. Who sent it is not kept."),
	  .teach = N_("What members and residents asked or reported: about what, received when, to be answered by when, answered when. No sender stands here."),
	  .add = N_("Record feedback"), .added = N_("Feedback recorded."), .none = "none_feedback", .nothing = N_("No feedback was received in %s"),
	  .mark = N_("Answered today"), .marked = N_("Answered: %s"), .prefix = "PA", .record = &ledger_records[LEDGER_FEEDBACK], .flags = LEDGER_CODE,
	  .may_see = MAY_SEE, .may_edit = MAY_RECORD, STATEMENTS(feedback), .first = AT(on), .last = AT(on), .check = check_feedback },
	[LEDGER_TRAININGS] = { .name = "trainings", .label = N_("Training"),
	  .purpose = N_("Counts for G4.4 (secretary and committee trained this year)."),
	  .teach = N_("Who attended which course: one line a person. What counts for the year is whether secretary, deputy and committee were trained."),
	  .add = N_("Record a training"), .added = N_("Training recorded."), .none = "none_training", .nothing = N_("No training was held in %s"),
	  .record = &ledger_records[LEDGER_TRAININGS], .flags = LEDGER_MEMBER, .may_see = MAY_SEE_MEMBERS, .may_edit = MAY_RECORD, STATEMENTS(trainings), .first = AT(on),
	  .last = AT(on), .check = check_training },
	[LEDGER_NUMBERS] = { .name = "year-numbers", .label = N_("Aims of the year"),
	  .purpose = N_("Counts for G4.5 (new members): the number aimed at. Where no aim was set, the criterion counts in full."),
	  .teach = N_("Numbers the committee sets for the unit and the year, such as how many new members are aimed at. A number only: no names."),
	  .add = N_("Set an aim"), .added = N_("Aim set."), .record = &ledger_records[LEDGER_NUMBERS], .may_see = MAY_SEE, .may_edit = MAY_DECIDE,
	  STATEMENTS(numbers), .check = check_number },
	[LEDGER_ASSIGNMENTS] = { .name = "assignments", .label = N_("Assigned attendance"),
	  .purpose = N_("Counts for GO5 (meetings attended of those assigned): how many meetings each person assigned has to attend."),
	  .teach = N_("Members of higher committees who were assigned to attend meetings of this unit: from when to when, how often."),
	  .add = N_("Assign somebody"), .added = N_("Assignment recorded."), .none = "none_assignment", .nothing = N_("Nobody was assigned to attend meetings of the cells in %s"),
	  .record = &ledger_records[LEDGER_ASSIGNMENTS], .flags = LEDGER_HIGHER, .may_see = MAY_SEE_MEMBERS, .may_edit = MAY_DECIDE, STATEMENTS(assignments),
	  .first = AT(on), .last = AT(due_on), .check = check_assignment },
	[LEDGER_VISITS] = { .name = "visits", .label = N_("Meetings attended from above"),
	  .purpose = N_("Counts for GO5: each meeting that an assigned person attended is one turn."),
	  .teach = N_("Who of those assigned attended which meeting of this unit: one line a turn."), .add = N_("Record a turn"),
	  .added = N_("Turn recorded."), .record = &ledger_records[LEDGER_VISITS], .flags = LEDGER_HIGHER | LEDGER_MEETING, .may_see = MAY_SEE_MEMBERS,
	  .may_edit = MAY_RECORD, STATEMENTS(visits), .first = AT(on), .last = AT(on), .check = check_visit },
};

void ledger_clear(const struct ledger *l, struct ledger_row *row)
{
	*row = (struct ledger_row){ .unit_code = "", .code = "", .member_code = "", .meeting_code = "", .title = "", .remark = "", .decision_no = "",
		                        .unit_name = "", .member_name = "", .on = DATE_NONE, .due_on = DATE_NONE, .done_on = DATE_NONE, .number = INT_UNKNOWN,
		                        .year = INT_UNKNOWN };
	record_clear(l->record, row);
	row->realm = row->id = row->unit_id = row->rev = row->member_realm = row->member_id = row->meeting_id = 0;
}

bool ledger_declares(const struct ledger *l, bool body)
{
	return l->none && (l != &ledgers[LEDGER_ASSIGNMENTS] || body);
}

static int64_t year_at(const struct ledger_row *row, size_t at)
{
	int y, m, d;

	date_split(*(const struct date *)((const char *)row + at), &y, &m, &d);
	return y;
}

void ledger_years(const struct ledger *l, const struct ledger_row *row, int64_t *first, int64_t *last)
{
	*first = l->first ? year_at(row, l->first) : row->year;
	*last = l->last ? year_at(row, l->last) : row->year;
}
