/* certificate.h — awards on paper: the form `certificate`, one page an award, A4 landscape.
 *
 * The words are those kept when the award was given; the address under which the code is checked is the installation's own of today. */
#ifndef CHIBO_GROWTH_CERTIFICATE_H
#define CHIBO_GROWTH_CERTIFICATE_H

#include "growth/award.h"
#include "paper/paper.h"

/* Where this installation is reached, "https://…" without a slash at the end; "" unknown. Once at start; the text is copied. */
void certificate_site_set(const char *site);

/* What is printed for an award, as JSON text for award.content. Inside db_write. */
fail certificate_compose(struct call *c, const struct award *a, const char **content) MUST_CHECK;
/* Facts of the form `certificate` for awards that stand. `site`: as above where it was set, else this. */
fail certificate_facts(struct call *c, const struct awards *list, const char *site, const char **out) MUST_CHECK;
/* All of them as one paper; the form in force on the day of the first decision. FAIL_INPUT when there is none. */
fail certificate_paper(struct call *c, const struct awards *list, const char *site, enum paper_format format, struct out *out) MUST_CHECK;

#endif
