/* embed_rules — puts the rule files into the program, for places where no folder of rules is found.
 *
 *	embed_rules out.c FILE …
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *open_or_die(const char *path, const char *mode)
{
	FILE *f = fopen(path, mode);

	if (!f) {
		perror(path);
		exit(1);
	}
	return f;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static long put_bytes(FILE *out, const char *path, int index)
{
	FILE *in = open_or_die(path, "rb");
	long n = 0;
	int ch;

	fprintf(out, "static const unsigned char file_%d[] = {", index);
	while ((ch = getc(in)) != EOF)
		fprintf(out, "%s%d,", n++ % 24 ? "" : "\n\t", ch);
	fprintf(out, "0\n};\n");
	fclose(in);
	return n;
}

int main(int argc, char **argv)
{
	long sizes[100];
	FILE *out;

	if (argc < 3 || argc > 102) {
		fputs("embed_rules out.c FILE …, at most 100\n", stderr);
		return 1;
	}
	out = open_or_die(argv[1], "wb");
	fprintf(out, "/* Made by gen/embed_rules.c from rules/. */\n#include \"rules/builtin.h\"\n\n");
	for (int i = 2; i < argc; i++)
		sizes[i - 2] = put_bytes(out, argv[i], i - 2);
	fprintf(out, "\nconst struct builtin_rule builtin_rules[] = {\n");
	for (int i = 2; i < argc; i++)
		fprintf(out, "\t{ \"%s\", file_%d, %ld },\n", base_name(argv[i]), i - 2, sizes[i - 2]);
	fprintf(out, "};\nconst int builtin_rule_count = %d;\n", argc - 2);
	return fclose(out) != 0;
}
