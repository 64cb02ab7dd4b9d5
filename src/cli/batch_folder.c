/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* The experiments of a folder: each folder in it that holds a plate map beside reader files. */

#define MAX_DEPTH 40u

/* Names in a folder, sorted: the order of the disk is none. */
typedef struct names {
    char **items;
    size_t n;
} names;

typedef struct walk {
    const char *top;
    struct stat out; /* the folder of the run, which is not looked into */
    bool has_out;
    struct stat above[MAX_DEPTH]; /* from the top down to the folder at hand */
    cli_items *list;
    dlu_error *err;
} walk;

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Without hidden files and those that Excel and editors put beside open ones. */
static bool is_passed_over(const char *name)
{
    size_t n = strlen(name);
    return *name == '.' || !strncmp(name, "~$", 2) || name[n - 1] == '~';
}

static dlu_status list_names(const char *path, names *out, dlu_error *err)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    dlu_status status = DLU_OK;
    *out = (names){0};
    if (!folder)
        return cli_fail(err, DLU_E_IO, "folder-unreadable", path,
                        "allow yourself to read it, or move it elsewhere",
                        "cannot look into the folder: %s", strerror(errno));
    while (!status && (errno = 0, entry = readdir(folder)))
        if (!is_passed_over(entry->d_name) &&
            !cli_item_add_path(&out->items, &out->n, "", entry->d_name))
            status = no_memory(err);
    if (!status && errno)
        status = cli_fail(err, DLU_E_IO, "folder-unreadable", path, "try again",
                          "cannot look into the folder: %s", strerror(errno));
    closedir(folder);
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_text);
    return status;
}

/* ---- what a file is, by its name ---- */

static const char *extension_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : "";
}

static bool contains_map(const char *name)
{
    for (; *name; name++)
        if (!strncasecmp(name, "map", 3))
            return true;
    return false;
}

/* map.*, or *map*.csv, .tsv, .xlsx */
static bool is_map(const char *name)
{
    const char *extension = extension_of(name);
    if (!strncasecmp(name, "map.", 4))
        return true;
    return contains_map(name) && (!strcasecmp(extension, "csv") || !strcasecmp(extension, "tsv") ||
                                  !strcasecmp(extension, "xlsx"));
}

/* One of the extensions that some format has: "csv, txt, xlsx". */
static bool is_reader_file(const char *name)
{
    const char *extension = extension_of(name);
    size_t n = strlen(extension);
    for (size_t i = 0; n && i < dlu_format_count(); i++) {
        for (const char *word = dlu_format_get(i)->extensions; *word;) {
            size_t length = strcspn(word, ", ");
            if (length == n && !strncasecmp(word, extension, n))
                return true;
            word += length + strspn(word + length, ", ");
        }
    }
    return false;
}

/* The folder of another run: it holds outputs only. */
static bool is_run_folder(const names *found)
{
    static const char *const own[] = {"index.xlsx", "run.json", "summary.csv"};
    size_t n = 0;
    for (size_t i = 0; i < found->n; i++)
        for (size_t k = 0; k < 3; k++)
            n += !strcmp(found->items[i], own[k]);
    return n == 3;
}

/* ---- a folder as an experiment ---- */

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The path seen from the top; the name of the top itself where it is the one. */
static char *name_of(const walk *w, const char *inside)
{
    char *real = *inside ? NULL : cli_real_path(w->top);
    char *name = *inside ? strdup(inside) : real ? strdup(last_part(real)) : NULL;
    free(real);
    return name;
}

static bool refuse_maps(cli_item *item, const char *path)
{
    dlu_error err;
    cli_fail(&err, DLU_E_INPUT, "folder-several-maps", path,
             "leave one map in the folder, or write a manifest that names the map of each plate "
             "file",
             "expected one plate map, found %.150s and %.150s", last_part(item->maps[0]),
             last_part(item->maps[1]));
    return cli_item_problem(item, &err);
}

static bool refuse_count(cli_item *item, const char *path)
{
    dlu_error err;
    cli_fail(&err, DLU_E_LIMIT, "experiment-too-many-files", path,
             "give each experiment a folder of its own",
             "expected at most %u reader files for one experiment, found %zu", CLI_MAX_FILES,
             item->n_plates);
    return cli_item_problem(item, &err);
}

/* What dualuc analyze -o report.xlsx left beside its inputs holds every number twice. */
static bool is_earlier_report(const char *name, const char *path)
{
    if (strcmp(name, CLI_REPORT_NAME) != 0)
        return false;
    cli_warn("folder-report-left", path, "give it another name, if it is the export of a reader",
             "%s is taken for an earlier report of dualuc, and is left out", name);
    return true;
}

