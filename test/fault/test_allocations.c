/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <dualuc/dualuc.h>

#include "sweep.h"

/*
 * Every allocation of the library fails once. libxlsxwriter has allocations of its own, which it
 * does not all check; they are not touched here.
 */

#define N_PLATES 3u

/* ---- files ---- */

typedef struct file {
    char path[512];
    dlu_source source;
    char *bytes;
} file;

static file read_file(const char *path)
{
    file f = {.bytes = NULL};
    struct stat info;
    snprintf(f.path, sizeof f.path, "%s", path);
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    assert_int_equal(stat(path, &info), 0);
    size_t n = (size_t)info.st_size;
    f.bytes = malloc(n + 1);
    assert_non_null(f.bytes);
    assert_int_equal(fread(f.bytes, 1, n, stream), n);
    fclose(stream);
    f.source = (dlu_source){.name = path, .bytes = f.bytes, .n_bytes = n};
    return f;
}

static char *new_folder(char *name)
{
    assert_non_null(mkdtemp(name));
    return name;
}

/* ---- what a run says ---- */

static void say_bytes(FILE *said, dlu_bytes *bytes)
{
    fwrite(bytes->bytes, 1, bytes->n_bytes, said);
    dlu_bytes_free(bytes);
}

static void say_log(FILE *said, const dlu_messages *log)
{
    char text[2048];
    for (size_t i = 0; i < dlu_messages_count(log); i++) {
        dlu_message_render(dlu_messages_get(log, i), text, sizeof text);
        fprintf(said, "%s\n", text);
    }
}

static dlu_status say_result(const dlu_result *result, FILE *said, dlu_error *err)
{
    dlu_bytes bytes = {0};
    dlu_status status = dlu_report_json(result, &bytes, err);
    if (!status)
        say_bytes(said, &bytes);
    for (size_t i = 0; !status && i < dlu_report_table_count(); i++) {
        status = dlu_report_csv(result, i, &bytes, err);
        if (!status)
            say_bytes(said, &bytes);
    }
    if (!status)
        status = dlu_report_html(result, &bytes, err);
    if (!status)
        say_bytes(said, &bytes);
    if (!status)
        status = dlu_report_lines(result, &bytes, err);
    if (!status)
        say_bytes(said, &bytes);
    else
        assert_null(bytes.bytes);
    return status;
}

/* ---- the work ---- */

static dlu_status analyze(const void *input, FILE *said, dlu_error *err)
{
    dlu_result *result = NULL;
    dlu_messages *log = dlu_messages_new();
    *err = (dlu_error){.code = "no-memory", .text = "of the test"};
    dlu_status status = log ? dlu_analyze(input, &result, log, err) : DLU_E_NO_MEMORY;
    if (status)
        assert_null(result);
    else
        status = say_result(result, said, err);
    /* where the run failed, its messages may be cut short */
    if (status != DLU_E_NO_MEMORY)
        say_log(said, log);
    dlu_result_free(result);
    dlu_messages_free(log);
    return status;
}

static dlu_status detect(const void *input, FILE *said, dlu_error *err)
{
    dlu_import *import;
    dlu_status status = dlu_import_detect(input, &import, err);
    if (status) {
        assert_null(import);
        return status;
    }
    for (size_t i = 0; i < import->n_detections; i++)
        fprintf(said, "%s %d %s\n", import->detections[i].format, import->detections[i].certainty,
                import->detections[i].reason);
    dlu_import_free(import);
    return DLU_OK;
}

static void say_plates(FILE *said, const dlu_plate *plates, size_t n)
{
    for (size_t p = 0; p < n; p++) {
        fprintf(said, "%s %s\n", plates[p].name, plates[p].file);
        for (size_t r = 0; r < plates[p].n_reads; r++) {
            const dlu_read *read = &plates[p].reads[r];
            fprintf(said, "%s %s\n", read->label, read->channel ? read->channel : "-");
            for (size_t i = 0; i < read->n_readings; i++)
                fprintf(said, "%u %d %.17g %s\n", read->readings[i].well, read->readings[i].state,
                        read->readings[i].value, read->readings[i].origin->text);
        }
    }
}

