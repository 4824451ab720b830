/* wasm_libc.c — the few parts of the C library that would bring a console and floating point with them.
 *
 * With these the module imports nothing and is a third of the size. The formats are those that the pure part of base uses:
 * %s, %c, %d, %u, %lld with width and leading zeros, %%; any other is a mistake and traps. Not part of the program. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void abort(void)
{
	__builtin_trap();
}

#undef stderr
FILE *const stderr = NULL;

int fputs(const char *restrict s, FILE *restrict f)
{
	(void)s;
	(void)f;
	return 0;
}

/* Debian's compiler-rt for wasm32 was built with stack guards, its C library without them. */
extern uintptr_t __stack_chk_guard;
uintptr_t __stack_chk_guard = 0x5afe57ac;
_Noreturn void __stack_chk_fail(void);
void __stack_chk_fail(void)
{
	__builtin_trap();
}

struct sink {
	char *out;
	size_t room, n;
};

static void put(struct sink *s, char ch)
{
	if (s->n + 1 < s->room)
		s->out[s->n] = ch;
	s->n++;
}

static void put_number(struct sink *s, long long number, int width, bool zeros)
{
	unsigned long long rest = number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
	char digits[24];
	int n = 0;

	do {
		digits[n++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (number < 0 && zeros)
		put(s, '-');
	for (int i = n + (number < 0); i < width; i++)
		put(s, zeros ? '0' : ' ');
	if (number < 0 && !zeros)
		put(s, '-');
	while (n)
		put(s, digits[--n]);
}

static const char *put_format(struct sink *s, const char *at, va_list *args)
{
	bool zeros = *at == '0', wide = false;
	int width = 0;

	for (; *at >= '0' && *at <= '9'; at++)
		width = width * 10 + (*at - '0');
	if (at[0] == 'l' && at[1] == 'l') {
		wide = true;
		at += 2;
	}
	if (*at == 'd') {
		put_number(s, wide ? va_arg(*args, long long) : va_arg(*args, int), width, zeros);
	} else if (*at == 'u' && !wide) {
		put_number(s, va_arg(*args, unsigned), width, zeros);
	} else if (*at == 's') {
		for (const char *text = va_arg(*args, const char *); *text; text++)
			put(s, *text);
	} else if (*at == 'c') {
		put(s, (char)va_arg(*args, int));
	} else if (*at == '%') {
		put(s, '%');
	} else {
		abort();
	}
	return at + 1;
}

int vsnprintf(char *restrict out, size_t room, const char *restrict format, va_list args)
{
	struct sink s = { out, room, 0 };
	va_list copy;

	va_copy(copy, args);
	while (*format) {
		if (*format == '%')
			format = put_format(&s, format + 1, &copy);
		else
			put(&s, *format++);
	}
	va_end(copy);
	if (room)
		out[s.n < room ? s.n : room - 1] = '\0';
	return (int)s.n;
}

int snprintf(char *restrict out, size_t room, const char *restrict format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(out, room, format, args);
	va_end(args);
	return n;
}
