/* test_papers.c — the forms of a meeting: every item of domain.md 5.1 and 5.2 in their text, against samples kept in forms/.
 *
 * After a wanted change: CHIBO_ACCEPT=1 build/dev/tests/test_papers, look at the difference of forms/NAME.json, commit it. */
#include <jansson.h>
#include <zip.h>

#include "document/closing.h"
#include "document/papers_fixture.h"

#include <stdlib.h>

#include "paper/form.h"
#include "rollup/report.h"

static struct meeting_paper paper(struct call *c, const struct meeting *m, const char *form)
{
	struct meeting_paper p;

	READING(c)
		assert_ok(c, meeting_paper_of(c, m, meeting_form_find(form), NULL, &p));
	return p;
}

/* ---- samples ---- */

static char *read_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = calloc(1, 1 << 20);

	if (f && text && fread(text, 1, (1 << 20) - 1, f) == 0)
		text[0] = '\0';
	if (f)
		fclose(f);
	return text;
}

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void check_sample(struct call *c, const char *name, const char *context)
{
	const char *path = arena_printf(c->arena, "forms/%s.json", name);
	json_error_t error;
	json_t *j = json_loads(context, JSON_REJECT_DUPLICATES, &error);

	if (!j)
		fail_msg("%s: %s at %d", name, error.text, error.position);
	char *pretty = json_dumps(j, JSON_INDENT(2)), *with_end = malloc(strlen(pretty) + 2), *stored = read_text(path);

	sprintf(with_end, "%s\n", pretty);
	if (getenv("CHIBO_ACCEPT"))
		write_text(path, with_end);
	else
		assert_string_equal(with_end, stored);
	free(stored);
	free(with_end);
	free(pretty);
	json_decref(j);
}

TEST_BOTH(the_samples_of_the_forms_are_the_papers_of_the_example)
{
	struct meeting m = fixture_papers(c);

	for (const struct meeting_form_kind *k = meeting_forms; k->name; k++)
		check_sample(c, k->name, paper(c, &m, k->name).context);
}

/* ---- every form can be filled in both layouts, before the meeting knows anything and after it knows all ---- */

static void fill(struct call *c, const char *name, struct date on, const char *context)
{
	const struct builtin_form *form;
	const struct docx *docx;
	struct docx_filled filled;
	json_t *facts = json_loads(context, 0, NULL);

	assert_ok(c, form_find(c, name, on, &form));
	assert_ok(c, form_open(c, form, &docx));
	assert_ok(c, docx_fill(c, docx, facts, &filled));
	json_decref(facts);
}

TEST_BOTH(every_form_knows_its_names_in_both_layouts)
{
	struct meeting full = fixture_papers(c), bare;

	record_clear(&meeting_record, &bare);
	bare.unit_code = "C12";
	bare.kind = MEETING_REGULAR;
	assert_true(moment_parse("2025-11-05T19:00", &bare.starts_at));
	assert_ok(c, meeting_create(c, &bare));
	for (const struct meeting_form_kind *k = meeting_forms; k->name; k++) {
		fill(c, k->name, date_of(2025, 11, 3), paper(c, &full, k->name).context);
		fill(c, k->name, date_of(2026, 6, 3), paper(c, &full, k->name).context);
		fill(c, k->name, date_of(2026, 6, 3), paper(c, &bare, k->name).context);
	}
}

/* ---- 5.1 and 5.2: every item stands in the text ---- */

static const char *text_of(struct call *c, const struct meeting_paper *p)
{
	struct docx_filled filled;
	const struct builtin_form *form;
	const struct docx *docx;
	json_t *facts = json_loads(p->context, 0, NULL);
	struct out o;

	assert_ok(c, form_find(c, p->kind->name, p->on, &form));
	assert_ok(c, form_open(c, form, &docx));
	assert_ok(c, docx_fill(c, docx, facts, &filled));
	json_decref(facts);
	out_memory(&o, c->arena);
	struct docx_bytes main_part = docx_main(&filled);

	for (size_t i = 0, tag = 0; i < main_part.size; i++) {
		tag = main_part.data[i] == '<' ? 1 : tag;
		if (!tag)
			out_char(&o, main_part.data[i]);
		tag = main_part.data[i] == '>' ? 0 : tag;
	}
	return out_text(&o);
}

