/* gallery.c — serves the made-up pages: build/dev/tests/gallery 127.0.0.1:8099. For screenshots and for looking, not part of the program. */
#include "gallery/gallery.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gallery_views.h"
#include "http/http.h"

struct sample { const char *topic, *note; struct moment starts_at; int64_t present; struct tenths points; unsigned kind, level; bool thematic; };
static const char *const kinds[] = { "", "regular", "thematic", "extraordinary", NULL };
static const char *const levels[] = { "", "province", "district", "bloc", "commune", "grassroots", "cell", NULL };
static const struct field sample_fields[] = {
	FIELD(struct sample, topic, "Chủ đề sinh hoạt", REQUIRED, .max = 120),
	FIELD(struct sample, starts_at, "Bắt đầu lúc", REQUIRED),
	FIELD(struct sample, present, "Số đảng viên có mặt", REQUIRED, .min = 0, .max = 500),
	FIELD(struct sample, points, "Điểm tự chấm", 0, .min = 0, .max = 1000),
	FIELD(struct sample, kind, "Loại cuộc họp", REQUIRED, .words = kinds),
	FIELD(struct sample, level, "Cấp", 0, .words = levels),
	FIELD(struct sample, thematic, "Có phần sinh hoạt chuyên đề", 0),
	FIELD_END
};
static const struct record sample_record = { "sample", sizeof(struct sample), sample_fields };

static const char *const names[] = {
	"Chi bộ Trường Trung học cơ sở và Trung học phổ thông dân tộc nội trú Nguyễn Thị Minh Khai", "Chi bộ thôn Ngưỡng Nghiêng", "Chi bộ Quân sự",
	"Chi bộ tổ dân phố số 7 phường Quỳnh Mai", "Chi bộ Trạm Y tế", "Chi bộ Công an xã", "Chi bộ thôn Đoài Thượng", "Chi bộ Hợp tác xã dịch vụ nông nghiệp",
	"Chi bộ cơ quan Ủy ban nhân dân", "Chi bộ thôn Khuổi Nặm", "Chi bộ Trường Mầm non Hoa Sen", "Chi bộ thôn Pắc Pỉn", "Chi bộ doanh nghiệp tư nhân Phú Cường", "Chi bộ thôn Ánh Dương",
};

static void rows(struct arena *a, struct gallery_rows *out)
{
	static const char *const classes[] = { "good", "fair", "good", "average", "good", "poor", "" };

	out->n = sizeof names / sizeof *names;
	out->v = ARENA_ARRAY(a, out->n, struct gallery_row);
	for (size_t i = 0; i < out->n; i++) {
		int64_t members = 8 + (int64_t)(i * 37 % 40);

		out->v[i] = (struct gallery_row){ "/meeting", names[i], members, 12 - (int64_t)(i % 4), members * 11 - (int64_t)(i * 7 % 23), members * 12,
			                              classes[i % 7], { 985 - (int32_t)(i * 53 % 400) }, i % 5 == 3 };
	}
}

static struct card *cards(struct arena *a)
{
	static int64_t num[12] = { 870, 882, 879, 890, 901, 888, 893, 905, 861, 912, 0, 921 };
	static int64_t den[12] = { 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 0, 1000 };
	static int64_t low[12] = { 70, 72, 69, 71, 76, 78, 77, 74, 79, 80, 78, 79 }, hundred[12];
	struct card *c = ARENA_ARRAY(a, 4, struct card);

	for (int i = 0; i < 12; i++)
		hundred[i] = 100;
	c[0] = (struct card){ "T06", "Tỷ lệ đảng viên dự sinh hoạt", "/rows", 921, 1000, "> 85 %", 85, 100, 1, NULL, { num, den, 12 } };
	c[1] = (struct card){ "T09", "Chi bộ có chất lượng sinh hoạt Tốt", "/rows", 79, 100, "> 80 %", 80, 100, 0, NULL, { low, hundred, 12 } };
	c[2] = (struct card){ "T01", "Sinh hoạt thường kỳ hằng tháng", "/rows", 167, 168, "= 100 %", 100, 100, 0, "1 chi bộ chưa họp tháng 10", { num, den, 12 } };
	c[3] = (struct card){ "T14", "Cuộc họp thường kỳ tự xếp loại Tốt", NULL, 0, 0, "≥ 80 %", 80, 100, -1, NULL, { 0 } };
	return c;
}

