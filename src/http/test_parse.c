/* test_parse.c — router, forms, cookies, preferences, multipart: each by itself, without a server. */
#include <string.h>

#include "http/multipart.h"
#include "http/parse.h"
#include "http/req.h"
#include "http/router.h"
#include "support/support.h"

static struct arena *a;

static int begin(void **state)
{
	(void)state;
	a = arena_new(16 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

/* ---- router ---- */

static const struct route table[] = {
	{ GET, "/" }, { GET, "/units" }, { GET, "/units/new" }, { GET, "/units/:unit" }, { PUT, "/units/:id" },
	{ GET, "/units/:unit/meetings/:meeting" }, { GET, "/units/new/meetings/x" }, { GET, "/:word/fixed" }, { 0 }
};
static const struct route *const tables[] = { table, NULL };

static const struct { const char *path, *route, *params; } paths[] = {
	{ "/", "/", "" },
	{ "/units", "/units", "" },
	{ "/units/new", "/units/new", "" },
	{ "/units/7", "/units/:unit", "unit=7" },
	{ "/units/%C4%91%2F", "/units/:unit", "unit=đ/" },
	{ "/units/7/meetings/8", "/units/:unit/meetings/:meeting", "unit=7 meeting=8" },
	{ "/units/new/meetings/8", "/units/:unit/meetings/:meeting", "unit=new meeting=8" }, /* the plain part led nowhere */
	{ "/units/new/meetings/x", "/units/new/meetings/x", "" },
	{ "/units/fixed", "/units/:unit", "unit=fixed" },
	{ "/a/fixed", "/:word/fixed", "word=a" },
	{ "/nothing", NULL, "" },
	{ "/units/", NULL, "" },
	{ "/units//meetings/8", NULL, "" },
	{ "/units/7/meetings", NULL, "" },
};

static const char *params_text(const struct pairs *p)
{
	const char *text = "";

	for (size_t i = 0; i < p->n; i++)
		text = arena_printf(a, "%s%s%s=%s", text, i ? " " : "", p->v[i].name, p->v[i].value);
	return text;
}

static void paths_find_their_rows(void **state)
{
	const char *clash;
	struct router *r = router_new(tables, &clash);
	struct route_match m;

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		assert_true(router_match(r, a, GET, paths[i].path, &m));
		if (paths[i].route)
			assert_string_equal(m.route->path, paths[i].route);
		else
			assert_null(m.route);
		assert_string_equal(params_text(&m.params), paths[i].params);
	}
	assert_true(router_match(r, a, PUT, "/units/7", &m));
	assert_string_equal(params_text(&m.params), "id=7");
	assert_true(router_match(r, a, DELETE, "/units/7", &m));
	assert_null(m.route);
	assert_true(m.allowed & 1u << PUT && m.allowed & 1u << HEAD && !(m.allowed & 1u << POST));
	assert_false(router_match(r, a, GET, "/%zz", &m));
	assert_false(router_match(r, a, GET, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", &m));
	router_free(r);
}

static void equal_rows_are_refused_at_start(void **state)
{
	static const struct route one[] = { { GET, "/units/:unit" }, { 0 } }, two[] = { { GET, "/units/:id" }, { 0 } };
	const struct route *const both[] = { one, two, NULL };
	const char *clash;

	(void)state;
	assert_null(router_new(both, &clash));
	assert_string_equal(clash, "/units/:id");
}

/* ---- forms, cookies ---- */

static void forms_are_taken_apart(void **state)
{
	struct pairs p = { 0 };

	(void)state;
	assert_true(parse_urlencoded(a, "a=1&b=x+y%3D&&c&a=2", 19, &p));
	assert_string_equal(params_text(&p), "a=1 b=x y= c= a=2");
	assert_string_equal(pairs_get(&p, "a"), "2");
	assert_null(pairs_get(&p, "d"));
	static const char *const broken[] = { "a=%", "a=%4", "a=%4g", "%00=1", "a=%ff", "a=\xff" };

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_false(parse_urlencoded(a, broken[i], strlen(broken[i]), &p));
}

static void too_many_fields_are_refused(void **state)
{
	struct pairs p = { 0 };
	struct out o;

	(void)state;
	out_memory(&o, a);
	for (int i = 0; i <= PARSE_PAIRS_MOST; i++)
		out_str(&o, "a&");
	assert_false(parse_urlencoded(a, o.data, o.size, &p));
}

static void cookies_and_parameters(void **state)
{
	(void)state;
	assert_string_equal(parse_cookie(a, "a=1; chibo=x=y; b=2", "chibo"), "x=y");
	assert_null(parse_cookie(a, "xchibo=1; chibox=2", "chibo"));
	assert_null(parse_cookie(a, NULL, "chibo"));
	assert_string_equal(parse_parameter(a, "multipart/form-data; charset=x; boundary=\"a;b\"", "boundary"), "a;b");
	assert_string_equal(parse_parameter(a, "form-data; filename=\"name=x\"; name=y", "name"), "y");
	assert_null(parse_parameter(a, "form-data; name=\"open", "name"));
	assert_true(media_is("Application/JSON; charset=utf-8", "application/json"));
	assert_false(media_is("application/jsonx", "application/json"));
}

/* ---- preferences ---- */

static const struct { const char *accept; bool json; } accepts[] = {
	{ NULL, false }, { "", false }, { "*/*", false }, { "application/json", true }, { "application/problem+json", true },
	{ "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false }, { "text/html;q=0.5, application/json", true },
	{ "application/json;q=0.5, text/html", false }, { "application/json;q=0", false }, { "application/jsonp", false },
};

static void json_is_given_to_those_who_prefer_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof accepts / sizeof *accepts; i++)
		assert_int_equal(accept_prefers_json(accepts[i].accept), accepts[i].json);
	assert_true(accept_gzip("br, gzip;q=0.5"));
	assert_false(accept_gzip("gzip;q=0, *"));
	assert_false(accept_gzip("xgzip"));
	assert_true(etag_listed("\"a\", W/\"b\"", "b"));
	assert_false(etag_listed("\"ab\"", "a"));
	assert_true(etag_listed("*", "a"));
}

static void only_local_paths_are_gone_on_to(void **state)
{
	(void)state;
	assert_string_equal(req_local_path("/units/3?x=1", "/"), "/units/3?x=1");
	static const char *const elsewhere[] = { NULL, "", "units", "//evil", "/\\evil", "https://evil", "/a\r\nSet-Cookie: x", "/a\\b" };

	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		assert_string_equal(req_local_path(elsewhere[i], "/home"), "/home");
}

/* ---- multipart ---- */

static bool part(void *arg, const char *name, const char *filename, const char *type)
{
	out_printf(arg, "[%s|%s|%s]", name, filename ? filename : "-", type ? type : "-");
	return true;
}

static bool bytes(void *arg, const char *data, size_t n)
{
	out_bytes(arg, data, n);
	return true;
}

static bool part_end(void *arg)
{
	out_char(arg, '.');
	return true;
}

static const char *parts(const char *boundary, const char *body)
{
	struct out o;
	struct multipart_receiver to = { &o, part, bytes, part_end };
	struct multipart *m = multipart_new(a, boundary, &to);

	out_memory(&o, a);
	if (!m || !multipart_feed(m, body, strlen(body)) || !multipart_done(m))
		return "refused";
	return out_text(&o);
}

static void parts_come_one_by_one(void **state)
{
	(void)state;
	assert_string_equal(parts("b", "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b\r\ncontent-type: text/csv\r\n"
	                               "Content-Disposition: form-data; name=f; filename=\"a.csv\"\r\n\r\n\r\n--b--\r\n"),
	                    "[x|-|-]1.[f|a.csv|text/csv].");
	assert_string_equal(parts("b", "words before\r\n--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n--b\r\n--bc--\r\n--b--"), "refused");
	assert_string_equal(parts("b", "--b\r\nContent-Disposition: attachment; name=\"x\"\r\n\r\n1\r\n--b--"), "refused");
	assert_string_equal(parts("b", "--b--"), "");
	assert_string_equal(parts("b", ""), "refused");
	assert_string_equal(parts("", "--\r\n"), "refused");
	assert_string_equal(parts("b", "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b"), "refused");
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(paths_find_their_rows), T(equal_rows_are_refused_at_start), T(forms_are_taken_apart), T(too_many_fields_are_refused),
		T(cookies_and_parameters), T(json_is_given_to_those_who_prefer_it), T(only_local_paths_are_gone_on_to), T(parts_come_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
