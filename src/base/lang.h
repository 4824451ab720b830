/* lang.h — texts for people, in the language of the request.
 *
 * Message ids are plain English; po/vi.po holds the Vietnamese, which is the first language of the product. The
 * catalogues are compiled into the program and looked up per call, never by process locale. */
#ifndef CHIBO_BASE_LANG_H
#define CHIBO_BASE_LANG_H

#include "base/date.h"
#include "base/num.h"
#include "base/out.h"

enum lang { LANG_VI, LANG_EN };
#define LANG_COUNT 2

/* The text in that language, or `id` itself where there is none (a test refuses that for Vietnamese). Static memory. */
const char *tr(enum lang lang, const char *id) __attribute__((format_arg(2)));
/* Marks a text for the catalogue where no call can be made (tables). */
#define N_(text) text

const char *lang_code(enum lang lang); /* "vi", "en" */
bool lang_parse(const char *code, enum lang *out);

/* Screen and paper forms: 05/01/2026, 19 giờ 00, 90,48 % in Vietnamese; 5 Jan 2026, 19:00, 90.48% in English. */
const char *show_date(struct arena *a, enum lang lang, struct date d);
const char *show_moment(struct arena *a, enum lang lang, struct moment m);
const char *show_month(struct arena *a, enum lang lang, month_no m);
const char *show_period(struct arena *a, enum lang lang, struct period p);
const char *show_int(struct arena *a, enum lang lang, int64_t n);         /* 3.321 / 3,321; "–" when unknown */
const char *show_tenths(struct arena *a, enum lang lang, struct tenths p); /* 95,5 / 95.5; no ",0" */
const char *show_percent(struct arena *a, enum lang lang, int64_t num, int64_t den); /* "–" when den is 0 */

/* The same forms written straight into a buffer: what pages full of figures use. */
void say_date(struct out *o, enum lang lang, struct date d);
void say_moment(struct out *o, enum lang lang, struct moment m);
void say_month(struct out *o, enum lang lang, month_no m);
void say_period(struct out *o, enum lang lang, struct period p);
void say_int(struct out *o, enum lang lang, int64_t n);
void say_tenths(struct out *o, enum lang lang, struct tenths p);
void say_percent(struct out *o, enum lang lang, int64_t num, int64_t den);

#endif
