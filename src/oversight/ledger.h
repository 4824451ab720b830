/* ledger.h — the plain registers a year's facts are counted from: discipline, inspections, reports due, feedback, training, numbers of a year,
 * assignments and visits.
 *
 * One small machine and one described record each. `struct ledger_row` has room for what any of them keeps; a register's record says which members it
 * uses and under which column names, and from that come file, form, JSON and page. Two dates mean the same everywhere: `due_on` is when something
 * is to be done, `done_on` when it was. What is never kept: names with a disciplinary decision, senders of feedback, words of a discussion (domain,
 * section 1).
 *
 * Unknown is not zero: an empty register says nothing until somebody declares that there was nothing to record in that year, which is a year number
 * (`none_inspection` = 1). The first row takes the declaration back by itself.
 *
 * Reading runs inside db_read or db_write. Each change opens a write transaction or joins the open one, writes the journal and raises `rev`. */
#ifndef CHIBO_OVERSIGHT_LEDGER_H
#define CHIBO_OVERSIGHT_LEDGER_H

#include "base/right.h"
#include "db/db.h"
#include "org/unit.h"

struct ledger_row {
	/* columns; which of them, the register's record says */
	const char *unit_code, *code, *member_code, *meeting_code;
	const char *title;             /* what it is about: title, topic, course */
	const char *remark, *decision_no;
	unsigned kind, per, outcome;
	struct date on;                /* a day on which it happened; of an assignment the first */
	struct date due_on, done_on;   /* of an assignment due_on is the last day */
	int64_t number, year;
	/* kept */
	int64_t realm, id, unit_id, rev, member_realm, member_id, meeting_id;
	/* read only */
	const char *unit_name, *member_name;
};
struct ledger_rows { struct ledger_row *v; size_t n; };

enum ledger_flags {
	LEDGER_CODE   = 1,  /* known by its code, which is unique in the province; else by its KEY columns */
	LEDGER_MEMBER = 2,  /* names a member of the unit */
	LEDGER_HIGHER = 4,  /* names a member of any unit, maybe of another province */
	LEDGER_MEETING = 8, /* may name a meeting of the unit */
};

enum ledger_kind {
	LEDGER_DISCIPLINES, LEDGER_INSPECTIONS, LEDGER_REPORTS, LEDGER_FEEDBACK, LEDGER_TRAININGS, LEDGER_NUMBERS, LEDGER_ASSIGNMENTS, LEDGER_VISITS,
	LEDGER_COUNT
};

struct ledger {
	const char *name;              /* "inspections": word of files and addresses */
	const char *label;             /* message id, as the texts below */
	const char *purpose;           /* what it is for: the criteria it feeds */
	const char *teach;             /* what will stand here, while it is empty */
	const char *add, *added;       /* button; what is said afterwards */
	const char *none;              /* year number that declares "nothing in this year"; NULL: makes no sense here */
	const char *nothing;           /* the sentence that is declared */
	const char *mark, *marked;     /* one tap: "Sent today"; NULL: nothing to mark */
	const char *prefix;            /* of codes made by the program: "BC" */
	const struct record *record;
	unsigned flags;
	enum right may_see, may_edit;
	const struct query *rows, *one, *find, *put, *drop;
	size_t first, last;            /* the date that puts a row into a year: offsets in ledger_row; both 0: by `year` */
	/* Contradictions inside the row; no database. */
	fail (*check)(struct call *c, const struct ledger_row *row);
};
extern const struct ledger ledgers[LEDGER_COUNT];
extern const struct record ledger_records[LEDGER_COUNT]; /* the same that the registers point to, for other tables */

/* May a unit declare that there was nothing? Of assignments a committee does, for all its cells; of everything else each unit for itself. */
bool ledger_declares(const struct ledger *l, bool body);

/* Names of year numbers: "" admissions_aim none_discipline none_inspection none_report none_feedback none_training none_assignment none_initiative none_target */
extern const char *const year_number_names[];
enum year_number_name {
	NUMBER_NO_NAME, NUMBER_ADMISSIONS_AIM, NUMBER_NONE_DISCIPLINE, NUMBER_NONE_INSPECTION, NUMBER_NONE_REPORT, NUMBER_NONE_FEEDBACK, NUMBER_NONE_TRAINING,
	NUMBER_NONE_ASSIGNMENT, NUMBER_NONE_INITIATIVE, NUMBER_NONE_TARGET, NUMBER_NAMES
};
/* Declarations about records that other rooms keep: initiatives, targets. */
static inline bool number_declares(unsigned name) { return name >= NUMBER_NONE_DISCIPLINE && name < NUMBER_NAMES; }

