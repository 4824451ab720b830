/* rule_store.h — the rules a database was worked with, kept in it word for word: what a score of that day was computed by can be read years later,
 * wherever the files have gone. */
#ifndef CHIBO_APP_RULE_STORE_H
#define CHIBO_APP_RULE_STORE_H

#include "base/call.h"

/* Stores every rule of c->rules that is new or has another text, each with a journal entry. Opens its own db_write. */
fail rules_store(struct call *c) MUST_CHECK;

#endif
