/* model.c — the draws of model.h. */
#include "demo/model.h"

static const char *draw_type(struct rng *r, int n)
{
	static const char *const others[] = { "AG", "AG", "PS", "PS", "PS", "EN", "AF", "ST" };

	if (n % 4 != 3)
		return "VR";
	return others[rng_below(r, 8)];
}

static int draw_members(struct rng *r)
{
	int kind = rng_below(r, 100);

	if (kind < 4)
		return rng_between(r, 4, 6); /* cells under 7: V19 */
	if (kind < 55)
		return rng_between(r, 8, 20);
	if (kind < 93)
		return rng_between(r, 21, 34);
	if (kind < 99)
		return rng_between(r, 35, 48);
	return rng_between(r, 60, 116);
}

void model_cell(struct rng *r, int n, month_no first, month_no last, struct cell_profile *out)
{
	*out = (struct cell_profile){ .rng = rng_part(r, (uint64_t)n), .founded = INT32_MIN };
	struct rng *own = &out->rng;

	out->type = draw_type(own, n);
	out->members = draw_members(own);
	out->probationary = out->members > 7 ? rng_below(own, 3) : 0;
	out->exempt = out->members > 10 ? rng_below(own, 4) : 0;
	out->away = rng_chance(own, 250);
	out->incoming = rng_chance(own, 150);
	out->quality = 560 + rng_below(own, 220) + rng_below(own, 220);
	if (rng_chance(own, 60))
		out->quality = 150 + rng_below(own, 300);
	out->day = rng_chance(own, 700) ? 3 : rng_between(own, 1, 10);
	out->hour = *out->type == 'V' ? 19 : 14;
	if (rng_chance(own, 25) && last - first > 6)
		out->founded = first + rng_between(own, 2, 5);
}

static int draw_share(struct rng *r, int n, int per_mille)
{
	int count = 0;

	for (int i = 0; i < n; i++)
		count += rng_chance(r, per_mille);
	return count;
}

static void draw_people(const struct cell_profile *p, struct rng *r, int quality, struct meeting_model *m)
{
	int weak = 1000 - quality;

	m->expected = p->members - p->exempt - p->away + p->incoming;
	m->excused = draw_share(r, m->expected, 30 + weak / 9);
	m->unexcused = quality < 700 ? draw_share(r, m->expected - m->excused, weak / 40) : rng_chance(r, weak / 8);
	if (m->unexcused > m->expected - m->excused)
		m->unexcused = m->expected - m->excused;
	m->present = m->expected - m->excused - m->unexcused;
	m->official_present = m->present - (p->probationary < m->present ? p->probationary : 0);
	m->speakers = m->present * (300 + quality / 4 + rng_below(r, 180)) / 1000;
}

static void draw_times(const struct cell_profile *p, struct rng *r, int quality, month_no month, struct meeting_model *m)
{
	struct date day = { month_first(month).days + p->day - 1 + (rng_chance(r, 80) ? rng_between(r, 1, 6) : 0) };
	int required = m->thematic || p->members >= 30 ? 120 : 90;
	int lasted = required + rng_between(r, quality > 500 ? -8 : -40, 25);

	if (quality > 650 && lasted < required && rng_chance(r, 750))
		lasted = required + 5;
	m->starts_at.minutes = (int64_t)day.days * 1440 + p->hour * 60 + (rng_chance(r, 200) ? 15 : 0);
	m->ends_at.minutes = m->starts_at.minutes + lasted;
	m->pre_meeting = rng_chance(r, 500 + quality / 2);
	m->pre_meeting_on = m->pre_meeting ? (struct date){ day.days - rng_between(r, 1, 3) } : DATE_NONE;
	m->documents_sent_at.minutes = m->starts_at.minutes - (rng_chance(r, 400 + quality / 2) ? rng_between(r, 26, 80) : rng_between(r, 2, 20)) * 60;
	m->scored_late = rng_chance(r, (1000 - quality) / 5);
	m->unscored = quality < 400 && rng_chance(r, 150);
	m->scored_at.minutes = m->scored_late ? m->ends_at.minutes + rng_between(r, 1, 4) * 1440 : m->ends_at.minutes - 5;
	if (m->unscored)
		m->scored_at = MOMENT_NONE;
	m->uploaded_at.minutes = m->ends_at.minutes + (rng_chance(r, 350 + quality / 2) ? rng_between(r, 2, 44) : rng_between(r, 50, 120)) * 60;
}

/* The total that the cell's own sheet would show: full points less what the facts and the judgement cost. */
static void draw_points(struct rng *r, struct meeting_model *m)
{
	int lost = m->lost_judged;

	if (m->unexcused)
		lost += 3;
	else if (m->present * 10 < m->expected * 9)
		lost += m->present * 4 < m->expected * 3 ? 2 : 1;
	lost += m->ends_at.minutes - m->starts_at.minutes < 90 ? 1 : 0;
	lost += m->pre_meeting ? 0 : 2;
	lost += m->documents_sent_at.minutes > m->starts_at.minutes - 1440 ? 2 : 0;
	lost += m->speakers * 2 < m->present ? 1 : 0;
	lost += m->tasks_late * 10 > m->tasks ? (m->tasks_late * 5 > m->tasks ? 6 : 3) : 0;
	m->self.t = (100 - lost) * 10;
	m->decided.t = m->self.t - (rng_chance(r, 180) ? rng_between(r, 1, 8) * 5 : 0);
	if (m->unscored)
		m->self = TENTHS_NONE, m->decided = TENTHS_NONE;
}

/* What an exemplary cell never leaves out. The dice are thrown all the same, so that the other months stay as they are. */
static void keep_deadlines(const struct cell_profile *p, month_no month, struct meeting_model *m)
{
	m->held = month >= p->founded;
	m->thematic = m->thematic || month % 3 == 1;
	m->tasks_late = 0;
	m->unexcused = 0;
	m->present = m->expected - m->excused;
	m->pre_meeting = true;
	if (!date_is(m->pre_meeting_on))
		m->pre_meeting_on = (struct date){ moment_date(m->starts_at).days - 1 };
	if (m->documents_sent_at.minutes > m->starts_at.minutes - 1440)
		m->documents_sent_at.minutes = m->starts_at.minutes - 30 * 60;
	m->scored_late = m->unscored = false;
	m->scored_at.minutes = m->ends_at.minutes - 5;
	if (m->uploaded_at.minutes > m->ends_at.minutes + 2 * 1440)
		m->uploaded_at.minutes = m->ends_at.minutes + 20 * 60;
}

void model_month(const struct cell_profile *p, month_no month, struct meeting_model *out)
{
	struct rng r = rng_part(&p->rng, (uint64_t)month);
	int quality = p->quality + rng_between(&r, -70, 70);

	*out = (struct meeting_model){ .self = TENTHS_NONE, .decided = TENTHS_NONE };
	out->held = month >= p->founded && !rng_chance(&r, quality > 600 ? 4 : 60);
	out->thematic = month % 3 == 1 ? rng_chance(&r, 600 + quality * 4 / 10) : rng_chance(&r, 60);
	out->lost_judged = (1000 - quality) / 90;
	if (out->lost_judged > 8)
		out->lost_judged = 8 + (1000 - quality) / 60;
	out->tasks = rng_between(&r, 4, 8);
	out->tasks_late = draw_share(&r, out->tasks, (1000 - quality) / 5);
	draw_people(p, &r, quality, out);
	draw_times(p, &r, quality, month, out);
	if (p->exemplary)
		keep_deadlines(p, month, out);
	draw_points(&r, out);
}
