/* test_app.c — choosing commands, settings, and handing commands over to a server. */
#include "support/support.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/cli.h"
#include "app/handover.h"
#include "app/handover_wire.h"
#include "app/settings.h"
#include "app/tables.h"

/* ---- words ---- */

static fail nothing(struct call *c, struct args *args)
{
	(void)c, (void)args;
	return FAIL_OK;
}

static const struct command some[] = {
	{ "units", "", "", 0, nothing, NULL },
	{ "units list", "", "", 0, nothing, NULL },
	{ "units list all", "", "", 0, nothing, NULL },
	{ "user", "", "", 0, nothing, NULL },
	{ NULL },
};
static const struct command *const some_tables[] = { some, NULL };

static const char *chosen(const char **words, int n, int *left)
{
	struct args args = { n, words };
	const struct command *cmd = cli_choose(some_tables, &args);

	*left = args.n;
	return cmd ? cmd->name : "";
}

static void the_longest_name_wins(void **state)
{
	int left;

	(void)state;
	assert_string_equal(chosen((const char *[]){ "units", "list", "x" }, 3, &left), "units list");
	assert_int_equal(left, 1);
	assert_string_equal(chosen((const char *[]){ "units", "list", "all" }, 3, &left), "units list all");
	assert_int_equal(left, 0);
	assert_string_equal(chosen((const char *[]){ "units", "lists" }, 2, &left), "units");
	assert_string_equal(chosen((const char *[]){ "unit" }, 1, &left), "");
	assert_int_equal(left, 1);
	assert_string_equal(chosen(NULL, 0, &left), "");
}

static void every_command_says_what_it_is(void **state)
{
	const char *seen[512];
	size_t n = 0;

	(void)state;
	for (const struct command *const *t = app_commands; *t; t++)
		for (const struct command *cmd = *t; cmd->name; cmd++) {
			assert_non_null(cmd->run);
			assert_true(cmd->summary && *cmd->summary);
			assert_string_not_equal(tr(LANG_VI, cmd->summary), "");
			for (size_t i = 0; i < n; i++)
				assert_string_not_equal(seen[i], cmd->name);
			seen[n++] = cmd->name;
			for (const struct option *o = cmd->options; o && o->name; o++)
				assert_true(strncmp(o->name, "--", 2) == 0 && o->help && *o->help);
		}
	assert_true(n > 10);
}

static void an_unknown_language_is_refused(void **state)
{
	const char *words[] = { "init", "--lang", "fr" };
	struct args args = { 3, words };
	struct globals g;
	struct call c;

	(void)state;
	test_call(&c);
	assert_fails(&c, FAIL_INPUT, cli_globals(&c, &args, &g));
	call_end(&c);
}

/* ---- settings ---- */

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static fail read_settings(struct call *c, const char *file, const char *option, struct settings *out)
{
	const char *words[] = { "--config", file, option };
	struct args args = { option ? 3 : 2, words };

	return settings_read(c, &args, out);
}

static void option_before_variable_before_file_before_default(void **state)
{
	struct settings set = { 0 };
	struct call c;
	const char *file;

	(void)state;
	test_call(&c);
	file = arena_printf(c.arena, "%s/chibo.conf", test_dir());
	write_file(file, "# a comment\n\n  workers = 7  \nqueue=9\nname = Xã Minh Xá\nlisten = 127.0.0.1:1\n");
	setenv("CHIBO_QUEUE", "11", 1);
	setenv("CHIBO_LISTEN", "127.0.0.1:2", 1);
	assert_ok(&c, read_settings(&c, file, "--listen=127.0.0.1:3", &set));
	unsetenv("CHIBO_QUEUE");
	unsetenv("CHIBO_LISTEN");
	assert_string_equal(set.listen, "127.0.0.1:3");
	assert_int_equal(set.queue, 11);
	assert_int_equal(set.workers, 7);
	assert_string_equal(set.name, "Xã Minh Xá");
	assert_int_equal(set.session_days, 14);
	assert_string_equal(accent_words[set.accent], "lacquer");
	call_end(&c);
}

