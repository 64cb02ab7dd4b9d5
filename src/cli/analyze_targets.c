/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figures.h"

#include <string.h>

#define MAX_TARGETS 48u
#define PATH_SIZE   4096u

/* Every file that the run will write. */
typedef struct target_list {
    char paths[MAX_TARGETS][PATH_SIZE];
    size_t n;
} target_list;

static bool table_path(const char *folder, size_t i, char *path)
{
    size_t n = strlen(folder);
    int made = snprintf(path, PATH_SIZE, "%s%s%s.csv", folder, n && folder[n - 1] == '/' ? "" : "/",
                        dlu_report_table_name(i));
    return made > 0 && (size_t)made < PATH_SIZE;
}

static bool add_path(target_list *list, const char *path)
{
    if (list->n >= MAX_TARGETS || strlen(path) >= PATH_SIZE)
        return false;
    memcpy(list->paths[list->n++], path, strlen(path) + 1);
    return true;
}

static bool list_targets(const cli_targets *targets, target_list *list)
{
    list->n = 0;
    if (targets->xlsx && !add_path(list, targets->xlsx))
        return false;
    if (targets->json && !add_path(list, targets->json))
        return false;
    if (targets->html && !add_path(list, targets->html))
        return false;
    for (size_t i = 0; targets->csv && i < dlu_report_table_count(); i++) {
        char path[PATH_SIZE];
        if (!table_path(targets->csv, i, path) || !add_path(list, path))
            return false;
    }
    for (unsigned i = 0; targets->figures && i < DLU_FIGURE_KIND_COUNT; i++) {
        char path[PATH_SIZE];
        if (!cli_figure_path(targets->figures, dlu_figure_kind_name((dlu_figure_kind)i), path,
                             sizeof path) ||
            !add_path(list, path))
            return false;
    }
    return true;
}

static dlu_status check_input(const char *path, const char *const *inputs, size_t n_inputs,
                              dlu_error *err)
{
    for (size_t i = 0; i < n_inputs; i++)
        if (cli_same_file(path, inputs[i]))
            return cli_fail(err, DLU_E_USAGE, "output-is-input", path,
                            "choose another name for the output",
                            "the output would replace the input \"%s\"", inputs[i]);
    return DLU_OK;
}

static dlu_status check_one(const target_list *list, size_t k, const char *const *inputs,
                            size_t n_inputs, dlu_error *err)
{
    const char *path = list->paths[k];
    for (size_t i = 0; i < k; i++) {
        if (cli_is_stdout(path) && cli_is_stdout(list->paths[i]))
            return cli_fail(err, DLU_E_USAGE, "two-outputs-to-stdout", "",
                            "write one of them to a file",
                            "expected at most one output on standard output, found two");
        if (!cli_is_stdout(path) && cli_same_file(path, list->paths[i]))
            return cli_fail(err, DLU_E_USAGE, "two-outputs-one-file", path,
                            "give each output a name of its own",
                            "two outputs would be written to one file");
    }
    return cli_is_stdout(path) ? DLU_OK : check_input(path, inputs, n_inputs, err);
}

dlu_status cli_targets_check(const cli_targets *targets, const char *const *inputs, size_t n_inputs,
                             dlu_error *err)
{
    target_list list;
    dlu_status status = DLU_OK;
    if (!targets->xlsx && !targets->json && !targets->csv && !targets->figures && !targets->html)
        return cli_fail(err, DLU_E_USAGE, "no-output", "",
                        "-o report.xlsx writes the workbook, --html a page to read, --json and "
                        "--csv the numbers, --figures the figures",
                        "expected at least one of -o FILE, --html FILE, --json FILE, --csv FOLDER, "
                        "--figures FOLDER, found none");
    if (targets->csv && cli_is_stdout(targets->csv))
        return cli_fail(err, DLU_E_USAGE, "csv-to-stdout", "",
                        "name a folder; --json - writes to standard output",
                        "--csv: expected a folder for several tables, found \"-\"");
    if (targets->figures && cli_is_stdout(targets->figures))
        return cli_fail(err, DLU_E_USAGE, "figures-to-stdout", "",
                        "name a folder; dualuc figure RESULT.json -o - writes one figure",
                        "--figures: expected a folder for several figures, found \"-\"");
    if (!list_targets(targets, &list))
        return cli_fail(err, DLU_E_USAGE, "path-too-long", "", "choose shorter names",
                        "expected paths of at most %u bytes, found a longer one", PATH_SIZE - 1);
    for (size_t i = 0; !status && i < list.n; i++)
        status = check_one(&list, i, inputs, n_inputs, err);
    if (!status && targets->csv)
        status = cli_output_check_folder(targets->csv, err);
    if (!status && targets->figures)
        status = cli_output_check_folder(targets->figures, err);
    if (!status && targets->xlsx)
        status = cli_output_check(targets->xlsx, err);
    if (!status && targets->json)
        status = cli_output_check(targets->json, err);
    if (!status && targets->html)
        status = cli_output_check(targets->html, err);
    return status;
}

