/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "plates.h"

enum { KEY_CSV = 0x100, KEY_PAIRS, KEY_CALCULATED, KEY_VECTOR, KEY_REPORTER, KEY_CONTROL };

typedef struct request {
    cli_import_options import;
    dlu_settings settings; /* of which only the channels matter, to --pairs */
    bool pairs;
    const char *output;
} request;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "What to write:", 1},
    {"csv", KEY_CSV, NULL, 0, "a row a value (the default)", 1},
    {"pairs", KEY_PAIRS, NULL, 0, "a row a well: reporter, control and their raw ratio", 1},
    {"calculated", KEY_CALCULATED, NULL, 0, "also ratios, averages and other calculated copies", 1},
    {"output", 'o', "FILE", 0, "where to (default: standard output)", 1},
    {NULL, 0, NULL, 0, "Which channel is which, for --pairs:", 2},
    {"vector", KEY_VECTOR, "pmirglo|psicheck2", 0, "the reporter vector (default: pmirglo)", 2},
    {"reporter", KEY_REPORTER, "CHANNEL", 0, "the channel behind the 3'UTR", 2},
    {"control", KEY_CONTROL, "CHANNEL", 0, "the channel that corrects for transfection", 2},
    {0}};

static error_t set(request *r, const char *name, const char *value, const struct argp_state *state)
{
    dlu_error err;
    if (dlu_setting_set(&r->settings, name, value, &err))
        return cli_bad_usage(state, "%s", err.text);
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &r->import;
        return 0;
    case KEY_CSV:
        r->pairs = false;
        return 0;
    case KEY_PAIRS:
        r->pairs = true;
        return 0;
    case KEY_CALCULATED:
        r->import.import.calculated = true;
        return 0;
    case 'o':
        r->output = arg;
        return 0;
    case KEY_VECTOR:
        return set(r, "vector", arg, state);
    case KEY_REPORTER:
        return set(r, "reporter", arg, state);
    case KEY_CONTROL:
        return set(r, "control", arg, state);
    case ARGP_KEY_END:
        return r->import.n_paths ? 0 : cli_bad_usage(state, "expected FILE, found none");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- CSV ---- */

/* The output, gathered: a row a value is written in one piece, not in nine. */
typedef struct sink {
    FILE *out;
    size_t n;
    char bytes[1 << 14];
} sink;

static void flush(sink *s)
{
    if (s->n)
        fwrite(s->bytes, 1, s->n, s->out);
    s->n = 0;
}

static void put_char(sink *s, char c)
{
    if (s->n == sizeof s->bytes)
        flush(s);
    s->bytes[s->n++] = c;
}

static void put_bytes(sink *s, const char *bytes, size_t n)
{
    for (; n > 0;) {
        size_t room = sizeof s->bytes - s->n, now = n < room ? n : room;
        memcpy(s->bytes + s->n, bytes, now);
        s->n += now;
        bytes += now;
        n -= now;
        if (n)
            flush(s);
    }
}

static void put_text(sink *s, const char *text)
{
    put_bytes(s, text, strlen(text));
}

/* A text that is looked at once, and written on many rows. */
typedef struct field {
    const char *text;
    size_t n;
    bool quoted; /* as it must be by RFC 4180 */
} field;

static field field_of(const char *text)
{
    return text ? (field){text, strlen(text), strpbrk(text, "\",\r\n") != NULL} : (field){0};
}

static void put(sink *s, const field *f, char end)
{
    if (!f->quoted) {
        put_bytes(s, f->text, f->n);
        put_char(s, end);
        return;
    }
    put_char(s, '"');
    for (const char *p = f->text; *p; p++) {
        if (*p == '"')
            put_char(s, '"');
        put_char(s, *p);
    }
    put_char(s, '"');
    put_char(s, end);
}

static void put_field(sink *s, const char *text, char end)
{
    const field f = field_of(text);
    put(s, &f, end);
}

/* A field without any character to quote: a well, a number, a state. */
static void put_plain(sink *s, const char *text, char end)
{
    put_text(s, text);
    put_char(s, end);
}

static void put_value(sink *s, const dlu_reading *reading)
{
    char number[DLU_VALUE_TEXT_SIZE];
    bool ok = reading && reading->state == DLU_READ_OK;
    put_plain(s, ok ? dlu_value_text(reading->value, number) : "", ',');
}

/* Short fields of a row that need no quotes, gathered before they are put. */
static char *lay(char *to, const char *text, char end)
{
    to = stpcpy(to, text);
    *to++ = end;
    return to;
}

static char *lay_number(char *to, size_t number, char end)
{
    char digits[24], *p = digits + sizeof digits;
    do
        *--p = (char)('0' + number % 10);
    while (number /= 10);
    size_t n = (size_t)(digits + sizeof digits - p);
    memcpy(to, p, n);
    to[n] = end;
    return to + n + 1;
}

/* Value, state and place. */
static void put_reading(sink *s, const dlu_reading *reading)
{
    char row[2 * DLU_VALUE_TEXT_SIZE + 80], text[DLU_VALUE_TEXT_SIZE], at[256], *to = row;
    const dlu_place place = dlu_reading_place(reading);
    bool ok = reading->state == DLU_READ_OK, plain = !place.sheet && place.row && place.col;
    to = lay(to, ok ? dlu_value_text(reading->value, text) : "", ',');
    to = lay(to, dlu_read_state_name(reading->state), ',');
    if (plain) {
        to = lay_number(to, place.row, ':');
        to = lay_number(to, place.col, '\n');
    }
    put_bytes(s, row, (size_t)(to - row));
    if (!plain)
        put_field(s, dlu_place_render(&place, at, sizeof at), '\n');
}

static void put_read(sink *s, const dlu_plate *plate, const dlu_read *read, size_t number)
{
    char text[DLU_VALUE_TEXT_SIZE], well[DLU_WELL_NAME_SIZE], row[DLU_WELL_NAME_SIZE + 32];
    const field name = field_of(plate->name), label = field_of(read->label);
    const field time = field_of(read->has_time ? dlu_value_text(read->time_s, text) : "");
    field file = {0};
    for (size_t i = 0; i < read->n_readings; i++) {
        const dlu_reading *reading = &read->readings[i];
        if (file.text != reading->origin->file)
            file = field_of(reading->origin->file);
        put(s, &file, ',');
        put(s, &name, ',');
        char *to = lay(row, dlu_well_name(reading->well, well), ',');
        to = lay_number(to, number, ',');
        put_bytes(s, row, (size_t)(to - row));
        put(s, &label, ',');
        put(s, &time, ',');
        put_reading(s, reading);
    }
}

static bool put_values(sink *s, const dlu_plates *plates)
{
    put_text(s, "file,plate,well,read,label,time_s,value,state,at\n");
    for (size_t p = 0; p < plates->n_plates; p++) {
        const dlu_plate *plate = &plates->plates[p];
        size_t *numbers = calloc(plate->n_reads, sizeof *numbers);
        if (!numbers)
            return false;
        cli_read_numbers(plate, numbers);
        for (size_t i = 0; i < plate->n_reads; i++)
            put_read(s, plate, &plate->reads[i], numbers[i]);
        free(numbers);
    }
    return true;
}

/* ---- pairs ---- */

static const dlu_read *read_of(const dlu_plate *plate, const char *channel)
{
    for (size_t i = 0; i < plate->n_reads; i++)
        if (plate->reads[i].channel && !strcmp(plate->reads[i].channel, channel))
            return &plate->reads[i];
    return NULL;
}

static void put_pair(sink *s, const dlu_plate *plate, const dlu_reading *a, const dlu_reading *b)
{
    char text[DLU_VALUE_TEXT_SIZE], well[DLU_WELL_NAME_SIZE];
    bool both = a && b && a->state == DLU_READ_OK && b->state == DLU_READ_OK;
    double ratio = both && (b->value < 0 || b->value > 0) ? a->value / b->value : 0;
    bool has_ratio = both && (b->value < 0 || b->value > 0);
    put_field(s, (a ? a : b)->origin->file, ',');
    put_field(s, plate->name, ',');
    put_field(s, dlu_well_name((a ? a : b)->well, well), ',');
    put_value(s, a);
    put_value(s, b);
    put_field(s, has_ratio ? dlu_value_text(ratio, text) : "", ',');
    put_field(s, a ? dlu_read_state_name(a->state) : "", ',');
    put_field(s, b ? dlu_read_state_name(b->state) : "", '\n');
}

static void put_plate_pairs(sink *s, const dlu_plate *plate, const dlu_read *a, const dlu_read *b)
{
    for (size_t i = 0, k = 0; i < a->n_readings || k < b->n_readings;) {
        const dlu_reading *x = i < a->n_readings ? &a->readings[i] : NULL;
        const dlu_reading *y = k < b->n_readings ? &b->readings[k] : NULL;
        if (x && y && x->well != y->well) {
            if (x->well < y->well)
                y = NULL;
            else
                x = NULL;
        }
        put_pair(s, plate, x, y);
        i += x != NULL;
        k += y != NULL;
    }
}

static void put_pairs(sink *s, const dlu_plates *plates, const dlu_settings *settings)
{
    put_text(s, "file,plate,well,reporter,control,ratio,reporter_state,control_state\n");
    for (size_t p = 0; p < plates->n_plates; p++) {
        const dlu_plate *plate = &plates->plates[p];
        const dlu_read *a = read_of(plate, settings->reporter);
        const dlu_read *b = read_of(plate, settings->control);
        if (a && b)
            put_plate_pairs(s, plate, a, b);
    }
}

/* ---- the command ---- */

static dlu_status write_all(const request *r, const dlu_plates *plates, dlu_error *err)
{
    const char *path = r->output ? r->output : "-";
    FILE *out;
    cli_outputs outputs = {0};
    dlu_status status = cli_outputs_stream(&outputs, path, &out, err);
    if (!status) {
        bool done = true;
        sink s = {.out = out, .n = 0};
        if (r->pairs)
            put_pairs(&s, plates, &r->settings);
        else
            done = put_values(&s, plates);
        flush(&s);
        status = cli_outputs_close(&outputs, out, err);
        if (!status && !done)
            status = cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    }
    if (!status)
        status = cli_outputs_commit(&outputs, err);
    cli_outputs_free(&outputs);
    return status;
}

static dlu_status check_output(const request *r, dlu_error *err)
{
    if (!r->output)
        return DLU_OK;
    for (size_t i = 0; i < r->import.n_paths; i++)
        if (!cli_is_stdout(r->output) && cli_same_file(r->output, r->import.paths[i]))
            return cli_fail(err, DLU_E_USAGE, "output-is-input", r->output,
                            "choose another name for the output",
                            "the output would replace the input \"%s\"", r->import.paths[i]);
    return cli_output_check(r->output, err);
}

/* Says what every file has to say; DLU_OK, or the first failure, already said but for itself. */
static dlu_status say_imports(const cli_imports *imports, dlu_error *err)
{
    dlu_status status = DLU_OK;
    for (size_t i = 0; i < imports->n_files; i++) {
        cli_say_messages(imports->logs[i]);
        if (imports->imports[i])
            continue;
        if (status)
            cli_say_error(&imports->errors[i]);
        else
            *err = imports->errors[i];
        status = err->status;
    }
    return status;
}

int cli_read(int argc, char **argv)
{
    static const struct argp_child children[] = {{&cli_import_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse,
        "FILE...",
        "Reads reader files and writes what they hold as CSV, nothing added.\v"
        "Example:\n  dualuc read day1.xlsx -o day1.csv",
        children,
        NULL,
        NULL};
    request r = {0};
    cli_imports imports = {0};
    dlu_error err;
    dlu_settings_default(&r.settings);
    int code = cli_parse(&argp, argc, argv, &r);
    if (code != CLI_DONE)
        return code;
    dlu_channel_choice choice = {.channels = r.import.channels, .time = r.import.time};
    if (r.pairs) {
        choice.reporter = r.settings.reporter;
        choice.control = r.settings.control;
    }
    dlu_status status = r.pairs ? dlu_settings_check(&r.settings, &err) : DLU_OK;
    if (!status)
        status = check_output(&r, &err);
    if (!status)
        status = cli_imports_read(&r.import, &imports, &err);
    if (!status)
        status = say_imports(&imports, &err);
    if (!status)
        status = cli_imports_assemble(&r.import, &choice, &imports, &err);
    if (!status)
        status = write_all(&r, imports.plates, &err);
    cli_say_messages(imports.log);
    if (status)
        cli_say_error(&err);
    cli_imports_free(&imports);
    return cli_exit_code(status);
}
