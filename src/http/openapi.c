/* openapi.c — /openapi.json (OpenAPI 3.1) from the route tables and record descriptions. Made once, at start. */
#include <ctype.h>
#include <string.h>

#include "http/conn.h"

/* ---- schemas ---- */

static const char *json_type(enum field_type type)
{
	switch (type) {
	case FIELD_INT: return "integer";
	case FIELD_BOOL: return "boolean";
	default: return "string";
	}
}

static const char *json_format(enum field_type type)
{
	return type == FIELD_DATE ? "date" : NULL;
}

static const char *json_pattern(enum field_type type)
{
	if (type == FIELD_MOMENT)
		return "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$";
	return type == FIELD_TENTHS ? "^\\d+(\\.\\d)?$" : NULL;
}

static void bounds(struct json *j, const struct field *f)
{
	if (f->type == FIELD_INT && f->max > f->min) {
		json_put_int(j, "minimum", f->min);
		json_put_int(j, "maximum", f->max);
	}
	if (f->type == FIELD_TEXT && f->max > 0)
		json_put_int(j, "maxLength", f->max);
	if (f->type != FIELD_WORD)
		return;
	json_key(j, "enum");
	json_array(j);
	for (int i = 0; f->words[i]; i++)
		json_str(j, f->words[i]);
	json_array_end(j);
}

static void property(struct json *j, const struct field *f)
{
	json_key(j, f->name);
	json_object(j);
	if (f->flags & REQUIRED || f->type == FIELD_BOOL || f->type == FIELD_WORD) {
		json_put_str(j, "type", json_type(f->type));
	} else {
		json_key(j, "type");
		json_array(j);
		json_str(j, json_type(f->type));
		json_str(j, "null");
		json_array_end(j);
	}
	if (f->label)
		json_put_str(j, "description", f->label);
	if (json_format(f->type))
		json_put_str(j, "format", json_format(f->type));
	if (json_pattern(f->type))
		json_put_str(j, "pattern", json_pattern(f->type));
	bounds(j, f);
	json_object_end(j);
}

static void schema(struct json *j, const struct record *r)
{
	json_object(j);
	json_put_str(j, "type", "object");
	json_key(j, "properties");
	json_object(j);
	for (const struct field *f = r->fields; f->name; f++)
		if (!(f->flags & INTERNAL))
			property(j, f);
	json_object_end(j);
	json_key(j, "required");
	json_array(j);
	for (const struct field *f = r->fields; f->name; f++)
		if (f->flags & REQUIRED && !(f->flags & INTERNAL))
			json_str(j, f->name);
	json_array_end(j);
	json_object_end(j);
}

/* All records that rows name, each once. */
static void schemas(struct json *j, const struct route *const *rows)
{
	const struct record *seen[256];
	size_t n = 0;

	for (; *rows; rows++) {
		const struct record *both[2] = { (*rows)->form, (*rows)->answer };

		for (int i = 0; i < 2; i++) {
			bool known = !both[i] || n == sizeof seen / sizeof *seen;

			for (size_t k = 0; k < n && !known; k++)
				known = strcmp(seen[k]->name, both[i]->name) == 0;
			if (known)
				continue;
			seen[n++] = both[i];
			json_key(j, both[i]->name);
			schema(j, both[i]);
		}
	}
}

/* ---- one operation ---- */

static void reference(struct json *j, const char *kind, const char *name)
{
	char text[160];

	snprintf(text, sizeof text, "#/components/%s/%s", kind, name);
	json_object(j);
	json_put_str(j, "$ref", text);
	json_object_end(j);
}

static void parameter(struct json *j, const char *name, size_t n, const char *where, const char *summary)
{
	char text[64];

	snprintf(text, sizeof text, "%.*s", (int)n, name);
	json_object(j);
	json_put_str(j, "name", text);
	json_put_str(j, "in", where);
	json_put_bool(j, "required", where[0] == 'p');
	if (summary)
		json_put_str(j, "description", summary);
	json_key(j, "schema");
	json_object(j);
	json_put_str(j, "type", "string");
	json_object_end(j);
	json_object_end(j);
}

static void parameters(struct json *j, const struct route *route)
{
	json_key(j, "parameters");
	json_array(j);
	for (const char *s = strchr(route->path, ':'); s; s = strchr(s + 1, ':'))
		parameter(j, s + 1, strcspn(s + 1, "/"), "path", NULL);
	for (const struct query_param *q = route->query; q && q->name; q++)
		parameter(j, q->name, strlen(q->name), "query", q->summary);
	json_array_end(j);
}

static void content(struct json *j, const char *type, const struct record *r)
{
	json_key(j, type);
	json_object(j);
	if (r) {
		json_key(j, "schema");
		reference(j, "schemas", r->name);
	}
	json_object_end(j);
}