struct expected { const char *item, *text; };

static void has_all(struct call *c, const struct meeting_paper *p, const struct expected *v)
{
	const char *text = text_of(c, p);

	for (; v->item; v++)
		if (!strstr(text, v->text))
			fail_msg("%s: %s is missing (“%s”)", p->kind->name, v->item, v->text);
}

static char *poppler(struct call *c, const struct meeting_paper *p, const char *how)
{
	const char *path = arena_printf(c->arena, "%s/%s.pdf", test_dir(), p->kind->name);
	FILE *f = fopen(path, "wb");
	struct out pdf, text;
	char block[4096];
	size_t n;

	out_memory(&pdf, c->arena);
	out_memory(&text, c->arena);
	assert_ok(c, meeting_paper_make(c, p, PAPER_PDF, &pdf));
	assert_non_null(f);
	assert_int_equal(fwrite(pdf.data, 1, pdf.size, f), pdf.size);
	fclose(f);
	f = popen(arena_printf(c->arena, "pdftotext %s %s - 2>/dev/null", how, path), "r");
	while (f && (n = fread(block, 1, sizeof block, f)) > 0)
		out_bytes(&text, block, n);
	if (!f || pclose(f) != 0)
		test_skip(c, "pdftotext is not there (package poppler-utils)");
	return out_text(&text);
}

/* Without blanks, line ends, capitals and tone marks: where a line is broken and what stands in capitals does not matter. */
static char *squeezed(struct call *c, const char *text)
{
	const char *s = text_key(c->arena, text);
	char *out = arena_alloc(c->arena, strlen(s) + 1), *to = out;

	for (; *s; s++)
		if (*s != ' ' && *s != '\n' && *s != '\f')
			*to++ = *s;
	return out;
}

static void pdf_has_all(struct call *c, const struct meeting_paper *p, const struct expected *v)
{
	const char *text = squeezed(c, poppler(c, p, "-raw"));

	for (; v->item; v++)
		if (!strstr(text, squeezed(c, v->text)))
			fail_msg("%s.pdf: %s is missing (“%s”)", p->kind->name, v->item, v->text);
}

TEST_BOTH(R05_the_minutes_hold_every_item_of_5_1)
{
	static const struct expected items[] = {
		{ "unit above", "Đảng ủy xã Tường Hạ" },
		{ "cell", "Chi bộ bản Cải" },
		{ "kind and month", "sinh hoạt chi bộ thường kỳ tháng 11/2025" },
		{ "start", "Bắt đầu: 19 giờ 00, ngày 03 tháng 11 năm 2025" },
		{ "end", "kết thúc: 20 giờ 20" },
		{ "place", "Địa điểm: Nhà văn hóa bản Cải" },
		{ "chair", "Chủ trì: đồng chí Lò Văn Hặc, Bí thư chi bộ" },
		{ "minute-taker", "Thư ký: đồng chí Đặng Quỳnh Ưởng" },
		{ "guest with function", "Đồng chí Đỗ Thị Thanh Tâm, Ủy viên Ban Thường vụ Đảng ủy xã" },
		{ "members", "Tổng số đảng viên của chi bộ: 22 đồng chí (chính thức 20, dự bị 02)" },
		{ "present of expected", "Có mặt: 19/21 đảng viên phải dự, đạt 90,48 %" },
		{ "absent with names", "Vắng có lý do: 02 đồng chí (Nguyễn Thị Thúy Hằng, Hoàng Văn Chuyền)" },
		{ "unexcused", "vắng không có lý do: 00" },
		{ "exempt", "miễn công tác và sinh hoạt đảng: 01" },
		{ "temporary", "sinh hoạt tạm thời tại chi bộ: 00" },
		{ "agenda", "14. Kết luận; biểu quyết nghị quyết (8 phút); " },
		{ "item with conclusion", "Chi bộ đã lãnh đạo hoàn thành 7/8 nhiệm vụ đề ra." },
		{ "chair's conclusion", "Chi bộ thống nhất các nội dung" },
		{ "guest's conclusion", "Đồng chí Đỗ Thị Thanh Tâm: Đề nghị chi bộ quan tâm tạo nguồn kết nạp đảng viên." },
		{ "number of speakers", "Có 09 đảng viên phát biểu ý kiến." },
		{ "vote with counts", "(84,21 %)" },
		{ "task", "Trồng cây" },
		{ "task's person", "Lường Thị Ỉnh" },
		{ "task's deadline", "01/12/2025" },
		{ "score and class", "Tổng điểm: 91/100. Xếp loại: Tốt." },
		{ "weaknesses", "Thời lượng chưa đủ 90 phút." },
		{ "approval", "Biên bản đã được đọc trước chi bộ và thông qua lúc 20 giờ 30" },
		{ "signature of the minute-taker", "Thư ký(ký, ghi rõ họ tên)" },
		{ "signature of the chair", "Chủ trì(ký, ghi rõ họ tên)" },
		{ NULL, NULL },
	};
	struct meeting m = fixture_papers(c);

	assert_ok(c, minutes_approve(c, m.id, m.rev, (struct moment){ m.ends_at.minutes + 10 }, &m));
	struct meeting_paper p = paper(c, &m, "R05");

	has_all(c, &p, items);
	pdf_has_all(c, &p, items);
}

