/* address.h — the unit that an address names: /units/1099511627782 or /units/01.001.000.000.004.
 *
 * Pages link by id, which costs no look-up and outlives a change of code; people write the code they know. A number of at least ten digits that
 * does not begin with 0 is an id, anything else a code: ids are made larger than that (base/id.h). */
#ifndef CHIBO_ORG_ADDRESS_H
#define CHIBO_ORG_ADDRESS_H

#include "http/route.h"

/* The parameter `:unit` of the path as an id, for routes and handlers. FAIL_NOT_FOUND with its sentence when there is no such code; an id is
 * not looked up here. */
unit_of unit_of_path;

#endif
