/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment.h"

#include <stdlib.h>

/* 31 December 9999, the last day that a workbook can be dated with. */
#define LAST_SECOND INT64_C(253402300799)

static dlu_status check_targets(const cli_experiment *e, const cli_seed_plan *seed, dlu_error *err)
{
    const char *inputs[2 * CLI_MAX_FILES + 1 + CLI_MAX_SEED_PATHS];
    size_t n = cli_seed_paths(seed, inputs, CLI_MAX_SEED_PATHS);
    for (size_t i = 0; i < e->import->n_paths; i++)
        inputs[n++] = e->import->paths[i];
    for (size_t i = 0; i < e->n_maps; i++)
        inputs[n++] = e->maps[i];
    if (e->config)
        inputs[n++] = e->config;
    return cli_targets_check(&e->targets, inputs, n, err);
}

static dlu_status load_files(const cli_experiment *e, cli_loaded *files, dlu_error *err)
{
    dlu_status status = cli_files_read(e->import->paths, e->import->n_paths, &files->plates, err);
    if (status)
        return status;
    files->n_plates = e->import->n_paths;
    status = cli_files_read(e->maps, e->n_maps, &files->maps, err);
    if (status)
        return status;
    files->n_maps = e->n_maps;
    for (size_t i = 0; i < files->n_plates; i++)
        files->plate_sources[i] = files->plates[i].source;
    for (size_t i = 0; i < files->n_maps; i++)
        files->map_sources[i] = files->maps[i].source;
    return files->seed.asked ? cli_seed_load(&files->seed, &files->seed_files, err) : DLU_OK;
}

dlu_status cli_source_date(int64_t *created, dlu_error *err)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = 0;
    *created = -1;
    if (!text || !*text)
        return DLU_OK;
    for (const char *c = text; *c; c++) {
        if (*c >= '0' && *c <= '9' && seconds <= LAST_SECOND)
            seconds = seconds * 10 + (*c - '0');
        else
            seconds = LAST_SECOND + 1;
    }
    if (seconds > LAST_SECOND)
        return cli_fail(err, DLU_E_USAGE, "bad-source-date", "",
                        "unset it, or give it a whole number up to 253402300799",
                        "SOURCE_DATE_EPOCH: expected seconds since 1970, found \"%s\"", text);
    *created = seconds;
    return DLU_OK;
}

dlu_status cli_experiment_load(const cli_experiment *e, cli_loaded *files, dlu_job *job,
                               dlu_error *err)
{
    const dlu_source *config = e->config ? &files->config.source : NULL;
    *job = (dlu_job){.plates = files->plate_sources,
                     .channel_of = e->import->channel_of,
                     .n_plates = e->import->n_paths,
                     .maps = files->map_sources,
                     .n_maps = e->n_maps,
                     .config = config,
                     .channels = e->import->channels,
                     .time = e->import->time,
                     .import = e->import->import};
    dlu_status status = DLU_OK;
    if (config)
        status = cli_file_read(e->config, &files->config, err);
    if (!status)
        status = cli_settings_finish(e->settings, config, &job->settings, &files->seed, err);
    if (!status)
        status = check_targets(e, &files->seed, err);
    if (!status)
        status = load_files(e, files, err);
    job->seed = files->seed.asked ? &files->seed_files.request : NULL;
    return status;
}

void cli_loaded_free(cli_loaded *files)
{
    cli_files_free(files->plates, files->n_plates);
    cli_files_free(files->maps, files->n_maps);
    cli_file_free(&files->config);
    cli_seed_loaded_free(&files->seed_files);
    cli_seed_plan_free(&files->seed);
}
