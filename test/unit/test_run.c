/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/dualuc.h>

/* Lists of experiments, and what they came to; the numbers are made up. */

#define COUNT(array) (sizeof(array) / sizeof *(array))

static dlu_status read_manifest(const char *text, dlu_manifest **out, dlu_messages *log,
                                dlu_error *err)
{
    const dlu_source source = {.name = "m.csv", .bytes = text, .n_bytes = strlen(text)};
    return dlu_manifest_read(&source, out, log, err);
}

static void rows_of_a_manifest_are_read(void **state)
{
    static const char text[] = "User,label,Plate map,files,room\n"
                               "Ann,first, map.csv ,a.csv; b c.csv ;,12\n"
                               "\n"
                               ",,,\"sub/day 1.xlsx\",\n"
                               ",named,,,\n";
    dlu_manifest *manifest;
    dlu_error err;
    dlu_messages *log = dlu_messages_new();
    (void)state;
    assert_int_equal(read_manifest(text, &manifest, log, &err), DLU_OK);
    assert_int_equal(manifest->n_rows, 3);
    assert_string_equal(manifest->rows[0].name, "first");
    assert_string_equal(manifest->rows[0].user, "Ann");
    assert_int_equal(manifest->rows[0].n_plates, 2);
    assert_string_equal(manifest->rows[0].plates[1], "b c.csv");
    assert_string_equal(manifest->rows[0].maps[0], "map.csv");
    assert_int_equal(manifest->rows[0].at.row, 2);
    assert_string_equal(manifest->rows[1].name, "day 1");
    assert_int_equal(manifest->rows[1].n_maps, 0);
    assert_null(manifest->rows[1].user);
    assert_int_equal(manifest->rows[2].n_plates, 0);
    assert_int_equal(dlu_messages_count(log), 1);
    assert_string_equal(dlu_messages_get(log, 0)->code, "manifest-column-left");
    dlu_manifest_free(manifest);
    dlu_messages_free(log);
}

static void what_is_no_manifest_is_refused(void **state)
{
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"a,b\n1,2\n", "manifest-no-header"},
        {"plates,map\n", "manifest-no-rows"},
        {"plates,map,file\nx,y,z\n", "manifest-column-twice"},
        {"plates,user\n,Ann\n", "manifest-row-empty"},
        {"", "input-empty"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        dlu_manifest *manifest;
        dlu_error err;
        assert_int_not_equal(read_manifest(cases[i].text, &manifest, NULL, &err), DLU_OK);
        assert_null(manifest);
        if (*cases[i].text)
            assert_string_equal(err.code, cases[i].code);
    }
}

/* A result of n verdicts with these p. */
static dlu_result result_of(dlu_verdict_row *verdicts, const double *p, size_t n)
{
    dlu_result result = {.verdicts = verdicts, .n_verdicts = n};
    dlu_settings_default(&result.settings);
    for (size_t i = 0; i < n; i++)
        verdicts[i] = (dlu_verdict_row){.target = "PTEN",
                                        .verdict = "DIRECT_TARGET",
                                        .call = DLU_CALL_DIRECT,
                                        .caveats = 3,
                                        .dose_nM = NAN,
                                        .p_direct = p[i],
                                        .p_direct_adjusted = p[i]};
    return result;
}

static void add(dlu_run *run, const char *name, const dlu_result *result, const dlu_error *error)
{
    dlu_error err;
    const dlu_run_file files[] = {{NULL, "a/report.xlsx", "workbook", "00"},
                                  {NULL, "a/result.json", "json", "11"}};
    const dlu_run_entry entry = {.name = name,
                                 .key = "22",
                                 .result = result,
                                 .error = error,
                                 .outputs = files,
                                 .n_outputs = result ? 2 : 0};
    assert_int_equal(dlu_run_add(run, &entry, &err), DLU_OK);
}

static dlu_run *run_of_three(void)
{
    static const double p[] = {0.01, NAN, 0.04};
    dlu_verdict_row verdicts[3];
    dlu_result result = result_of(verdicts, p, 3), empty = result_of(verdicts + 3, p, 0);
    dlu_error err, why = {.status = DLU_E_IO, .code = "file-missing", .file = "x.csv"};
    dlu_run *run;
    strcpy(why.text, "expected this:\n    one\n    two");
    assert_int_equal(dlu_run_new(&run, &err), DLU_OK);
    add(run, "a", &result, NULL);
    add(run, "b", NULL, &why);
    add(run, "c", &empty, NULL);
    return run;
}

