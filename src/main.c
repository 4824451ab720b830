/* main.c — hands over to the one place that chooses a command (app/run.h). */
#include "app/run.h"

int main(int argc, char **argv)
{
	return run_main(argc, argv);
}
