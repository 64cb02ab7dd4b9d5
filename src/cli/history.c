/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"
#include "history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lists, exports and draws a history. */

enum { KEY_CSV = 0x100, KEY_CHARTS, KEY_BASELINE, KEY_INSTRUMENT, KEY_USER, KEY_CONTROL };

typedef struct request {
    const char *path, *csv, *charts, *baseline, *instrument, *user, *control;
} request;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "Which levels:", 1},
    {"instrument", KEY_INSTRUMENT, "NAME", 0, "only of this instrument (the format of its files)",
     1},
    {"user", KEY_USER, "NAME", 0, "only of this user", 1},
    {"control", KEY_CONTROL, "NAME", 0, "only of this control, such as technical_cv", 1},
    {"baseline", KEY_BASELINE, "RUN,RUN,...", 0,
     "the experiments that later ones are held against (default: the first 8)", 1},
    {NULL, 0, NULL, 0, "Results:", 2},
    {"csv", KEY_CSV, "FILE", 0, "every level as CSV; \"-\" is standard output", 2},
    {"charts", KEY_CHARTS, "FOLDER", 0,
     "a Levey-Jennings chart of each series as SVG; the folder is made if it is not there", 2},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case KEY_CSV:
        r->csv = arg;
        return 0;
    case KEY_CHARTS:
        r->charts = arg;
        return 0;
    case KEY_BASELINE:
        r->baseline = arg;
        return 0;
    case KEY_INSTRUMENT:
        r->instrument = arg;
        return 0;
    case KEY_USER:
        r->user = arg;
        return 0;
    case KEY_CONTROL:
        r->control = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (r->path)
            return cli_bad_usage(state, "expected one history, found a second one, \"%s\"", arg);
        r->path = arg;
        return 0;
    case ARGP_KEY_END:
        if (!r->path)
            return cli_bad_usage(state, "expected a history, such as lab.sqlite, found none");
        if (r->charts && cli_is_stdout(r->charts))
            return cli_bad_usage(state, "--charts: expected a folder, found \"-\"");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    options,
    parse,
    "HISTORY.sqlite",
    "Shows the levels of controls over all runs that dualuc batch --history kept, against a "
    "baseline and by the rules of Westgard.\v"
    "Example:\n  dualuc history lab.sqlite --charts charts",
    NULL,
    NULL,
    NULL};

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

static bool is_wanted(const request *r, const cli_level *l)
{
    return (!r->instrument || !strcmp(r->instrument, l->instrument)) &&
           (!r->user || !strcmp(r->user, l->user)) &&
           (!r->control || !strcmp(r->control, l->control));
}

/* ---- for a person ---- */

static void say_series(const cli_series *s, FILE *to)
{
    char line[1200], seen[3600], rules[64];
    const cli_level *first = s->levels;
    snprintf(line, sizeof line, "%s%s%s, %s (%s): ", first->instrument, *first->user ? ", " : "",
             first->user, first->control,
             dlu_control_text(s->control) ? dlu_control_text(s->control) : "not known");
    dlu_visible(line, seen, sizeof seen);
    fprintf(to, "%s", seen);
    if (s->judged)
        fprintf(to, "baseline of %zu runs\n", s->baseline.n);
    else
        fprintf(to, "no baseline yet, %zu run%s\n", s->n, s->n == 1 ? "" : "s");
    for (size_t i = 0; i < s->n; i++) {
        const cli_level *l = &s->levels[i];
        snprintf(line, sizeof line, "%-10s  %-24s", *l->date ? l->date : "-", l->experiment);
        dlu_visible(line, seen, sizeof seen);
        fprintf(to, "  %s  %12.6g", seen, l->value);
        if (isfinite(s->z[i]))
            fprintf(to, "  %+6.2f SD  %s", s->z[i],
                    s->rules[i] ? cli_rules_text(s->rules[i], rules, sizeof rules) : "-");
        fputc('\n', to);
    }
}

/* ---- CSV ---- */

static void put_field(const char *text, FILE *to)
{
    if (!strpbrk(text, "\",\r\n")) {
        fputs(text, to);
        return;
    }
    fputc('"', to);
    for (; *text; text++)
        fprintf(to, *text == '"' ? "\"\"" : "%c", *text);
    fputc('"', to);
}

static void put_number(double number, FILE *to)
{
    char text[DLU_VALUE_TEXT_SIZE];
    fputc(',', to);
    if (isfinite(number))
        fputs(dlu_value_text(number, text), to);
}

