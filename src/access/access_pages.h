/* access_pages.h — sign-in, my account, and the care of accounts in the browser. */
#ifndef CHIBO_ACCESS_ACCESS_PAGES_H
#define CHIBO_ACCESS_ACCESS_PAGES_H

#include "http/route.h"

extern const struct route sign_in_routes[], me_routes[], account_routes[];

/* At the start of a server: how long a session lasts, and how many sign-ins a minute one login may try (one address ten times as many). */
void sign_in_configure(int64_t session_days, int64_t sign_ins);

#endif
