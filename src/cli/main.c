/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"
#include "describe.h"
#include "interrupt.h"

#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct command {
    const char *name;
    dlu_cli_command *run;
    const char *summary;
} command;

/* docs/man/meson.build reads the names from here: a command has its man page. */
static const command commands[] = {
    {"analyze", cli_analyze, "from plates and a map to verdicts: workbook, JSON, CSV"},
    {"read", cli_read, "the reads of reader files as one table"},
    {"inspect", cli_inspect, "what is in a file, and why it was read that way"},
    {"formats", cli_formats, "the reader formats that are known"},
    {"map", cli_map, "a plate map to fill in, or a check of one"},
    {"simulate", cli_simulate, "a made-up experiment with known truth, to try things out"},
    {"batch", cli_batch_command, "many experiments at once: a folder or a manifest of them"},
    {"merge", cli_merge, "results that were made one by one, summed up as by batch"},
    {"verify", cli_verify, "whether the files of a run are unchanged, and come out the same again"},
    {"history", cli_history, "controls over many runs: baselines, rules, charts"},
    {"diff", cli_diff, "in which wells, numbers and verdicts two results differ"},
    {"figure", cli_figure, "a figure for a paper from a result: SVG, PDF or PNG"},
    {"power", cli_power, "how many replicates find an effect, from numbers or a result"},
    {"seed", cli_seed, "the seed sites of a microRNA on wild type and mutant"},
};

#define N_COMMANDS (sizeof commands / sizeof *commands)

static void print_version(FILE *stream, struct argp_state *state)
{
    (void)state;
    fprintf(stream, "dualuc %s\n", dlu_version());
}

static int print_help(void)
{
    printf("Usage: dualuc COMMAND [options] FILE...\n\n"
           "From the export of a luminometer to a verdict on a microRNA target.\n\n"
           "Commands:\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    printf("  %-10s %s\n\n", "help", "this text, or the help of a command");
    printf("\"dualuc COMMAND --help\" lists the options of a command, \"dualuc --version\" names "
           "the version.\n\n"
           "Example:\n"
           "  dualuc analyze day1.xlsx day2.xlsx day3.xlsx --map map.xlsx -o report.xlsx\n\n"
           "Exit codes: 0 done, 1 the data or the system said no, 2 wrong usage,\n"
           "3 a batch finished, and some of its experiments failed.\n");
    return CLI_DONE;
}

static int refuse_command(const char *name)
{
    const char *names[N_COMMANDS + 1] = {"help"};
    char hint[200];
    dlu_error err;
    for (size_t i = 0; i < N_COMMANDS; i++)
        names[i + 1] = commands[i].name;
    const char *near = cli_nearest(name, names, N_COMMANDS + 1);
    snprintf(hint, sizeof hint, "%s%s%s\"dualuc help\" lists the commands",
             near ? "did you mean " : "", near ? near : "", near ? "? " : "");
    cli_fail(&err, DLU_E_USAGE, "unknown-command", "", hint, "expected a command, found \"%s\"",
             name);
    return cli_say_failure(NULL, &err);
}

static int run(const char *name, int argc, char **argv)
{
    char full[64];
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (strcmp(commands[i].name, name) != 0)
            continue;
        snprintf(full, sizeof full, "dualuc %s", name);
        argv[0] = full;
        return commands[i].run(argc, argv);
    }
    return refuse_command(name);
}

static int describe(void)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        cli_describe_line("command", (const char *const[]){commands[i].name, commands[i].summary},
                          2);
    cli_describe_formats();
    return CLI_DESCRIBED;
}

static int help(int argc, char **argv)
{
    char option[] = "--help";
    char *ask[] = {argv[0], option, NULL};
    if (cli_wants_description(argc, argv))
        return describe();
    return argc < 2 ? print_help() : run(argv[1], 2, ask);
}

static int refuse_nothing(void)
{
    dlu_error err;
    cli_fail(&err, DLU_E_USAGE, "no-command", "", "\"dualuc help\" lists the commands",
             "expected a command, found none");
    return cli_say_failure(NULL, &err);
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2)
        return refuse_nothing();
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "-?"))
        return print_help();
    if (!strcmp(argv[1], "help"))
        return help(argc - 1, argv + 1);
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
        print_version(stdout, NULL);
        return CLI_DONE;
    }
    return run(argv[1], argc - 1, argv + 1);
}

/* Standard output is written to the end here, so that a full disk is not taken for success. */
static int finish(int code)
{
    dlu_error err;
    if (code == CLI_DESCRIBED)
        code = CLI_DONE;
    if (!cli_flush_stdout(&err) || code)
        return code;
    return cli_say_failure(NULL, &err);
}

int main(int argc, char **argv)
{
    argp_err_exit_status = CLI_USAGE;
    argp_program_version_hook = print_version;
    cli_keep_descriptors();
    cli_interrupt_watch();
#ifdef M_MMAP_THRESHOLD
    /* the memory of a large file goes back to the system with the file, not at the end */
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
#endif
    /* a closed pipe and a file at its limit are write errors like others, which clean up */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    return finish(dispatch(argc, argv));
}
