/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plates.h"

#include <stdlib.h>

/* Bytes go as soon as they are cells. */
static dlu_status read_one(const cli_import_options *options, size_t i, cli_imports *out,
                           dlu_error *err)
{
    cli_file file;
    out->logs[i] = dlu_messages_new();
    if (!out->logs[i])
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    dlu_status status = cli_file_read(options->paths[i], &file, err);
    if (status)
        return status;
    const dlu_source source = cli_file_lend(&file);
    status =
        dlu_import_read(&source, &options->import, &out->imports[i], out->logs[i], &out->errors[i]);
    if (status == DLU_E_NO_MEMORY)
        *err = out->errors[i];
    cli_file_free(&file);
    return status == DLU_E_NO_MEMORY ? status : DLU_OK;
}

dlu_status cli_imports_read(const cli_import_options *options, cli_imports *out, dlu_error *err)
{
    *out = (cli_imports){.paths = options->paths, .n_files = options->n_paths};
    out->log = dlu_messages_new();
    if (!out->log)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    for (size_t i = 0; i < out->n_files; i++) {
        dlu_status status = read_one(options, i, out, err);
        if (status)
            return status;
    }
    return DLU_OK;
}

dlu_status cli_imports_assemble(const cli_import_options *options, const dlu_channel_choice *choice,
                                cli_imports *out, dlu_error *err)
{
    const dlu_import *imports[CLI_MAX_FILES];
    const char *channel_of[CLI_MAX_FILES];
    size_t n = 0;
    for (size_t i = 0; i < out->n_files; i++) {
        if (!out->imports[i])
            continue;
        imports[n] = out->imports[i];
        channel_of[n++] = options->channel_of[i];
    }
    return dlu_plates_assemble(imports, channel_of, n, choice, &out->plates, out->log, err);
}

void cli_imports_free(cli_imports *imports)
{
    for (size_t i = 0; i < imports->n_files; i++) {
        dlu_import_free(imports->imports[i]);
        dlu_messages_free(imports->logs[i]);
    }
    dlu_plates_free(imports->plates);
    dlu_messages_free(imports->log);
}

void cli_read_numbers(const dlu_plate *plate, size_t *out)
{
    size_t number = 0;
    for (size_t i = 0; i < plate->n_reads; i++) {
        number += !(i > 0 && dlu_read_continues(&plate->reads[i - 1], &plate->reads[i]));
        out[i] = number;
    }
}
