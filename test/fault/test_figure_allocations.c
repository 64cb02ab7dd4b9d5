/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <dualuc/dualuc.h>

#include "sweep.h"

/* Figures drawn, and labels read, with each allocation of the library failing once. */

#define ROW                                                                                        \
    "\"target\": \"PTEN\", \"mirna\": \"miR\", \"treatment\": \"mimic\", \"mutant\": \"MUT\""
#define COMPARISON(kind)                                                                           \
    "{" ROW ", \"kind\": \"" kind "\", \"method\": \"rcbd\", \"primary\": true, \"n\": 4,"         \
    " \"fold\": 0.5, \"fold_low\": 0.4, \"fold_high\": 0.7, \"p\": 0.01, \"p_adjusted\": 0.02}"
#define UNIT(construct, treatment, mirna, block)                                                   \
    "{\"target\": \"PTEN\", \"mirna\": " mirna ", \"construct\": \"" construct                     \
    "\", \"treatment\": \"" treatment "\", \"block\": \"" block                                    \
    "\", \"plate\": \"p\", \"n_wells\": 1, \"ln_ratio\": 0.1}"
#define WELL(well, construct, treatment, mirna, block)                                             \
    "{\"plate\": \"p\", \"well\": \"" well "\", \"role\": \"sample\", \"target\": \"PTEN\","       \
    " \"construct\": \"" construct "\", \"treatment\": \"" treatment "\", \"mirna\": " mirna       \
    ", \"block\": \"" block "\", \"reporter\": 900, \"control\": 500, \"control_net\": 400,"       \
    " \"ratio\": 1.5, \"ln_ratio\": 0.4, \"used\": true, \"flags\": [\"CROSSTALK\"]}"
#define ARMS(MAKE, block)                                                                          \
    MAKE("WT", "mimic", "\"miR\"", block)                                                          \
    ", " MAKE("WT", "scramble", "null", block) ", " MAKE(                                          \
        "MUT", "mimic", "\"miR\"", block) ", " MAKE("MUT", "scramble", "null", block)

static const char result_text[] =
    "{\"dualuc\": \"0.1.0\", \"schema\": 1, \"settings\": {\"reporter\": \"firefly\", \"control\": "
    "\"renilla\", \"alpha\": 0.05}, \"wells\": [" WELL(
        "A1", "WT", "mimic", "\"miR\"",
        "1") "],"
             "\"groups\": [{\"target\": \"PTEN\", \"construct\": \"WT\", \"treatment\": \"mimic\", "
             "\"mirna\":"
             " \"miR\", \"n\": 2}],"
             "\"units\": [" ARMS(UNIT, "1") ", " ARMS(
                 UNIT,
                 "2") "],"
                      "\"comparisons\": [" COMPARISON("wt") ", " COMPARISON("mut") ", " COMPARISON(
                          "interaction") "],"
                                         "\"verdicts\": [{" ROW
                                         ", \"verdict\": \"DIRECT_TARGET\", \"call\": \"direct\", "
                                         "\"wt_fold\": 0.5,"
                                         " \"mut_fold\": 1, \"interaction_fold\": 0.5, "
                                         "\"interaction_fold_low\": 0.4,"
                                         " \"interaction_fold_high\": 0.6, \"p_direct_adjusted\": "
                                         "0.01}]}";

static dlu_status draw(const dlu_result *result, const char *kinds, FILE *said, dlu_error *err)
{
    dlu_figure_options options;
    dlu_figure *figure = NULL;
    dlu_figure_defaults(&options);
    dlu_status status = dlu_figure_option_set(&options, "kind", kinds, err);
    options.title = "A title";
    options.order = "PTEN";
    if (status == DLU_OK)
        status = dlu_figure_draw(result, &options, &figure, NULL, err);
    for (size_t i = 0; status == DLU_OK && i < dlu_figure_page_count(figure); i++)
        fputs(dlu_figure_page_get(figure, i)->svg, said);
    dlu_figure_free(figure);
    return status;
}

static dlu_status draw_kinds(const void *input, FILE *said, dlu_error *err)
{
    dlu_source source = {.name = "r.json", .bytes = result_text, .n_bytes = strlen(result_text)};
    dlu_result *result = NULL;
    dlu_status status = dlu_result_read(&source, &result, err);
    if (status == DLU_OK)
        status = draw(result, input, said, err);
    dlu_result_free(result);
    return status;
}

static dlu_status read_labels(const void *input, FILE *said, dlu_error *err)
{
    dlu_source source = {.name = "labels.txt", .bytes = input, .n_bytes = strlen(input)};
    dlu_figure_labels *labels = NULL;
    dlu_status status = dlu_figure_labels_read(&source, &labels, err);
    size_t n = 0;
    const dlu_figure_label *items = status ? NULL : dlu_figure_labels_get(labels, &n);
    for (size_t i = 0; i < n; i++)
        fprintf(said, "%s: %s\n", items[i].name, items[i].label);
    dlu_figure_labels_free(labels);
    return status;
}

static void figures_are_drawn(void **state)
{
    (void)state;
    sweep("bars and superplot", draw_kinds, "bars,superplot");
    sweep("delta", draw_kinds, "delta");
    sweep("forest", draw_kinds, "forest");
    sweep("plates and quality", draw_kinds, "plate,qc");
}

static void labels_are_read(void **state)
{
    (void)state;
    sweep("labels", read_labels, "a = b\n# c\nd\te\n");
    sweep("a line that is none", read_labels, "a = b\nc\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_drawn),
        cmocka_unit_test(labels_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