static fail unit_page(struct call *c, const struct req *rq, struct res *rs)
{
	static struct sibling siblings[] = { { "/", "Xã Quỳnh Mai", true }, { "/2", "Xã Tân Phước Khánh", false }, { "/3", "Phường Nguyễn Thị Minh Khai", false },
		                                 { "/4", "Đặc khu Phú Quý", false }, { "/5", "Xã Mường Nhé", false } };
	static const struct column columns[] = { { "Chi bộ", "name", false }, { "Đảng viên", "members", true }, { "Cuộc họp", "meetings", true },
		                                     { "Tỷ lệ dự họp", "attendance", true }, { "Điểm", "points", true }, { "Xếp loại", "class", false } };
	struct gallery_unit v = { .name = "Đảng ủy xã Quỳnh Mai", .siblings = siblings, .sibling_n = 5, .cards = cards(c->arena), .card_n = 4 };
	struct page pg;

	TRY(req_period(c, rq, (struct period){ month_of(2025, 1), month_of(2025, 12) }, &v.chooser.period));
	bool now;
	TRY(req_structure(c, rq, &now));
	v.chooser.action = "/";
	v.chooser.structure = now ? "now" : "then";
	v.table = (struct table){ "Kết quả 10 tháng đầu năm 2025", "children", "/", req_query(rq, "sort"), "/x.csv", "/x.xlsx", true, columns, 6 };
	rows(c->arena, &v.rows);
	res_page(c, rq, rs, &pg, v.name);
	page_crumb(&pg, "/", "Tỉnh Lâm Đồng");
	page_crumb(&pg, "/", "Đảng bộ huyện Đạ Tẻh");
	page_crumb(&pg, NULL, v.name);
	pg.wide = true;
	view_gallery_unit(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail meeting_page(struct call *c, const struct req *rq, struct res *rs)
{
	static struct step steps[] = {
		{ "/form", "Họp chi ủy chuẩn bị", "Biên bản ngày 28/09/2025", STEP_DONE },
		{ "/form", "Gửi thông báo và tài liệu", "Trước cuộc họp 2 ngày, 21 trên 21 người", STEP_DONE },
		{ "/form", "Điểm danh", "Còn 2 người chưa ghi có mặt hay vắng", STEP_NEXT },
		{ "/form", "Thảo luận, biểu quyết, kết luận", NULL, STEP_TODO },
		{ NULL, "Chấm điểm và xếp loại", "Cần điểm danh xong trước", STEP_BLOCKED },
	};
	struct gallery_meeting v = { steps, 5, "Nhà văn hóa thôn Ngưỡng Nghiêng", { (int64_t)20363 * 1440 + 19 * 60 }, { 875 } };
	struct page pg;

	res_page(c, rq, rs, &pg, "Họp thường kỳ tháng 10/2025");
	page_crumb(&pg, "/", "Chi bộ thôn Ngưỡng Nghiêng");
	page_crumb(&pg, NULL, "Tháng 10/2025");
	pg.flash = (struct flash){ "Đã ghi điểm danh 19 người.", "K7-2291", "/undo" };
	view_gallery_meeting(&rs->body, &pg, &v);
	return FAIL_OK;
}

static void show_form(struct call *c, const struct req *rq, struct res *rs, struct gallery_form *v)
{
	struct page pg;

	(void)c;
	res_page(c, rq, rs, &pg, "Ghi cuộc họp");
	view_gallery_form(&rs->body, &pg, v);
}

static fail form_page(struct call *c, const struct req *rq, struct res *rs)
{
	struct sample s;
	struct gallery_form v = { 0 };

	record_clear(&sample_record, &s);
	s.kind = 1;
	form_begin(&v.form, c, &sample_record, &s);
	show_form(c, rq, rs, &v);
	return FAIL_OK;
}

static fail form_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct sample s;
	struct gallery_form v = { 0 };

	record_clear(&sample_record, &s);
	(void)!req_record(c, rq, &sample_record, &s, &v.form);
	if (form_failed(&v.form)) {
		show_form(c, rq, rs, &v);
		return res_again(rs, FAIL_INPUT);
	}
	return res_done(c, rq, rs, "/meeting", &(struct flash){ .text = "Đã lưu." });
}

/* The refused form at an address of its own, for photographs. */
static fail wrong_page(struct call *c, const struct req *rq, struct res *rs)
{
	static struct pair typed[] = { { "topic", "" }, { "present", "hai mươi" }, { "starts_at", "2025-10-03T19:00" }, { "points", "101" }, { "kind", "regular" } };
	struct req like = *rq;

	like.form = (struct pairs){ typed, 5 };
	return form_post(c, &like, rs);
}

static fail sign_in_page(struct call *c, const struct req *rq, struct res *rs)
{
	struct gallery_form v = { 0 };
	struct page pg;

	form_begin(&v.form, c, NULL, NULL);
	res_page(c, rq, rs, &pg, "Đăng nhập");
	pg.plain = true;
	pg.who = NULL;
	view_gallery_sign_in(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail confirm_page(struct call *c, const struct req *rq, struct res *rs)
{
	const struct confirm v = { "Đóng Chi bộ thôn Pắc Pỉn từ ngày 01/12/2025?", "17 đảng viên chuyển về Chi bộ thôn Khuổi Nặm. Các cuộc họp đã ghi vẫn giữ nguyên ở chi bộ cũ.",
		                       "/form", "Đóng chi bộ", "/", NULL, NULL };
	struct page pg;

	res_page(c, rq, rs, &pg, v.title);
	html_frame_begin(&rs->body, &pg);
	html_confirm(&rs->body, &pg, &v);
	html_frame_end(&rs->body, &pg);
	return FAIL_OK;
}

static const struct route table[] = {
	{ GET, "/", MAY_PUBLIC, NULL, unit_page }, { GET, "/meeting", MAY_PUBLIC, NULL, meeting_page }, { GET, "/form", MAY_PUBLIC, NULL, form_page },
	{ POST, "/form", MAY_PUBLIC, NULL, form_post }, { GET, "/wrong", MAY_PUBLIC, NULL, wrong_page }, { GET, "/sign-in", MAY_PUBLIC, NULL, sign_in_page },
	{ GET, "/confirm", MAY_PUBLIC, NULL, confirm_page }, { GET, "/closed", MAY_SEE, NULL, confirm_page }, { 0 }
};
static const struct route *const tables[] = { table, NULL };

static fail somebody(struct call *c, const char *token, void *arg)
{
	(void)token, (void)arg;
	c->who = (struct who){ .account = 1, .name = "Nguyễn Thị Hồng Hạnh" };
	return FAIL_OK;
}

static void fill_page(struct call *c, const struct req *rq, struct page *pg, void *arg)
{
	struct nav_item *nav = ARENA_ARRAY(c->arena, 4, struct nav_item);

	(void)arg;
	nav[0] = (struct nav_item){ "/home", "Hôm nay", NAV_HOME, false, 3 };
	nav[1] = (struct nav_item){ "/", "Đơn vị", NAV_UNITS, false, 0 };
	nav[2] = (struct nav_item){ "/meeting", "Cuộc họp", NAV_MEETINGS, false, 0 };
	nav[3] = (struct nav_item){ "/reports", "Báo cáo", NAV_REPORTS, false, 0 };
	page_nav_current(nav, 4, rq->path);
	pg->nav = nav;
	pg->nav_n = 4;
	pg->site = "Đảng bộ xã Quỳnh Mai";
	pg->search = "/search";
	pg->who = "Nguyễn Thị Hồng Hạnh";
	pg->who_role = "Bí thư chi bộ";
	pg->accent = getenv("ACCENT");
}

int main(int argc, char **argv)
{
	const struct http_config config = { .listen = argc > 1 ? argv[1] : "127.0.0.1:8099", .routes = tables, .hooks = { .page = fill_page, .session = somebody } };
	struct call c;
	struct http *h;
	sigset_t set;
	int sign;

	call_begin(&c, 1 << 20);
	if (http_serve(&c, &config, &h) != FAIL_OK) {
		fprintf(stderr, "gallery: %s\n", c.problem.text);
		return 1;
	}
	printf("port %d\n", http_port(h));
	fflush(stdout);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigwait(&set, &sign);
	http_stop(h, 1000);
	call_end(&c);
	return 0;
}
