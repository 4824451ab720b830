/* children.c — a child counts for the months in which it hung here. */
#include "rollup/children.h"

bool figures_any(const struct figures *f)
{
	for (int i = 0; i < FIG_ALL; i++)
		if (f->v[i] && i != FIG_cells && i != FIG_bodies)
			return true;
	return false;
}

static void add(struct figures *to, const struct figures *f)
{
	for (int i = 0; i < FIG_ALL; i++)
		to->v[i] += f->v[i];
}

static bool hung_here(const struct shape *s, const struct question *q, const struct shape_link *l)
{
	struct period p = { l->from > q->period.from ? l->from : q->period.from, l->to < q->period.to ? l->to : q->period.to };

	if (p.from > p.to)
		return false;
	return q->structure == NOW ? s->unit[l->child].today : shape_exists(s, l->child, p);
}

static void add_child(struct children *out, struct child x)
{
	if (out->n && out->v[out->n - 1].unit == x.unit && !out->v[out->n - 1].own) /* came back after a time elsewhere */
		add(&out->v[out->n - 1].f, &x.f);
	else
		out->v[out->n++] = x;
	add(&out->total, &x.f);
}

void children_of(struct call *c, const struct cube *cube, int32_t unit, const struct question *q, struct children *out)
{
	struct child x = { .unit = unit, .own = true };
	size_t n;
	const struct shape_link *l = shape_children(cube->shape, q->structure, unit, &n);

	*out = (struct children){ .v = ARENA_ARRAY(c->arena, n + 1, struct child) };
	if (unit != SHAPE_TOP)
		cube_own_figures(cube, unit, q->period, &x.f);
	if (figures_any(&x.f))
		add_child(out, x);
	else
		add(&out->total, &x.f);
	for (size_t i = 0; i < n; i++) {
		x = (struct child){ .unit = l[i].child };
		cube_figures(cube, q->structure, x.unit, q->period, l[i].from, l[i].to, &x.f);
		if (figures_any(&x.f) || x.f.v[FIG_cells] || x.f.v[FIG_bodies] || hung_here(cube->shape, q, &l[i]))
			add_child(out, x);
	}
}
