/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "fuzz_book.h"

/*
 * Detection and every importer, up to plates with channels. The first byte says which: its highest
 * bit, that the rest is a workbook written as text (see fuzz_workbook); the lowest six, the format
 * that is insisted on, 0 for none.
 */

static void check_plate(const dlu_plate *plate)
{
    for (size_t r = 0; r < plate->n_reads; r++) {
        const dlu_read *read = &plate->reads[r];
        for (size_t i = 0; i < read->n_readings; i++) {
            const dlu_reading *reading = &read->readings[i];
            char name[DLU_WELL_NAME_SIZE];
            dlu_well same;
            PROMISE(!i || reading[-1].well < reading->well);
            PROMISE(reading->state == DLU_READ_OK ? isfinite(reading->value) : reading->value == 0);
            PROMISE(dlu_well_parse(dlu_well_name(reading->well, name), &same));
        }
    }
}

static void assemble(const dlu_import *import, dlu_messages *log)
{
    const dlu_channel_choice choice = {.reporter = "firefly", .control = "renilla"};
    dlu_plates *plates = NULL;
    dlu_error err = {0};
    for (size_t i = 0; i < import->n_plates; i++)
        check_plate(&import->plates[i]);
    if (dlu_plates_assemble(&import, NULL, 1, &choice, &plates, log, &err))
        PROMISE(err.text[0] && !plates);
    dlu_plates_free(plates);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    archive made = {0};
    dlu_import_options options = {0};
    dlu_import *import = NULL;
    dlu_messages *log = dlu_messages_new();
    dlu_error err = {0};
    uint8_t how = n ? bytes[0] : 0;
    dlu_source source = {.name = "fuzz.txt", .bytes = bytes + (n > 0), .n_bytes = n - (n > 0)};
    PROMISE(log);
    if (how & 0x80) {
        fuzz_workbook(&made, (const char *)source.bytes, source.n_bytes);
        source =
            (dlu_source){.name = "fuzz.xlsx", .bytes = made.bytes.bytes, .n_bytes = made.bytes.n};
    }
    options.calculated = how & 0x40;
    if (how & 0x3F)
        options.format = dlu_format_get(((how & 0x3F) - 1u) % dlu_format_count())->name;
    if (!dlu_import_detect(&source, &import, &err))
        PROMISE(import->n_detections == dlu_format_count());
    dlu_import_free(import);
    import = NULL;
    if (dlu_import_read(&source, &options, &import, log, &err))
        PROMISE(err.text[0] && !import);
    else
        assemble(import, log);
    dlu_import_free(import);
    dlu_messages_free(log);
    dlu_buffer_free(&made.bytes);
    return 0;
}
