/* paper.c — papers of a meeting in the store, and who reads them. */
#include "document/paper.h"

#include <ctype.h>
#include <string.h>

#include "access/access.h"
#include "db/journal.h"
#include "document_sql.h"
#include "meeting/cycle.h"
#include "meeting/online.h"
#include "meeting/sending.h"
#include "org/member.h"

const char *const paper_purposes[] = { "", "guide", "draft_resolution", "material", NULL };

const char *paper_purpose_name(enum lang lang, unsigned purpose)
{
	static const char *const names[] = { "", N_("Guide for the discussion"), N_("Draft conclusion or resolution"), N_("Material to read") };

	return purpose && purpose <= PAPER_MATERIAL ? tr(lang, names[purpose]) : "";
}

enum paper_purpose paper_purpose_of(const struct document *d)
{
	int at = word_index(paper_purposes, d->purpose);

	return at > 0 ? (enum paper_purpose)at : PAPER_NO_PURPOSE;
}

/* ---------------------------------------------------------------- reading */

static fail complete(struct call *c, const struct document *d, struct paper *out)
{
	struct member who;

	*out = (struct paper){ .document = *d };
	if (d->file_id > 0)
		TRY(file_by_id(c, d->realm, d->file_id, &out->file));
	if (d->author_id > 0) {
		TRY(org_member(c, d->realm, d->author_id, &who));
		out->author = who.full_name;
	}
	return FAIL_OK;
}

fail papers_of(struct call *c, const struct meeting *m, struct papers *out)
{
	struct documents all;

	TRY(documents_of_meeting(c, m, &all));
	*out = (struct papers){ ARENA_ARRAY(c->arena, all.n + 1, struct paper), 0 };
	for (size_t i = 0; i < all.n; i++)
		if (paper_purpose_of(&all.v[i]) && all.v[i].state != DOCUMENT_WITHDRAWN)
			TRY(complete(c, &all.v[i], &out->v[out->n++]));
	return FAIL_OK;
}

fail paper_by_id(struct call *c, const struct meeting *m, int64_t id, struct paper *out)
{
	struct document d;

	TRY(document_by_id(c, id, &d));
	if (d.meeting_id != m->id || d.realm != m->realm || !paper_purpose_of(&d) || d.state == DOCUMENT_WITHDRAWN)
		return problem(c, FAIL_NOT_FOUND, "paper", "there is no such paper of this meeting");
	return complete(c, &d, out);
}

fail paper_may_read(struct call *c, const struct meeting *m, unsigned secrecy)
{
	const char *person;

	if (call_may(c, MAY_TAKE_PART, m->unit_id) || call_may(c, MAY_RECORD, m->unit_id))
		return FAIL_OK;
	if (secrecy == SECRECY_OPEN && call_may(c, MAY_SEE_MEMBERS, m->unit_id))
		return FAIL_OK;
	TRY(sending_person_asking(c, m, &person));
	return person ? FAIL_OK : access_may(c, MAY_TAKE_PART, m->unit_id);
}

fail document_may_read(struct call *c, const struct document *d)
{
	struct meeting m;

	if (d->meeting_id > 0) {
		TRY(meeting_by_id(c, d->meeting_id, &m));
		return paper_may_read(c, &m, d->secrecy);
	}
	if (call_may(c, MAY_TAKE_PART, d->unit_id) || call_may(c, MAY_RECORD, d->unit_id))
		return FAIL_OK;
	return d->secrecy == SECRECY_OPEN && call_may(c, MAY_SEE_MEMBERS, d->unit_id) ? FAIL_OK : access_may(c, MAY_TAKE_PART, d->unit_id);
}

static fail note_body(struct call *c, void *arg)
{
	const struct document *d = arg;

	return db_exec(c, &Q_paper_read, ARGS(V(d->realm), V(d->id), V(c->now_ms), V(c->who.name ? c->who.name : "")), NULL);
}

fail paper_note_reading(struct call *c, const struct document *d)
{
	struct document copy = *d;

	return d->secrecy == SECRECY_INTERNAL ? db_write(c, note_body, &copy) : FAIL_OK;
}

