/* compose.h — the papers of a meeting in words: what minutes, resolution and the other forms say, composed from the record (domain, 5.1 to 5.3).
 *
 * Composed once into these structs; the page shows them, and context.h writes them as the JSON that the forms are filled with. All words are
 * Vietnamese, whatever the language of the person: they are what stands on paper. The wording itself stands in forms/. A value that is not
 * known is ""; what has to be there and is not is a gap. */
#ifndef CHIBO_DOCUMENT_COMPOSE_H
#define CHIBO_DOCUMENT_COMPOSE_H

#include "document/dossier.h"

/* ---- small words of paper ---- */

const char *paper_day(struct arena *a, struct date d);       /* "ngày 03 tháng 11 năm 2025": leading zero for days below 10 and months 1 and 2 */
const char *paper_time(struct arena *a, struct moment m);    /* "19 giờ 00"; "" for none */
const char *paper_month(struct arena *a, month_no m);        /* "11/2025" */
const char *paper_count(struct arena *a, int64_t n);         /* "02", "19"; "" when unknown */
const char *paper_tenths(struct arena *a, struct tenths p);  /* "13,5"; "" for none */
const char *paper_short_day(struct arena *a, struct date d); /* "05/01/2026"; "" for none */
/* "Bí thư chi bộ", "Phó bí thư" …; "" without a post */
const char *paper_post(unsigned post);

/* "Đảng ủy xã Tường Hạ" for "Đảng bộ xã Tường Hạ"; other names as they are. */
const char *paper_committee(struct arena *a, const char *unit_name);

struct lines { const char *const *v; size_t n; };
/* A text cut into its paragraphs. */
struct lines paper_lines(struct arena *a, const char *text);

/* ---- head and signature (5.3, V21) ---- */

struct paper_head {
	const char *unit_above, *unit, *number, *place_date;
};
struct paper_signature {
	const char *sign_for, *sign_as, *signer; /* "T/M CHI BỘ", "BÍ THƯ", name. A cell has no seal */
};
/* `type` DOC_NO_TYPE: a paper without a number. `on` DATE_NONE: room to write the day. */
struct paper_head compose_head(struct call *c, const struct dossier *d, unsigned type, const struct document *numbered, struct date on);
/* V21: on behalf of the unit, secretary or deputy. `signer` "": the secretary, else the deputy, of the day. */
struct paper_signature compose_signature(struct call *c, const struct dossier *d, const char *signer);

/* ---- the meeting itself ---- */

struct sitting {
	const char *kind;                 /* "thường kỳ" */
	const char *month, *next_month;   /* "11/2025" */
	const char *day, *start, *end, *minutes, *place;
	const char *chair, *chair_post, *taker;
	const char *members, *official, *probationary, *expected, *present, *official_present, *percent;
	const char *excused, *excused_names, *unexcused, *unexcused_names, *exempt, *away, *here, *late_names;
	bool counted;                     /* present is known */
	bool theme;
	const char *topic;
	const char *mode;                 /* "trực tiếp", "trực tuyến" … */
};
void compose_sitting(struct call *c, const struct dossier *d, struct sitting *out);

struct worded_text { enum meeting_text text; const char *label; struct lines lines; };
enum item_words { WORDS_NONE, WORDS_TAKER, WORDS_ROLL, WORDS_AGENDA, WORDS_SPEAKERS, WORDS_TASKS, WORDS_DECISION, WORDS_SCORE, WORDS_APPROVAL };
struct worded_item {
	const char *no, *title, *planned, *spent;
	bool done;
	int64_t item;             /* of the agenda; 0: only a text without an item */
	struct lines conclusion;
	struct worded_text *texts;
	size_t text_n;
	enum item_words words;    /* what the record itself says at this step */
};
struct worded_vote {
	const char *no, *title, *method, *base, *in_favour, *against, *abstain, *invalid, *percent, *result;
	unsigned subject;
	bool adopted;
};
struct worded_task { const char *no, *title, *person, *due, *measure, *report_at; int64_t id; };
struct worded_due { const char *no, *title, *person, *due, *start, *result; int64_t id; };
struct worded_line { const char *id, *title, *max, *self, *voted, *guest, *decided; bool group, whole; /* a group; judged as a whole */ };
struct worded_score {
	struct worded_line *v;
	size_t n;
	bool known;                       /* there is a sheet of the cell */
	const char *total, *class, *scheme;
	const char *self, *voted, *guest, *decided; /* totals */
	const char *self_class, *voted_class, *guest_class, *decided_class;
	struct lines weaknesses, remedy;
};

/* What the form asks for and the record does not have: in words of the person's language, and where it is filled in. */
struct gap { const char *what, *href; };
struct gaps { struct gap *v; size_t n, room; };

/* ---- minutes (5.1) ---- */

struct minutes {
	struct paper_head head;
	struct sitting sitting;
	struct worded_item *items;
	size_t item_n;
	struct worded_vote *votes;
	size_t vote_n;
	struct worded_task *tasks;
	size_t task_n;
	struct worded_score score;
	const char *speakers, *approved_at, *approved_by; /* by: "17/19 (89,47 %)" where it was voted on */
	const struct vote *decision;      /* on resolution or conclusion, or NULL */
	const char *decision_name;        /* "nghị quyết" or "kết luận" */
	struct gaps gaps;
};
void compose_minutes(struct call *c, const struct dossier *d, struct minutes *out);

/* ---- resolution or conclusion (5.2) ---- */

struct resolution {
	unsigned type;                    /* DOC_RESOLUTION or DOC_CONCLUSION */
	struct paper_head head;
	struct sitting sitting;
	struct worded_due *due;
	size_t due_n;
	struct lines assessment, commendation, reminder, weaknesses, causes, direction, execution, conclusion;
	struct worded_task *tasks;
	size_t task_n;
	struct worded_score score;
	bool voted;
	const char *in_favour, *base, *percent; /* of the vote */
	struct paper_signature signature;
	struct gaps gaps;
};
void compose_resolution(struct call *c, const struct dossier *d, struct resolution *out);

/* ---- parts that other forms use ---- */

void compose_items(struct call *c, const struct dossier *d, bool before, struct worded_item **out, size_t *n);
void compose_score(struct call *c, const struct dossier *d, struct worded_score *out);
void compose_due(struct call *c, const struct dossier *d, struct worded_due **out, size_t *n);

#endif
