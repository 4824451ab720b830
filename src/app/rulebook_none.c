/* rulebook_none.c — stands in while the room of rules has no reader yet. */
#include "app/rulebook.h"

fail rulebook_load(struct call *c, const char *dir)
{
	return problem(c, FAIL_NOT_FOUND, "--rules", "there is no file “%s”", dir ? dir : "rules");
}

fail rulebook_reload(struct call *c)
{
	return rulebook_load(c, NULL);
}

void rulebook_give(struct call *c)
{
	(void)c;
}

fail rulebook_give_from(struct call *c, const char *dir)
{
	return dir ? rulebook_load(c, dir) : FAIL_OK;
}