/* ---------------------------------------------------------------- secrecy */

static bool is_letter(unsigned char ch)
{
	return isalnum(ch) || ch >= 0x80;
}

/* "MẬT", "TỐI MẬT" in capitals as a word of its own is a stamp; "BÍ MẬT NHÀ NƯỚC" is a subject. */
static bool says_secret(const char *text)
{
	static const char mark[] = "MẬT", of[] = "BÍ ";

	for (const char *at = strstr(text, mark); at; at = strstr(at + 1, mark)) {
		size_t before = (size_t)(at - text);
		bool word = (before == 0 || !is_letter((unsigned char)at[-1])) && !is_letter((unsigned char)at[sizeof mark - 1]);
		bool subject = before >= sizeof of - 1 && memcmp(at - (sizeof of - 1), of, sizeof of - 1) == 0;

		if (word && !subject)
			return true;
	}
	return false;
}

static fail check_secret(struct call *c, const struct meeting *m, const struct paper_new *p)
{
	if (p->file)
		return problem(c, FAIL_INPUT, "file", "a secret paper is not kept here: take the file away, write only its number and handle it on paper");
	if (*p->subject)
		return problem(c, FAIL_INPUT, "subject", "of a secret paper only the number is kept: leave the subject empty and handle it on paper");
	if (!*p->outside_no)
		return problem(c, FAIL_INPUT, "outside_no", "write the number of the secret paper");
	if (m->mode == MEETING_ONLINE || m->mode == MEETING_HYBRID)
		return problem(c, FAIL_INPUT, "secrecy", "this meeting is held online: secret matters are never dealt with there");
	return FAIL_OK;
}

static fail check(struct call *c, const struct meeting *m, const struct paper_new *p)
{
	if (!p->purpose)
		return problem(c, FAIL_INPUT, "purpose", "say what the paper is for");
	if (p->secrecy == SECRECY_SECRET)
		return check_secret(c, m, p);
	if (says_secret(p->subject) || (p->file && says_secret(p->file->name)))
		return problem(c, FAIL_INPUT, "secrecy", "the name says that it is secret: such a paper is not kept here; write only its number and handle it on paper");
	if (!*p->subject && !p->file)
		return problem(c, FAIL_INPUT, "subject", "name the paper, or choose its file");
	return FAIL_OK;
}

static fail check_author(struct call *c, const struct meeting *m, int64_t author)
{
	struct roll roll;

	if (author <= 0)
		return FAIL_OK;
	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	for (size_t i = 0; i < roll.n; i++)
		if (roll.v[i].id == author)
			return FAIL_OK;
	return problem(c, FAIL_INPUT, "author_id", "the author of a draft is a member of the cell");
}

/* ---------------------------------------------------------------- putting up */

struct work {
	const struct paper_new *wanted;
	const struct file_taken *file;
	int64_t meeting_id, id;
	struct meeting m;
	struct paper *out;
};

static fail load(struct call *c, struct work *w)
{
	TRY(meeting_by_id(c, w->meeting_id, &w->m));
	return meeting_may_edit(c, &w->m, PART_PREPARATION);
}

/* "Báo cáo tháng 11.pdf" without its ending. */
static const char *subject_of(struct call *c, const struct paper_new *p)
{
	const char *dot = p->file ? strrchr(p->file->name, '.') : NULL;

	if (*p->subject || !p->file)
		return p->subject;
	return dot ? arena_strndup(c->arena, p->file->name, (size_t)(dot - p->file->name)) : p->file->name;
}

static bool is_same(const struct paper *there, const struct paper_new *p, const char *subject)
{
	bool same_file = p->file ? there->file.id && memcmp(there->file.digest.data, p->file->digest, sizeof p->file->digest) == 0 : !there->file.id;

	return paper_purpose_of(&there->document) == p->purpose && strcmp(there->document.subject, subject) == 0 &&
	       strcmp(there->document.outside_no, p->outside_no) == 0 && same_file;
}