static void body(struct json *j, const struct route *route)
{
	if (route->method == GET || (!route->form && !(route->flags & ROUTE_UPLOAD)))
		return;
	json_key(j, "requestBody");
	json_object(j);
	json_key(j, "content");
	json_object(j);
	if (route->flags & ROUTE_UPLOAD) {
		content(j, "multipart/form-data", route->form);
	} else {
		content(j, "application/json", route->form);
		content(j, "application/x-www-form-urlencoded", route->form);
	}
	json_object_end(j);
	json_object_end(j);
}

static void answers(struct json *j, const struct route *route)
{
	json_key(j, "responses");
	json_object(j);
	json_key(j, "200");
	json_object(j);
	json_put_str(j, "description", route->summary ? route->summary : "");
	json_key(j, "content");
	json_object(j);
	content(j, "application/json", route->answer);
	content(j, "text/html", NULL);
	json_object_end(j);
	json_object_end(j);
	json_key(j, "default");
	reference(j, "responses", "problem");
	json_object_end(j);
}

/* get_units_unit_meetings: one name each, made of what makes the row unique. */
static void operation_id(struct json *j, const struct route *route)
{
	char text[200];
	size_t n = 0;

	for (const char *s = http_method_name(route->method); *s && n + 1 < sizeof text; s++)
		text[n++] = (char)tolower((unsigned char)*s);
	for (const char *s = route->path; *s && n + 1 < sizeof text; s++)
		if (*s != ':')
			text[n++] = isalnum((unsigned char)*s) ? *s : '_';
	text[n] = '\0';
	json_put_str(j, "operationId", text);
}

static void operation(struct json *j, const struct route *route)
{
	char method[16];
	size_t n = 0;

	for (const char *s = http_method_name(route->method); *s; s++)
		method[n++] = (char)tolower((unsigned char)*s);
	method[n] = '\0';
	json_key(j, method);
	json_object(j);
	operation_id(j, route);
	json_put_str(j, "summary", route->summary ? route->summary : route->path);
	json_put_str(j, "x-right", right_name(route->may));
	parameters(j, route);
	body(j, route);
	answers(j, route);
	if (route->may == MAY_PUBLIC) {
		json_key(j, "security");
		json_array(j);
		json_array_end(j);
	}
	json_object_end(j);
}

/* ---- paths: rows with the same path stand together ---- */

static void path_key(struct json *j, const char *path)
{
	char text[256];
	size_t n = 0;

	for (const char *s = path; *s && n + 3 < sizeof text;) {
		if (*s != ':') {
			text[n++] = *s++;
			continue;
		}
		text[n++] = '{';
		for (s++; *s && *s != '/' && n + 2 < sizeof text;)
			text[n++] = *s++;
		text[n++] = '}';
	}
	text[n] = '\0';
	json_key(j, text);
}

static bool seen_before(const struct route *const *rows, const struct route *const *at)
{
	for (; rows < at; rows++)
		if (strcmp((*rows)->path, (*at)->path) == 0)
			return true;
	return false;
}

static void paths(struct json *j, const struct route *const *rows)
{
	for (const struct route *const *at = rows; *at; at++) {
		if (seen_before(rows, at) || (*at)->flags & ROUTE_STATIC)
			continue;
		path_key(j, (*at)->path);
		json_object(j);
		for (const struct route *const *same = at; *same; same++)
			if (strcmp((*same)->path, (*at)->path) == 0)
				operation(j, *same);
		json_object_end(j);
	}
}

static void components(struct json *j, const struct http *h)
{
	json_key(j, "schemas");
	json_object(j);
	schemas(j, h->rows);
	json_object_end(j);
	json_key(j, "responses");
	json_object(j);
	json_key(j, "problem");
	json_object(j);
	json_put_str(j, "description", "What is wrong, where, and how to put it right (RFC 9457)");
	json_key(j, "content");
	json_object(j);
	content(j, "application/problem+json", NULL);
	json_object_end(j);
	json_object_end(j);
	json_object_end(j);
	json_key(j, "securitySchemes");
	json_object(j);
	json_key(j, "session");
	json_object(j);
	json_put_str(j, "type", "apiKey");
	json_put_str(j, "in", "cookie");
	json_put_str(j, "name", SESSION_COOKIE);
	json_object_end(j);
	json_object_end(j);
}

void openapi_write(struct out *o, const struct http *h)
{
	struct json j;

	json_begin(&j, o);
	json_object(&j);
	json_put_str(&j, "openapi", "3.1.0");
	json_key(&j, "info");
	json_object(&j);
	json_put_str(&j, "title", h->config.title ? h->config.title : "chibo");
	json_put_str(&j, "version", h->config.version ? h->config.version : "0");
	json_object_end(&j);
	json_key(&j, "security");
	json_array(&j);
	json_object(&j);
	json_key(&j, "session");
	json_array(&j);
	json_array_end(&j);
	json_object_end(&j);
	json_array_end(&j);
	json_key(&j, "paths");
	json_object(&j);
	paths(&j, h->rows);
	json_object_end(&j);
	json_key(&j, "components");
	json_object(&j);
	components(&j, h);
	json_object_end(&j);
	json_object_end(&j);
}
