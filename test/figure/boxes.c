/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dualuc/dualuc.h>

/*
 * Draws a figure and prints where everything stands: boxes RESULT.json FOLDER NAME=VALUE...
 * One line a box: page, mark, x, y, width, height, value, group, text. The SVGs go into the folder.
 */

static char *read_file(const char *path, size_t *n)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 26);
    if (!file || !bytes)
        exit(3);
    *n = fread(bytes, 1, 1 << 26, file);
    fclose(file);
    return bytes;
}

static int fail(const dlu_error *err)
{
    char text[2000];
    dlu_error_render(err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}

static void write_page(const char *folder, const dlu_figure_page *page)
{
    char path[4000];
    snprintf(path, sizeof path, "%s/%s.svg", folder, page->name);
    FILE *file = fopen(path, "wb");
    if (!file)
        exit(3);
    fwrite(page->svg, 1, page->n_svg, file);
    fclose(file);
    printf("page\t%s\t%.4f\t%.4f\n", page->name, page->width, page->height);
}

static void print_box(const dlu_figure_box *b)
{
    static const char *const marks[] = {"text",    "bar",  "point", "interval",
                                        "bracket", "well", "line",  "area"};
    printf("box\t%zu\t%s\t%.4f\t%.4f\t%.4f\t%.4f\t%.17g\t%s\t%s\n", b->page, marks[b->mark], b->x,
           b->y, b->width, b->height, b->value, b->group ? b->group : "", b->text ? b->text : "");
}

static int draw(const dlu_result *result, const dlu_figure_options *options, const char *folder)
{
    dlu_error err;
    dlu_figure *figure;
    dlu_messages *log = dlu_messages_new();
    if (dlu_figure_draw(result, options, &figure, log, &err)) {
        dlu_messages_free(log);
        return fail(&err);
    }
    for (size_t i = 0; i < dlu_figure_page_count(figure); i++)
        write_page(folder, dlu_figure_page_get(figure, i));
    for (size_t i = 0; i < dlu_figure_box_count(figure); i++)
        print_box(dlu_figure_box_get(figure, i));
    for (size_t i = 0; i < dlu_messages_count(log); i++)
        fprintf(stderr, "%s\n", dlu_messages_get(log, i)->text);
    dlu_figure_free(figure);
    dlu_messages_free(log);
    return 0;
}

int main(int argc, char **argv)
{
    dlu_source source = {.name = argv[1]};
    dlu_figure_options options;
    dlu_result *result;
    dlu_error err;
    if (argc < 3)
        return 3;
    char *bytes = read_file(argv[1], &source.n_bytes);
    source.bytes = bytes;
    if (dlu_result_read(&source, &result, &err))
        return fail(&err);
    dlu_figure_defaults(&options);
    for (int i = 3; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (!value)
            return 3;
        *value++ = '\0';
        if (dlu_figure_option_set(&options, argv[i], value, &err))
            return fail(&err);
    }
    int code = draw(result, &options, argv[2]);
    dlu_result_free(result);
    free(bytes);
    return code;
}
