/* framework.h — what a table made within a framework may not change (issue of local tables; domain, section 7). Pure.
 *
 * A committee makes the framework of a higher one concrete: it may split criteria into sub-criteria, word them, name evidence and set points
 * within a group. It may not change what is on top (groups, and criteria that stand by themselves): their ids and their weights; nor the standard;
 * nor drop a veto or change when it applies. */
#ifndef CHIBO_RULES_FRAMEWORK_H
#define CHIBO_RULES_FRAMEWORK_H

#include "rules/scheme.h"

enum breach_code {
	BREACH_USE,      /* the framework is for something else */
	BREACH_STANDARD, /* `got` instead of `want` */
	BREACH_MISSING,  /* `id` of the framework is not there on top */
	BREACH_ADDED,    /* `id` is on top, but not in the framework */
	BREACH_WEIGHT,   /* `id` has `got` points instead of `want` */
	BREACH_VETO,     /* the veto `id` was dropped */
	BREACH_VETO_WHEN /* the veto `id` applies in other cases */
};
struct breach {
	enum breach_code code;
	struct place at;
	const char *id;
	struct tenths got, want;
};
/* Calls `tell` for every breach; true when there is none. */
bool framework_check(const struct scheme *own, const struct scheme *frame, void (*tell)(void *arg, const struct breach *breach), void *arg);
/* Points of a group, or of a line that stands by itself; TENTHS_NONE: no such thing on top. */
struct tenths framework_weight(const struct scheme *s, const char *id);

#endif
