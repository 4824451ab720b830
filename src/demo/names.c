/* names.c — syllables and how often they are drawn. */
#include "demo/names.h"

#include <string.h>

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

static const struct { const char *name; int per_mille; } families[] = {
	{ "Nguyễn", 310 }, { "Trần", 110 }, { "Lê", 95 }, { "Phạm", 70 }, { "Hoàng", 50 }, { "Vũ", 40 }, { "Đặng", 30 }, { "Bùi", 30 },
	{ "Đỗ", 28 }, { "Hồ", 24 }, { "Ngô", 22 }, { "Dương", 20 }, { "Lý", 14 }, { "Đinh", 18 }, { "Đoàn", 14 }, { "Trịnh", 13 },
	{ "Lương", 12 }, { "Mai", 12 }, { "Phan", 40 }, { "Trương", 16 }, { "Võ", 20 }, { "Cao", 6 }, { "Tạ", 6 },
};
static const char *const men_middle[] = { "Văn", "Văn", "Văn", "Đức", "Hữu", "Công", "Quang", "Minh", "Xuân", "Đình", "Thanh", "Ngọc", "Quốc" };
static const char *const women_middle[] = { "Thị", "Thị", "Thị", "Thị Minh", "Thị Thu", "Thị Thanh", "Ngọc", "Thu", "Thị Hồng", "Thị Kim" };
static const char *const men_given[] = {
	"An", "Anh", "Bình", "Chiến", "Cường", "Dũng", "Duy", "Đạt", "Đông", "Hải", "Hiếu", "Hòa", "Hùng", "Hưng", "Khánh", "Khoa", "Kiên", "Lâm",
	"Long", "Mạnh", "Minh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Quyết", "Sơn", "Tài", "Thắng", "Thành", "Thịnh", "Tiến", "Toàn", "Trung",
	"Tuấn", "Tùng", "Việt", "Vinh", "Vượng",
};
static const char *const women_given[] = {
	"An", "Anh", "Ánh", "Bích", "Chi", "Dung", "Duyên", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Hồng", "Huệ", "Hương", "Huyền", "Lan", "Liên",
	"Linh", "Loan", "Mai", "My", "Nga", "Ngân", "Ngọc", "Nhung", "Oanh", "Phương", "Quyên", "Tâm", "Thảo", "Thơm", "Thu", "Thủy", "Trang",
	"Tuyết", "Uyên", "Vân", "Xuân", "Yến",
};
static const char *const place_first[] = {
	"An", "Bình", "Cẩm", "Châu", "Đại", "Đông", "Gia", "Hà", "Hải", "Hòa", "Hưng", "Kim", "Lạc", "Lâm", "Long", "Lương", "Minh", "Mỹ", "Nam", "Nghĩa",
	"Ngọc", "Phú", "Phúc", "Quang", "Quảng", "Sơn", "Tam", "Tân", "Tây", "Thái", "Thanh", "Thiện", "Thịnh", "Tiên", "Trung", "Trường", "Vạn", "Văn", "Vĩnh", "Xuân",
};
static const char *const place_second[] = {
	"An", "Bình", "Châu", "Cường", "Đông", "Đức", "Giang", "Hà", "Hải", "Hòa", "Hội", "Hưng", "Khánh", "Lạc", "Lâm", "Lập", "Lộc", "Long", "Lợi", "Minh",
	"Mỹ", "Nguyên", "Phong", "Phú", "Phúc", "Quang", "Sơn", "Tâm", "Tân", "Thành", "Thịnh", "Thọ", "Thủy", "Tiến", "Trạch", "Trung", "Tường", "Vân", "Xá", "Yên",
};

static const char *draw_family(struct rng *r)
{
	int total = 0, at;

	for (int i = 0; i < COUNT(families); i++)
		total += families[i].per_mille;
	at = rng_below(r, total);
	for (int i = 0;; i++) {
		if (at < families[i].per_mille)
			return families[i].name;
		at -= families[i].per_mille;
	}
}

#define DRAW(r, list) ((list)[rng_below((r), COUNT(list))])

const char *name_person(struct arena *a, struct rng *r)
{
	const char *family = draw_family(r);

	if (rng_chance(r, 380))
		return arena_printf(a, "%s %s %s", family, DRAW(r, women_middle), DRAW(r, women_given));
	return arena_printf(a, "%s %s %s", family, DRAW(r, men_middle), DRAW(r, men_given));
}

int name_place_count(void)
{
	return COUNT(place_first) * COUNT(place_second);
}

/* The two lists have the same length; going round the second by one more each time keeps every pair different. */
const char *name_place(struct arena *a, int n)
{
	int first = n % COUNT(place_first), turn = n / COUNT(place_first);
	const char *one = place_first[(first * 7 + 27) % COUNT(place_first)];
	const char *two = place_second[(first * 11 + turn * 3 + 9) % COUNT(place_second)];

	/* "An An" is no place; "Thượng" is in neither list, so the pair stays the only one of its kind */
	return arena_printf(a, "%s %s", one, strcmp(one, two) == 0 ? "Thượng" : two);
}
