/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

static void free_insert(cli_seed_insert *insert)
{
    free(insert->target);
    free(insert->construct);
    free(insert->path);
    free(insert->part);
}

void cli_seed_plan_free(cli_seed_plan *plan)
{
    free(plan->mirna);
    free(plan->mirbase);
    free(plan->published);
    free(plan->part);
    for (size_t i = 0; i < plan->n_inserts; i++)
        free_insert(&plan->inserts[i]);
    for (size_t i = 0; i < plan->n_coding; i++)
        free(plan->coding[i]);
    *plan = (cli_seed_plan){0};
}

dlu_status cli_seed_copy(char **to, const char *text, dlu_error *err)
{
    free(*to);
    *to = text ? strdup(text) : NULL;
    return *to || !text ? DLU_OK : no_memory(err);
}

bool cli_seed_is_path(const char *text, const char *path)
{
    static const char *const endings[] = {".fa", ".fasta", ".fna", ".txt", ".gb", ".gbk"};
    struct stat info;
    size_t n = strlen(text);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t m = strlen(endings[i]);
        if (n > m && !strcasecmp(text + n - m, endings[i]))
            return true;
    }
    return strchr(text, '/') || (!stat(path, &info) && S_ISREG(info.st_mode));
}

static dlu_status refuse_many(unsigned most, const char *what, dlu_error *err)
{
    return cli_fail(err, DLU_E_USAGE, "seed-too-many-files", "", "put more into a run of their own",
                    "expected at most %u files of %s, found more", most, what);
}

dlu_status cli_seed_add_insert(cli_seed_plan *plan, const char *target, const char *construct,
                               const char *path, dlu_error *err)
{
    if (plan->n_inserts >= CLI_MAX_SEED_FILES)
        return refuse_many(CLI_MAX_SEED_FILES, "inserts", err);
    cli_seed_insert insert = {.target = NULL};
    dlu_status status = cli_seed_copy(&insert.target, target, err);
    if (!status)
        status = cli_seed_copy(&insert.construct, construct, err);
    if (!status)
        status = cli_seed_copy(&insert.path, path, err);
    if (status)
        free_insert(&insert);
    else
        plan->inserts[plan->n_inserts++] = insert;
    return status;
}

dlu_status cli_seed_add_coding(cli_seed_plan *plan, const char *path, dlu_error *err)
{
    if (plan->n_coding >= CLI_MAX_CODING)
        return refuse_many(CLI_MAX_CODING, "coding sequences", err);
    dlu_status status = cli_seed_copy(&plan->coding[plan->n_coding], path, err);
    plan->n_coding += !status;
    return status;
}

size_t cli_seed_paths(const cli_seed_plan *plan, const char **paths, size_t max)
{
    const char *const single[] = {plan->mirna_is_file ? plan->mirna : NULL, plan->mirbase,
                                  plan->published};
    size_t n = 0;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (single[i] && n < max)
            paths[n++] = single[i];
    for (size_t i = 0; i < plan->n_inserts && n < max; i++)
        paths[n++] = plan->inserts[i].path;
    for (size_t i = 0; i < plan->n_coding && n < max; i++)
        paths[n++] = plan->coding[i];
    return n;
}

/* In the order of cli_seed_paths. */
static void make_request(const cli_seed_plan *plan, cli_seed_loaded *out)
{
    const char *const single[] = {plan->mirna_is_file ? plan->mirna : NULL, plan->mirbase,
                                  plan->published};
    const dlu_source **const to[] = {&out->request.mirna_file, &out->request.mirbase,
                                     &out->request.published};
    size_t k = 0;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        if (!single[i])
            continue;
        out->single[i] = out->files[k++].source;
        *to[i] = &out->single[i];
    }
    for (size_t i = 0; i < plan->n_inserts; i++) {
        const cli_seed_insert *from = &plan->inserts[i];
        out->inserts[i] = (dlu_seed_file){.source = out->files[k++].source,
                                          .target = from->target,
                                          .construct = from->construct,
                                          .part = from->part ? from->part : plan->part};
    }
    for (size_t i = 0; i < plan->n_coding; i++)
        out->coding[i] = out->files[k++].source;
    out->request.mirna = plan->mirna_is_file ? NULL : plan->mirna;
    out->request.files = out->inserts;
    out->request.n_files = plan->n_inserts;
    out->request.coding = out->coding;
    out->request.n_coding = plan->n_coding;
}

dlu_status cli_seed_load(const cli_seed_plan *plan, cli_seed_loaded *out, dlu_error *err)
{
    const char *paths[CLI_MAX_SEED_PATHS];
    out->n_files = cli_seed_paths(plan, paths, CLI_MAX_SEED_PATHS);
    dlu_status status = cli_files_read(paths, out->n_files, &out->files, err);
    if (!status)
        make_request(plan, out);
    return status;
}

void cli_seed_loaded_free(cli_seed_loaded *loaded)
{
    cli_files_free(loaded->files, loaded->n_files);
    *loaded = (cli_seed_loaded){0};
}

/* A name of the table without species and arm, as people write it. */
static void short_name(const char *name, char *to, size_t size)
{
    const char *from = strchr(name, '-') + 1;
    size_t n = strlen(from);
    if (n > 3 && from[n - 1] == 'p' && from[n - 3] == '-')
        n -= 3;
    snprintf(to, size, "%.*s", (int)n, from);
}

void cli_seed_hint(const cli_seed_plan *plan, dlu_error *err)
{
    const char *names[256];
    char shorter[128][32];
    size_t n = 0;
    if (strcmp(err->code, "mirna-unknown") != 0 || plan->mirbase || plan->mirna_is_file)
        return;
    for (size_t i = 0; i < dlu_mirna_count() && i < 128; i++) {
        short_name(dlu_mirna_get(i)->name, shorter[i], sizeof shorter[i]);
        names[n++] = dlu_mirna_get(i)->name;
        names[n++] = shorter[i];
    }
    const char *near = plan->mirna ? cli_nearest(plan->mirna, names, n) : NULL;
    if (near)
        snprintf(err->hint, sizeof err->hint,
                 "did you mean %s? Else give its sequence, or look it up with --mirbase mature.fa "
                 "of miRBase",
                 near);
}