TEST_BOTH(R06_the_resolution_holds_every_item_of_5_2)
{
	static const struct expected items[] = {
		{ "unit above", "Đảng ủy xã Tường Hạ" },
		{ "number", "Số 01-NQ/CB" },
		{ "place and date", "Tường Hạ, ngày 03 tháng 11 năm 2025" },
		{ "member counts", "Tổng số đảng viên của chi bộ: 22 đồng chí" },
		{ "present", "có mặt 19/21" },
		{ "absent", "vắng 02 (có lý do 02, không có lý do 00)" },
		{ "duration", "Thời lượng: 80 phút" },
		{ "chair", "Chủ trì: đồng chí Lò Văn Hặc" },
		{ "minute-taker", "thư ký: đồng chí Đặng Quỳnh Ưởng" },
		{ "I", "I. ĐÁNH GIÁ KẾT QUẢ THÁNG TRƯỚC" },
		{ "table of last month", "Hiện trạng khi bắt đầu" },
		{ "a task of last month", "Việc 2 (Nguyễn Thị Thúy Hằng, thời hạn 21/10/2025)" },
		{ "its result", "Hoàn thành đúng hạn (21/10/2025)" },
		{ "commendation", "Biểu dương: Đồng chí Cầm Bá Thược" },
		{ "reminder", "Nhắc nhở: Nhóm phụ trách đường điện" },
		{ "weaknesses", "Hạn chế: Việc tu sửa đường điện còn chậm." },
		{ "causes", "Nguyên nhân: Chưa chủ động" },
		{ "II", "II. PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG 12/2025" },
		{ "who leads, what", "Trồng cây (200 cây)Lường Thị Ỉnh01/12/2025tháng 12/2025" },
		{ "III", "III. PHÂN CÔNG, TỔ CHỨC THỰC HIỆN" },
		{ "execution", "Chi ủy phân công đảng viên phụ trách nhóm hộ" },
		{ "IV", "IV. TỰ ĐÁNH GIÁ CHẤT LƯỢNG BUỔI SINH HOẠT" },
		{ "points of a criterion", "D4.2" },
		{ "total", "Tổng điểm: 91/100" },
		{ "class", "Xếp loại: Tốt" },
		{ "weaknesses to put right", "Hạn chế cần khắc phục: Thời lượng chưa đủ 90 phút." },
		{ "votes", "được chi bộ thông qua với 16/19 đảng viên có quyền biểu quyết đồng ý, đạt 84,21 %" },
		{ "recipients", "Nơi nhận:" },
		{ "recipient", "Đảng ủy xã Tường Hạ (để báo cáo)," },
		{ "on behalf of", "T/M CHI BỘ" },
		{ "post", "BÍ THƯ" },
		{ "name", "Lò Văn Hặc" },
		{ NULL, NULL },
	};
	struct meeting m = fixture_papers(c);
	struct resolution_issue how = { .meeting_id = m.id, .dated_on = DATE_NONE, .signer = "" };
	struct document d;

	fixture_term(c, m.unit_id);
	assert_ok(c, resolution_issue(c, &how, &d));
	struct meeting_paper p = paper(c, &m, "R06");

	has_all(c, &p, items);
	pdf_has_all(c, &p, items);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task WHERE resolution_id IS NOT NULL"), 1);
}