static void mistakes_in_settings_say_where(void **state)
{
	static const struct { const char *text, *named; } cases[] = {
		{ "workers = many\n", "chibo.conf:1: " },
		{ "\nworkers = 0\n", "chibo.conf:2: " },
		{ "wrokers = 3\n", "line 1: there is no setting “wrokers”" },
		{ "workers\n", "line 1: “workers” is not a setting" },
		{ "accent = pink\n", "chibo.conf:1: " },
	};
	struct settings set = { 0 };
	struct call c;

	(void)state;
	test_call(&c);
	const char *file = arena_printf(c.arena, "%s/chibo.conf", test_dir());

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		write_file(file, cases[i].text);
		assert_fails(&c, FAIL_INPUT, read_settings(&c, file, NULL, &set));
		if (!strstr(test_problem.text, cases[i].named))
			fail_msg("“%s” does not say “%s”", test_problem.text, cases[i].named);
	}
	unlink(file);
	assert_fails(&c, FAIL_NOT_FOUND, read_settings(&c, file, NULL, &set));
	assert_fails(&c, FAIL_INPUT, read_settings(&c, "/dev/null", "--workers=x", &set));
	assert_non_null(strstr(test_problem.text, "--workers: "));
	call_end(&c);
}

static void the_sample_file_is_the_one_in_docs(void **state)
{
	struct call c;
	struct out o;
	char stored[16384] = "";
	FILE *f = fopen("docs/chibo.conf.sample", "r");

	(void)state;
	test_call(&c);
	out_memory(&o, c.arena);
	settings_sample(&c, &o);
	assert_non_null(f);
	stored[fread(stored, 1, sizeof stored - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(out_text(&o), stored); /* build/chibo settings --sample --lang en >docs/chibo.conf.sample */
	call_end(&c);
}

/* ---- handing over ---- */

static int gate[2]; /* a command waits until a byte arrives here */
static char last_seen[256];
static pthread_mutex_t seen_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t seen_news = PTHREAD_COND_INITIALIZER;

static void note(const char *text)
{
	pthread_mutex_lock(&seen_lock);
	snprintf(last_seen, sizeof last_seen, "%s", text);
	pthread_cond_broadcast(&seen_news);
	pthread_mutex_unlock(&seen_lock);
}

static void wait_for(const char *text)
{
	pthread_mutex_lock(&seen_lock);
	while (strcmp(last_seen, text) != 0)
		pthread_cond_wait(&seen_news, &seen_lock);
	pthread_mutex_unlock(&seen_lock);
}

static fail echo(struct call *c, struct args *words)
{
	char line[64] = "", day[DATE_TEXT], here[64] = "";
	FILE *f;

	(void)words;
	if (fgets(line, sizeof line, c->in))
		line[strcspn(line, "\n")] = '\0';
	date_format(c->today, day);
	if (call_open(c, "here.txt", "r", &f) == FAIL_OK) {
		if (fgets(here, sizeof here, f))
			here[strcspn(here, "\n")] = '\0';
		fclose(f);
	}
	fprintf(c->out, "%s %s %s %s\n", line, lang_code(c->lang), day, here);
	fprintf(c->err, "to messages\n");
	return FAIL_OK;
}

static fail run_word(struct call *c, struct args *words, const char *rules, void *arg)
{
	const char *word = args_next(words);
	char byte;

	(void)arg;
	if (strcmp(word, "echo") == 0)
		return echo(c, words);
	if (strcmp(word, "refuse") == 0)
		return problem(c, FAIL_CONFLICT, "", "somebody else changed it first; look again and repeat");
	if (strcmp(word, "rules") == 0)
		fprintf(c->out, "%s", rules ? rules : "none");
	if (strcmp(word, "wait") == 0) {
		note("waiting");
		(void)!read(gate[0], &byte, 1);
		for (int i = 0; i < 100000; i++)
			fprintf(c->out, "a line that nobody reads\n");
		note("finished");
	}
	if (strcmp(word, "hungry") == 0)
		arena_alloc(c->arena, (size_t)3 << 30);
	return FAIL_OK;
}

static struct handover *listen_at(struct call *c, const char *db)
{
	struct handover *h;

	assert_ok(c, handover_listen(c, db, run_word, NULL, &h));
	return h;
}

static const char *a_database(struct call *c)
{
	static int number;
	const char *path = arena_printf(c->arena, "%s/handover-%d.db", test_dir(), ++number);

	write_file(path, "");
	return path;
}

/* A client whose streams are files of the test. */
static fail ask(struct call *c, const char *db, const char *rules, const char *word, const char *input, char output[256], char messages[256])
{
	struct call client;
	const char *words[] = { word };
	struct args args = { 1, words };
	fail result = FAIL_BROKEN, f;

	test_call_like(&client, c);
	client.lang = c->lang;
	client.today = c->today;
	client.in = fmemopen(NULL, 16, "w+"); /* has no descriptor: stands for a closed one */
	if (input) {
		fclose(client.in);
		client.in = tmpfile();
		fputs(input, client.in);
		rewind(client.in);
	}
	client.out = tmpfile();
	client.err = tmpfile();
	f = handover_ask(&client, db, rules, &args, &result);
	for (int i = 0; i < 2; i++) {
		FILE *file = i ? client.err : client.out;
		char *text = i ? messages : output;

		rewind(file);
		text[fread(text, 1, 255, file)] = '\0';
		fclose(file);
	}
	fclose(client.in);
	c->problem = client.problem;
	if (client.problem.code != FAIL_OK)
		c->problem.text = arena_strdup(c->arena, client.problem.text);
	call_end(&client);
	return f == FAIL_OK ? result : f;
}

static void a_command_runs_with_the_clients_streams(void **state)
{
	char output[256], messages[256], here[512];
	struct call c;
	int home = open(".", O_RDONLY | O_DIRECTORY);

	(void)state;
	test_call(&c);
	const char *db = a_database(&c);
	struct handover *h = listen_at(&c, db);
	struct stat st;

	assert_int_equal(stat(arena_printf(c.arena, "%s.sock", db), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	snprintf(here, sizeof here, "%s/here.txt", test_dir());
	write_file(here, "found\n");
	assert_int_equal(chdir(test_dir()), 0);
	c.lang = LANG_EN;
	c.today = date_of(2024, 2, 29);
	assert_ok(&c, ask(&c, db, NULL, "echo", "xin chào\n", output, messages));
	assert_int_equal(fchdir(home), 0);
	close(home);
	assert_string_equal(output, "xin chào en 2024-02-29 found\n");
	assert_string_equal(messages, "to messages\n");
	assert_ok(&c, ask(&c, db, "/some/rules", "rules", NULL, output, messages));
	assert_string_equal(output, "/some/rules");
	assert_true(handover_stop(h, 5000));
	assert_int_not_equal(stat(arena_printf(c.arena, "%s.sock", db), &st), 0);
	call_end(&c);
}

static void a_refusal_is_told_once_and_carried_back(void **state)
{
	char output[256], messages[256];
	struct call c;

	(void)state;
	test_call(&c);
	const char *db = a_database(&c);
	struct handover *h = listen_at(&c, db);

	assert_int_equal(ask(&c, db, NULL, "refuse", NULL, output, messages), FAIL_CONFLICT);
	assert_string_equal(output, "");
	assert_string_equal(messages, "somebody else changed it first; look again and repeat\n");
	assert_true(handover_stop(h, 5000));
	call_end(&c);
}

static void without_a_server_nobody_answers(void **state)
{
	char output[256], messages[256];
	struct call c;

	(void)state;
	test_call(&c);
	const char *db = a_database(&c);

	assert_int_equal(ask(&c, db, NULL, "echo", NULL, output, messages), FAIL_NOT_FOUND);
	assert_int_equal(ask(&c, "/nowhere/at/all.db", NULL, "echo", NULL, output, messages), FAIL_NOT_FOUND);
	write_file(arena_printf(c.arena, "%s.sock", db), ""); /* something old lies there */
	assert_int_equal(ask(&c, db, NULL, "echo", NULL, output, messages), FAIL_NOT_FOUND);
	struct handover *h = listen_at(&c, db);

	assert_ok(&c, ask(&c, db, NULL, "rules", NULL, output, messages));
	assert_true(handover_stop(h, 5000));
	call_end(&c);
}

static void a_client_that_goes_away_ends_nothing(void **state)
{
	char output[256], messages[256];
	struct call c;
	pid_t child;
	int status;

	(void)state;
	test_call(&c);
	const char *db = a_database(&c);

	assert_int_equal(pipe2(gate, O_CLOEXEC), 0);
	child = fork();
	if (child == 0) { /* the client: its output is a pipe that closes with it */
		int p[2];
		const char *words[] = { "wait" };
		struct args args = { 1, words };
		fail result;

		if (pipe(p) != 0)
			_exit(1);
		c.out = fdopen(p[1], "w");
		while (handover_ask(&c, db, NULL, &args, &result) == FAIL_NOT_FOUND)
			usleep(10000);
		_exit(0);
	}
	struct handover *h = listen_at(&c, db);

	wait_for("waiting");
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	assert_int_equal(write(gate[1], "x", 1), 1);
	wait_for("finished");
	assert_ok(&c, ask(&c, db, NULL, "echo", "still here\n", output, messages));
	assert_true(handover_stop(h, 5000));
	close(gate[0]);
	close(gate[1]);
	call_end(&c);
}

static void a_hungry_command_ends_alone(void **state)
{
	char output[256], messages[256];
	struct call c;

	(void)state;
	test_call(&c);
	const char *db = a_database(&c);
	struct handover *h = listen_at(&c, db);

	assert_int_equal(ask(&c, db, NULL, "hungry", NULL, output, messages), FAIL_BROKEN);
	assert_ok(&c, ask(&c, db, NULL, "echo", "still here\n", output, messages));
	assert_true(handover_stop(h, 5000));
	call_end(&c);
}

static void noise_on_the_socket_is_thrown_out(void **state)
{
	static const struct { const char *bytes; size_t n; } cases[] = {
		{ "", 0 }, { "x", 1 }, { "GET / HTTP/1.1\r\n\r\n", 18 }, { "CHBO\xff\xff\xff\xff\x01\x00\x00\x00", 12 },
		{ "CHBO\x04\x00\x00\x00\x06\x00\x00\x00" "abc", 16 },
	};
	char output[256], messages[256], answer;
	struct sockaddr_un address;
	struct call c;
	int dir;

	(void)state;
	test_call(&c);
	const char *db = a_database(&c);
	struct handover *h = listen_at(&c, db);

	assert_ok(&c, handover_address(&c, db, &address, &dir));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int s = socket(AF_UNIX, SOCK_STREAM, 0);

		assert_int_equal(connect(s, (struct sockaddr *)&address, sizeof address), 0);
		assert_int_equal(send(s, cases[i].bytes, cases[i].n, MSG_NOSIGNAL), cases[i].n);
		shutdown(s, SHUT_WR);
		assert_int_equal(read(s, &answer, 1) == 1, 0);
		close(s);
	}
	close(dir);
	assert_ok(&c, ask(&c, db, NULL, "echo", "still here\n", output, messages));
	assert_true(handover_stop(h, 5000));
	call_end(&c);
}

static void *ask_many(void *arg)
{
	char output[256], messages[256];
	struct call c;

	test_call(&c);
	for (int i = 0; i < 20; i++) {
		assert_ok(&c, ask(&c, arg, NULL, "echo", "many\n", output, messages));
		assert_true(strncmp(output, "many ", 5) == 0);
	}
	call_end(&c);
	return NULL;
}

static void many_clients_at_once(void **state)
{
	pthread_t threads[24];
	struct call c;

	(void)state;
	test_call(&c);
	const char *db = a_database(&c);
	struct handover *h = listen_at(&c, db);

	for (size_t i = 0; i < 24; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_many, (void *)(uintptr_t)db), 0);
	for (size_t i = 0; i < 24; i++)
		pthread_join(threads[i], NULL);
	assert_true(handover_stop(h, 5000));
	call_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_name_wins),
		cmocka_unit_test(every_command_says_what_it_is),
		cmocka_unit_test(an_unknown_language_is_refused),
		cmocka_unit_test(option_before_variable_before_file_before_default),
		cmocka_unit_test(mistakes_in_settings_say_where),
		cmocka_unit_test(the_sample_file_is_the_one_in_docs),
		cmocka_unit_test(a_command_runs_with_the_clients_streams),
		cmocka_unit_test(a_refusal_is_told_once_and_carried_back),
		cmocka_unit_test(without_a_server_nobody_answers),
		cmocka_unit_test(a_client_that_goes_away_ends_nothing),
		cmocka_unit_test(a_hungry_command_ends_alone),
		cmocka_unit_test(noise_on_the_socket_is_thrown_out),
		cmocka_unit_test(many_clients_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
