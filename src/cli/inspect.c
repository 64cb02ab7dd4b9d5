/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "plates.h"

enum { KEY_CALCULATED = 0x100 };

#define N_NEAREST 3u

static const struct argp_option options[] = {
    {"calculated", KEY_CALCULATED, NULL, 0, "also ratios, averages and other calculated copies", 1},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    cli_import_options *import = state->input;
    (void)arg;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = import;
        return 0;
    case KEY_CALCULATED:
        import->import.calculated = true;
        return 0;
    case ARGP_KEY_END:
        return import->n_paths ? 0 : cli_bad_usage(state, "expected FILE, found none");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const dlu_format_info *info_of(const char *name)
{
    for (size_t i = 0; i < dlu_format_count(); i++)
        if (!strcmp(dlu_format_get(i)->name, name))
            return dlu_format_get(i);
    return NULL;
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* ---- printing ---- */

static void put_text(const char *text)
{
    char piece[512];
    size_t n = dlu_visible(text, piece, sizeof piece);
    char *longer = n < sizeof piece ? NULL : malloc(n + 1);
    if (longer)
        dlu_visible(text, longer, n + 1);
    fputs(longer ? longer : piece, stdout);
    free(longer);
}

/*
 * As printf with %s, %u and %zu alone; texts, which files may have brought, are made visible.
 */
static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void put(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    for (const char *p = format; *p; p++) {
        if (*p != '%') {
            putchar(*p);
        } else if (*++p == 's') {
            put_text(va_arg(args, const char *));
        } else if (*p == 'u') {
            printf("%u", va_arg(args, unsigned));
        } else {
            printf("%zu", va_arg(args, size_t));
            p++; /* "zu" */
        }
    }
    va_end(args);
}

/* ---- a file ---- */

static void put_messages(const dlu_messages *log)
{
    for (size_t i = 0; i < dlu_messages_count(log); i++) {
        const dlu_message *m = dlu_messages_get(log, i);
        put("  %s: %s%s%s\n", dlu_severity_name(m->severity), m->at, *m->at ? ": " : "", m->text);
        if (*m->hint)
            put("    hint: %s\n", m->hint);
    }
}

static void put_left_out(const dlu_import *import)
{
    char at[256];
    if (import->n_left_out)
        put("  left out:\n");
    for (size_t i = 0; i < import->n_left_out; i++) {
        const dlu_left_out *l = &import->left_out[i];
        dlu_place_render(&l->at, at, sizeof at);
        put("    %s%s%s: %s\n", at, *at ? ": " : "", l->what, l->why);
    }
}

static void put_import(const dlu_import *import)
{
    const dlu_format_info *info = info_of(import->format);
    size_t n_reads = 0;
    for (size_t i = 0; i < import->n_plates; i++)
        n_reads += import->plates[i].n_reads;
    put("  format: %s (%s; %s)\n", import->format, info ? info->instrument : "",
        info ? info->software : "");
    put("  why: %s\n", import->why);
    if (*import->date)
        put("  date: %s\n", import->date);
    put("  holds: %zu plate%s, %zu read%s%s\n", import->n_plates, plural(import->n_plates), n_reads,
        plural(n_reads), import->has_map ? ", and columns of a plate map" : "");
    put_left_out(import);
}

/* The formats that come nearest, and what each missed or, where several are sure, found. */
static void put_nearest(const dlu_import *asked)
{
    put("  nearest formats:\n");
    for (size_t rank = 0; rank < N_NEAREST && rank < asked->n_detections; rank++) {
        const dlu_detection *d = dlu_import_nearest(asked, rank);
        put("    %s: %s\n", d->format, d->reason);
    }
}

/* What each format says of the file, or NULL; its bytes are read again. */
static dlu_import *ask(const char *path)
{
    cli_file file;
    dlu_import *asked = NULL;
    dlu_error ignored;
    if (cli_file_read(path, &file, &ignored))
        return NULL;
    const dlu_source source = cli_file_lend(&file);
    dlu_import_detect(&source, &asked, &ignored);
    cli_file_free(&file);
    return asked;
}

static void put_failure(const char *path, const dlu_error *err)
{
    put("  cannot be imported: ");
    if (err->status == DLU_E_UNRECOGNISED) {
        put("no format recognises it\n");
    } else {
        put("%s%s%s\n", err->at, *err->at ? ": " : "", err->text);
        if (*err->hint)
            put("    hint: %s\n", err->hint);
    }
    dlu_import *asked = ask(path);
    if (!asked)
        return;
    if (asked->format)
        put("  format: %s\n  why: %s\n", asked->format, asked->why);
    else
        put_nearest(asked);
    dlu_import_free(asked);
}

static void put_file(const cli_imports *imports, size_t i)
{
    const dlu_import *import = imports->imports[i];
    put("%s\n", import ? import->file : imports->paths[i]);
    if (import)
        put_import(import);
    else
        put_failure(imports->paths[i], &imports->errors[i]);
    put_messages(imports->logs[i]);
}

/* ---- a plate ---- */

static void put_states(const dlu_read *read)
{
    size_t counts[DLU_READ_INVALID + 1] = {0};
    for (size_t i = 0; i < read->n_readings; i++)
        counts[read->readings[i].state]++;
    for (int state = DLU_READ_OVERFLOW; state <= DLU_READ_INVALID; state++)
        if (counts[state])
            put(", %zu %s", counts[state], dlu_read_state_name((dlu_read_state)state));
}

static void put_read(const dlu_read *read, size_t number, bool wells)
{
    char at[256], time[DLU_VALUE_TEXT_SIZE];
    dlu_place_render(&read->at, at, sizeof at);
    put("    read %zu", number);
    if (*read->label)
        put(" \"%s\"", read->label);
    if (read->has_time)
        put(" at %s s", dlu_value_text(read->time_s, time));
    put(", at %s, %zu %s%s", at, read->n_readings, wells ? "well" : "row",
        plural(read->n_readings));
    put_states(read);
    if (read->measures)
        put(", %s", dlu_measures_name(read->measures));
    if (read->calculated)
        put(", calculated");
    put("\n      channel: %s%s%s%s\n", read->channel ? read->channel : "not known",
        *read->channel_why ? " (" : "", read->channel_why, *read->channel_why ? ")" : "");
}

/* Absorbance or fluorescence alone. */
static bool is_dark(const dlu_plate *plate)
{
    bool dark = false;
    for (size_t i = 0; i < plate->n_reads; i++) {
        const dlu_read *read = &plate->reads[i];
        if (!read->calculated &&
            (read->measures == DLU_MEASURES_UNKNOWN || read->measures == DLU_MEASURES_LUMINESCENCE))
            return false;
        dark = dark || !read->calculated;
    }
    return dark;
}

static void put_plate(const dlu_plate *plate)
{
    size_t number = 0;
    bool wells = plate->n_rows > 0;
    put("  plate \"%s\" of %s", plate->name, plate->file);
    if (wells)
        put(", %u wells (%u x %u)", plate->n_rows * plate->n_cols, plate->n_rows, plate->n_cols);
    if (plate->n_samples)
        put(", %zu named by the file", plate->n_samples);
    put("\n");
    if (is_dark(plate))
        put("    no luminescence: \"dualuc analyze\" refuses this plate, \"dualuc read\" writes "
            "it\n");
    for (size_t i = 0; i < plate->n_reads; i++) {
        number += !(i > 0 && dlu_read_continues(&plate->reads[i - 1], &plate->reads[i]));
        put_read(&plate->reads[i], number, wells);
    }
}

static void put_plates(const cli_imports *imports)
{
    put("plates\n");
    for (size_t i = 0; i < imports->plates->n_plates; i++)
        put_plate(&imports->plates->plates[i]);
    put_messages(imports->log);
}

static void put_not_assembled(const cli_imports *imports, const dlu_error *err)
{
    put("plates\n  cannot be put together: %s%s%s\n", err->file, *err->file ? ": " : "", err->text);
    if (*err->hint)
        put("    hint: %s\n", err->hint);
    put_messages(imports->log);
}

static bool any_imported(const cli_imports *imports)
{
    for (size_t i = 0; i < imports->n_files; i++)
        if (imports->imports[i])
            return true;
    return false;
}

/* Fails only for wrong usage and want of memory, and where nothing can be written: what cannot be
 * read is told. */
static dlu_status put_all(const cli_import_options *import, cli_imports *imports, dlu_error *err)
{
    dlu_channel_choice choice = {.channels = import->channels, .time = import->time};
    dlu_status status = DLU_OK;
    for (size_t i = 0; i < imports->n_files; i++)
        put_file(imports, i);
    if (any_imported(imports))
        status = cli_imports_assemble(import, &choice, imports, err);
    bool ends = status == DLU_E_USAGE || status == DLU_E_NO_MEMORY;
    if (ends)
        cli_say_error(err);
    else if (status)
        put_not_assembled(imports, err);
    else if (imports->plates)
        put_plates(imports);
    dlu_status written = cli_flush_stdout(err);
    if (written) {
        cli_say_error(err);
        return written;
    }
    return ends ? status : DLU_OK;
}

int cli_inspect(int argc, char **argv)
{
    static const struct argp_child children[] = {{&cli_import_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse,
        "FILE...",
        "Tells what reader files hold and how they are understood: format and why, plates, reads, "
        "channels, what is left out and why.\v"
        "Example:\n  dualuc inspect day1.xlsx",
        children,
        NULL,
        NULL};
    cli_import_options import = {0};
    cli_imports imports = {0};
    dlu_error err;
    int code = cli_parse(&argp, argc, argv, &import);
    if (code != CLI_DONE)
        return code;
    dlu_status status = cli_imports_read(&import, &imports, &err);
    if (status)
        cli_say_error(&err);
    else
        status = put_all(&import, &imports, &err);
    cli_imports_free(&imports);
    return cli_exit_code(status);
}
