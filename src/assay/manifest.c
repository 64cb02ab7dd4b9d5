/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/run.h>

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "grid/grid.h"

/* The list of experiments of a batch: a row an experiment. */

#define MAX_EXPERIMENTS 100000u
#define MAX_LISTED      4096u /* files in one cell */

typedef enum column { PLATES, MAP, CONFIG, LABEL, USER, N_COLUMNS } column;

static bool is_one_of(const char *header, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dlu_text_alike(header, words[i]))
            return true;
    return false;
}

static column column_of(const char *header)
{
    static const struct {
        column column;
        const char *words[6];
    } known[] = {
        {PLATES, {"plates", "plate", "plate files", "plate file", "files", "file"}},
        {MAP, {"map", "maps", "plate map", "plate maps", "map", "map"}},
        {CONFIG, {"config", "settings", "ini", "config", "config", "config"}},
        {LABEL, {"label", "name", "experiment", "label", "label", "label"}},
        {USER, {"user", "operator", "owner", "user", "user", "user"}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is_one_of(header, known[i].words, 6))
            return known[i].column;
    return N_COLUMNS;
}

static bool is_plates(const char *header)
{
    return column_of(header) == PLATES;
}

typedef struct reader {
    dlu_arena *arena;
    dlu_messages *log;
    dlu_table table;
    long columns[N_COLUMNS]; /* of the table, or -1 */
} reader;

static bool find_table(reader *r, const dlu_book *book)
{
    for (size_t i = 0; i < book->n_sheets; i++)
        if (dlu_table_find(book, &book->sheets[i], r->arena, is_plates, 1, &r->table))
            return true;
    return false;
}

static dlu_place place_of(const reader *r, uint32_t row, size_t c)
{
    return dlu_book_place(r->table.book, r->table.sheet, row, r->table.first_col + (uint32_t)c);
}

static dlu_status find_columns(reader *r, dlu_error *err)
{
    for (size_t i = 0; i < N_COLUMNS; i++)
        r->columns[i] = -1;
    for (size_t c = 0; c < r->table.n_cols; c++) {
        column found = *r->table.headers[c] ? column_of(r->table.headers[c]) : N_COLUMNS;
        dlu_place at = place_of(r, r->table.header_row, c);
        if (found == N_COLUMNS) {
            if (*r->table.headers[c])
                dlu_note(r->log, "manifest-column-left", &at, NULL,
                         "the column \"%s\" is none that a manifest has, and is not used",
                         r->table.headers[c]);
        } else if (r->columns[found] >= 0) {
            return dlu_fail(err, DLU_E_INPUT, "manifest-column-twice", &at,
                            "give each of plates, map, config, label and user once",
                            "expected one column of its kind, found a second one, \"%s\"",
                            r->table.headers[c]);
        } else {
            r->columns[found] = (long)c;
        }
    }
    return DLU_OK;
}

/* The text of a cell without blanks around it; NULL where it is empty. */
static const char *text_at(const reader *r, size_t k, column which)
{
    long c = r->columns[which];
    const dlu_cell *cell = c < 0 ? NULL : dlu_table_at(&r->table, k, (size_t)c);
    const char *text = cell ? dlu_text_trimmed(r->arena, cell->text) : NULL;
    return text && *text ? text : NULL;
}

/* The parts of a text between semicolons, without blanks around them and without empty ones. */
static const char *const *list_at(const reader *r, size_t k, column which, size_t *n)
{
    const char *text = text_at(r, k, which);
    size_t most = 1;
    for (const char *p = text; p && *p; p++)
        most += *p == ';';
    most = most < MAX_LISTED ? most : MAX_LISTED;
    const char **list = dlu_arena_alloc(r->arena, most, sizeof *list);
    *n = 0;
    while (list && text && *n < most) {
        size_t length = strcspn(text, ";");
        const char *part = dlu_arena_copy_n(r->arena, text, length);
        part = part ? dlu_text_trimmed(r->arena, part) : NULL;
        if (part && *part)
            list[(*n)++] = part;
        if (!text[length])
            break;
        text += length + 1;
    }
    return list;
}

/* "runs/day1.xlsx" is "day1". */
static const char *stem_of(const reader *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dlu_arena_copy_n(r->arena, name,
                            dot && dot != name ? (size_t)(dot - name) : strlen(name));
}

static dlu_status read_row(const reader *r, size_t k, dlu_manifest_row *row, dlu_error *err)
{
    row->at = place_of(r, r->table.rows[k], 0);
    row->at.col = 0;
    row->plates = list_at(r, k, PLATES, &row->n_plates);
    row->maps = list_at(r, k, MAP, &row->n_maps);
    row->config = text_at(r, k, CONFIG);
    row->user = text_at(r, k, USER);
    row->name = text_at(r, k, LABEL);
    if (!row->name && row->n_plates)
        row->name = stem_of(r, row->plates[0]);
    if (row->name || dlu_arena_failed(r->arena))
        return DLU_OK;
    return dlu_fail(err, DLU_E_INPUT, "manifest-row-empty", &row->at,
                    "name its plate files in the column plates, with \";\" between several",
                    "expected an experiment, found a row without plate files and without a label");
}

static dlu_status read_rows(reader *r, dlu_manifest *manifest, dlu_error *err)
{
    dlu_place at = {.file = r->table.book->file};
    size_t n = r->table.n_rows;
    if (!n)
        return dlu_fail(err, DLU_E_INPUT, "manifest-no-rows", &at,
                        "write a row for each experiment under the header",
                        "expected a row an experiment, found none");
    if (n > MAX_EXPERIMENTS)
        return dlu_fail(err, DLU_E_LIMIT, "manifest-too-long", &at, "give several manifests",
                        "expected at most %u experiments, found %zu", MAX_EXPERIMENTS, n);
    manifest->rows = dlu_arena_alloc(r->arena, n, sizeof *manifest->rows);
    dlu_status status = manifest->rows ? DLU_OK : dlu_fail_memory(err);
    for (size_t k = 0; k < n && status == DLU_OK; k++)
        status = read_row(r, k, &manifest->rows[manifest->n_rows++], err);
    return status;
}

static dlu_status read_manifest(reader *r, const dlu_source *source, dlu_manifest *manifest,
                                dlu_error *err)
{
    dlu_book *book;
    dlu_place at = {.file = dlu_arena_copy(r->arena, source->name)};
    dlu_source named = *source;
    if (!at.file)
        return dlu_fail_memory(err);
    named.name = at.file; /* places outlive the source */
    dlu_status status = dlu_book_read(&named, r->arena, &book, err);
    if (status != DLU_OK)
        return status;
    if (!find_table(r, book))
        return dlu_fail(err, DLU_E_INPUT, "manifest-no-header", &at,
                        "begin with a line such as plates,map,config,label,user",
                        "expected a manifest, a table with a column plates, found none");
    status = find_columns(r, err);
    return status == DLU_OK ? read_rows(r, manifest, err) : status;
}

dlu_status dlu_manifest_read(const dlu_source *source, dlu_manifest **out, dlu_messages *log,
                             dlu_error *err)
{
    reader r = {.arena = dlu_arena_new(), .log = log};
    dlu_manifest *manifest = r.arena ? dlu_arena_alloc(r.arena, 1, sizeof *manifest) : NULL;
    *out = NULL;
    if (!manifest) {
        dlu_arena_free(r.arena);
        return dlu_fail_memory(err);
    }
    manifest->memory = r.arena;
    dlu_status status = read_manifest(&r, source, manifest, err);
    if (dlu_arena_failed(r.arena) || dlu_messages_failed(log))
        status = dlu_fail_memory(err);
    if (status == DLU_OK)
        *out = manifest;
    else
        dlu_manifest_free(manifest);
    return status;
}

void dlu_manifest_free(dlu_manifest *manifest)
{
    if (manifest)
        dlu_arena_free(manifest->memory);
}
