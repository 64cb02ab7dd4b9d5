/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The file of a history: SQLite with a write-ahead log, so that readers and a writer do not wait
 * for each other, and writers wait their turn. */

#define WAIT_MS 10000
#define VERSION "1"

static const char *const schema =
    "CREATE TABLE IF NOT EXISTS levels (id INTEGER PRIMARY KEY, key TEXT NOT NULL,"
    " instrument TEXT NOT NULL, user TEXT NOT NULL, control TEXT NOT NULL, date TEXT NOT NULL,"
    " experiment TEXT NOT NULL, value REAL NOT NULL, UNIQUE (key, control));"
    "PRAGMA user_version = " VERSION ";";

static dlu_status refuse(sqlite3 *db, int code, const char *path, dlu_error *err)
{
    /* our statements hold: where one does not, the tables are another program's */
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_ERROR)
        return cli_fail(err, DLU_E_INPUT, "history-damaged", path,
                        "put it aside; the next run with --history begins a new one",
                        "expected a history of dualuc, found a damaged or another file");
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return cli_fail(err, DLU_E_IO, "history-locked", path,
                        "close the program that holds it, then run the batch again: what is done "
                        "is kept",
                        "another program has held the history for %d seconds", WAIT_MS / 1000);
    if (code == SQLITE_NOMEM)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    return cli_fail(err, DLU_E_IO, "history-unusable", path,
                    "choose another place for it, where you may write",
                    "the history cannot be read or written: %s",
                    db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

/* A pipe would be waited for; a folder is none. */
static dlu_status check_kind(const char *path, bool make, dlu_error *err)
{
    struct stat info;
    if (stat(path, &info))
        return make && errno == ENOENT ? DLU_OK
                                       : cli_fail(err, DLU_E_IO, "file-missing", path,
                                                  "dualuc batch --history makes one",
                                                  "expected a file, found none of this name");
    if (S_ISREG(info.st_mode))
        return DLU_OK;
    return cli_fail(err, DLU_E_IO, "file-not-plain", path, "name a file",
                    "expected a plain file, found a folder, a pipe or a device");
}

static int check_version(sqlite3 *db)
{
    sqlite3_stmt *ask;
    int code = sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &ask, NULL);
    if (code)
        return code;
    code = sqlite3_step(ask);
    int version = code == SQLITE_ROW ? sqlite3_column_int(ask, 0) : 0;
    sqlite3_finalize(ask);
    return code != SQLITE_ROW ? code : version > 1 ? SQLITE_NOTADB : SQLITE_OK;
}