static dlu_status assemble(const dlu_import *import, FILE *said, dlu_messages *log, dlu_error *err)
{
    dlu_plates *plates;
    const char *channel_of[1] = {NULL};
    const dlu_channel_choice choice = {.channels = NULL};
    dlu_status status = dlu_plates_assemble(&import, channel_of, 1, &choice, &plates, log, err);
    if (status)
        assert_null(plates);
    else
        say_plates(said, plates->plates, plates->n_plates);
    dlu_plates_free(plates);
    return status;
}

static dlu_status read_plates(const void *input, FILE *said, dlu_error *err)
{
    dlu_import *import = NULL;
    dlu_messages *log = dlu_messages_new();
    *err = (dlu_error){.code = "no-memory", .text = "of the test"};
    const dlu_import_options options = {.calculated = true};
    dlu_status status = log ? dlu_import_read(input, &options, &import, log, err) : DLU_E_NO_MEMORY;
    if (status) {
        assert_null(import);
    } else {
        say_plates(said, import->plates, import->n_plates);
        status = assemble(import, said, log, err);
    }
    if (status != DLU_E_NO_MEMORY)
        say_log(said, log);
    dlu_import_free(import);
    dlu_messages_free(log);
    return status;
}

static const dlu_simulate_options small = {.wells = 96, .blocks = N_PLATES, .pairs = 1, .seed = 7};

static dlu_status simulate(const void *input, FILE *said, dlu_error *err)
{
    dlu_simulation *s;
    dlu_bytes bytes = {0};
    dlu_status status = dlu_simulation_new(input, &s, err);
    if (status) {
        assert_null(s);
        return status;
    }
    for (unsigned i = 0; !status && i < dlu_simulation_plate_count(s); i++) {
        status = dlu_simulation_plate_csv(s, i, &bytes, err);
        if (!status)
            say_bytes(said, &bytes);
    }
    if (!status)
        status = dlu_simulation_map_csv(s, &bytes, err);
    if (!status)
        say_bytes(said, &bytes);
    if (!status)
        status = dlu_simulation_truth_json(s, &bytes, err);
    if (!status)
        say_bytes(said, &bytes);
    else
        assert_null(bytes.bytes);
    dlu_simulation_free(s);
    return status;
}

/* ---- workbooks: the file has a name, and what was said is its bytes ---- */

typedef struct workbook_input {
    const dlu_simulation *simulation;
    const dlu_result *result; /* or NULL: the map, or a plate */
    bool map;
    const char *path;
} workbook_input;

static dlu_status write_workbook(const void *input, FILE *said, dlu_error *err)
{
    const workbook_input *w = input;
    dlu_status status = w->result ? dlu_report_xlsx(w->result, w->path, -1, err)
                        : w->map  ? dlu_simulation_map_xlsx(w->simulation, w->path, err)
                                  : dlu_simulation_plate_xlsx(w->simulation, 0, w->path, err);
    if (!status) {
        file f = read_file(w->path);
        fwrite(f.bytes, 1, f.source.n_bytes, said);
        free(f.bytes);
    }
    unlink(w->path);
    return status;
}

/* ---- the experiment of the tests ---- */

typedef struct experiment {
    char folder[64];
    dlu_simulation *simulation;
    file files[N_PLATES + 1]; /* plates as a GloMax exports them, and the map */
    dlu_source sources[N_PLATES + 1];
    dlu_job job;
} experiment;