static fail put_file(struct call *c, struct document *d, const struct file_taken *file)
{
	struct moment now = call_local(c->now_ms);
	struct file kept;

	TRY(file_keep(c, d->realm, d->unit_id, file, &kept));
	TRY(db_exec(c, &Q_paper_uploaded, ARGS(V(d->realm), V(d->id), V(kept.id), V(now)), NULL));
	d->file_id = kept.id;
	d->uploaded_at = now;
	d->rev++;
	return FAIL_OK;
}

static fail add_body(struct call *c, void *arg)
{
	struct work *w = arg;
	const struct paper_new *p = w->wanted;
	struct document d;
	struct papers all;

	TRY(load(c, w));
	TRY(check(c, &w->m, p));
	TRY(check_author(c, &w->m, p->author_id));
	const char *subject = subject_of(c, p);

	TRY(papers_of(c, &w->m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (is_same(&all.v[i], p, subject)) {
			*w->out = all.v[i];
			return FAIL_OK;
		}
	record_clear(&document_record, &d);
	d.unit_id = w->m.unit_id;
	d.meeting_id = w->m.id;
	d.purpose = paper_purposes[p->purpose];
	d.secrecy = p->secrecy ? p->secrecy : SECRECY_INTERNAL;
	d.subject = subject;
	d.outside_no = p->outside_no;
	d.author_id = p->author_id;
	TRY(document_create(c, &d));
	if (p->file)
		TRY(put_file(c, &d, p->file));
	return complete(c, &d, w->out);
}

fail paper_add(struct call *c, const struct paper_new *p, struct paper *out)
{
	return db_write(c, add_body, &(struct work){ .meeting_id = p->meeting_id, .wanted = p, .out = out });
}

static fail replace_body(struct call *c, void *arg)
{
	struct work *w = arg;
	struct paper p;

	TRY(load(c, w));
	TRY(paper_by_id(c, &w->m, w->id, &p));
	if (p.document.secrecy == SECRECY_SECRET)
		return problem(c, FAIL_INPUT, "file", "a secret paper is not kept here: take the file away, write only its number and handle it on paper");
	if (says_secret(w->file->name))
		return problem(c, FAIL_INPUT, "file", "the name says that it is secret: such a paper is not kept here; write only its number and handle it on paper");
	if (p.file.id && memcmp(p.file.digest.data, w->file->digest, sizeof w->file->digest) == 0) {
		*w->out = p;
		return FAIL_OK;
	}
	TRY(put_file(c, &p.document, w->file));
	if (p.file.id)
		TRY(file_drop(c, p.file.realm, p.file.id));
	return complete(c, &p.document, w->out);
}

fail paper_replace_file(struct call *c, int64_t meeting_id, int64_t id, const struct file_taken *file, struct paper *out)
{
	return db_write(c, replace_body, &(struct work){ .meeting_id = meeting_id, .id = id, .file = file, .out = out });
}

/* What was sent to somebody is kept as it was; what nobody has got goes. */
static fail withdraw_body(struct call *c, void *arg)
{
	struct work *w = arg;
	struct papers all;
	int64_t sent;

	TRY(load(c, w));
	TRY(papers_of(c, &w->m, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct document *d = &all.v[i].document;

		if (d->id != w->id)
			continue;
		TRY(db_int(c, &Q_paper_sent, ARGS(V(d->realm), V(w->m.id), V(d->id)), 0, &sent));
		TRY(db_exec(c, &Q_paper_withdrawn, ARGS(V(d->realm), V(d->id), V(sent > 0)), NULL));
		if (!sent && d->file_id > 0)
			TRY(file_drop(c, d->realm, d->file_id));
		return journal_add(c, d->realm, d->unit_id, "withdraw", "document", d->id, arena_printf(c->arena, "{\"sent_to\":%lld}", (long long)sent), "");
	}
	return FAIL_OK;
}

fail paper_withdraw(struct call *c, int64_t meeting_id, int64_t id)
{
	return db_write(c, withdraw_body, &(struct work){ .meeting_id = meeting_id, .id = id });
}
