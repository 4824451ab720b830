/* exchange.c — finding a kind by its name. */
#include "exchange/exchange.h"

#include <string.h>

const struct exchange_kind *exchange_kind_find(const char *name)
{
	for (const struct exchange_kind *const *k = exchange_kinds; *k != NULL; k++)
		if (strcmp((*k)->name, name) == 0)
			return *k;
	return NULL;
}
