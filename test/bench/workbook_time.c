/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <dualuc/dualuc.h>
#include <xlsxwriter.h>

#include "simulated.h"
#include "written.h"

/*
 * How long the workbook of 20 plates of 384 wells takes, and how long libxlsxwriter alone takes for
 * the same cells: workbook_time [PLATES [WELLS [PAIRS [REPEATS]]]]. User time of this process.
 * The cells are read back from the workbook, so that both write the same numbers, texts and
 * formulas.
 */

#define MOST_REPEATS 99u
#define MOST_DAYS    30u

static double milliseconds(void)
{
    struct rusage usage; /* others' work does not count */
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec * 1e3 + (double)usage.ru_utime.tv_usec / 1e3;
}

static double peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static dlu_result *analyze(const dlu_simulation *s)
{
    char names[MOST_DAYS][24];
    dlu_source plates[MOST_DAYS], map = {.name = "map.csv"};
    dlu_bytes bytes[MOST_DAYS + 1];
    unsigned n = dlu_simulation_plate_count(s);
    dlu_result *result;
    dlu_error err;
    for (unsigned i = 0; i < n; i++) {
        snprintf(names[i], sizeof names[i], "day%u.csv", i + 1);
        if (dlu_simulation_plate_csv(s, i, &bytes[i], &err))
            give_up(err.text);
        plates[i] =
            (dlu_source){.name = names[i], .bytes = bytes[i].bytes, .n_bytes = bytes[i].n_bytes};
    }
    if (dlu_simulation_map_csv(s, &bytes[n], &err))
        give_up(err.text);
    map.bytes = bytes[n].bytes;
    map.n_bytes = bytes[n].n_bytes;
    dlu_job job = {.plates = plates, .n_plates = n, .maps = &map, .n_maps = 1};
    dlu_settings_default(&job.settings);
    if (dlu_analyze(&job, &result, NULL, &err))
        give_up(err.text);
    for (unsigned i = 0; i <= n; i++)
        dlu_bytes_free(&bytes[i]);
    return result;
}

static unsigned argument(int argc, char **argv, int i, unsigned otherwise)
{
    return argc > i ? (unsigned)strtoul(argv[i], NULL, 10) : otherwise;
}

static dlu_result *experiment(int argc, char **argv)
{
    dlu_simulate_options options = {.blocks = argument(argc, argv, 1, 20),
                                    .wells = argument(argc, argv, 2, 384),
                                    .pairs = argument(argc, argv, 3, 29),
                                    .seed = 1};
    dlu_simulation *s;
    dlu_error err;
    if (dlu_simulation_new(&options, &s, &err))
        give_up(err.text);
    dlu_result *result = analyze(s);
    dlu_simulation_free(s);
    return result;
}

static double median_of(double *times, unsigned n)
{
    qsort(times, n, sizeof *times, ascending);
    return times[n / 2];
}

static double time_ours(const dlu_result *result, const char *path, unsigned n)
{
    double times[MOST_REPEATS];
    dlu_error err;
    for (unsigned i = 0; i < n; i++) {
        double begin = milliseconds();
        if (dlu_report_xlsx(result, path, -1, &err))
            give_up(err.text);
        times[i] = milliseconds() - begin;
    }
    return median_of(times, n);
}

static void put(lxw_worksheet *sheet, lxw_format *format, const written_cell *c)
{
    lxw_format *with = c->styled ? format : NULL;
    lxw_col_t col = (lxw_col_t)c->col;
    switch (c->kind) {
    case WRITTEN_NUMBER:
        worksheet_write_number(sheet, c->row, col, c->number, with);
        break;
    case WRITTEN_TEXT:
        worksheet_write_string(sheet, c->row, col, c->text, with);
        break;
    case WRITTEN_FORMULA:
        worksheet_write_formula_num(sheet, c->row, col, c->text, with, c->number);
        break;
    case WRITTEN_FORMULA_TEXT:
        worksheet_write_formula_str(sheet, c->row, col, c->text, with, c->result);
        break;
    case WRITTEN_ARRAY:
        worksheet_write_array_formula_num(sheet, c->row, col, c->row, col, c->text, with,
                                          c->number);
        break;
    case WRITTEN_LINK: /* its cell is written after */
        worksheet_write_url(sheet, c->row, col, c->text, NULL);
        break;
    default:
        worksheet_write_blank(sheet, c->row, col, format);
    }
}

static void write_alone(const written *w, const char *path)
{
    lxw_workbook *workbook = workbook_new(path);
    lxw_worksheet *sheet = NULL;
    lxw_format *format = workbook_add_format(workbook);
    unsigned n_sheets = 0;
    format_set_num_format(format, "0.00");
    for (size_t i = 0; i < w->n; i++) {
        while (n_sheets <= w->cells[i].sheet) {
            sheet = workbook_add_worksheet(workbook, NULL);
            n_sheets++;
        }
        put(sheet, format, &w->cells[i]);
    }
    if (workbook_close(workbook))
        give_up("libxlsxwriter alone cannot write its workbook");
}

static double time_alone(const written *w, const char *path, unsigned n)
{
    double times[MOST_REPEATS];
    for (unsigned i = 0; i < n; i++) {
        double begin = milliseconds();
        write_alone(w, path);
        times[i] = milliseconds() - begin;
    }
    return median_of(times, n);
}

int main(int argc, char **argv)
{
    static const char *const names[WRITTEN_KINDS] = {
        "numbers",        "texts", "formulas of a number",     "formulas of a text",
        "array formulas", "links", "empty cells with a format"};
    char folder[] = "/tmp/workbook-time-XXXXXX", ours[64], alone[64];
    size_t counts[WRITTEN_KINDS] = {0};
    if (!mkdtemp(folder))
        give_up("no folder for the workbooks");
    snprintf(ours, sizeof ours, "%s/ours.xlsx", folder);
    snprintf(alone, sizeof alone, "%s/alone.xlsx", folder);
    unsigned repeats = argument(argc, argv, 4, 7);
    repeats = repeats < 1 || repeats > MOST_REPEATS ? MOST_REPEATS : repeats;
    dlu_result *result = experiment(argc, argv);
    double before = peak_megabytes();
    double time = time_ours(result, ours, repeats);
    double after = peak_megabytes();
    dlu_result_free(result);
    written w = written_read(ours);
    for (size_t i = 0; i < w.n; i++)
        counts[w.cells[i].kind]++;
    for (int k = 0; k < WRITTEN_KINDS; k++)
        printf("%-28s %8zu\n", names[k], counts[k]);
    double least = time_alone(&w, alone, repeats);
    printf("%-28s %8.1f ms median of %u, %.2f MB\n", "the workbook", time, repeats,
           (double)written_size(ours) / 1e6);
    printf("%-28s %8.1f ms median of %u, %.2f MB\n", "libxlsxwriter alone", least, repeats,
           (double)written_size(alone) / 1e6);
    printf("%-28s %8.2f\n", "times as long", time / least);
    printf("%-28s %8.1f MB, %.1f MB of it before the workbook\n", "most memory", after, before);
    written_free(&w);
    remove(ours);
    remove(alone);
    rmdir(folder);
    return 0;
}