static void put_series(const cli_series *s, FILE *to)
{
    char rules[64];
    for (size_t i = 0; i < s->n; i++) {
        const cli_level *l = &s->levels[i];
        const char *const texts[] = {l->instrument, l->user, l->control, l->date, l->experiment};
        for (size_t k = 0; k < 5; k++) {
            if (k)
                fputc(',', to);
            put_field(texts[k], to);
        }
        put_number(l->value, to);
        put_number(s->z[i], to);
        fputc(',', to);
        put_field(cli_rules_text(s->rules[i], rules, sizeof rules), to);
        fputc('\n', to);
    }
}

/* ---- charts ---- */

/* "instrument-user-control.svg" of letters and digits. */
static char *chart_path(const char *folder, const cli_level *l)
{
    char name[400];
    snprintf(name, sizeof name, "%s%s%.100s-%.100s.svg", *l->user ? l->user : "",
             *l->user ? "-" : "", l->instrument, l->control);
    for (char *p = name; *p; p++)
        if (*p == '/' || (unsigned char)*p < ' ' || (p == name && *p == '.'))
            *p = '_';
    return cli_joined(folder, name);
}

static double mark_of(const cli_series *s, int sd)
{
    double scaled = s->baseline.mean + sd * s->baseline.sd;
    bool logarithm = dlu_control_scaled(s->control, 1) == 0;
    return logarithm ? exp(scaled) : scaled;
}

static dlu_status draw_series(const request *r, const cli_series *s, cli_outputs *outputs,
                              dlu_error *err)
{
    char title[600];
    double marks[7];
    dlu_bytes svg = {0};
    const char **names = calloc(s->n, sizeof *names);
    char *path = chart_path(r->charts, s->levels);
    dlu_status status = names && path ? DLU_OK : no_memory(err);
    for (int i = 0; i < 7; i++)
        marks[i] = mark_of(s, i - 3);
    for (size_t i = 0; !status && i < s->n; i++)
        names[i] = s->levels[i].experiment;
    snprintf(title, sizeof title, "%s, %.100s%s%.100s", dlu_control_text(s->control),
             s->levels->instrument, *s->levels->user ? ", " : "", s->levels->user);
    const dlu_levey_jennings chart = {title, s->z, s->rules, names, s->n, marks};
    if (!status)
        status = dlu_levey_jennings_svg(&chart, &svg, err);
    if (!status)
        status = cli_outputs_bytes(outputs, path, svg.bytes, svg.n_bytes, err);
    dlu_bytes_free(&svg);
    free(names);
    free(path);
    return status;
}

/* ---- the command ---- */

/* A series whose control this version does not know is listed, and not judged. */
static dlu_status show_series(const request *r, const cli_series *s, FILE *csv,
                              cli_outputs *outputs, dlu_error *err)
{
    bool to_stdout = r->csv && cli_is_stdout(r->csv);
    if (!is_wanted(r, s->levels))
        return DLU_OK;
    say_series(s, to_stdout ? stderr : stdout);
    if (csv)
        put_series(s, csv);
    return r->charts && s->judged ? draw_series(r, s, outputs, err) : DLU_OK;
}

static dlu_status show_all(const request *r, const cli_levels *levels, FILE *csv,
                           cli_outputs *outputs, dlu_error *err)
{
    dlu_status status = DLU_OK;
    if (csv)
        fputs("instrument,user,control,date,experiment,value,z,rules\n", csv);
    for (size_t from = 0; !status && from < levels->n;) {
        cli_series s;
        if (!cli_series_judge(levels, from, r->baseline, &s))
            return no_memory(err);
        from += s.n;
        status = show_series(r, &s, csv, outputs, err);
        cli_series_free(&s);
    }
    return status;
}

static dlu_status show(const request *r, dlu_error *err)
{
    cli_levels levels = {0};
    cli_outputs outputs = {.n = 0};
    char *bytes = NULL;
    size_t n_bytes = 0;
    FILE *csv = r->csv ? open_memstream(&bytes, &n_bytes) : NULL;
    dlu_status status = r->csv && !csv ? no_memory(err) : cli_history_read(r->path, &levels, err);
    if (!status && r->csv)
        status = cli_output_check(r->csv, err);
    if (!status && r->charts)
        status = cli_outputs_folder(&outputs, r->charts, err);
    if (!status)
        status = show_all(r, &levels, csv, &outputs, err);
    if (csv && fclose(csv) && !status)
        status = no_memory(err);
    if (!status && r->csv)
        status = cli_outputs_bytes(&outputs, r->csv, bytes, n_bytes, err);
    if (!status)
        status = cli_outputs_commit(&outputs, err);
    free(bytes);
    cli_outputs_free(&outputs);
    cli_levels_free(&levels);
    return status;
}

int cli_history(int argc, char **argv)
{
    request r = {.path = NULL};
    dlu_error err;
    int code = cli_parse(&argp, argc, argv, &r);
    if (code)
        return code;
    return show(&r, &err) ? cli_say_failure(NULL, &err) : CLI_DONE;
}
