/* routes.c — the one list of every room's pages. */
#include "app/routes.h"

#include "access/access_pages.h"
#include "app/app_pages.h"
#include "document/document_pages.h"
#include "growth/growth_pages.h"
#include "notice/notice_pages.h"
#include "plan/plan_pages.h"
#include "rollup/rollup_pages.h"
#include "org/org_pages.h"
#include "oversight/oversight_pages.h"
#include "score/meeting_pages.h"
#include "work/work_pages.h"
#include "year/recognition_pages.h"
#include "year/cell_pages.h"
#include "year/office_pages.h"
#include "year/tables_pages.h"

const struct route *const app_routes[] = {
	home_routes,
	sign_in_routes,
	me_routes,
	account_routes,
	rules_routes,
	journal_routes,
	file_routes,
	mine_routes,
	search_routes,
	org_member_routes,
	org_post_routes,
	org_structure_routes,
	org_change_routes,
	meeting_list_routes,
	meeting_routes,
	agenda_routes,
	pre_routes,
	guest_routes,
	sending_routes,
	online_routes,
	record_routes,
	register_routes,
	step_routes,
	task_routes,
	task_list_routes,
	task_page_routes,
	cascade_routes,
	goal_routes,
	resolution_routes,
	evidence_routes,
	sheet_routes,
	roll_routes,
	queue_routes,
	appeal_routes,
	room_routes,
	close_routes,
	vote_routes,
	ballot_routes,
	plan_routes,
	plan_line_routes,
	plan_committee_routes,
	plan_schedule_routes,
	plan_paper_routes,
	draft_routes,
	paper_routes,
	closing_routes,
	document_routes,
	term_routes,
	register_list_routes,
	ledger_routes,
	question_routes,
	cell_year_routes,
	cell_register_routes,
	cell_case_routes,
	cell_sheet_routes,
	cell_check_routes,
	cell_evidence_routes,
	cell_appeal_routes,
	member_year_routes,
	my_year_routes,
	office_queue_routes,
	office_appraise_routes,
	office_return_routes,
	office_appeal_routes,
	office_levels_routes,
	table_routes,
	table_compare_routes,
	table_try_routes,
	rollup_routes,
	emulation_routes,
	entry_routes,
	agreement_routes,
	example_routes,
	award_routes,
	verify_routes,
	recognition_routes,
	calendar_routes,
	letter_routes,
	NULL,
};
