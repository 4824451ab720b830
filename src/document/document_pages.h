/* document_pages.h — minutes, resolution, signatures and report of a meeting, its papers as files; the register and the terms of a unit. */
#ifndef CHIBO_DOCUMENT_DOCUMENT_PAGES_H
#define CHIBO_DOCUMENT_DOCUMENT_PAGES_H

#include "http/route.h"

extern const struct route draft_routes[], closing_routes[], document_routes[], term_routes[], paper_routes[];

#endif
