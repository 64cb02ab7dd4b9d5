/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <dualuc/dualuc.h>

#include "sweep.h"

/* Sites looked for in files of both kinds and written, with each allocation failing once. */

#define WT  "ccccAUAAGCUAccccNNcccUAAGCUAcccAUAAGGUAcc"
#define MUT "ccccAUUUGGUAccccNNcccUAAGCUAccAUAAGGUAcc"

static const char wt_fasta[] = ">PTEN_WT one\n" WT "\n>PDCD4_WT\n" WT "\n";
static const char mut_fasta[] = ">PTEN_MUT\n" MUT "\n>PDCD4_MUT\n" MUT "\n";
static const char genbank[] = "LOCUS       p 42 bp DNA circular\n"
                              "FEATURES             Location/Qualifiers\n"
                              "     3'UTR           complement(join(1..20,\n"
                              "                     21..42))\n"
                              "                     /label=\"utr\"\n"
                              "ORIGIN\n"
                              "        1 ggtaccttat gggtagctta gggnnggggt agcttatggg gg\n//\n";

static dlu_source source_of(const char *name, const char *text)
{
    return (dlu_source){.name = name, .bytes = text, .n_bytes = strlen(text)};
}

static dlu_status say(dlu_status status, dlu_bytes *bytes, FILE *said)
{
    if (status == DLU_OK)
        fwrite(bytes->bytes, 1, bytes->n_bytes, said);
    dlu_bytes_free(bytes);
    return status;
}

static dlu_status find(const void *input, FILE *said, dlu_error *err)
{
    dlu_seed *seed = NULL;
    dlu_bytes bytes = {0};
    dlu_messages *log = dlu_messages_new();
    *err = (dlu_error){.code = "no-memory", .text = "of the test"};
    dlu_status status = log ? dlu_seed_find(input, &seed, log, err) : DLU_E_NO_MEMORY;
    if (status)
        assert_null(seed);
    if (!status)
        status = say(dlu_seed_lines(seed, &bytes, err), &bytes, said);
    if (!status)
        status = say(dlu_seed_json(seed, &bytes, err), &bytes, said);
    if (!status)
        status = say(dlu_seed_svg(seed, &bytes, err), &bytes, said);
    dlu_seed_free(seed);
    dlu_messages_free(log);
    return status;
}

static void sites_are_found_in_fasta(void **state)
{
    dlu_source mature =
        source_of("mature.fa", ">hsa-miR-21-5p MIMAT0000076 x\nUAGCUUAUCAGACUGAUGUUGA\n");
    dlu_source own = source_of("own.csv", "mirna,target,effect\nmiR-21,PTEN,down\n");
    dlu_source coding = source_of("luc.fa", ">luc\nccAUAAGCUAcc\n");
    dlu_seed_file files[] = {{.source = source_of("wt.fa", wt_fasta), .construct = "WT"},
                             {.source = source_of("mut.fa", mut_fasta), .construct = "MUT"}};
    dlu_seed_request request = {.mirna = "miR-21, UAGCUUAUCAGACUG",
                                .mirbase = &mature,
                                .published = &own,
                                .files = files,
                                .n_files = 2,
                                .coding = &coding,
                                .n_coding = 1};
    (void)state;
    sweep("FASTA", find, &request);
}

static void sites_are_found_in_genbank(void **state)
{
    dlu_seed_file file = {
        .source = source_of("p.gb", genbank), .target = "PTEN", .construct = "WT", .part = "utr"};
    dlu_seed_request request = {.mirna = "hsa-miR-21-5p", .files = &file, .n_files = 1};
    (void)state;
    sweep("GenBank", find, &request);
}

static void sites_are_refused(void **state)
{
    dlu_seed_file files[] = {{.source = source_of("wt.fa", wt_fasta), .construct = "WT"},
                             {.source = source_of("mut.fa", wt_fasta), .construct = "MUT"}};
    dlu_seed_request request = {.mirna = "hsa-miR-21-5p", .files = files, .n_files = 2};
    (void)state;
    sweep("identical", find, &request);
    request.mirna = "miR-12";
    sweep("unknown microRNA", find, &request);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sites_are_found_in_fasta),
        cmocka_unit_test(sites_are_found_in_genbank),
        cmocka_unit_test(sites_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
