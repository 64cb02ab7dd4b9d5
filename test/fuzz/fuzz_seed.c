/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <dualuc/dualuc.h>

#include "fuzz.h"

/*
 * Inserts as FASTA or GenBank. The first byte says how: 1, a part is asked for by name; 2, by its
 * bases; 4, the bytes are the microRNAs instead; 8, the bytes after the middle are the mutant.
 */
static void check(const dlu_seed *seed)
{
    dlu_bytes bytes = {0};
    for (size_t i = 0; i < seed->n_seed; i++) {
        const dlu_seed_row *row = &seed->seed[i];
        PROMISE(row->kind && row->text && row->mirna);
        PROMISE(row->wt_from <= row->wt_to + 1 && row->mut_from <= row->mut_to + 1);
        PROMISE(!row->wt_bases || strlen(row->wt_bases) == row->wt_to - row->wt_from + 1);
        PROMISE(!row->mut_bases || strlen(row->mut_bases) == row->mut_to - row->mut_from + 1);
    }
    PROMISE(!dlu_seed_lines(seed, &bytes, NULL) && bytes.bytes);
    dlu_bytes_free(&bytes);
    PROMISE(!dlu_seed_json(seed, &bytes, NULL) && bytes.bytes);
    dlu_bytes_free(&bytes);
    PROMISE(!dlu_seed_svg(seed, &bytes, NULL) && bytes.bytes);
    dlu_bytes_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char wild_type[] = ">T_WT\nCCCCCATAAGCTACCCCC\n";
    uint8_t how = n ? bytes[0] : 0;
    const char *text = (const char *)bytes + (n > 0);
    size_t size = n - (n > 0), middle = how & 8 ? size / 2 : size;
    if (how & 8 && size > 4000) /* two long inserts are aligned for seconds */
        return -1;
    dlu_source all = {.name = "fuzz.fa", .bytes = text, .n_bytes = middle};
    dlu_source rest = {.name = "rest.fa", .bytes = text + middle, .n_bytes = size - middle};
    dlu_source plain = {.name = "wt.fa", .bytes = wild_type, .n_bytes = sizeof wild_type - 1};
    const char *part = how & 1 ? "utr" : how & 2 ? "2..9" : NULL;
    dlu_seed_file files[] = {{.source = how & 4 ? plain : all, .construct = "WT", .part = part},
                             {.source = rest, .construct = "MUT", .part = part}};
    dlu_seed_request request = {.mirna = how & 4 ? NULL : "hsa-miR-21-5p",
                                .mirna_file = how & 4 ? &all : NULL,
                                .files = files,
                                .n_files = how & 8 ? 2 : 1};
    dlu_messages *log = dlu_messages_new();
    dlu_seed *seed = NULL;
    dlu_error err = {0};
    PROMISE(log);
    if (dlu_seed_find(&request, &seed, log, &err))
        PROMISE(err.text[0] && !seed);
    else
        check(seed);
    dlu_seed_free(seed);
    dlu_messages_free(log);
    return 0;
}
