/* version.h — the version of the program: the project's own number, given by the build. */
#ifndef CHIBO_APP_VERSION_H
#define CHIBO_APP_VERSION_H

#ifndef CHIBO_VERSION
#define CHIBO_VERSION "0"
#endif

#endif
