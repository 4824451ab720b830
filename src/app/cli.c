/* cli.c — words of the command line and help. The tables are the only source: nothing about a command is said twice. */
#include "app/cli.h"

#include <stdlib.h>
#include <string.h>

#include "app/version.h"

static const struct option global_options[] = {
	{ "--db", "PATH", N_("the database: a file or postgres://…; otherwise $CHIBO_DB, otherwise ./chibo.db") },
	{ "--rules", "DIR", N_("folder with the rule files; otherwise $CHIBO_RULES, ./rules or those built in") },
	{ "--lang", "vi|en", N_("language of messages; otherwise $CHIBO_LANG, otherwise Vietnamese") },
	{ "--json", NULL, N_("data as JSON, on every command that prints data") },
	{ "--help", NULL, N_("this text, or that of a command") },
	{ "--version", NULL, N_("the version of the program") },
	{ NULL },
};

static const char *first_of(const char *a, const char *b, const char *otherwise)
{
	return a && *a ? a : b && *b ? b : otherwise;
}

fail cli_globals(struct call *c, struct args *args, struct globals *out)
{
	const char *lang = first_of(args_option(args, "--lang"), getenv("CHIBO_LANG"), "vi");

	out->db = first_of(args_option(args, "--db"), getenv("CHIBO_DB"), "chibo.db");
	out->rules = args_option(args, "--rules");
	out->help = args_flag(args, "--help");
	if (args_flag(args, "-h"))
		out->help = true;
	out->version = args_flag(args, "--version");
	if (!lang_parse(lang, &c->lang))
		return problem(c, FAIL_INPUT, "--lang", "the language “%s” is not known; write vi or en", lang);
	return FAIL_OK;
}

/* How many words of `args` the name takes up; 0: it is another command. */
static int words_matched(const char *name, const struct args *args)
{
	int i = 0;

	for (;; i++) {
		size_t n = strcspn(name, " ");

		if (i >= args->n || strlen(args->v[i]) != n || strncmp(args->v[i], name, n) != 0)
			return 0;
		if (!name[n])
			return i + 1;
		name += n + 1;
	}
}

const struct command *cli_choose(const struct command *const *tables, struct args *args)
{
	const struct command *best = NULL;
	int taken = 0;

	for (; *tables; tables++) {
		for (const struct command *cmd = *tables; cmd->name; cmd++) {
			int n = words_matched(cmd->name, args);

			if (n > taken) {
				best = cmd;
				taken = n;
			}
		}
	}
	if (best) {
		args->v += taken;
		args->n -= taken;
	}
	return best;
}

/* ---- help ---- */

static void print_options(struct call *c, const struct option *o)
{
	for (; o && o->name; o++) {
		char left[64];

		snprintf(left, sizeof left, "%s %s", o->name, o->value ? o->value : "");
		fprintf(c->out, "  %-24s %s\n", left, tr(c->lang, o->help));
	}
}

void cli_help_command(struct call *c, const struct command *cmd)
{
	fprintf(c->out, "chibo %s %s\n\n%s\n", cmd->name, cmd->usage ? cmd->usage : "", tr(c->lang, cmd->summary));
	if (cmd->options && cmd->options->name) {
		fprintf(c->out, "\n%s\n", tr(c->lang, "Options:"));
		print_options(c, cmd->options);
	}
	fprintf(c->out, "\n%s\n", tr(c->lang, "Options of every command:"));
	print_options(c, global_options);
}

/* Does the command's name begin with the given words? */
static bool begins_with(const char *name, const struct args *args)
{
	for (int i = 0; i < args->n; i++) {
		size_t n = strlen(args->v[i]);

		if (strncmp(name, args->v[i], n) != 0 || (name[n] && name[n] != ' '))
			return false;
		name += n + (name[n] == ' ');
	}
	return true;
}

static int print_commands(struct call *c, const struct command *const *tables, const struct args *args)
{
	int n = 0;

	for (; *tables; tables++)
		for (const struct command *cmd = *tables; cmd->name; cmd++)
			if (begins_with(cmd->name, args)) {
				fprintf(c->out, "  %-18s %s\n", cmd->name, tr(c->lang, cmd->summary));
				n++;
			}
	return n;
}

fail cli_help(struct call *c, const struct command *const *tables, struct args *args)
{
	if (!args->n) {
		fprintf(c->out, "chibo %s — %s\n\n", CHIBO_VERSION, tr(c->lang, "records and evaluation of cells"));
		fprintf(c->out, "%s\n\n", tr(c->lang, "Use: chibo COMMAND [OPTIONS]; chibo COMMAND --help says more."));
	}
	if (!print_commands(c, tables, args))
		return cli_unknown(c, tables, args);
	fprintf(c->out, "\n%s\n", tr(c->lang, "Options of every command:"));
	print_options(c, global_options);
	return FAIL_OK;
}

fail cli_unknown(struct call *c, const struct command *const *tables, struct args *args)
{
	char names[400] = "";

	if (!args->n)
		return problem(c, FAIL_INPUT, "", "no command was given; chibo --help lists them all");
	for (; *tables; tables++)
		for (const struct command *cmd = *tables; cmd->name; cmd++) {
			size_t used = strlen(names);

			if (strncmp(cmd->name, args->v[0], strcspn(cmd->name, " ")) == 0 ||
			    (strlen(args->v[0]) >= 3 && strncmp(cmd->name, args->v[0], 3) == 0))
				snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "", cmd->name);
		}
	if (*names)
		return problem(c, FAIL_INPUT, "", "there is no command “%s”; did you mean: %s?", args->v[0], names);
	return problem(c, FAIL_INPUT, "", "there is no command “%s”; chibo --help lists them all", args->v[0]);
}

void cli_tell(struct call *c, fail f)
{
	static const char *const words[] = {
		[FAIL_OK] = "",
		[FAIL_INPUT] = N_("what was given cannot be used"),
		[FAIL_NOT_FOUND] = N_("there is no such thing"),
		[FAIL_DENIED] = N_("this is not yours to do"),
		[FAIL_CONFLICT] = N_("somebody else changed it first; look again and repeat"),
		[FAIL_BUSY] = N_("the system is busy; try again in a moment"),
		[FAIL_BROKEN] = N_("the program has failed; nothing was changed"),
	};

	if (f == FAIL_OK)
		return;
	fprintf(c->err, "%s\n", *c->problem.text ? c->problem.text : tr(c->lang, words[f]));
}
