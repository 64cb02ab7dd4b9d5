/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The section [seed] of an ini file: "mirna = ...", "PTEN.WT = wt.fa", "PTEN.MUT = mut.fa". */

#define NAME_SIZE 128u

/* The path beside the ini file; NULL where memory ran out. */
static char *beside(const char *ini, const char *path)
{
    const char *slash = strrchr(ini, '/');
    size_t n = slash && path[0] != '/' ? (size_t)(slash - ini) + 1 : 0;
    char *joined = malloc(n + strlen(path) + 1);
    if (!joined)
        return NULL;
    memcpy(joined, ini, n);
    memcpy(joined + n, path, strlen(path) + 1);
    return joined;
}

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

static dlu_status set_path(char **to, const char *ini, const char *path, dlu_error *err)
{
    free(*to);
    *to = beside(ini, path);
    return *to ? DLU_OK : no_memory(err);
}

static dlu_status set_mirna(cli_seed_plan *plan, const char *ini, const char *value, dlu_error *err)
{
    char *path = beside(ini, value);
    if (!path)
        return no_memory(err);
    plan->mirna_is_file = cli_seed_is_path(value, path);
    dlu_status status = cli_seed_copy(&plan->mirna, plan->mirna_is_file ? path : value, err);
    free(path);
    return status;
}

static dlu_status add_coding(cli_seed_plan *plan, const char *ini, const char *value,
                             dlu_error *err)
{
    char *path = beside(ini, value);
    dlu_status status = path ? cli_seed_add_coding(plan, path, err) : no_memory(err);
    free(path);
    return status;
}

static dlu_status refuse_key(const char *key, dlu_error *err)
{
    static const char *const keys[] = {"mirna", "mirbase", "published", "cds", "insert"};
    char hint[240];
    const char *near = cli_nearest(key, keys, sizeof keys / sizeof *keys);
    snprintf(hint, sizeof hint,
             "%s%s%smirna, mirbase, published, cds, insert; or a target and WT or its mutant, such "
             "as PTEN.WT and PTEN.MUT",
             near ? "did you mean " : "", near ? near : "", near ? "? Known are " : "");
    return cli_fail(err, DLU_E_USAGE, "seed-unknown-key", "", hint,
                    "section [seed]: expected a key of it, found \"%.60s\"", key);
}

/* "PTEN.WT" in two; false where it has another form. */
static bool split(const char *key, char target[NAME_SIZE], char construct[NAME_SIZE])
{
    const char *dot = strrchr(key, '.');
    if (!dot || dot == key || (size_t)(dot - key) >= NAME_SIZE || strlen(dot + 1) >= NAME_SIZE)
        return false;
    memcpy(target, key, (size_t)(dot - key));
    target[dot - key] = '\0';
    memcpy(construct, dot + 1, strlen(dot + 1) + 1);
    return !strcasecmp(construct, "WT") || !strncasecmp(construct, "MUT", 3);
}

static cli_seed_insert *find_insert(cli_seed_plan *plan, const char *target, const char *construct)
{
    for (size_t i = 0; i < plan->n_inserts; i++)
        if (!strcmp(plan->inserts[i].target, target) &&
            !strcasecmp(plan->inserts[i].construct, construct))
            return &plan->inserts[i];
    return NULL;
}

/* "PTEN.WT.insert = 3UTR": of the file that "PTEN.WT" names above. */
static dlu_status set_part(cli_seed_plan *plan, const char *key, const char *value, dlu_error *err)
{
    char target[NAME_SIZE], construct[NAME_SIZE], name[2 * NAME_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)(strrchr(key, '.') - key), key);
    if (!split(name, target, construct))
        return refuse_key(key, err);
    cli_seed_insert *insert = find_insert(plan, target, construct);
    if (!insert)
        return cli_fail(err, DLU_E_USAGE, "seed-insert-before-file", "",
                        "name the file in a line above it",
                        "section [seed]: expected %.60s before %.60s, found none", name, key);
    return cli_seed_copy(&insert->part, value, err);
}

static dlu_status add_insert(cli_seed_plan *plan, const char *ini, const char *key,
                             const char *value, dlu_error *err)
{
    char target[NAME_SIZE], construct[NAME_SIZE];
    if (!split(key, target, construct))
        return refuse_key(key, err);
    if (find_insert(plan, target, construct))
        return cli_fail(err, DLU_E_USAGE, "seed-key-twice", "", "delete one of the two lines",
                        "section [seed]: expected %.60s once, found it twice", key);
    char *path = beside(ini, value);
    dlu_status status =
        path ? cli_seed_add_insert(plan, target, construct, path, err) : no_memory(err);
    free(path);
    return status;
}

dlu_status cli_seed_set(cli_seed_plan *plan, const char *ini, const char *key, const char *value,
                        dlu_error *err)
{
    const char *dot = strrchr(key, '.');
    plan->asked = true;
    if (!*value)
        return cli_fail(err, DLU_E_USAGE, "seed-no-value", "", "write it behind the equals sign",
                        "section [seed]: %.60s: expected a value, found none", key);
    if (!strcmp(key, "mirna"))
        return set_mirna(plan, ini, value, err);
    if (!strcmp(key, "mirbase"))
        return set_path(&plan->mirbase, ini, value, err);
    if (!strcmp(key, "published"))
        return set_path(&plan->published, ini, value, err);
    if (!strcmp(key, "cds"))
        return add_coding(plan, ini, value, err);
    if (!strcmp(key, "insert"))
        return cli_seed_copy(&plan->part, value, err);
    if (dot && !strcmp(dot, ".insert"))
        return set_part(plan, key, value, err);
    return add_insert(plan, ini, key, value, err);
}
