/* pages.c — small things that the pages of this room need. */
#include "document/pages.h"

fail papers_may_read(struct call *c, int64_t unit_id)
{
	if (page_may_read_papers(c, unit_id))
		return FAIL_OK;
	return problem(c, FAIL_DENIED, "", "the papers of a cell are for its members and for those who look after it");
}

fail page_document_unit(struct call *c, const struct req *rq, int64_t *unit_id)
{
	int64_t id;

	TRY(req_id(c, rq, "document", &id));
	return document_unit(c, id, unit_id);
}

struct text_edit text_edit_of(struct call *c, const struct dossier *d, enum meeting_text t, const char *back, bool may)
{
	return (struct text_edit){ .meeting = d->w.meeting.id, .text = t, .name = meeting_text_words[t], .title = meeting_text_title(c->lang, t),
		                       .value = d->texts.value[t], .rev = d->texts.rev[t], .back = back, .may = may };
}

fail issued_part_of(struct call *c, const struct document *d, struct issued_part *out)
{
	*out = (struct issued_part){ .document = d, .line = document_line(c->arena, c->lang, d) };
	TRY(document_fragment(c, d->form, d->dated_on, d->content, &out->text));
	return document_annexes(c, d, &out->annexes);
}

const char *field_moment(struct call *c, struct moment m)
{
	char text[MOMENT_TEXT];

	moment_format(m, text);
	return arena_strdup(c->arena, text);
}

const char *field_date(struct call *c, struct date d)
{
	char text[DATE_TEXT];

	date_format(d, text);
	return arena_strdup(c->arena, text);
}

fail form_date(struct call *c, const struct req *rq, const char *name, struct date otherwise, struct date *out)
{
	const char *text = req_form(rq, name);

	*out = otherwise;
	if (!text || !*text || date_parse(text, out))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, name, "“%s” is not a day; write it as 2025-11-03", text);
}

fail form_moment(struct call *c, const struct req *rq, const char *name, struct moment otherwise, struct moment *out)
{
	const char *text = req_form(rq, name);

	*out = otherwise;
	if (!text || !*text || moment_parse(text, out))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, name, "“%s” is not a time; write it as 2025-11-03T19:00", text);
}
