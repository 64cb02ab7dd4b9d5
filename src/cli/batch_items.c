/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* The list of experiments, and what their names must be. */

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

cli_item *cli_items_add(cli_items *list, const char *name)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 64;
        cli_item *items = realloc(list->items, cap * sizeof *items);
        if (!items)
            return NULL;
        list->items = items;
        list->cap = cap;
    }
    cli_item *item = &list->items[list->n];
    *item = (cli_item){.name = strdup(name)};
    if (!item->name)
        return NULL;
    list->n++;
    return item;
}

bool cli_item_add_path(char ***list, size_t *n, const char *folder, const char *path)
{
    char **longer = realloc(*list, (*n + 1) * sizeof *longer);
    if (!longer)
        return false;
    *list = longer;
    longer[*n] = *folder && strcmp(folder, ".") != 0 && *path != '/' ? cli_joined(folder, path)
                                                                     : strdup(path);
    return longer[*n] && ++*n;
}

bool cli_item_problem(cli_item *item, const dlu_error *err)
{
    if (item->problem)
        return true;
    item->problem = malloc(sizeof *item->problem);
    if (item->problem)
        *item->problem = *err;
    return item->problem != NULL;
}

void cli_texts_free(char **texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(texts[i]);
    free(texts);
}

void cli_items_free(cli_items *list)
{
    for (size_t i = 0; i < list->n; i++) {
        cli_item *item = &list->items[i];
        free(item->name);
        free(item->user);
        free(item->config);
        free(item->manifest);
        free(item->problem);
        cli_texts_free(item->plates, item->n_plates);
        cli_texts_free(item->maps, item->n_maps);
    }
    free(list->items);
    *list = (cli_items){0};
}

/* ---- names ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* As on disks where case does not count. */
static int compare_names(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return (unsigned char)lower(*a) - (unsigned char)lower(*b);
}

static int by_name(const void *a, const void *b)
{
    const cli_item *x = *(cli_item *const *)a, *y = *(cli_item *const *)b;
    int order = compare_names(x->name, y->name);
    return order ? order : x < y ? -1 : x > y;
}

/* What stands in the folder of the run itself. */
static bool is_taken(const char *name)
{
    static const char *const own[] = {"index.xlsx", "summary.csv", "run.json"};
    size_t n = strcspn(name, "/");
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strlen(own[i]) == n && !strncmp(own[i], name, n))
            return true;
    return false;
}

/* A folder under that of the run, and nowhere else. */
static bool is_folder_name(const char *name)
{
    for (const char *part = name;; part += strcspn(part, "/") + 1) {
        size_t n = strcspn(part, "/");
        if (!n || n > 200 || *part == '.' || !strncmp(part, "~$", 2))
            return false;
        if (!part[n])
            return !is_taken(name);
    }
}

static bool check_name(cli_item *item)
{
    dlu_error err;
    if (is_folder_name(item->name))
        return true;
    cli_fail(&err, DLU_E_INPUT, "experiment-name", item->manifest ? item->manifest : "",
             "choose a label that can be a folder, such as plate7 or 2024/plate7",
             "expected a name for the folder of the outputs, found \"%.200s\"", item->name);
    snprintf(err.at, sizeof err.at, "%s", item->manifest_at);
    return cli_item_problem(item, &err);
}

/* None of several is guessed to be the right one. */
static bool refuse_same(cli_item *item, const cli_item *other)
{
    dlu_error err;
    bool same = !strcmp(item->name, other->name);
    cli_fail(&err, DLU_E_INPUT, same ? "experiment-twice" : "experiment-twice-but-case",
             item->manifest ? item->manifest : "", "give each experiment a name of its own",
             same ? "expected each experiment once, found another of the name \"%.200s\""
                  : "expected names that differ by more than capital letters, which many disks do "
                    "not tell apart, found \"%.200s\" beside it",
             other->name);
    snprintf(err.at, sizeof err.at, "%s", item->manifest_at);
    return cli_item_problem(item, &err);
}

dlu_status cli_items_check_names(cli_items *list, dlu_error *err)
{
    cli_item **sorted = calloc(list->n + 1, sizeof *sorted);
    bool good = sorted != NULL;
    for (size_t i = 0; good && i < list->n; i++) {
        sorted[i] = &list->items[i];
        good = check_name(sorted[i]);
    }
    if (good)
        qsort(sorted, list->n, sizeof *sorted, by_name);
    for (size_t i = 1; good && i < list->n; i++)
        if (!compare_names(sorted[i - 1]->name, sorted[i]->name))
            good = refuse_same(sorted[i - 1], sorted[i]) && refuse_same(sorted[i], sorted[i - 1]);
    free(sorted);
    return good ? DLU_OK : no_memory(err);
}