static void make_experiment(experiment *e)
{
    dlu_error err;
    *e = (experiment){.folder = "/tmp/dualuc-fault-XXXXXX"};
    new_folder(e->folder);
    assert_int_equal(dlu_simulation_new(&small, &e->simulation, &err), DLU_OK);
    for (unsigned i = 0; i <= N_PLATES; i++) {
        char path[128];
        bool map = i == N_PLATES;
        snprintf(path, sizeof path, "%s/%s%u.xlsx", e->folder, map ? "map" : "day", i + 1);
        assert_int_equal(map ? dlu_simulation_map_xlsx(e->simulation, path, &err)
                             : dlu_simulation_plate_xlsx(e->simulation, i, path, &err),
                         DLU_OK);
        e->files[i] = read_file(path);
        e->sources[i] = e->files[i].source;
        e->sources[i].name = e->files[i].path;
        unlink(path);
    }
    e->job = (dlu_job){
        .plates = e->sources, .n_plates = N_PLATES, .maps = &e->sources[N_PLATES], .n_maps = 1};
    dlu_settings_default(&e->job.settings);
}

static void free_experiment(experiment *e)
{
    for (unsigned i = 0; i <= N_PLATES; i++)
        free(e->files[i].bytes);
    dlu_simulation_free(e->simulation);
    rmdir(e->folder);
}

/* ---- the tests ---- */

static void workbooks_are_analysed(void **state)
{
    experiment e;
    (void)state;
    make_experiment(&e);
    sweep_in_steps("analyze", analyze, &e.job, 1, 5);
    free_experiment(&e);
}

static void workbooks_are_written(void **state)
{
    experiment e;
    char path[128];
    dlu_error err;
    (void)state;
    make_experiment(&e);
    snprintf(path, sizeof path, "%s/out.xlsx", e.folder);
    workbook_input w = {e.simulation, NULL, false, path};
    /* most allocations belong to reading it back, which is tested with the imports */
    sweep_in_steps("plate as workbook", write_workbook, &w, 7, 31);
    w.map = true;
    sweep_in_steps("map as workbook", write_workbook, &w, 7, 31);
    dlu_result *result;
    assert_int_equal(dlu_analyze(&e.job, &result, NULL, &err), DLU_OK);
    w.result = result;
    sweep_in_steps("report as workbook", write_workbook, &w, 7, 31);
    dlu_result_free(result);
    free_experiment(&e);
}

static void experiments_are_made_up(void **state)
{
    (void)state;
    sweep("simulate", simulate, &small);
}

/* A text of the test as the only file, its map in it or beside it. */
static void sweep_text(const char *name, const char *plates, const char *map,
                       const char *const (*settings)[2], size_t n_settings)
{
    dlu_error err;
    dlu_source sources[2] = {{.name = "plates.csv", .bytes = plates, .n_bytes = strlen(plates)},
                             {.name = "map.csv", .bytes = map, .n_bytes = map ? strlen(map) : 0}};
    dlu_job job = {.plates = sources, .n_plates = 1, .maps = &sources[1], .n_maps = map != NULL};
    dlu_settings_default(&job.settings);
    for (size_t i = 0; i < n_settings; i++)
        assert_int_equal(dlu_setting_set(&job.settings, settings[i][0], settings[i][1], &err),
                         DLU_OK);
    sweep(name, analyze, &job);
}

static void tables_with_a_map_are_analysed(void **state)
{
    static const char table[] =
        "sample,target,construct,treatment,mirna,replicate,note,firefly,renilla\n"
        "s1,PTEN,WT,mimic,miR-21,1,x,96724,96450\n"
        "s2,PTEN,WT,mimic,miR-21,2,,89120,96182\n"
        "s3,PTEN,WT,mimic,mir-21,3,\"y, z\",107260,112592\n"
        "s4,PTEN,WT,neg,,1,,224317,102795\n"
        "s5,PTEN,WT,neg,,2,,201000,99000\n"
        "s6,PTEN,WT,neg,,3,,198000,98000\n"
        "s7,PTEN,mutant,mimic,miR-21,1,,190000,101000\n"
        "s8,PTEN,mutant,mimic,miR-21,2,,187000,95000\n"
        "s9,PTEN,mutant,mimic,miR-21,3,,OVER,95000\n"
        "s10,PTEN,mutant,neg,,1,,199000,99000\n"
        "s11,PTEN,mutant,neg,,2,,192000,93000\n"
        "s12,PTEN,mutant,neg,,3,,-20,93000\n";
    static const char *const settings[][2] = {{"adjust", "bh"}, {"effect-rule", "interval"}};
    (void)state;
    sweep_text("table with its map", table, NULL, settings, 2);
}

