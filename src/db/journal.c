/* journal.c — entries, their hashes, and checking the chains. */
#include "db/journal.h"

#include <sodium.h>
#include <string.h>

#include "db/engine.h"
#include "db_sql.h"

enum { HASH_BYTES = 32 };

const struct record journal_record = {
	.name = "journal", .size = sizeof(struct journal_entry), .fields = (const struct field[]){
		COL(struct journal_entry, lane),
		COL(struct journal_entry, seq),
		COL(struct journal_entry, realm),
		COL(struct journal_entry, unit_id),
		COL(struct journal_entry, at_ms),
		COL(struct journal_entry, actor),
		COL(struct journal_entry, action),
		COL(struct journal_entry, entity),
		COL(struct journal_entry, entity_id),
		COL(struct journal_entry, before),
		COL(struct journal_entry, after),
		COL(struct journal_entry, hash),
		FIELD_END,
	},
};

struct head {
	int64_t lane, seq;
	struct blob hash;
};

static const struct record head_record = {
	.name = "journal head", .size = sizeof(struct head), .fields = (const struct field[]){
		COL(struct head, lane),
		COL(struct head, seq),
		COL(struct head, hash),
		FIELD_END,
	},
};

/* ---- the hash: every field with its length before it, so that no two entries are written alike ---- */

static void add_int(crypto_generichash_state *s, int64_t n)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)n >> (8 * i));
	crypto_generichash_update(s, bytes, sizeof bytes);
}

/* Nothing given and an empty text are one: both read back as "". */
static void add_text(crypto_generichash_state *s, const char *text)
{
	size_t n = text ? strlen(text) : 0;

	add_int(s, (int64_t)n);
	crypto_generichash_update(s, (const unsigned char *)text, n);
}

static void entry_hash(const struct journal_entry *e, struct blob before, unsigned char out[HASH_BYTES])
{
	crypto_generichash_state s;

	crypto_generichash_init(&s, NULL, 0, HASH_BYTES);
	add_int(&s, (int64_t)before.size);
	crypto_generichash_update(&s, before.data, before.size);
	add_int(&s, e->lane);
	add_int(&s, e->seq);
	add_int(&s, e->realm);
	add_int(&s, e->unit_id);
	add_int(&s, e->at_ms);
	add_text(&s, e->actor);
	add_text(&s, e->action);
	add_text(&s, e->entity);
	add_int(&s, e->entity_id);
	add_text(&s, e->before);
	add_text(&s, e->after);
	crypto_generichash_final(&s, out, HASH_BYTES);
}

/* ---- writing ---- */

static fail read_head(struct call *c, int64_t lane, struct head *h)
{
	fail f = db_one(c, &Q_journal_head, ARGS(V(lane)), &head_record, h);

	if (f != FAIL_NOT_FOUND)
		return f;
	*h = (struct head){ .lane = lane };
	return FAIL_OK;
}

static fail put_entry(struct call *c, const struct journal_entry *e)
{
	TRY(db_exec(c, &Q_journal_add,
	            ARGS(V(e->lane), V(e->seq), V(e->realm), V(e->unit_id), V(e->at_ms), V(e->actor), V(e->action), V(e->entity),
	                 V(e->entity_id), V(e->before), V(e->after), V(e->hash)), NULL));
	return db_exec(c, &Q_journal_head_put, ARGS(V(e->lane), V(e->seq), V(e->hash)), NULL);
}

fail journal_add(struct call *c, int64_t realm, int64_t unit_id, const char *action, const char *entity, int64_t entity_id,
                 const char *before, const char *after)
{
	unsigned char hash[HASH_BYTES];
	struct head h;

	if (!c->conn || !c->conn->write)
		return problem(c, FAIL_BROKEN, "journal", "the journal is written inside a change only");
	TRY(read_head(c, c->conn->lane, &h));
	struct journal_entry e = {
		.realm = realm, .unit_id = unit_id, .at_ms = c->now_ms, .actor = c->who.name ? c->who.name : "", .action = action,
		.entity = entity, .entity_id = entity_id, .before = before, .after = after, .lane = h.lane, .seq = h.seq + 1,
		.hash = { hash, sizeof hash },
	};

	entry_hash(&e, h.hash, hash);
	return put_entry(c, &e);
}

/* ---- checking ---- */

struct walk {
	struct head *heads; /* what each chain should end with */
	size_t n, at;       /* the chain being walked; n: none yet */
	int64_t lane, seq, entries;
	unsigned char hash[HASH_BYTES];
};

static fail broken(struct call *c, int64_t lane, int64_t seq)
{
	return problem(c, FAIL_BROKEN, "journal",
	               "the journal does not hold together at entry %lld of chain %lld: it was changed from outside; compare with a backup",
	               (long long)seq, (long long)lane);
}

static bool same_hash(struct blob b, const unsigned char hash[HASH_BYTES])
{
	return b.size == HASH_BYTES && memcmp(b.data, hash, HASH_BYTES) == 0;
}

/* The chain walked so far ends where its head says. Chains without entries have no head. */
static fail end_chain(struct call *c, struct walk *w)
{
	if (w->seq == 0)
		return FAIL_OK;
	const struct head *h = w->at < w->n ? &w->heads[w->at] : NULL;

	if (!h || h->lane != w->lane || h->seq != w->seq || !same_hash(h->hash, w->hash))
		return broken(c, w->lane, w->seq + (h && h->lane == w->lane && h->seq > w->seq));
	w->at++;
	return FAIL_OK;
}

static fail check_entry(struct call *c, const void *row, void *arg)
{
	const struct journal_entry *e = row;
	struct walk *w = arg;

	if (w->seq == 0 || e->lane != w->lane) {
		TRY(end_chain(c, w));
		w->lane = e->lane;
		w->seq = 0;
	}
	struct blob before = { w->hash, w->seq ? HASH_BYTES : 0 };
	unsigned char hash[HASH_BYTES];

	entry_hash(e, before, hash);
	if (e->seq != w->seq + 1 || !same_hash(e->hash, hash))
		return broken(c, e->lane, w->seq + 1);
	memcpy(w->hash, hash, HASH_BYTES);
	w->seq = e->seq;
	w->entries++;
	return FAIL_OK;
}

static fail verify_body(struct call *c, void *arg)
{
	struct walk *w = arg;

	TRY(db_all(c, &Q_journal_heads, NO_ARGS, &head_record, &w->heads, &w->n));
	TRY(db_each(c, &Q_journal_chain, NO_ARGS, &journal_record, check_entry, w));
	TRY(end_chain(c, w));
	return w->at == w->n ? FAIL_OK : broken(c, w->heads[w->at].lane, 1);
}

fail journal_verify(struct call *c, int64_t *entries)
{
	struct walk w = { 0 };

	TRY(db_read(c, verify_body, &w));
	if (entries)
		*entries = w.entries;
	return FAIL_OK;
}

/* ---- reading ---- */

fail journal_of(struct call *c, const char *entity, int64_t entity_id, struct journal_entry **rows, size_t *n)
{
	return db_all(c, &Q_journal_of_entity, ARGS(V(entity), V(entity_id)), &journal_record, rows, n);
}

fail journal_of_unit(struct call *c, int64_t unit_id, int64_t before_at_ms, int64_t limit, struct journal_entry **rows, size_t *n)
{
	return db_all(c, &Q_journal_of_unit, ARGS(V(unit_id), V(before_at_ms), V(limit)), &journal_record, rows, n);
}
