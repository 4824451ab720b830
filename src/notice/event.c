/* event.c — what a calendar says about a meeting. */
#include "notice/event.h"

#include "base/call.h"

enum { USUAL_MINUTES = 90, WITH_THEME = 120 };

const char *event_title(struct call *c, const struct meeting *m)
{
	static const char *const titles[] = { "", N_("Regular cell meeting, %s"), N_("Thematic cell meeting, %s"), N_("Extraordinary cell meeting, %s"),
		                                  N_("Committee meeting, %s") };
	const char *name = titles[m->kind];

	return *name ? arena_printf(c->arena, tr(c->lang, name), show_month(c->arena, c->lang, (month_no)m->month)) : m->code;
}

struct moment event_end(const struct meeting *m)
{
	if (moment_is(m->ends_at))
		return m->ends_at;
	return (struct moment){ m->starts_at.minutes + (meeting_has_theme(m) ? WITH_THEME : USUAL_MINUTES) };
}

static enum ical_status status_of(const struct meeting *m)
{
	if (m->state == MEETING_CANCELLED || m->state == MEETING_POSTPONED)
		return ICAL_CANCELLED;
	return m->state == MEETING_PLANNED ? ICAL_TENTATIVE : ICAL_CONFIRMED;
}

static const char *description_of(struct call *c, const struct meeting *m)
{
	const char *unit = m->unit_name ? m->unit_name : m->unit_code;

	return *m->topic ? arena_printf(c->arena, "%s\n%s: %s", unit, tr(c->lang, "Topic"), m->topic) : unit;
}

struct ical_event event_of_meeting(struct call *c, const struct calendar_entry *e, const char *site)
{
	const struct meeting *m = &e->meeting;

	return (struct ical_event){
		.uid = arena_printf(c->arena, "meeting-%lld@chibo", (long long)m->id),
		.sequence = m->sequence,
		.stamp_ms = e->changed_ms,
		.starts_at = m->starts_at,
		.ends_at = event_end(m),
		.status = status_of(m),
		.summary = event_title(c, m),
		.location = m->place,
		.description = description_of(c, m),
		.url = *site ? arena_printf(c->arena, "%s/meetings/%lld", site, (long long)m->id) : "",
		.organizer = "",
		.attendee = "",
		.attendee_name = "",
	};
}
