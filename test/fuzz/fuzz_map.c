/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map.h"
#include "base/say.h"
#include "fuzz_book.h"

/*
 * Plate maps in both forms. Bits of the first byte: 1, the map is in the data; 2, blocks from a
 * column by name; 128, the rest is a workbook written as text.
 */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    archive made = {0};
    dlu_arena *arena = dlu_arena_new();
    dlu_messages *log = dlu_messages_new();
    dlu_map *map = NULL;
    dlu_error err = {0};
    uint8_t how = n ? bytes[0] : 0;
    dlu_source source = {.name = "map.csv", .bytes = bytes + (n > 0), .n_bytes = n - (n > 0)};
    PROMISE(arena && log);
    if (how & 0x80) {
        fuzz_workbook(&made, (const char *)source.bytes, source.n_bytes);
        source =
            (dlu_source){.name = "map.xlsx", .bytes = made.bytes.bytes, .n_bytes = made.bytes.n};
    }
    if (dlu_map_read(&source, how & 2 ? "day" : NULL, how & 1, arena, &map, log, &err)) {
        PROMISE(err.text[0]);
    } else {
        PROMISE(map->n_rows || (how & 1)); /* a table of light may have no rows yet */
        for (size_t i = 0; i < map->n_rows; i++)
            PROMISE(!map->has_plate || map->rows[i].plate || (how & 1));
    }
    dlu_messages_free(log);
    dlu_arena_free(arena);
    dlu_buffer_free(&made.bytes);
    return 0;
}
