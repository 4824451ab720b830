/* grade.h — the four classes of a meeting or a year, and the bands that lead to them (domain, section 6.1).
 *
 * The order of the enumeration is the order of quality, so that grades compare with < and >. Pure: also built for wasm32. */
#ifndef CHIBO_RULES_GRADE_H
#define CHIBO_RULES_GRADE_H

#include "base/lang.h"
#include "base/num.h"

enum grade { GRADE_NONE, GRADE_POOR, GRADE_AVERAGE, GRADE_FAIR, GRADE_GOOD };
#define GRADE_COUNT 5

/* "" poor average fair good, NULL-ended: the words of files, columns and JSON. */
extern const char *const grade_words[];
/* GRADE_NONE for anything that is not one of the words. */
enum grade grade_parse(const char *word);
/* Kém, Trung bình, Khá, Tốt / Poor, Average, Fair, Good; "" for GRADE_NONE. Static memory. */
const char *grade_title(enum grade g, enum lang lang);

/* The least points of each grade; from[GRADE_POOR] is 0. */
struct grade_bands {
	struct tenths from[GRADE_COUNT];
};
/* GRADE_NONE when the points are unknown. */
enum grade grade_of(const struct grade_bands *bands, struct tenths points);

#endif
