/* verify.h — what `chibo verify` looks at in this room: numbers of documents follow one another, signed minutes are there. */
#ifndef CHIBO_DOCUMENT_VERIFY_H
#define CHIBO_DOCUMENT_VERIFY_H

#include "base/verify.h"

extern const struct verify_check document_checks[];

#endif
