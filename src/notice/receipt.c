/* receipt.c — the secret link in a letter by which its receipt is confirmed. */
#include <sodium.h>
#include <string.h>

#include "notice/outbox.h"
#include "notice/post_box.h"
#include "notice_sql.h"

enum { SECRET_BYTES = 16, SECRET_TEXT = SECRET_BYTES * 2 + 1 };

static bool hash_of(const char *token, unsigned char hash[RECEIPT_HASH])
{
	size_t n = strlen(token);

	return n == SECRET_TEXT - 1 && strspn(token, "0123456789abcdef") == n &&
	       crypto_generichash(hash, RECEIPT_HASH, (const unsigned char *)token, n, NULL, 0) == 0;
}

const char *receipt_make(struct call *c, unsigned char hash[RECEIPT_HASH])
{
	unsigned char bytes[SECRET_BYTES];
	char *token = arena_alloc(c->arena, SECRET_TEXT);

	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(token, SECRET_TEXT, bytes, sizeof bytes);
	(void)hash_of(token, hash);
	return token;
}

fail receipt_letter(struct call *c, const char *token, struct outbox_letter *out)
{
	unsigned char hash[RECEIPT_HASH];
	fail f = FAIL_NOT_FOUND;

	if (hash_of(token, hash))
		f = db_one(c, &Q_receipt_letter, ARGS(V(((struct blob){ hash, sizeof hash }))), &outbox_record, out);
	return f == FAIL_NOT_FOUND ? problem(c, f, "", "this link does not belong to any letter") : f;
}

static fail confirm_body(struct call *c, void *arg)
{
	struct outbox_letter l;

	TRY(receipt_letter(c, arg, &l));
	return db_exec(c, &Q_receipt_confirm, ARGS(V(l.realm), V(l.meeting_id), V(l.person), V(call_local(c->now_ms))), NULL);
}

fail receipt_confirm(struct call *c, const char *token)
{
	return db_write(c, confirm_body, (void *)(uintptr_t)token);
}