static dlu_status take_files(walk *w, const char *path, const char *inside, const names *files,
                             const bool *is_file)
{
    cli_item item = {.name = NULL};
    bool good = true, has_map = false;
    for (size_t i = 0; i < files->n; i++)
        has_map = has_map || (is_file[i] && is_map(files->items[i]));
    for (size_t i = 0; good && has_map && i < files->n; i++) {
        if (is_file[i] && is_map(files->items[i]))
            good = cli_item_add_path(&item.maps, &item.n_maps, path, files->items[i]);
        else if (is_file[i] && is_reader_file(files->items[i]) &&
                 !is_earlier_report(files->items[i], path))
            good = cli_item_add_path(&item.plates, &item.n_plates, path, files->items[i]);
    }
    char *name = good && item.n_maps && item.n_plates ? name_of(w, inside) : NULL;
    cli_item *to = name ? cli_items_add(w->list, name) : NULL;
    if (to) {
        item.name = to->name;
        *to = item;
        if (to->n_maps > 1)
            good = refuse_maps(to, path);
        if (good && to->n_plates > CLI_MAX_FILES)
            good = refuse_count(to, path);
    } else {
        good = good && !(item.n_maps && item.n_plates);
        if (good && item.n_maps)
            cli_warn("folder-no-reader-files", path,
                     "put the exports of the reader beside the map, if this is an experiment",
                     "the folder holds a plate map and no reader file, and is left out");
        cli_texts_free(item.maps, item.n_maps);
        cli_texts_free(item.plates, item.n_plates);
    }
    free(name);
    return good ? DLU_OK : no_memory(w->err);
}

/* ---- the way through the folders ---- */

static bool same_entry(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Links may lead back up: a folder that stands above itself is not entered again. */
static bool is_entered(const walk *w, const struct stat *info, size_t depth)
{
    if (w->has_out && same_entry(info, &w->out))
        return false;
    for (size_t i = 0; i < depth; i++)
        if (same_entry(info, &w->above[i]))
            return false;
    return true;
}

static dlu_status visit(walk *w, const char *path, const char *inside, size_t depth);

static dlu_status visit_folder(walk *w, const char *path, const char *inside, const char *name,
                               size_t depth)
{
    char *below = cli_joined(path, name);
    char *seen = *inside ? cli_joined(inside, name) : strdup(name);
    dlu_status status = below && seen ? visit(w, below, seen, depth) : no_memory(w->err);
    free(below);
    free(seen);
    return status;
}

static dlu_status visit_all(walk *w, const char *path, const char *inside, const names *found,
                            size_t depth)
{
    bool *is_file = calloc(found->n + 1, sizeof *is_file);
    dlu_status status = is_file ? DLU_OK : no_memory(w->err);
    for (size_t i = 0; !status && i < found->n; i++) {
        struct stat info;
        char *at = cli_joined(path, found->items[i]);
        /* a link to nowhere is a file, which is found missing when it is read */
        bool is_folder = at && !stat(at, &info) && S_ISDIR(info.st_mode);
        is_file[i] = !is_folder;
        if (!at)
            status = no_memory(w->err);
        free(at);
        if (!status && is_folder && depth + 1 < MAX_DEPTH && is_entered(w, &info, depth + 1))
            status = visit_folder(w, path, inside, found->items[i], depth + 1);
    }
    if (!status)
        status = take_files(w, path, inside, found, is_file);
    free(is_file);
    return status;
}

/* A folder that cannot be read may be an experiment: it is one that failed. */
static dlu_status refuse_folder(walk *w, const char *inside)
{
    cli_item *item = cli_items_add(w->list, inside);
    return item && cli_item_problem(item, w->err) ? DLU_OK : no_memory(w->err);
}

static dlu_status visit(walk *w, const char *path, const char *inside, size_t depth)
{
    names found;
    if (stat(path, &w->above[depth]))
        return DLU_OK; /* gone since it was listed */
    dlu_status status = list_names(path, &found, w->err);
    if (status == DLU_E_IO && depth)
        status = refuse_folder(w, inside);
    else if (!status && !is_run_folder(&found))
        status = visit_all(w, path, inside, &found, depth);
    cli_texts_free(found.items, found.n);
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const cli_item *)a)->name, ((const cli_item *)b)->name);
}

dlu_status cli_items_from_folder(const char *path, const char *out, cli_items *list, dlu_error *err)
{
    walk *w = calloc(1, sizeof *w);
    if (!w)
        return no_memory(err);
    w->top = path;
    w->list = list;
    w->err = err;
    w->has_out = !stat(out, &w->out);
    dlu_status status = visit(w, path, "", 0);
    if (!status && list->n)
        qsort(list->items, list->n, sizeof *list->items, by_name);
    free(w);
    return status;
}
