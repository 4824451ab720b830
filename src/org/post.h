/* post.h — posts: who leads a unit, from when to when. A term is the span of the post.
 *
 * Rules: V02 (a cell under 9 official members elects no committee), V10 (a probationary member cannot be elected). One secretary at a time.
 * In a cell the holder is on its roll; above a cell, the holder is an official member somewhere. A stay elsewhere does not end a post. */
#ifndef CHIBO_ORG_POST_H
#define CHIBO_ORG_POST_H

#include "base/call.h"
#include "base/record.h"

enum post_kind { POST_NONE, POST_SECRETARY, POST_DEPUTY, POST_COMMITTEE, POST_GROUP_LEADER, POST_OFFICER, POST_STANDING_COMMITTEE, POST_COUNT };
extern const char *const post_kinds[]; /* "" secretary deputy committee group_leader officer standing_committee, NULL-ended */
const char *post_kind_name(enum lang lang, unsigned post);

struct post {
	unsigned post;
	struct date valid_from, valid_to;
	int64_t realm, unit_id, member_id;
	const char *unit_code, *unit_name, *member_code, *full_name; /* read only */
};
extern const struct record post_record;
struct posts { struct post *v; size_t n; };

/* Held in a unit on a day, secretary first; with DATE_NONE all of its history, latest first. */
fail org_posts(struct call *c, int64_t unit_id, struct date on, struct posts *out) MUST_CHECK;
fail org_posts_of_member(struct call *c, int64_t realm, int64_t member_id, struct posts *out) MUST_CHECK;
/* Is there a committee that day (the fact has_committee)? At least one post of `committee`. */
fail org_has_committee(struct call *c, int64_t unit_id, struct date on, bool *out) MUST_CHECK;

/* V02, V10 and the rules above, against what is stored. FAIL_INPUT or FAIL_CONFLICT with the sentence. */
fail org_post_check(struct call *c, const struct post *p) MUST_CHECK;
/* Elects or appoints, after org_post_check. Opens its own db_write; journal. */
fail org_post_begin(struct call *c, const struct post *p) MUST_CHECK;
/* Ends a post: `last` is its last day. The post is named by unit, member, post and valid_from. */
fail org_post_end(struct call *c, const struct post *p, struct date last) MUST_CHECK;

#endif