/* Every column empty: not given. */
void ledger_clear(const struct ledger *l, struct ledger_row *row);
/* The years a row falls into. */
void ledger_years(const struct ledger *l, const struct ledger_row *row, int64_t *first, int64_t *last);

/* ---- reading ---- */

struct ledger_query {
	int64_t unit_id;               /* 0: everywhere */
	bool below;                    /* with all units that stood below it on the last of these days, or stand there today before it */
	struct date since, until;      /* DATE_EVER, DATE_OPEN: all, whatever the tree was */
	struct date after_day;         /* paging: rows behind this one; DATE_NONE: from the beginning */
	int64_t after_id, limit;       /* limit 0: all */
};
fail ledger_rows(struct call *c, const struct ledger *l, const struct ledger_query *q, struct ledger_rows *out) MUST_CHECK;
/* The same, one after the other in constant memory: see db_each. */
fail ledger_each(struct call *c, const struct ledger *l, const struct ledger_query *q, fail (*each)(struct call *c, const void *row, void *arg),
                 void *arg) MUST_CHECK;
/* FAIL_NOT_FOUND with its sentence when the unit has no such row. */
fail ledger_row_of(struct call *c, const struct ledger *l, int64_t unit_id, int64_t id, struct ledger_row *out) MUST_CHECK;

/* What stands in a register in a year. */
struct ledger_count {
	int64_t n, done, late;         /* late: due before today and not done */
	int64_t declared;              /* units that declared that there was nothing */
};
/* For each register, then for initiatives and targets (counts of LEDGER_COUNT and one more). */
fail ledger_counts(struct call *c, int64_t unit_id, bool below, int year, struct ledger_count out[LEDGER_COUNT + 2]) MUST_CHECK;

/* What a unit has still to do in the registers that have something to mark: due before today in the last 365 days, and within `days` from today. */
struct ledger_due { int64_t late, soon; };
fail ledger_due(struct call *c, int64_t unit_id, int days, struct ledger_due out[LEDGER_COUNT]) MUST_CHECK;

/* ---- writing ---- */

/* row->unit_id names the unit. Makes up the code where a register has one and none is given. FAIL_CONFLICT: such a row exists. */
fail ledger_add(struct call *c, const struct ledger *l, struct ledger_row *row) MUST_CHECK;
/* If the stored rev is row->rev, or row->rev is 0. Unit and code stay. FAIL_CONFLICT: *stored is what there is. */
fail ledger_change(struct call *c, const struct ledger *l, struct ledger_row *row, struct ledger_row *stored) MUST_CHECK;
/* It was done on that day; DATE_NONE takes that back. Whoever says it last is right. *row is the row afterwards. */
fail ledger_mark(struct call *c, const struct ledger *l, int64_t unit_id, int64_t id, struct date on, struct ledger_row *row) MUST_CHECK;
/* Takes a row away; the journal keeps what it was. Sheets made from it keep the facts they were made from. */
fail ledger_drop(struct call *c, const struct ledger *l, int64_t unit_id, int64_t id, int64_t rev) MUST_CHECK;

/* Declares that a unit had nothing to record in a year, or takes that back; `name` is one of the none_ names. FAIL_CONFLICT while there are rows. */
fail ledger_declare(struct call *c, unsigned name, int64_t unit_id, int year, bool nothing) MUST_CHECK;
/* The same for every unit below a committee (and itself) that has neither rows nor a declaration. *declared: how many. */
fail ledger_declare_below(struct call *c, unsigned name, int64_t unit_id, int year, int64_t *declared) MUST_CHECK;

/* ---- for files ---- */

/* A row with codes becomes one with ids, checked against what there was on its day: the unit, the member, the meeting. row->unit_id and realm are set. */
fail ledger_resolve(struct call *c, const struct ledger *l, struct ledger_row *row) MUST_CHECK;
/* The id of the row with the same key, 0: none. */
fail ledger_id_of(struct call *c, const struct ledger *l, const struct ledger_row *row, int64_t *id) MUST_CHECK;
/* Do all columns agree? */
bool ledger_same(struct call *c, const struct ledger *l, const struct ledger_row *a, const struct ledger_row *b);
/* Writes a resolved row: a new one (id 0, which it fills) or over the one with row->id. No journal entry. */
fail ledger_put(struct call *c, const struct ledger *l, struct ledger_row *row) MUST_CHECK;

#endif
