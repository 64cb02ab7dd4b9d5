/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_H
#define DUALUC_CLI_H

#include <argp.h>
#include <stdio.h>

#include <dualuc/dualuc.h>

/*
 * What the subcommands share. They see the library as any other program does: only <dualuc/...>.
 * A subcommand is one file with one function of type dlu_cli_command, listed in main.c.
 */

/** Exit codes, as scripts rely on them. */
enum {
    CLI_DONE = 0,
    CLI_FAILED = 1, /**< the data or the system said no; nothing was written */
    CLI_USAGE = 2,
    CLI_SOME_FAILED = 3 /**< a batch finished, and some of its experiments failed */
};

/** argv[0] is "dualuc NAME"; the rest are its options and files. Returns an exit code. */
typedef int dlu_cli_command(int argc, char **argv);

dlu_cli_command cli_analyze;
dlu_cli_command cli_figure;
dlu_cli_command cli_read;
dlu_cli_command cli_inspect;
dlu_cli_command cli_formats;
dlu_cli_command cli_simulate;
dlu_cli_command cli_power;
dlu_cli_command cli_seed;
dlu_cli_command cli_map;
dlu_cli_command cli_batch_command;
dlu_cli_command cli_merge;
dlu_cli_command cli_verify;
dlu_cli_command cli_diff;
dlu_cli_command cli_history;

/* ---- saying things: all to standard error (say.c) ---- */

