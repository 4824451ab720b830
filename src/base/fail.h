/* fail.h — the short list of ways an operation can end.
 *
 * One list serves both front ends: the HTTP status and the process exit code stand in the same row (design, section 4).
 * The words that explain a failure are kept in the call (call.h), written once by the code that knows. */
#ifndef CHIBO_BASE_FAIL_H
#define CHIBO_BASE_FAIL_H

#define FAIL_LIST(X)                                                                                                   \
	/*        name    HTTP exit */                                                                                     \
	X(OK, 200, 0)                                                                                                      \
	X(INPUT, 422, 2)     /* the person can put it right: name the field */                                             \
	X(NOT_FOUND, 404, 3) /* no such thing, or not for this person to know of */                                        \
	X(DENIED, 403, 4)    /* known person, but not this person's to do */                                               \
	X(CONFLICT, 409, 5)  /* somebody changed it first */                                                               \
	X(BUSY, 503, 75)     /* try again later */                                                                         \
	X(BROKEN, 500, 70)   /* our fault: log everything, show little */

enum fail_code {
#define X(name, http, exit) FAIL_##name,
	FAIL_LIST(X)
#undef X
};

typedef enum fail_code fail;

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* Leaves the calling function with the failure of `expression`, untouched. */
#define TRY(expression)                                                                                                \
	do {                                                                                                               \
		fail try_fail_ = (expression);                                                                                 \
		if (try_fail_ != FAIL_OK)                                                                                      \
			return try_fail_;                                                                                          \
	} while (0)

/* The HTTP status, process exit code and lower-case name ("not_found") of a failure. */
int fail_http(fail f);
int fail_exit(fail f);
const char *fail_name(fail f);

#endif
