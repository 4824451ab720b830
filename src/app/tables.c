/* tables.c — the one list of every room's tables. */
#include "app/tables.h"

#include "access/account_commands.h"
#include "app/care.h"
#include "app/serve.h"
#include "app/settings.h"
#include "demo/demo.h"
#include "document/kinds.h"
#include "document/report_papers.h"
#include "document/verify.h"
#include "exchange/commands.h"
#include "exchange/exchange.h"
#include "growth/kinds.h"
#include "growth/reports.h"
#include "meeting/kinds.h"
#include "notice/notice_commands.h"
#include "org/kinds.h"
#include "org/org_commands.h"
#include "org/people.h"
#include "org/tree.h"
#include "oversight/kinds.h"
#include "oversight/verify.h"
#include "paper/form_commands.h"
#include "rollup/report.h"
#include "plan/kinds.h"
#include "plan/plan_commands.h"
#include "plan/reports.h"
#include "rollup/rollup.h"
#include "rollup/rollup_commands.h"
#include "rules/rules_commands.h"
#include "score/kinds.h"
#include "score/meeting_commands.h"
#include "meeting/verify.h"
#include "score/verify.h"
#include "work/kinds.h"
#include "work/reports.h"
#include "year/kinds.h"
#include "year/reports.h"
#include "year/standing_commands.h"
#include "year/verify.h"
#include "year/year_commands.h"

const struct command *const app_commands[] = {
	care_commands,
	rules_commands,
	form_commands,
	meeting_commands,
	exchange_commands,
	rollup_commands,
	settings_commands,
	serve_commands,
	account_commands,
	demo_commands,
	notice_commands,
	org_commands,
	plan_commands,
	year_commands,
	standing_commands,
	NULL,
};

const struct verify_check *const app_checks[] = {
	care_checks,
	org_checks,
	rollup_checks,
	meeting_checks,
	score_checks,
	document_checks,
	oversight_checks,
	year_checks,
	NULL,
};

const struct exchange_kind *const exchange_kinds[] = {
	&org_units_kind,
	&org_members_kind,
	&org_posts_kind,
	&org_predecessors_kind,
	&meeting_kind,
	&attendance_kind,
	&upload_kind,
	&task_kind,
	&topic_kind,
	&target_kind,
	&target_value_kind,
	&term_kind,
	&disciplines_kind,
	&inspections_kind,
	&reports_kind,
	&feedback_kind,
	&trainings_kind,
	&numbers_kind,
	&assignments_kind,
	&visits_kind,
	&document_kind,
	&initiative_kind,
	&four_good_kind,
	&classification_kind,
	NULL,
};

people_watcher *const people_watchers[] = { rollup_people_changed, NULL };

const struct report_kind *const report_tables[] = {
	rollup_reports,
	document_reports,
	work_reports,
	plan_reports,
	growth_reports,
	year_reports,
	NULL,
};
