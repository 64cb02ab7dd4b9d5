/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <dualuc/dualuc.h>

#include "sweep.h"

/* Plate maps that are read, checked and made, with each allocation failing once. */

static void say_messages(const dlu_messages *log, FILE *said)
{
    for (size_t i = 0; i < dlu_messages_count(log); i++) {
        const dlu_message *m = dlu_messages_get(log, i);
        fprintf(said, "%s %s %s %s\n", m->code, m->at, m->text, m->hint);
    }
}

static void say_check(const dlu_map_check *check, FILE *said)
{
    for (size_t p = 0; p < check->n_plates; p++)
        for (size_t i = 0; i < check->plates[p].n_wells; i++)
            fprintf(said, "%zu %x %d %zx\n", p, (unsigned)check->plates[p].wells[i].well,
                    (int)check->plates[p].wells[i].kind, check->plates[p].wells[i].arm);
    for (size_t i = 0; i < check->n_arms; i++)
        fprintf(said, "%s %s %zu\n", check->arms[i].construct, check->arms[i].treatment,
                check->arms[i].n_wells);
    for (size_t i = 0; i < check->n_design; i++)
        fprintf(said, "%s %s\n", check->design[i].pair, check->design[i].text);
    for (size_t i = 0; i < check->n_design_of_three; i++)
        fprintf(said, "%s\n", check->design_of_three[i].text);
}

static dlu_status check(const void *input, FILE *said, dlu_error *err)
{
    const char *text = input;
    dlu_source source = {.name = "map.csv", .bytes = text, .n_bytes = strlen(text)};
    dlu_settings settings;
    dlu_map_check *result = NULL;
    dlu_messages *log = dlu_messages_new();
    dlu_settings_default(&settings);
    if (!log) {
        *err = (dlu_error){.status = DLU_E_NO_MEMORY, .code = "no-memory"};
        return DLU_E_NO_MEMORY;
    }
    dlu_status status = dlu_map_check_new(&source, NULL, &settings, &result, log, err);
    if (status == DLU_OK)
        say_check(result, said);
    if (status != DLU_E_NO_MEMORY)
        say_messages(log, said);
    dlu_map_check_free(result);
    dlu_messages_free(log);
    return status;
}

static void maps_drawn_as_plates_are_checked(void **state)
{
    static const char map[] =
        "made on Monday\n\nplate: p1\nconstruct,1,2,3,4,,legend\n"
        "A,WT,WT,WT,WT\nB,MUTa,MUTA,mutnat,EV\n\nplate: p2\n"
        "plasmid,1,2,3\nA,WT,WT,\n\ntreatment,1,2,3,4\nA,scr,mimic,scr,mimic\n"
        "B,scr,mimic,scr,scr\n\nplate,p1\ntreatment,1,2,3,4\n"
        "A,scr,mimic,scr,mimic\nB,scr,mimic,scr,scr\n\n"
        "mirna,1,2,3,4\nA,,miR-21,,mir21\n\ntarget,1,2,3\nA,2-Sep,PTEN,PTNE\n"
        "\nfirefly,1,2,3\nA,1,2,3\n\nprep,1,2,3\nA,x,y,z\n";
    (void)state;
    sweep("map drawn as plates", check, map);
}

static void long_maps_are_checked(void **state)
{
    static const char map[] =
        "well,target,construct,treatment,mirna,replicate,role,note\n"
        "A1,PTEN,WT,mimic,miR-21,1,,x\nA2,PTEN,WT,mimic,miR-21,2,,\n"
        "B1,PTEN,WT,scr,,1,,\nB2,PTEN,WT,scr,,2,,\nC1,pten,MUT,mimic,mir21,1,,"
        "\nC2,PTEN,,scr,,1,,\nD1,,,,,,blank,\n";
    (void)state;
    sweep("long map", check, map);
}

static void bad_blocks_are_refused(void **state)
{
    static const char map[] = "construct,1,2,3\nA,WT,mock,MUT\nconstruct,1,2,3\nA,WT,,\nA,x,,\n\n"
                              "plate,1,2,3\nA,p,,\n,1,2,3\nA,x,y,z\n";
    (void)state;
    sweep("blocks with problems", check, map);
}

static dlu_status make(const void *input, FILE *said, dlu_error *err)
{
    dlu_map_template *map;
    dlu_bytes bytes = {0};
    dlu_status status = dlu_map_template_new(input, &map, err);
    for (int shape = DLU_MAP_LONG; shape <= DLU_MAP_GRID && status == DLU_OK; shape++) {
        status = dlu_map_template_csv(map, (dlu_map_shape)shape, &bytes, err);
        if (status == DLU_OK)
            fwrite(bytes.bytes, 1, bytes.n_bytes, said);
        dlu_bytes_free(&bytes);
    }
    dlu_map_template_free(map);
    return status;
}

static void maps_are_made(void **state)
{
    dlu_map_plan plan;
    (void)state;
    dlu_map_plan_default(&plan);
    plan.design = "wt,mut1,mutant-2 x scr,mimic";
    plan.plates = 2;
    plan.replicates = 2;
    plan.randomise = true;
    sweep("map from a plan", make, &plan);
    plan.design = "wt x mcok";
    sweep("plan with a slip", make, &plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_drawn_as_plates_are_checked),
        cmocka_unit_test(long_maps_are_checked),
        cmocka_unit_test(bad_blocks_are_refused),
        cmocka_unit_test(maps_are_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
