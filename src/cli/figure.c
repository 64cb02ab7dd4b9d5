/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_DPI = 0x100 };

#define PATH_SIZE 4096u
#define LEAST_DPI 20u
#define MOST_DPI  2400u

typedef enum form { FORM_SVG, FORM_PDF, FORM_PNG } form;

typedef struct request {
    const char *result;
    const char *out;
    form form;
    uint64_t dpi;
    cli_figure_style style;
} request;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "Result (\"-\" is standard output, as SVG):", 1},
    {"output", 'o', "FIGURE", 0,
     "FIGURE.svg, FIGURE.pdf or FIGURE.png; further pages are FIGURE-2.svg, of a PDF in the file",
     1},
    {"dpi", KEY_DPI, "DPI", 0, "pixels an inch of a PNG (default: 300)", 1},
    {0}};

static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), e = strlen(ending);
    if (n <= e)
        return false;
    for (size_t i = 0; i < e; i++) {
        char c = path[n - e + i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != ending[i])
            return false;
    }
    return true;
}

static error_t find_form(request *r, const struct argp_state *state)
{
    static const char *const endings[] = {".svg", ".pdf", ".png"};
    if (!r->result)
        return cli_bad_usage(state, "expected RESULT.json of dualuc analyze --json, found none");
    if (!r->out)
        return cli_bad_usage(state, "expected -o FIGURE, found none");
    if (cli_is_stdout(r->out))
        return 0;
    for (unsigned i = 0; i < 3; i++)
        if (ends_with(r->out, endings[i])) {
            r->form = (form)i;
            return 0;
        }
    return cli_bad_usage(state, "expected a name that ends with .svg, .pdf or .png, found \"%s\"",
                         r->out);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &r->style;
        return 0;
    case 'o':
        r->out = arg;
        return 0;
    case KEY_DPI:
        if (cli_whole_number(&r->dpi, "dpi", arg, state))
            return EINVAL;
        return r->dpi >= LEAST_DPI && r->dpi <= MOST_DPI
                   ? 0
                   : cli_bad_usage(state, "dpi: expected %u to %u, found %s", LEAST_DPI, MOST_DPI,
                                   arg);
    case ARGP_KEY_ARG:
        if (r->result)
            return cli_bad_usage(state, "expected one RESULT, found \"%s\" too", arg);
        r->result = arg;
        return 0;
    case ARGP_KEY_END:
        return find_form(r, state);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int parse_request(int argc, char **argv, request *r)
{
    cli_figure_style_init(&r->style, true, 2);
    const struct argp_child children[] = {{&r->style.argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        options,
        parse,
        "RESULT.json",
        "Draws a figure for a paper or a talk: bars with replicates and brackets, a superplot, "
        "folds "
        "with their interaction, a forest of verdicts, a plate, or the quality checks.\v"
        "Examples:\n  dualuc figure result.json -o figure.svg\n"
        "  dualuc figure result.json -o figure.pdf --kind bars,forest --width 174mm",
        children,
        NULL,
        NULL};
    return cli_parse(&argp, argc, argv, r);
}

/* "FIGURE-2.svg" of the second page. */
static dlu_status page_path(const request *r, size_t page, char *path, dlu_error *err)
{
    size_t n = strlen(r->out) - (cli_is_stdout(r->out) ? 0 : 4);
    int made = page ? snprintf(path, PATH_SIZE, "%.*s-%zu%s", (int)n, r->out, page + 1, r->out + n)
                    : snprintf(path, PATH_SIZE, "%s", r->out);
    return made > 0 && (size_t)made < PATH_SIZE
               ? DLU_OK
               : cli_fail(err, DLU_E_USAGE, "path-too-long", "", "choose shorter names",
                          "expected paths of at most %u bytes, found a longer one", PATH_SIZE - 1);
}

static dlu_status check_page(const request *r, const char *path, dlu_error *err)
{
    if (!cli_is_stdout(path) && cli_same_file(path, r->result))
        return cli_fail(err, DLU_E_USAGE, "output-is-input", path,
                        "choose another name for the output",
                        "the output would replace the input \"%s\"", r->result);
    return DLU_OK;
}

static dlu_status write_page(const request *r, const dlu_figure *figure, size_t i,
                             cli_outputs *outputs, dlu_error *err)
{
    char path[PATH_SIZE];
    cli_bytes png = {0};
    const dlu_figure_page *page = dlu_figure_page_get(figure, i);
    dlu_status status = page_path(r, i, path, err);
    if (!status)
        status = check_page(r, path, err);
    if (!status && r->form == FORM_PNG)
        status = cli_render_png(page, (double)r->dpi, &png, err);
    if (!status)
        status = r->form == FORM_PNG
                     ? cli_outputs_bytes(outputs, path, png.bytes, png.n, err)
                     : cli_outputs_bytes(outputs, path, page->svg, page->n_svg, err);
    cli_bytes_free(&png);
    return status;
}

static dlu_status write_pdf(const request *r, const dlu_figure *figure, int64_t created,
                            cli_outputs *outputs, dlu_error *err)
{
    cli_bytes pdf = {0};
    dlu_status status = cli_render_pdf(figure, created, &pdf, err);
    if (!status)
        status = cli_outputs_bytes(outputs, r->out, pdf.bytes, pdf.n, err);
    cli_bytes_free(&pdf);
    return status;
}

static dlu_status write_figure(const request *r, const dlu_figure *figure, dlu_error *err)
{
    cli_outputs outputs = {.n = 0};
    int64_t created;
    size_t n = dlu_figure_page_count(figure);
    dlu_status status = cli_source_date(&created, err);
    if (!status && cli_is_stdout(r->out) && n > 1)
        status = cli_fail(err, DLU_E_USAGE, "figure-pages-to-stdout", "",
                          "write to a file, or draw fewer pairs a page with a larger --width",
                          "expected one page for standard output, found %zu", n);
    if (!status && r->form == FORM_PDF)
        status = write_pdf(r, figure, created, &outputs, err);
    for (size_t i = 0; i < n && !status && r->form != FORM_PDF; i++)
        status = write_page(r, figure, i, &outputs, err);
    if (!status)
        status = cli_outputs_commit(&outputs, err);
    cli_outputs_free(&outputs);
    return status;
}

static dlu_status work(request *r, dlu_messages *log, dlu_error *err)
{
    cli_file file = {.bytes = NULL};
    dlu_result *result = NULL;
    dlu_figure *figure = NULL;
    dlu_status status = check_page(r, r->out, err);
    if (!status)
        status = cli_output_check(r->out, err);
    if (!status)
        status = cli_file_read(r->result, &file, err);
    if (!status)
        status = dlu_result_read(&file.source, &result, err);
    if (!status)
        status = cli_figure_style_finish(&r->style, r->form != FORM_SVG && cli_can_render(), err);
    if (!status)
        status = dlu_figure_draw(result, &r->style.draw, &figure, log, err);
    if (!status)
        status = write_figure(r, figure, err);
    dlu_figure_free(figure);
    dlu_result_free(result);
    cli_file_free(&file);
    return status;
}

int cli_figure(int argc, char **argv)
{
    request r = {.dpi = 300};
    dlu_error err = {.status = DLU_OK};
    int code = parse_request(argc, argv, &r);
    if (code)
        return code;
    dlu_messages *log = dlu_messages_new();
    dlu_status status =
        log ? work(&r, log, &err)
            : cli_fail(&err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    if (status)
        code = cli_say_failure(log, &err);
    else
        cli_say_messages(log);
    dlu_messages_free(log);
    cli_figure_style_free(&r.style);
    return code;
}
