/* grade.c — the words and bands of grade.h. */
#include "rules/grade.h"

#include <string.h>

const char *const grade_words[] = { "", "poor", "average", "fair", "good", NULL };

enum grade grade_parse(const char *word)
{
	for (int g = GRADE_POOR; g < GRADE_COUNT; g++)
		if (strcmp(word, grade_words[g]) == 0)
			return (enum grade)g;
	return GRADE_NONE;
}

const char *grade_title(enum grade g, enum lang lang)
{
	static const char *const titles[GRADE_COUNT][LANG_COUNT] = {
		{ "", "" }, { "Kém", "Poor" }, { "Trung bình", "Average" }, { "Khá", "Fair" }, { "Tốt", "Good" },
	};

	return titles[g][lang];
}

enum grade grade_of(const struct grade_bands *bands, struct tenths points)
{
	if (!tenths_is(points))
		return GRADE_NONE;
	for (int g = GRADE_GOOD; g > GRADE_POOR; g--)
		if (points.t >= bands->from[g].t)
			return (enum grade)g;
	return GRADE_POOR;
}