bool cli_targets_use_stdout(const cli_targets *targets)
{
    return (targets->xlsx && cli_is_stdout(targets->xlsx)) ||
           (targets->json && cli_is_stdout(targets->json)) ||
           (targets->html && cli_is_stdout(targets->html));
}

static dlu_status write_workbook(cli_outputs *outputs, const char *path, const dlu_result *result,
                                 const cli_figures *figures, int64_t created, dlu_error *err)
{
    const char *temp;
    cli_pictures pictures = {.n = 0};
    dlu_status status = cli_figures_render(figures, &pictures, err);
    if (!status)
        status = cli_outputs_file(outputs, path, &temp, err);
    if (!status)
        status = cli_outputs_written(
            outputs,
            dlu_report_xlsx_figures(result, temp, created, pictures.items, pictures.n, err), err);
    cli_pictures_free(&pictures);
    return status;
}

typedef dlu_status writer(const dlu_result *result, dlu_bytes *out, dlu_error *err);

static dlu_status write_bytes(cli_outputs *outputs, const char *path, writer *write,
                              const dlu_result *result, dlu_error *err)
{
    dlu_bytes bytes = {0};
    dlu_status status = write(result, &bytes, err);
    if (!status)
        status = cli_outputs_bytes(outputs, path, bytes.bytes, bytes.n_bytes, err);
    dlu_bytes_free(&bytes);
    return status;
}

static dlu_status write_tables(cli_outputs *outputs, const char *folder, const dlu_result *result,
                               dlu_error *err)
{
    dlu_status status = cli_outputs_folder(outputs, folder, err);
    for (size_t i = 0; !status && i < dlu_report_table_count(); i++) {
        char path[PATH_SIZE];
        dlu_bytes bytes = {0};
        table_path(folder, i, path);
        status = dlu_report_csv(result, i, &bytes, err);
        if (!status)
            status = cli_outputs_bytes(outputs, path, bytes.bytes, bytes.n_bytes, err);
        dlu_bytes_free(&bytes);
    }
    return status;
}

dlu_status cli_targets_put(cli_outputs *outputs, const cli_targets *targets,
                           const dlu_result *result, int64_t created, dlu_error *err)
{
    cli_figures figures = {.n = 0};
    dlu_status status = DLU_OK;
    if (targets->figures)
        status = cli_figures_draw(result, targets->style, &figures, err);
    if (!status && targets->xlsx)
        status = write_workbook(outputs, targets->xlsx, result, &figures, created, err);
    if (!status && targets->json)
        status = write_bytes(outputs, targets->json, dlu_report_json, result, err);
    if (!status && targets->html)
        status = write_bytes(outputs, targets->html, dlu_report_html, result, err);
    if (!status && targets->csv)
        status = write_tables(outputs, targets->csv, result, err);
    if (!status && targets->figures)
        status = cli_figures_write(outputs, targets->figures, &figures, err);
    cli_figures_free(&figures);
    return status;
}

dlu_status cli_targets_write(const cli_targets *targets, const dlu_result *result, int64_t created,
                             dlu_error *err)
{
    cli_outputs outputs = {.n = 0};
    dlu_status status = cli_targets_put(&outputs, targets, result, created, err);
    if (!status)
        status = cli_outputs_commit(&outputs, err);
    cli_outputs_free(&outputs);
    return status;
}