static void p_are_adjusted_over_all(void **state)
{
    static const double more[] = {0.03};
    dlu_verdict_row verdict;
    dlu_result result = result_of(&verdict, more, 1);
    dlu_error err;
    dlu_run *run = run_of_three();
    (void)state;
    add(run, "d", &result, NULL);
    assert_int_equal(dlu_run_adjust(run, &err), DLU_OK);
    assert_int_equal(run->n_summary, 6);
    /* Holm over 0.01, 0.03, 0.04 */
    assert_true(fabs(run->summary[0].p_direct_adjusted_batch - 0.03) < 1e-15);
    assert_true(isnan(run->summary[1].p_direct_adjusted_batch));
    assert_true(fabs(run->summary[2].p_direct_adjusted_batch - 0.06) < 1e-15);
    assert_true(fabs(run->summary[5].p_direct_adjusted_batch - 0.06) < 1e-15);
    assert_string_equal(run->adjust, "holm");
    dlu_run_free(run);
}

static void what_failed_has_a_row(void **state)
{
    dlu_run *run = run_of_three();
    (void)state;
    assert_string_equal(run->experiments[0].report, "a/report.xlsx");
    assert_int_equal(run->experiments[0].n_direct, 3);
    assert_string_equal(run->summary[0].caveats, "LOW_N;ERROR_TERM_SENSITIVE");
    assert_string_equal(run->experiments[1].status, "failed");
    assert_string_equal(run->summary[3].reason, "x.csv: expected this: one; two");
    assert_null(run->summary[3].verdict);
    assert_string_equal(run->summary[4].status, "done");
    assert_string_equal(run->summary[4].reason, "no pair of arms to be judged");
    dlu_run_free(run);
}

static void assert_same_record(const dlu_run *run, const dlu_bytes *expected)
{
    dlu_bytes bytes;
    dlu_error err;
    assert_int_equal(dlu_run_record(run, &bytes, &err), DLU_OK);
    assert_int_equal(bytes.n_bytes, expected->n_bytes);
    assert_memory_equal(bytes.bytes, expected->bytes, bytes.n_bytes);
    dlu_bytes_free(&bytes);
}

static void a_record_reads_back_the_same(void **state)
{
    static const char *const options[] = {"--alpha=0.01", "--student"};
    dlu_bytes bytes;
    dlu_error err;
    dlu_run *run = run_of_three(), *read, *joined;
    (void)state;
    assert_int_equal(dlu_run_set_options(run, options, 2, &err), DLU_OK);
    assert_int_equal(dlu_run_record(run, &bytes, &err), DLU_OK);
    const dlu_source source = {.name = "run.json", .bytes = bytes.bytes, .n_bytes = bytes.n_bytes};
    assert_int_equal(dlu_run_read(&source, &read, &err), DLU_OK);
    assert_same_record(read, &bytes);
    assert_int_equal(dlu_run_new(&joined, &err), DLU_OK);
    assert_int_equal(dlu_run_set_options(joined, options, 2, &err), DLU_OK);
    assert_int_equal(dlu_run_append(joined, read, &err), DLU_OK);
    dlu_run_free(read);
    assert_same_record(joined, &bytes);
    dlu_run_free(joined);
    dlu_run_free(run);
    dlu_bytes_free(&bytes);
}

static void what_is_no_run_is_refused(void **state)
{
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"{\"dualuc\": \"1\", \"schema\": 1, \"plans\": []}", "run-other-json"},
        {"{\"dualuc\": \"1\", \"schema\": 1, \"experiments\": 3}", "result-key"},
        {"{\"dualuc\": \"1\", \"schema\": 1, \"experiments\": [{\"verdicts\": -1}]}", "result-key"},
        {"{\"dualuc\": \"1\", \"schema\": 99, \"experiments\": []}", "result-newer"},
        {"nothing", "result-not-json"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        dlu_run *run;
        dlu_error err;
        const dlu_source source = {
            .name = "r", .bytes = cases[i].text, .n_bytes = strlen(cases[i].text)};
        assert_int_equal(dlu_run_read(&source, &run, &err), DLU_E_INPUT);
        assert_null(run);
        assert_string_equal(err.code, cases[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_manifest_are_read),
        cmocka_unit_test(what_is_no_manifest_is_refused),
        cmocka_unit_test(p_are_adjusted_over_all),
        cmocka_unit_test(what_failed_has_a_row),
        cmocka_unit_test(a_record_reads_back_the_same),
        cmocka_unit_test(what_is_no_run_is_refused),
    };
    return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