/** "FILE:AT: error: text" and its hint; colour only on a terminal and without NO_COLOR. */
void cli_say_error(const dlu_error *err);
/** Every message of the list; NULL is an empty one. */
void cli_say_messages(const dlu_messages *log);
/** Says the messages, then the error; returns the exit code that the status calls for. */
int cli_say_failure(const dlu_messages *log, const dlu_error *err);
/** A warning of the program itself; arguments as of cli_fail. */
void cli_warn(const char *code, const char *file, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** DLU_E_USAGE is CLI_USAGE, DLU_OK is CLI_DONE, everything else CLI_FAILED. */
int cli_exit_code(dlu_status status);

/** The code of a failure that is not said: nobody reads standard output any more (| head). */
#define CLI_PIPE_CLOSED "pipe-closed"
/** Writes standard output to its end; DLU_OK or DLU_E_IO. */
dlu_status cli_flush_stdout(dlu_error *err);

/** Fills *err (status, code, file or "", hint or "", text) and returns `status`. */
dlu_status cli_fail(dlu_error *err, dlu_status status, const char *code, const char *file,
                    const char *hint, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* ---- options (options.c) ---- */

/**
 * argp_parse with errors in the program's own words: an unknown, unfinished, ambiguous or not yet
 * built option is named before anything is parsed. --help, --usage and --version print and exit.
 * A parser reports a wrong value with `return cli_bad_usage(state, ...)`; it takes or refuses every
 * ARGP_KEY_ARG itself.
 *
 * @return CLI_DONE, or CLI_USAGE after saying why
 */
int cli_parse(const struct argp *argp, int argc, char **argv, void *input);

/** Says "dualuc: error: text" and how to get help; returns EINVAL for the parser to return. */
error_t cli_bad_usage(const struct argp_state *state, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** "help (default: initial)" of malloc, or `help` itself where memory ran out (options.c). */
char *cli_with_default(const char *help, const char *initial);

/** A whole number of at most 18 digits; `option` is named without its dashes (numbers.c). */
error_t cli_whole_number(uint64_t *to, const char *option, const char *arg,
                         const struct argp_state *state);
/** The same up to 1000000. */
error_t cli_count(unsigned *to, const char *option, const char *arg,
                  const struct argp_state *state);

/** The word of `words` (n of them, NULLs skipped) nearest to `word`, or NULL: a slip of typing. */
const char *cli_nearest(const char *word, const char *const *words, size_t n);

/* ---- files and options of import (options_import.c) ---- */

#define CLI_MAX_FILES 256u

/**
 * Filled by the child parser cli_import_argp, whose input is a pointer to this: --format,
 * --decimal, --channels, --firefly, --renilla and, where the parent's parser leaves ARGP_KEY_ARG to
 * it (returns ARGP_ERR_UNKNOWN), the PLATE files.
 */
typedef struct cli_import_options {
    dlu_import_options import;
    const char *channels;                  /**< "1=firefly,2=renilla" or NULL */
    const char *time;                      /**< seconds, "first", "max", "integral" or NULL */
    const char *paths[CLI_MAX_FILES];      /**< plate files as given */
    const char *channel_of[CLI_MAX_FILES]; /**< NULL, or what --firefly, --renilla say of it */
    size_t n_paths;
} cli_import_options;

extern const struct argp cli_import_argp;
/** The same without --firefly and --renilla, for commands that find the files themselves. */
extern const struct argp cli_reading_argp;

/* ---- options of analysis: one for each dlu_setting_get(), and --config (options_settings.c) ----
 */

#define CLI_MAX_SETTINGS 48u
#define CLI_MAX_CHOICES  128u

/** A setting as given on the command line, in order. */
typedef struct cli_choice {
    size_t setting;
    const char *value;
} cli_choice;

typedef struct cli_settings {
    struct argp argp; /**< the child parser; its input is a pointer to this struct */
    struct argp_option options[CLI_MAX_SETTINGS + 2];
    const char *config; /**< --config FILE, or NULL */
    cli_choice choices[CLI_MAX_CHOICES];
    size_t n_choices;
} cli_settings;

/** Makes the child parser. The struct must stay where it is until the parse is over. */
void cli_settings_init(cli_settings *settings);

struct cli_seed_plan;

/**
 * Defaults, then the ini (its bytes, or NULL), then the options; then dlu_settings_check. The
 * section [seed] of the ini fills `seed`.
 *
 * @return DLU_OK; DLU_E_USAGE for a bad option or the first bad line of the ini; DLU_E_INPUT where
 *         the ini is no text
 */
dlu_status cli_settings_finish(const cli_settings *settings, const dlu_source *ini,
                               dlu_settings *out, struct cli_seed_plan *seed, dlu_error *err);

/* ---- input files (files.c) ---- */

/** A sheet of an old workbook. */
typedef struct cli_sheet {
    char *name;
    dlu_source_cell *cells; /**< their texts are of malloc too */
    size_t n, cap;
} cli_sheet;

/** A file in memory, up to DLU_MAX_FILE_BYTES. Freed with cli_file_free. */
typedef struct cli_file {
    dlu_source source; /**< name is the path as given */
    char *bytes;
    cli_sheet *sheets; /**< of an old workbook; source.sheets point into them */
    size_t n_sheets;
    dlu_source_sheet *given;
} cli_file;

/**
 * Cells of a workbook of the old Excel format, where FreeXL was there to build with; any other file
 * stays as it is (xls.c).
 */
dlu_status cli_xls_read(cli_file *file, dlu_error *err);
void cli_xls_free(cli_file *file);

/** DLU_OK; DLU_E_IO or DLU_E_LIMIT where it is missing, a folder, no plain file, or too large. */
dlu_status cli_file_read(const char *path, cli_file *out, dlu_error *err);
/** The same as bytes, whatever they are. */
dlu_status cli_file_bytes(const char *path, cli_file *out, dlu_error *err);
void cli_file_free(cli_file *file);
/** The file's source, whose reader frees the file when it needs the bytes no more. */
dlu_source cli_file_lend(cli_file *file);

/**
 * Where the caller closed standard input, output or error, puts something there that cannot be
 * used: else the next file would get that number, and what is printed would go into it.
 */
void cli_keep_descriptors(void);

/** Several files at once; *out has n of them. Freed with cli_files_free. */
dlu_status cli_files_read(const char *const *paths, size_t n, cli_file **out, dlu_error *err);
void cli_files_free(cli_file *files, size_t n);

/* ---- output files: all or none (output.c) ---- */

#define CLI_MAX_OUTPUTS 20000u

typedef struct cli_output {
    char *path; /**< as given; "-" is standard output */
    char *temp; /**< name while being written, beside the final one; NULL once renamed */
    char *old;  /**< second name of the file that was replaced, until all are in place */
} cli_output;

/** Zero-initialise; always end with cli_outputs_free, which removes what was not committed. */
typedef struct cli_outputs {
    cli_output *items;
    size_t n, cap;
    char *folders[4]; /**< folders made for this run */
    size_t n_folders;
    struct cli_outputs *next; /**< of those that an interruption removes (interrupt.c) */
} cli_outputs;

/** "-" */
bool cli_is_stdout(const char *path);

/** True where both names lead to the same file, also one that does not exist yet. */
bool cli_same_file(const char *a, const char *b);

/**
 * Whether a file could be written there, before any work is done: its folder exists and is
 * writable, and the name is no folder or device. "-" always can.
 */
dlu_status cli_output_check(const char *path, dlu_error *err);

/** The same for a folder that is there or can be made (its parent exists). */
dlu_status cli_output_check_folder(const char *path, dlu_error *err);

/** Makes a folder unless it is there; it is removed again if the run fails. */
dlu_status cli_outputs_folder(cli_outputs *outputs, const char *path, dlu_error *err);

/** Writes the bytes to a temporary name beside `path` (checked as by cli_output_check). */
dlu_status cli_outputs_bytes(cli_outputs *outputs, const char *path, const void *bytes, size_t n,
                             dlu_error *err);

/** An empty temporary file beside `path`, for a writer that wants a name; borrowed through *temp.
 */
dlu_status cli_outputs_file(cli_outputs *outputs, const char *path, const char **temp,
                            dlu_error *err);

/** The same as a stream, to be ended with cli_outputs_close, which tells of what failed. */
dlu_status cli_outputs_stream(cli_outputs *outputs, const char *path, FILE **stream,
                              dlu_error *err);
dlu_status cli_outputs_close(const cli_outputs *outputs, FILE *stream, dlu_error *err);

/** What the writer of the newest such file answered; its failure names the output, not the
 * temporary file. */
dlu_status cli_outputs_written(const cli_outputs *outputs, dlu_status status, dlu_error *err);

/** Flushes all, then renames all; "-" is copied to standard output. Nothing is left on failure. */
dlu_status cli_outputs_commit(cli_outputs *outputs, dlu_error *err);
void cli_outputs_free(cli_outputs *outputs);

#endif
