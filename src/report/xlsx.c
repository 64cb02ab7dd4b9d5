/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx.h"

#include "base/text.h"
#include "report/xlsx_figures.h"

typedef bool condition(const dlu_result *result);

static bool has_qc(const dlu_result *result)
{
    return result->n_qc > 0;
}

static bool has_diagnostics(const dlu_result *result)
{
    return result->n_diagnostics > 0;
}

static bool has_plates(const dlu_result *result)
{
    for (size_t i = 0; i < result->n_plates; i++)
        if (result->plates[i].n_rows)
            return true;
    return false;
}

static bool has_sensitivity(const dlu_result *result)
{
    return result->n_sensitivity > 0;
}

static bool has_leave_one_out(const dlu_result *result)
{
    return result->n_leave_one_out > 0;
}

static bool has_seed(const dlu_result *result)
{
    return result->n_seed > 0;
}

static bool has_verdicts(const dlu_result *result)
{
    return result->n_verdicts > 0;
}

static const struct {
    const char *name;
    dlu_xlsx_filler *fill;
    condition *when; /* NULL: always */
} sheets[] = {
    {"Summary", dlu_xlsx_summary, NULL},
    {"Comparisons", dlu_xlsx_comparisons, NULL},
    {"Groups", dlu_xlsx_groups, NULL},
    {"Replicates", dlu_xlsx_replicates, NULL},
    {"Wells", dlu_xlsx_wells, NULL},
    {"Plates", dlu_xlsx_plates, has_plates},
    {"QC", dlu_xlsx_qc, has_qc},
    {"Methods", dlu_xlsx_methods, NULL},
    {"Messages", dlu_xlsx_messages, NULL},
    {"Constructs", dlu_xlsx_constructs, has_seed},
    {"Sensitivity", dlu_xlsx_sensitivity, has_sensitivity},
    {"Leave one out", dlu_xlsx_leave_one_out, has_leave_one_out},
    {"Workings", dlu_xlsx_workings, NULL},
    {"Diagnostics", dlu_xlsx_diagnostics, has_diagnostics},
    {"Charts", dlu_xlsx_charts, has_verdicts},
};

static bool digits(const char *text, size_t from, size_t n, unsigned *out)
{
    *out = 0;
    for (size_t i = from; i < from + n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *out = *out * 10 + (unsigned)(text[i] - '0');
    }
    return true;
}

/* Midnight of "YYYY-MM-DD", or the fixed day. */
static int64_t second_of(const char *date)
{
    unsigned year, month, day;
    if (!date || !digits(date, 0, 4, &year) || date[4] != '-' || !digits(date, 5, 2, &month) ||
        date[7] != '-' || !digits(date, 8, 2, &day) || month < 1 || month > 12 || year < 1970)
        return DLU_XLSX_NO_DATE;
    return dlu_xlsx_days(year, month, day) * 86400;
}

dlu_status dlu_report_xlsx(const dlu_result *result, const char *path, int64_t created,
                           dlu_error *err)
{
    return dlu_report_xlsx_figures(result, path, created, NULL, 0, err);
}

dlu_status dlu_report_xlsx_figures(const dlu_result *result, const char *path, int64_t created,
                                   const dlu_report_picture *pictures, size_t n, dlu_error *err)
{
    dlu_xlsx_book *book;
    dlu_status status = dlu_xlsx_open(path, "Dual-luciferase report",
                                      created < 0 ? second_of(result->date) : created, &book, err);
    if (status != DLU_OK)
        return status;
    const dlu_xlsx_plan *plan =
        dlu_xlsx_plan_new(result, dlu_xlsx_book_arena(book), dlu_xlsx_book_scratch(book));
    for (size_t i = 0; plan && i < sizeof sheets / sizeof *sheets; i++) {
        if (sheets[i].when && !sheets[i].when(result))
            continue;
        dlu_xlsx_sheet *sheet = dlu_xlsx_add_sheet(book, sheets[i].name);
        sheets[i].fill(sheet, plan);
        dlu_xlsx_rest(sheet);
    }
    if (n) {
        dlu_xlsx_sheet *sheet = dlu_xlsx_add_sheet(book, "Figures");
        dlu_xlsx_figures(sheet, pictures, n);
        dlu_xlsx_rest(sheet);
    }
    return dlu_xlsx_close(book, err);
}
