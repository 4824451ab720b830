/* record.c — the plan, its topics and the lines of its programme, described once; words for people. */
#include "plan/plan.h"

const char *const slot_words[] = { "gone", "proposed", "planned", "registered", "held", "late", "missed", "cancelled", "none", NULL };

const char *slot_name(enum lang lang, enum slot_state s)
{
	static const char *const names[SLOT_STATES] = {
		N_("its day has passed"), N_("proposed"),  N_("planned"),
		N_("registered"),         N_("held"),      N_("held late"),
		N_("no meeting"),         N_("cancelled"), N_("the cell did not exist"),
	};

	return tr(lang, names[s]);
}

/* clang-format off */
static const struct field plan_fields[] = {
	FIELD(struct plan, start_time, N_("Begins at"), REQUIRED, .max = 5),
	FIELD(struct plan, place, N_("Place"), 0, .max = 200),
	COL(struct plan, realm), COL(struct plan, unit_id), COL(struct plan, year), COL(struct plan, programme_id), COL(struct plan, rev),
	COL(struct plan, adopted_on), COL(struct plan, proposed_by), FIELD_END,
};
static const struct field topic_fields[] = {
	FIELD(struct plan_topic, unit_code, N_("Unit code"), REQUIRED | KEY, .max = 60),
	FIELD(struct plan_topic, year, N_("Year"), REQUIRED | KEY, .min = 2000, .max = 2100),
	FIELD(struct plan_topic, title, N_("Topic"), REQUIRED | KEY, .max = 500),
	FIELD(struct plan_topic, quarter, N_("Quarter"), REQUIRED, .min = 1, .max = 4),
	FIELD(struct plan_topic, month, N_("Month"), 0, .min = 1, .max = 12),
	FIELD(struct plan_topic, author_code, N_("Author (member code)"), 0, .max = 60),
	COL(struct plan_topic, realm), COL(struct plan_topic, unit_id), COL(struct plan_topic, id), COL(struct plan_topic, author_id),
	COL(struct plan_topic, meeting_id), COL(struct plan_topic, author_name), COL(struct plan_topic, state, .words = meeting_state_words),
	COL(struct plan_topic, starts_at), FIELD_END,
};
static const struct field item_fields[] = {
	FIELD(struct plan_item, title, N_("Work"), REQUIRED, .max = 500),
	FIELD(struct plan_item, leader_code, N_("Who leads (member code)"), 0, .max = 60),
	FIELD(struct plan_item, due_on, N_("Until when"), 0),
	FIELD(struct plan_item, done_on, N_("Done on"), 0),
	COL(struct plan_item, realm), COL(struct plan_item, unit_id), COL(struct plan_item, year), COL(struct plan_item, id),
	COL(struct plan_item, leader_id), COL(struct plan_item, leader_name), FIELD_END,
};
/* clang-format on */
const struct record plan_record = { "year_plan", sizeof(struct plan), plan_fields };
const struct record plan_topic_record = { "planned_topic", sizeof(struct plan_topic), topic_fields };
const struct record plan_item_record = { "programme_item", sizeof(struct plan_item), item_fields };
