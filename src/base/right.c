/* right.c — the one table of role × right. */
#include "base/right.h"

#include <stddef.h>

const char *const role_words[] = { "", "member", "secretary", "officer", "upper", "inspector", "administrator", NULL };

#define BIT(right) (1u << MAY_##right)
#define EVERY_ROLE (BIT(PUBLIC) | BIT(SIGNED_IN) | BIT(SEE))

static const unsigned table[ROLE_COUNT] = {
	[ROLE_NONE] = BIT(PUBLIC),
	[ROLE_MEMBER] = EVERY_ROLE | BIT(TAKE_PART),
	[ROLE_SECRETARY] = EVERY_ROLE | BIT(TAKE_PART) | BIT(SEE_MEMBERS) | BIT(RECORD) | BIT(EDIT_MEMBERS),
	[ROLE_OFFICER] = EVERY_ROLE | BIT(SEE_MEMBERS) | BIT(RECORD) | BIT(DECIDE) | BIT(EDIT_MEMBERS) | BIT(EDIT_TREE) | BIT(IMPORT) |
	                 BIT(READ_JOURNAL),
	[ROLE_UPPER] = EVERY_ROLE | BIT(SEE_MEMBERS) | BIT(EDIT_TREE) | BIT(IMPORT) | BIT(READ_JOURNAL),
	[ROLE_INSPECTOR] = EVERY_ROLE | BIT(SEE_MEMBERS) | BIT(READ_JOURNAL),
	[ROLE_ADMINISTRATOR] = EVERY_ROLE | BIT(IMPORT) | BIT(EDIT_TREE) | BIT(READ_JOURNAL) | BIT(MANAGE_ACCOUNTS),
};

bool role_allows(enum role role, enum right right)
{
	return right != MAY_NOBODY && right < RIGHT_COUNT && (table[role] & (1u << right));
}

bool role_reaches_below(enum role role)
{
	return role > ROLE_SECRETARY;
}

const char *right_name(enum right right)
{
	static const char *const names[RIGHT_COUNT] = { "nobody", "public", "signed_in", "see", "see_members", "take_part", "record", "decide",
		                                            "edit_members", "edit_tree", "import", "read_journal", "manage_accounts" };

	return names[right];
}
