/* mail.c — letters through libcurl. */
#include "notice/mail.h"

#include <curl/curl.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

enum { CONNECT_S = 15, WHOLE_S = 60, WORD_BYTES = 42 /* 56 of base64: with its frame under 75 */ };

bool mail_is_address(const char *s)
{
	const char *at = strchr(s, '@');

	if (!at || at == s || !at[1] || strchr(at + 1, '@') || strlen(s) > 254)
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || (unsigned char)*s == 127 || strchr("<>()[]\\,;:\"", *s))
			return false;
	return true;
}

/* ---------------------------------------------------------------- headers */

static bool is_plain(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || (unsigned char)*s >= 127)
			return false;
	return true;
}

/* How many of the first bytes make whole characters, WORD_BYTES at most. */
static size_t whole_characters(const char *s, size_t n)
{
	size_t cut = n < WORD_BYTES ? n : WORD_BYTES;

	while (cut && cut < n && ((unsigned char)s[cut] & 0xC0) == 0x80)
		cut--;
	return cut;
}

const char *mail_header_text(struct arena *a, const char *s)
{
	struct out o;
	size_t n = strlen(s);

	if (is_plain(s))
		return s;
	out_memory(&o, a);
	for (size_t cut; n; s += cut, n -= cut) {
		char word[WORD_BYTES * 2];

		cut = whole_characters(s, n);
		sodium_bin2base64(word, sizeof word, (const unsigned char *)s, cut, sodium_base64_VARIANT_ORIGINAL);
		out_printf(&o, "%s=?UTF-8?B?%s?=", o.size ? "\r\n " : "", word);
	}
	return out_text(&o);
}

static const char *date_text(struct arena *a, int64_t ms)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t seconds = (time_t)(ms / 1000);
	struct tm t;

	gmtime_r(&seconds, &t);
	return arena_printf(a, "%s, %02d %s %d %02d:%02d:%02d +0000", days[t.tm_wday], t.tm_mday, months[t.tm_mon], t.tm_year + 1900, t.tm_hour,
	                    t.tm_min, t.tm_sec);
}

static const char *mailbox(struct arena *a, const char *name, const char *address)
{
	return *name ? arena_printf(a, "%s <%s>", is_plain(name) ? arena_printf(a, "\"%s\"", name) : mail_header_text(a, name), address) : address;
}

static struct curl_slist *headers_of(struct call *c, const struct mail_server *server, const struct letter *l)
{
	struct arena *a = c->arena;
	const char *host = strchr(server->from, '@');
	struct curl_slist *h = NULL;

	h = curl_slist_append(h, arena_printf(a, "From: %s", mailbox(a, server->from_name, server->from)));
	h = curl_slist_append(h, arena_printf(a, "To: %s", mailbox(a, l->to_name, l->to)));
	h = curl_slist_append(h, arena_printf(a, "Subject: %s", mail_header_text(a, l->subject)));
	h = curl_slist_append(h, arena_printf(a, "Date: %s", date_text(a, l->date_ms)));
	h = curl_slist_append(h, arena_printf(a, "Message-ID: <%s%s>", l->id, host ? host : "@chibo"));
	return curl_slist_append(h, "Auto-Submitted: auto-generated");
}

/* ---------------------------------------------------------------- body */

static bool add_part(curl_mime *to, const char *text, const char *type, const char *encoder)
{
	curl_mimepart *part = curl_mime_addpart(to);

	return part && curl_mime_data(part, text, CURL_ZERO_TERMINATED) == CURLE_OK && curl_mime_type(part, type) == CURLE_OK &&
	       curl_mime_encoder(part, encoder) == CURLE_OK;
}

static bool add_attachment(curl_mime *to, const struct letter *l)
{
	curl_mimepart *part = curl_mime_addpart(to);

	return part && curl_mime_data(part, l->calendar, CURL_ZERO_TERMINATED) == CURLE_OK &&
	       curl_mime_type(part, "application/ics; name=\"invite.ics\"") == CURLE_OK && curl_mime_filename(part, "invite.ics") == CURLE_OK &&
	       curl_mime_encoder(part, "base64") == CURLE_OK;
}

/* mixed [ alternative [ text, calendar ], file ]; without a calendar the text alone. */
static bool add_body(struct call *c, CURL *curl, curl_mime *mixed, const struct letter *l)
{
	static const char plain[] = "text/plain; charset=utf-8";
	const char *type = arena_printf(c->arena, "text/calendar; charset=utf-8; method=%s", l->method);

	if (!*l->calendar)
		return add_part(mixed, l->body, plain, "base64");
	curl_mime *either = curl_mime_init(curl);
	curl_mimepart *part = curl_mime_addpart(mixed);

	if (!either || !part || curl_mime_subparts(part, either) != CURLE_OK) {
		curl_mime_free(either);
		return false;
	}
	return curl_mime_type(part, "multipart/alternative") == CURLE_OK && add_part(either, l->body, plain, "base64") &&
	       add_part(either, l->calendar, type, "base64") && add_attachment(mixed, l);
}

/* ---------------------------------------------------------------- sending */

static int stop_wanted(void *arg, curl_off_t a, curl_off_t b, curl_off_t d, curl_off_t e)
{
	(void)a, (void)b, (void)d, (void)e;
	return atomic_load((atomic_bool *)arg);
}

static void set_server(CURL *curl, const struct mail_server *server)
{
	curl_easy_setopt(curl, CURLOPT_URL, server->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, server->from);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(*server->user ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (server->stop) {
		curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_wanted);
		curl_easy_setopt(curl, CURLOPT_XFERINFODATA, server->stop);
		curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	}
	if (*server->user) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
	}
}

static fail say_failure(struct call *c, CURL *curl, CURLcode code, const char *words)
{
	long answer = 0;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
	if (answer >= 500)
		return problem(c, FAIL_INPUT, "address", "the mail server refuses this letter (%ld)", answer);
	return problem(c, FAIL_BUSY, "", "the letter could not be handed over: %s", *words ? words : curl_easy_strerror(code));
}

static void start_curl(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct sending {
	CURL *curl;
	curl_mime *mime;
	struct curl_slist *headers, *to;
};

static void sending_end(struct sending *s)
{
	curl_slist_free_all(s->to);
	curl_slist_free_all(s->headers);
	curl_mime_free(s->mime);
	curl_easy_cleanup(s->curl);
}

static fail send_with(struct call *c, struct sending *s, const struct mail_server *server, const struct letter *l)
{
	char words[CURL_ERROR_SIZE] = "";
	CURLcode code;

	s->mime = curl_mime_init(s->curl);
	s->headers = headers_of(c, server, l);
	s->to = curl_slist_append(NULL, l->to);
	if (!s->mime || !s->headers || !s->to || !add_body(c, s->curl, s->mime, l))
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	set_server(s->curl, server);
	curl_easy_setopt(s->curl, CURLOPT_ERRORBUFFER, words);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, s->to);
	curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, s->headers);
	curl_easy_setopt(s->curl, CURLOPT_MIMEPOST, s->mime);
	code = curl_easy_perform(s->curl);
	return code == CURLE_OK ? FAIL_OK : say_failure(c, s->curl, code, words);
}

fail mail_send(struct call *c, const struct mail_server *server, const struct letter *l)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct sending s = { 0 };
	fail f;

	if (!mail_is_address(l->to))
		return problem(c, FAIL_INPUT, "address", "“%s” is not a mail address", l->to);
	pthread_once(&once, start_curl);
	s.curl = curl_easy_init();
	if (!s.curl)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	f = send_with(c, &s, server, l);
	sending_end(&s);
	return f;
}