/* Two doses, a double mutant and a compensatory mimic, in two blocks. */
static void designs_beyond_four_cells_are_analysed(void **state)
{
    static const char *const arms[][3] = {
        {"WT", "", ""},           {"WT", "miR-21", "1"},       {"WT", "miR-21", "5"},
        {"MUT1", "", ""},         {"MUT1", "miR-21", "1"},     {"MUT1", "miR-21", "5"},
        {"MUT2", "", ""},         {"MUT2", "miR-21", "5"},     {"MUT12", "", ""},
        {"MUT12", "miR-21", "5"}, {"MUT1", "miR-21-mut", "5"},
    };
    char table[2048];
    size_t n = (size_t)snprintf(table, sizeof table,
                                "construct,treatment,mirna,dose_nM,day,firefly,renilla\n");
    (void)state;
    for (unsigned i = 0; i < 2 * sizeof arms / sizeof *arms; i++) {
        const char *const *arm = arms[i / 2];
        n += (size_t)snprintf(table + n, sizeof table - n, "%s,%s,%s,%s,%u,%u,100000\n", arm[0],
                              *arm[1] ? "mimic" : "scramble", arm[1], arm[2], i % 2,
                              200000 - 7000 * i + 1000 * (i * i % 7));
    }
    sweep_text("doses, sites and a rescue", table, NULL, NULL, 0);
}

static void bad_maps_are_refused(void **state)
{
    static const char plates[] = "well,firefly,renilla\nA1,1000,2000\nA2,1100,2100\nA3,1,2\n";
    static const char map[] = "well,target,construct,treatment,role\n"
                              "A1,PTEN,WT,mimic,sample\n"
                              "A1,PTEN,WT,scramble,sample\n"
                              "Z99,PTEN,WT,scramble,sample\n"
                              "A2,PTEN,WILD,mock,sample\n"
                              "A3,PTEN,MUT,shaken,nothing\n";
    (void)state;
    sweep_text("map with problems", plates, map, NULL, 0);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *entry)
{
    /* the example is like what is analysed above */
    return entry->d_name[0] != '.' && strncmp(entry->d_name, "example-", 8) != 0;
}

static void sweep_file(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    file f = read_file(path);
    f.source.name = path;
    sweep(name, detect, &f.source);
    sweep(name, read_plates, &f.source);
    free(f.bytes);
}

/* Every file below the folder; returns how many. */
static size_t sweep_folder(const char *folder)
{
    struct dirent **list;
    size_t done = 0;
    int n = scandir(folder, &list, is_shown, by_name);
    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        char path[512];
        struct stat info;
        snprintf(path, sizeof path, "%s/%s", folder, list[i]->d_name);
        assert_int_equal(stat(path, &info), 0);
        if (S_ISDIR(info.st_mode)) {
            done += sweep_folder(path);
        } else {
            sweep_file(path);
            done++;
        }
        free(list[i]);
    }
    free(list);
    return done;
}

static void fixtures_are_read(void **state)
{
    const char *folder = getenv("DUALUC_FIXTURES");
    (void)state;
    assert_non_null(folder);
    assert_true(sweep_folder(folder) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workbooks_are_analysed),
        cmocka_unit_test(workbooks_are_written),
        cmocka_unit_test(experiments_are_made_up),
        cmocka_unit_test(tables_with_a_map_are_analysed),
        cmocka_unit_test(bad_maps_are_refused),
        cmocka_unit_test(fixtures_are_read),
        cmocka_unit_test(designs_beyond_four_cells_are_analysed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
