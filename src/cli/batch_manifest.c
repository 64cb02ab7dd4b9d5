/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"
#include "output_place.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The experiments of a manifest. Its paths stand relative to the folder it lies in. */

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

/* Whether a path, as written, leads out of where it begins. */
static bool climbs_out(const char *path)
{
    long depth = 0;
    if (*path == '/')
        return true;
    for (const char *part = path; *part;) {
        size_t n = strcspn(part, "/");
        if (n == 2 && !strncmp(part, "..", 2))
            depth--;
        else if (n && !(n == 1 && *part == '.'))
            depth++;
        if (depth < 0)
            return true;
        part += n + (part[n] == '/');
    }
    return false;
}

/* Follows links; a file that is not there is judged by its name, and found missing later. */
static bool is_outside(const char *folder, const char *path, const char *as_written)
{
    char *top = cli_real_path(folder);
    char *real = cli_real_path(path);
    bool outside = climbs_out(as_written);
    if (top && real) {
        size_t n = strcmp(top, "/") ? strlen(top) : 0;
        outside = strncmp(real, top, n) || real[n] != '/';
    }
    free(top);
    free(real);
    return outside;
}

static bool check_inside(cli_item *item, const dlu_place *at, const char *folder, const char *path,
                         const char *as_written)
{
    dlu_error err;
    if (!is_outside(folder, path, as_written))
        return true;
    cli_fail(&err, DLU_E_INPUT, "manifest-path-outside", at->file,
             "put the file beside the manifest, or allow it with --allow-outside",
             "expected paths in the folder of the manifest, found \"%.300s\"", as_written);
    dlu_place_render(at, err.at, sizeof err.at);
    return cli_item_problem(item, &err);
}

typedef struct reader {
    const char *folder;
    bool allow_outside;
    cli_items *list;
} reader;

static bool take_path(const reader *r, cli_item *item, const dlu_place *at, char ***list, size_t *n,
                      const char *path)
{
    return cli_item_add_path(list, n, r->folder, path) &&
           (r->allow_outside || check_inside(item, at, r->folder, (*list)[*n - 1], path));
}

static bool take_config(const reader *r, cli_item *item, const dlu_manifest_row *row)
{
    char **list = NULL;
    size_t n = 0;
    if (!row->config)
        return true;
    bool good = take_path(r, item, &row->at, &list, &n, row->config);
    if (n)
        item->config = list[0];
    free(list);
    return good;
}

static bool check_counts(cli_item *item, const dlu_manifest_row *row)
{
    dlu_error err;
    if (row->n_plates && row->n_plates <= CLI_MAX_FILES && row->n_maps <= CLI_MAX_FILES)
        return true;
    if (!row->n_plates)
        cli_fail(&err, DLU_E_INPUT, "manifest-no-plates", row->at.file,
                 "name its plate files in the column plates, with \";\" between several",
                 "expected plate files, found an empty cell");
    else
        cli_fail(&err, DLU_E_LIMIT, "experiment-too-many-files", row->at.file,
                 "make several experiments of it",
                 "expected at most %u plate files and maps for one experiment, found %zu and %zu",
                 CLI_MAX_FILES, row->n_plates, row->n_maps);
    dlu_place_render(&row->at, err.at, sizeof err.at);
    return cli_item_problem(item, &err);
}

static bool take_row(const reader *r, const dlu_manifest_row *row)
{
    cli_item *item = cli_items_add(r->list, row->name);
    bool good = item && (item->manifest = strdup(row->at.file)) != NULL;
    if (good)
        dlu_place_render(&row->at, item->manifest_at, sizeof item->manifest_at);
    good = good && check_counts(item, row);
    if (good && row->user)
        good = (item->user = strdup(row->user)) != NULL;
    for (size_t i = 0; good && i < row->n_plates && i < CLI_MAX_FILES; i++)
        good = take_path(r, item, &row->at, &item->plates, &item->n_plates, row->plates[i]);
    for (size_t i = 0; good && i < row->n_maps && i < CLI_MAX_FILES; i++)
        good = take_path(r, item, &row->at, &item->maps, &item->n_maps, row->maps[i]);
    return good && take_config(r, item, row);
}

dlu_status cli_items_from_manifest(const char *path, bool allow_outside, cli_items *list,
                                   dlu_messages *log, dlu_error *err)
{
    cli_place place;
    cli_file file = {.bytes = NULL};
    dlu_manifest *manifest = NULL;
    dlu_status status = cli_file_read(path, &file, err);
    if (!status)
        status = dlu_manifest_read(&file.source, &manifest, log, err);
    if (!status && !cli_split_path(path, &place))
        status =
            cli_fail(err, DLU_E_IO, "path-too-long", path, "choose shorter names",
                     "expected paths of at most %d bytes, found a longer one", CLI_MAX_FOLDER - 1);
    const reader r = {place.folder, allow_outside, list};
    for (size_t i = 0; !status && i < manifest->n_rows; i++)
        if (!take_row(&r, &manifest->rows[i]))
            status = no_memory(err);
    dlu_manifest_free(manifest);
    cli_file_free(&file);
    return status;
}