TEST_BOTH(V21_secretary_or_deputy_sign_on_behalf_of_the_cell)
{
	struct meeting m = fixture_papers(c);
	struct resolution_issue how = { .meeting_id = m.id, .dated_on = DATE_NONE, .signer = "Lường Thị Ỉnh" };
	struct document d;

	fixture_term(c, m.unit_id);
	assert_fails(c, FAIL_INPUT, resolution_issue(c, &how, &d)); /* an ordinary member */
	assert_string_equal(test_problem.field, "signer");
	assert_int_equal(test_int(c, "SELECT count(*) FROM document WHERE type = 'NQ' AND number IS NOT NULL"), 0);
	test_sql(c, "UPDATE post SET post = 'deputy' WHERE post = 'secretary'");
	how.signer = "";
	assert_ok(c, resolution_issue(c, &how, &d));
	struct meeting_paper p = paper(c, &m, "R06");
	static const struct expected items[] = { { "on behalf of", "T/M CHI BỘ" }, { "post", "PHÓ BÍ THƯ" }, { "name", "Lò Văn Hặc" }, { NULL, NULL } };

	has_all(c, &p, items);
}

TEST_BOTH(what_is_missing_is_named_with_the_place_to_fill_it_in)
{
	struct meeting m = fixture_papers(c);
	struct minutes minutes;
	struct dossier d;

	test_sql(c, "UPDATE meeting SET place = '', minute_taker_id = NULL WHERE code = 'M11'");
	READING(c) {
		assert_ok(c, meeting_by_id(c, m.id, &m));
		assert_ok(c, dossier_gather(c, &m, &d));
	}
	compose_minutes(c, &d, &minutes);
	assert_true(minutes.gaps.n >= 3);
	assert_string_equal(minutes.gaps.v[0].what, "Where it was held");
	assert_string_equal(minutes.gaps.v[0].href, arena_printf(c->arena, "/meetings/%lld/edit", (long long)m.id));
	assert_string_equal(minutes.gaps.v[1].what, "Who took the minutes");
	assert_string_equal(minutes.gaps.v[1].href, arena_printf(c->arena, "/meetings/%lld/room", (long long)m.id));
}

/* ---- signing ---- */

static struct meeting approved(struct call *c)
{
	struct meeting m = fixture_papers(c);

	fixture_term(c, m.unit_id);
	test_sql(c, "UPDATE meeting SET state = 'voted' WHERE code = 'M11'");
	assert_ok(c, minutes_approve(c, m.id, m.rev, (struct moment){ m.ends_at.minutes + 10 }, &m));
	return m;
}

TEST_BOTH(signed_minutes_are_frozen_and_closed)
{
	struct meeting m = approved(c), stored;
	struct document d, annex;
	struct meeting_paper before, after;

	assert_ok(c, minutes_sign(c, m.id, m.rev, meeting_day(&m), &m, &d));
	assert_int_equal(m.state, MEETING_MINUTES_SIGNED);
	assert_string_equal(document_number_text(c->arena, &d), "01-BB/CB");
	assert_non_null(strstr(d.content, "\"number\":\"01-BB/CB\""));
	before = paper(c, &m, "R05");
	assert_fails(c, FAIL_CONFLICT, meeting_text_save(c, &m, TEXT_CONCLUSION, "Khác", ANY_TEXT_REV, NULL));
	assert_fails(c, FAIL_CONFLICT, minutes_approve(c, m.id, m.rev, MOMENT_NONE, &stored));
	assert_fails(c, FAIL_CONFLICT, minutes_sign(c, m.id, m.rev, meeting_day(&m), &stored, &annex));
	test_sql(c, "UPDATE meeting_text SET value = 'Khác' WHERE name = 'conclusion'");
	after = paper(c, &m, "R05");
	assert_string_equal(before.context, after.context);
	assert_ok(c, document_annex(c, d.id, "Mục II: “19/21” là đúng.", meeting_day(&m), "Lò Văn Hặc", &annex));
	assert_int_equal(annex.number, 1);
}

