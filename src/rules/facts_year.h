/* facts_year.h — what is recorded about the year of a unit, and of a member: what "four good" tables, classification and their conditions may name.
 *
 * Facts of a unit hold for the year up to today; a whole year once it is over. They are counted, never typed (year/gather.h). One that was not
 * recorded stays unknown, as with meetings (facts.h). Cells and the bodies above them share one list: what concerns one kind only stays unknown
 * for the other. */
#ifndef CHIBO_RULES_FACTS_YEAR_H
#define CHIBO_RULES_FACTS_YEAR_H

#include "rules/facts.h"

/*        name                        type  least */
#define YEAR_FACT_LIST(X)                                                                                              \
	X(months_due,                 COUNT, 0) /* months so far in which the unit existed */                              \
	X(months_held,                COUNT, 0) /* of these with a regular meeting */                                      \
	X(months_missed,              COUNT, 0)                                                                            \
	X(months_missed_unexplained,  COUNT, 0) /* missed without a reason that was approved */                            \
	X(quarters_due,               COUNT, 0)                                                                            \
	X(quarters_thematic,          COUNT, 0)                                                                            \
	X(expected,                   COUNT, 0) /* sums over the meetings of the year */                                   \
	X(present,                    COUNT, 0)                                                                            \
	X(meetings,                   COUNT, 0)                                                                            \
	X(meetings_prepared,          COUNT, 0) /* with a committee pre-meeting */                                         \
	X(meetings_documents_ahead,   COUNT, 0) /* papers went out a day before */                                         \
	X(meetings_not_scored_at_once, COUNT, 0) /* regular meetings held and not scored in the same sitting */            \
	X(meetings_papers_complete,   COUNT, 0) /* minutes and resolution complete and uploaded in time */                 \
	X(class_good,                 YESNO, 0) /* year class of the meetings is Good */                                   \
	X(class_fair,                 YESNO, 0) /* … is Fair or better */                                                  \
	X(programme_issued,           YESNO, 0)                                                                            \
	X(programme_day,              COUNT, 1) /* day of the year it was issued on: 31 is 31 January */                   \
	X(founded_day,                COUNT, 1) /* day of the year the unit was founded on; 1 where it existed before */   \
	X(targets_assigned,           COUNT, 0)                                                                            \
	X(targets_reached,            COUNT, 0)                                                                            \
	X(tasks_due,                  COUNT, 0)                                                                            \
	X(tasks_on_time,              COUNT, 0)                                                                            \
	X(tasks_done,                 COUNT, 0) /* in time or late */                                                      \
	X(tasks_late,                 COUNT, 0)                                                                            \
	X(tasks_above_requirement,    COUNT, 0)                                                                            \
	X(initiatives,                COUNT, 0)                                                                            \
	X(initiatives_required,       COUNT, 0) /* by the scheme and the type of unit */                                   \
	X(members,                    COUNT, 0)                                                                            \
	X(working_rules_valid,        YESNO, 0)                                                                            \
	X(disciplined,                COUNT, 0) /* decisions of the year on the unit, its leaders or members */            \
	X(leaders_disciplined,        COUNT, 0)                                                                            \
	X(units_disciplined,          COUNT, 0) /* this committee and units below it */                                    \
	X(inspections_planned,        COUNT, 0)                                                                            \
	X(inspections_done,           COUNT, 0)                                                                            \
	X(reports_due,                COUNT, 0)                                                                            \
	X(reports_on_time,            COUNT, 0)                                                                            \
	X(members_classified,         COUNT, 0)                                                                            \
	X(members_good,               COUNT, 0) /* classified Good or better */                                            \
	X(members_not_completed,      COUNT, 0)                                                                            \
	X(members_to_assign,          COUNT, 0) /* not exempt */                                                           \
	X(members_with_task,          COUNT, 0)                                                                            \
	X(leaders,                    COUNT, 0) /* secretary, deputy, committee */                                         \
	X(leaders_trained,            COUNT, 0)                                                                            \
	X(admissions_aim_set,         YESNO, 0)                                                                            \
	X(admissions_aim,             COUNT, 0)                                                                            \
	X(admissions,                 COUNT, 0)                                                                            \
	X(feedback_received,          COUNT, 0)                                                                            \
	X(feedback_on_time,           COUNT, 0)                                                                            \
	X(level_good,                 YESNO, 0) /* annual classification of the unit is Good or better */                  \
	X(four_good_met,              YESNO, 0)                                                                            \
	X(is_cell,                    YESNO, 0) /* a cell; no: a body with cells below it */                               \
	X(is_agency,                  YESNO, 0)                                                                            \
	X(is_public_service,          YESNO, 0)                                                                            \
	X(is_enterprise,              YESNO, 0)                                                                            \
	X(is_village,                 YESNO, 0)                                                                            \
	X(is_armed_forces,            YESNO, 0)                                                                            \
	X(is_students,                YESNO, 0)                                                                            \
	X(committee_months_due,       COUNT, 0) /* from here: bodies with a committee */                                   \
	X(committee_months_met,       COUNT, 0)                                                                            \
	X(cells,                      COUNT, 0)                                                                            \
	X(cells_class_good,           COUNT, 0)                                                                            \
	X(cells_four_good,            COUNT, 0)                                                                            \
	X(turns_required,             COUNT, 0)                                                                            \
	X(turns_realised,             COUNT, 0)

enum year_fact {
#define X(name, type, least) YEAR_##name,
	YEAR_FACT_LIST(X)
#undef X
	YEAR_FACT_COUNT
};
static_assert(YEAR_FACT_COUNT <= FACTS_MOST, "facts are kept as bits of one word");

/* The year of a member. */
#define PERSON_FACT_LIST(X)                                                                                            \
	X(months_member,              COUNT, 0) /* months of the year in the unit's list */                                \
	X(is_leader,                  YESNO, 0) /* holds a post of leadership */                                           \
	X(tasks_due,                  COUNT, 0)                                                                            \
	X(tasks_on_time,              COUNT, 0)                                                                            \
	X(tasks_done,                 COUNT, 0)                                                                            \
	X(tasks_late,                 COUNT, 0)                                                                            \
	X(tasks_above_requirement,    COUNT, 0)                                                                            \
	X(expected,                   COUNT, 0) /* meetings the member had to attend */                                    \
	X(present,                    COUNT, 0)                                                                            \
	X(unexcused,                  COUNT, 0)                                                                            \
	X(undertakings,               COUNT, 0)                                                                            \
	X(undertakings_done,          COUNT, 0)                                                                            \
	X(initiatives,                COUNT, 0)                                                                            \
	X(trained,                    YESNO, 0)

enum person_fact {
#define X(name, type, least) PERSON_##name,
	PERSON_FACT_LIST(X)
#undef X
	PERSON_FACT_COUNT
};
static_assert(PERSON_FACT_COUNT <= FACTS_MOST, "facts are kept as bits of one word");

#endif