static dlu_status open_history(const char *path, bool make, sqlite3 **db, dlu_error *err)
{
    *db = NULL;
    dlu_status status = check_kind(path, make, err);
    if (status)
        return status;
    int flags = SQLITE_OPEN_READWRITE | (make ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(path, db, flags, NULL);
    if (!code)
        code = sqlite3_busy_timeout(*db, WAIT_MS);
    if (!code)
        code = check_version(*db);
    if (!code && make)
        code = sqlite3_exec(*db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (!code && make)
        code = sqlite3_exec(*db, schema, NULL, NULL, NULL);
    if (!code)
        return DLU_OK;
    status = refuse(*db, code, path, err);
    sqlite3_close(*db);
    *db = NULL;
    return status;
}

/* ---- keeping ---- */

static int ask_newest(sqlite3 *db, long long *newest)
{
    sqlite3_stmt *ask;
    int code = sqlite3_prepare_v2(db, "SELECT coalesce(max(id), 0) FROM levels", -1, &ask, NULL);
    if (code)
        return code;
    code = sqlite3_step(ask);
    if (code == SQLITE_ROW)
        *newest = sqlite3_column_int64(ask, 0);
    sqlite3_finalize(ask);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

static int bind(sqlite3_stmt *add, int column, const char *text)
{
    return sqlite3_bind_text(add, column, text ? text : "", -1, SQLITE_TRANSIENT);
}

/* The experiment that a level is of; both stand in the same order. */
static const dlu_run_experiment *experiment_of(const dlu_run *run, size_t *at, const char *name)
{
    while (*at < run->n_experiments && strcmp(run->experiments[*at].name, name) != 0)
        ++*at;
    return *at < run->n_experiments ? &run->experiments[*at] : NULL;
}

static int add_level(sqlite3_stmt *add, const dlu_run_experiment *e, const dlu_run_level *level)
{
    const char *const texts[] = {e->key,         level->instrument, e->user,
                                 level->control, level->date,       e->name};
    int code = sqlite3_reset(add);
    for (int i = 0; !code && i < 6; i++)
        code = bind(add, i + 1, texts[i]);
    if (!code)
        code = sqlite3_bind_double(add, 7, level->value);
    if (!code)
        code = sqlite3_step(add);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* What is there already, by the key of its inputs, settings and version, is not kept twice. */
static int add_levels(sqlite3 *db, const dlu_run *run)
{
    sqlite3_stmt *add;
    size_t at = 0;
    int code = sqlite3_prepare_v2(db,
                                  "INSERT OR IGNORE INTO levels (key, instrument, user, control,"
                                  " date, experiment, value) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                  -1, &add, NULL);
    if (code)
        return code;
    for (size_t i = 0; !code && i < run->n_levels; i++) {
        const dlu_run_experiment *e = experiment_of(run, &at, run->levels[i].experiment);
        if (e && e->key)
            code = add_level(add, e, &run->levels[i]);
    }
    sqlite3_finalize(add);
    return code;
}

dlu_status cli_history_keep(const char *path, const dlu_run *run, long long *before, dlu_error *err)
{
    sqlite3 *db;
    dlu_status status = open_history(path, true, &db, err);
    if (status)
        return status;
    int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (!code) {
        code = ask_newest(db, before);
        if (!code)
            code = add_levels(db, run);
        if (!code)
            code = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
    if (code)
        status = refuse(db, code, path, err);
    if (code)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(db);
    return status;
}

/* ---- reading ---- */

static char *text_of(sqlite3_stmt *ask, int column)
{
    const unsigned char *text = sqlite3_column_text(ask, column);
    return strdup(text ? (const char *)text : "");
}

static bool take_level(sqlite3_stmt *ask, cli_levels *out)
{
    if (out->n == out->cap) {
        size_t cap = out->cap ? 2 * out->cap : 256;
        cli_level *items = realloc(out->items, cap * sizeof *items);
        if (!items)
            return false;
        out->items = items;
        out->cap = cap;
    }
    cli_level *l = &out->items[out->n++];
    *l = (cli_level){.id = sqlite3_column_int64(ask, 0),
                     .instrument = text_of(ask, 1),
                     .user = text_of(ask, 2),
                     .control = text_of(ask, 3),
                     .date = text_of(ask, 4),
                     .experiment = text_of(ask, 5),
                     .value = sqlite3_column_double(ask, 6)};
    return l->instrument && l->user && l->control && l->date && l->experiment;
}

dlu_status cli_history_read(const char *path, cli_levels *out, dlu_error *err)
{
    sqlite3 *db;
    sqlite3_stmt *ask = NULL;
    *out = (cli_levels){0};
    dlu_status status = open_history(path, false, &db, err);
    if (status)
        return status;
    int code = sqlite3_prepare_v2(db,
                                  "SELECT id, instrument, user, control, date, experiment, value"
                                  " FROM levels ORDER BY instrument, user, control, date, id",
                                  -1, &ask, NULL);
    while (!code) {
        int step = sqlite3_step(ask);
        if (step == SQLITE_DONE)
            break;
        code = step != SQLITE_ROW ? step : take_level(ask, out) ? SQLITE_OK : SQLITE_NOMEM;
    }
    /* another program's database has no such table */
    if (code)
        status = refuse(db, code == SQLITE_ERROR ? SQLITE_NOTADB : code, path, err);
    sqlite3_finalize(ask);
    sqlite3_close(db);
    return status;
}

void cli_levels_free(cli_levels *levels)
{
    for (size_t i = 0; i < levels->n; i++) {
        cli_level *l = &levels->items[i];
        free(l->instrument);
        free(l->user);
        free(l->control);
        free(l->date);
        free(l->experiment);
    }
    free(levels->items);
    *levels = (cli_levels){0};
}