TEST_BOTH(minutes_are_signed_by_two_named_people_after_they_were_approved)
{
	struct meeting m = fixture_papers(c), out;
	struct document d;

	fixture_term(c, m.unit_id);
	test_sql(c, "UPDATE meeting SET state = 'voted' WHERE code = 'M11'");
	assert_fails(c, FAIL_INPUT, minutes_sign(c, m.id, m.rev, meeting_day(&m), &out, &d));
	assert_string_equal(test_problem.field, "minutes_approved_at");
	assert_ok(c, minutes_approve(c, m.id, m.rev, (struct moment){ m.ends_at.minutes + 10 }, &m));
	assert_fails(c, FAIL_INPUT, minutes_sign(c, m.id, m.rev, (struct date){ meeting_day(&m).days - 1 }, &out, &d));
	assert_string_equal(test_problem.field, "signed_on");
	test_sql(c, "UPDATE meeting SET minute_taker_id = NULL WHERE code = 'M11'");
	assert_fails(c, FAIL_INPUT, minutes_sign(c, m.id, m.rev, meeting_day(&m), &out, &d));
	assert_string_equal(test_problem.field, "minute_taker");
	assert_int_equal(test_int(c, "SELECT count(*) FROM document WHERE number IS NOT NULL"), 0);
}

TEST_BOTH(V07_a_resolution_needs_its_vote)
{
	struct meeting m = fixture_papers(c);
	struct resolution_issue how = { .meeting_id = m.id, .dated_on = DATE_NONE, .signer = "" };
	struct document d;

	fixture_term(c, m.unit_id);
	test_sql(c, "UPDATE vote SET result = 'rejected', in_favour = 9 WHERE id = 601");
	assert_fails(c, FAIL_INPUT, resolution_issue(c, &how, &d));
	assert_string_equal(test_problem.field, "vote");
	test_sql(c, "UPDATE vote SET result = 'void' WHERE id = 601");
	assert_fails(c, FAIL_INPUT, resolution_issue(c, &how, &d));
	test_sql(c, "UPDATE vote SET result = 'adopted', in_favour = 10 WHERE id = 601");
	assert_ok(c, resolution_issue(c, &how, &d));
	assert_int_equal(d.type, DOC_RESOLUTION);
	assert_string_equal(d.signed_by, "Lò Văn Hặc");
	assert_fails(c, FAIL_CONFLICT, resolution_issue(c, &how, &d));
}

TEST_BOTH(without_a_drafted_resolution_it_is_a_conclusion)
{
	struct meeting m = fixture_papers(c);
	struct resolution_issue how = { .meeting_id = m.id, .dated_on = DATE_NONE, .signer = "" };
	struct document d;

	fixture_term(c, m.unit_id);
	test_sql(c, "DELETE FROM document WHERE purpose = 'draft_resolution'");
	test_sql(c, "UPDATE meeting_text SET value = '' WHERE name = 'pre_draft'");
	test_sql(c, "UPDATE vote SET subject = 'conclusion' WHERE id = 601");
	assert_ok(c, resolution_issue(c, &how, &d));
	assert_string_equal(document_number_text(c->arena, &d), "01-KL/CB");
	assert_non_null(strstr(d.content, "KẾT LUẬN"));
}

TEST_BOTH(reporting_stops_the_clock_and_settles_the_points)
{
	struct meeting m = approved(c), out;
	struct document d;

	assert_fails(c, FAIL_INPUT, papers_report(c, m.id, m.rev, (struct moment){ m.ends_at.minutes + 60 }, &out));
	assert_string_equal(test_problem.field, "minutes_signed_on");
	assert_ok(c, minutes_sign(c, m.id, m.rev, meeting_day(&m), &m, &d));
	at_moment(c, "2025-11-04T08:00");
	assert_ok(c, papers_report(c, m.id, m.rev, (struct moment){ m.ends_at.minutes + 700 }, &m));
	assert_int_equal(m.state, MEETING_REPORTED);
	assert_int_equal(test_int(c, "SELECT count(*) FROM document WHERE purpose = 'minutes' AND uploaded_at IS NOT NULL"), 1);
	assert_int_equal(m.points.t, 910);
}

