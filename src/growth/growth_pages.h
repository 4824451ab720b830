/* growth_pages.h — the pages of emulation, good examples, awards, and of checking a certificate. Each table is listed in app/routes.c. */
#ifndef CHIBO_GROWTH_PAGES_H_
#define CHIBO_GROWTH_PAGES_H_

#include "http/route.h"

extern const struct route emulation_routes[], entry_routes[], agreement_routes[], example_routes[], award_routes[], verify_routes[];

/* How often one address may ask for a certificate: in a minute, and as many at once. Once at start; without it there is no limit. */
void verify_configure(unsigned per_minute);

#endif
