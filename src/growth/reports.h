/* reports.h — the register of awards as a table in every format: `chibo report awards`. */
#ifndef CHIBO_GROWTH_REPORTS_H
#define CHIBO_GROWTH_REPORTS_H

#include "rollup/report.h"

extern const struct report_kind growth_reports[];

#endif