/* ---- the margins of 5.3 ---- */

/* Left and right ends of all words, in tenths of a millimetre; the page's own number stands in the middle. */
static void ends_of(const char *xml, int *left, int *right)
{
	double x, y, to;

	*left = 100000;
	*right = 0;
	for (const char *at = xml; (at = strstr(at, "<word ")); at++) {
		if (sscanf(at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\"", &x, &y, &to) != 3)
			continue;
		*left = x * 254 / 72 < *left ? (int)(x * 254 / 72) : *left;
		*right = to * 254 / 72 > *right ? (int)(to * 254 / 72) : *right;
	}
}

static void margins(struct call *c, const struct meeting *m, const char *form, struct date on, int right_margin)
{
	struct meeting_paper p = paper(c, m, form);
	int left, right;

	p.on = on;
	ends_of(poppler(c, &p, "-bbox"), &left, &right);
	if (left < 297 || left > 304 || right > 2104 - right_margin * 10 || right < 2085 - right_margin * 10)
		fail_msg("%s: text from %d to %d tenths of a millimetre", form, left, right);
}

TEST_BOTH(margins_on_paper_are_those_of_5_3_in_both_layouts)
{
	struct meeting m = fixture_papers(c);
	static const char *const forms[] = { "R05", "R06" };

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		margins(c, &m, forms[i], date_of(2026, 5, 27), 15);
		margins(c, &m, forms[i], date_of(2026, 5, 26), 20);
	}
}

/* ---- by command ---- */

static fail hand_out(struct call *c, const char *meeting, const char *unit, const char *format, const char *out)
{
	struct report_words w = { .meeting = meeting, .unit = unit, .period = unit ? "2025" : NULL, .format = format, .out = out };
	const struct report_kind *kind;

	assert_ok(c, report_find(c, "R05", &kind));
	return kind->run(c, kind, &w);
}

TEST_BOTH(a_unit_s_papers_come_as_files_or_as_one_zip_file)
{
	const char *zip = arena_printf(c->arena, "%s/all.zip", test_dir()), *dir = arena_printf(c->arena, "%s/papers", test_dir());
	struct zip *z;
	FILE *f;

	fixture_papers(c);
	assert_ok(c, hand_out(c, NULL, "X1", "docx", zip));
	z = zip_open(zip, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	assert_non_null(z);
	assert_int_equal(zip_get_num_entries(z, 0), 2);
	assert_true(zip_name_locate(z, "R05-minutes-M11.docx", 0) >= 0);
	zip_discard(z);
	assert_ok(c, hand_out(c, NULL, "V1", "pdf", dir));
	f = fopen(arena_printf(c->arena, "%s/R05-minutes-M10.pdf", dir), "rb");
	assert_non_null(f);
	fclose(f);
	assert_fails(c, FAIL_INPUT, hand_out(c, NULL, "V1", "pdf", NULL));
	assert_string_equal(test_problem.field, "--out");
	assert_fails(c, FAIL_NOT_FOUND, hand_out(c, "M99", NULL, "pdf", NULL));
	assert_fails(c, FAIL_INPUT, hand_out(c, "M11", NULL, "exe", NULL));
	assert_fails(c, FAIL_INPUT, hand_out(c, NULL, NULL, "pdf", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_samples_of_the_forms_are_the_papers_of_the_example),
		BOTH(every_form_knows_its_names_in_both_layouts),
		BOTH(R05_the_minutes_hold_every_item_of_5_1),
		BOTH(R06_the_resolution_holds_every_item_of_5_2),
		BOTH(V21_secretary_or_deputy_sign_on_behalf_of_the_cell),
		BOTH(what_is_missing_is_named_with_the_place_to_fill_it_in),
		BOTH(signed_minutes_are_frozen_and_closed),
		BOTH(minutes_are_signed_by_two_named_people_after_they_were_approved),
		BOTH(V07_a_resolution_needs_its_vote),
		BOTH(without_a_drafted_resolution_it_is_a_conclusion),
		BOTH(reporting_stops_the_clock_and_settles_the_points),
		BOTH(margins_on_paper_are_those_of_5_3_in_both_layouts),
		BOTH(a_unit_s_papers_come_as_files_or_as_one_zip_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
