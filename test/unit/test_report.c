/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include <dualuc/report.h>

#include "base/text.h"
#include "report/csv.h"
#include "report/table.h"
#include "small_result.h"
#include "workbook_tests.h"

/* Keys as they are promised, in that order; ours after them. */
static const struct {
    const char *table;
    const char *keys;
} promised[] = {
    {"inputs", "path,role,sha256,format,plates"},
    {"settings",
     "vector,reporter,control,alpha,theta,equivalence,effect_rule,error,block,adjust,"
     "ev_correct,student,collapse,blank_stat,blank_sd,blank_value,loq_action,saturation_limit,"
     "drop_wells,require_positive_control"},
    {"wells", "plate,well,role,target,construct,treatment,mirna,dose_nM,replicate,block,reporter,"
              "control,reporter_net,control_net,ratio,ln_ratio,used,flags,sample,reporter_state,"
              "control_state,at,extra"},
    {"units", "target,mirna,dose_nM,construct,treatment,replicate,block,plate,n_wells,ln_ratio,cv"},
    {"groups", "target,mirna,dose_nM,construct,treatment,n,n_wells,mean_ln,sd_ln,geometric_mean,"
               "relative,relative_low,relative_high"},
    {"comparisons", "target,mirna,dose_nM,treatment,mutant,kind,method,primary,n,estimate_ln,se,"
                    "fold,fold_low,fold_high,t,df,p,p_adjusted,equivalence,noninferiority_p"},
    {"verdicts", "target,mirna,dose_nM,treatment,mutant,verdict,call,caveats,reason,wt_fold,"
                 "wt_fold_low,wt_fold_high,mut_fold,mut_fold_low,mut_fold_high,interaction_fold,"
                 "interaction_fold_low,interaction_fold_high,p_wt,p_mut,p_interaction,p_direct,"
                 "p_direct_adjusted,rescue,classical,notes,n"},
    {"qc", "plate,item,value,limit,status,text"},
    {"messages", "severity,text,file,at,code,hint"},
};

static char *text_of(dlu_bytes bytes)
{
    assert_non_null(bytes.bytes);
    assert_int_equal(strlen(bytes.bytes), bytes.n_bytes);
    return bytes.bytes;
}

static json_t *json_of(const dlu_result *result)
{
    dlu_bytes bytes;
    dlu_error err;
    json_error_t where;
    assert_int_equal(dlu_report_json(result, &bytes, &err), DLU_OK);
    assert_int_equal(bytes.bytes[bytes.n_bytes - 1], '\n');
    json_t *json = json_loadb(bytes.bytes, bytes.n_bytes, JSON_REJECT_DUPLICATES, &where);
    if (!json)
        fail_msg("line %d: %s", where.line, where.text);
    dlu_bytes_free(&bytes);
    return json;
}

static void assert_keys(json_t *object, const char *expected)
{
    char keys[1024] = "";
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        assert_true(strlen(keys) + strlen(key) + 2 < sizeof keys);
        strcat(keys, *keys ? "," : "");
        strcat(keys, key);
    }
    assert_string_equal(keys, expected);
}

static json_t *row_of(json_t *json, const char *table, size_t i)
{
    json_t *row = json_array_get(json_object_get(json, table), i);
    assert_non_null(row);
    return row;
}

static void json_has_the_promised_keys_in_order(void **state)
{
    (void)state;
    dlu_result result = small_result();
    json_t *json = json_of(&result);
    assert_keys(json, "dualuc,schema,inputs,settings,design,wells,units,groups,comparisons,"
                      "verdicts,qc,messages,leave_one_out,sensitivity,diagnostics,seed");
    for (size_t i = 0; i < sizeof promised / sizeof *promised; i++) {
        json_t *at = json_object_get(json, promised[i].table);
        if (!json_is_array(at)) {
            assert_keys(at, promised[i].keys);
            continue;
        }
        assert_true(json_array_size(at) > 0);
        for (size_t r = 0; r < json_array_size(at); r++)
            assert_keys(json_array_get(at, r), promised[i].keys);
    }
    assert_keys(json_object_get(row_of(json, "comparisons", 0), "equivalence"),
                "margin,p_lower,p_upper,equivalent");
    assert_keys(json_object_get(row_of(json, "verdicts", 0), "rescue"), "fraction,low,high");
    assert_keys(json_object_get(json, "design"), "Z | m | mimic | MUT,A | m | mimic | MUT");
    json_decref(json);
}

static void what_does_not_exist_is_null_in_json(void **state)
{
    static const struct {
        const char *table;
        size_t row;
        const char *key;
    } nulls[] = {{"wells", 1, "dose_nM"},      {"wells", 1, "reporter"},
                 {"wells", 1, "mirna"},        {"wells", 0, "block"},
                 {"units", 0, "replicate"},    {"groups", 0, "relative_low"},
                 {"comparisons", 1, "p"},      {"comparisons", 1, "equivalence"},
                 {"verdicts", 1, "mutant"},    {"verdicts", 1, "rescue"},
                 {"verdicts", 1, "classical"}, {"verdicts", 1, "p_direct_adjusted"},
                 {"verdicts", 1, "n"},         {"qc", 0, "limit"},
                 {"messages", 1, "file"},      {"messages", 1, "at"},
                 {"messages", 0, "hint"}};
    (void)state;
    dlu_result result = small_result();
    result.wells[0].block = "";
    result.settings.vector[0] = '\0';
    json_t *json = json_of(&result);
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        if (!json_is_null(
                json_object_get(row_of(json, nulls[i].table, nulls[i].row), nulls[i].key)))
            fail_msg("%s[%zu].%s is not null", nulls[i].table, nulls[i].row, nulls[i].key);
    assert_true(json_is_null(json_object_get(json_object_get(json, "settings"), "vector")));
    assert_true(json_is_null(json_object_get(json_object_get(json, "settings"), "block")));
    json_decref(json);
    result.wells[0].block = "day 1";
}

static const char *string_at(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    assert_non_null(text);
    return text;
}

static void json_keeps_values(void **state)
{
    (void)state;
    dlu_result result = small_result();
    json_t *json = json_of(&result);
    json_t *well = row_of(json, "wells", 0), *dead = row_of(json, "wells", 1);
    assert_true(json_real_value(json_object_get(well, "control_net")) == 0.1 + 0.2);
    assert_true(json_real_value(json_object_get(well, "reporter_net")) == 1638000.5);
    assert_string_equal(string_at(well, "at"), "Results!E14");
    assert_string_equal(string_at(dead, "at"), "3:2");
    assert_string_equal(string_at(json_object_get(well, "extra"), "by, whom"), "A. \"Lab\" Hand");
    assert_true(json_is_null(json_object_get(json_object_get(dead, "extra"), "passage")));
    assert_true(json_is_true(json_object_get(well, "used")));
    assert_int_equal(json_array_size(json_object_get(dead, "flags")), 2);
    assert_string_equal(json_string_value(json_array_get(json_object_get(dead, "flags"), 1)),
                        dlu_flag_name(DLU_FLAG_DEAD_WELL));
    json_t *verdict = row_of(json, "verdicts", 0);
    assert_string_equal(string_at(verdict, "call"), "direct");
    assert_string_equal(string_at(verdict, "classical"), "direct");
    assert_int_equal(json_array_size(json_object_get(verdict, "notes")), 2);
    assert_true(json_is_integer(json_object_get(row_of(json, "units", 0), "n_wells")));
    assert_string_equal(string_at(row_of(json, "inputs", 0), "path"), "bad\xEF\xBF\xBDname.csv");
    assert_int_equal(json_integer_value(json_object_get(json, "schema")), 1);
    json_decref(json);
}

static void an_empty_model_is_still_whole(void **state)
{
    (void)state;
    dlu_result result = {.date = ""};
    dlu_bytes bytes;
    dlu_settings_default(&result.settings);
    json_t *json = json_of(&result);
    assert_int_equal(json_object_size(json), 16);
    json_decref(json);
    assert_int_equal(dlu_report_lines(&result, &bytes, NULL), DLU_OK);
    assert_string_equal(text_of(bytes), "");
    dlu_bytes_free(&bytes);
}

static dlu_bytes csv_of(const dlu_result *result, const char *table)
{
    dlu_bytes bytes = {0};
    for (size_t i = 0; i < dlu_report_table_count(); i++)
        if (!strcmp(dlu_report_table_name(i), table))
            assert_int_equal(dlu_report_csv(result, i, &bytes, NULL), DLU_OK);
    assert_non_null(bytes.bytes);
    return bytes;
}

static void assert_csv(const dlu_result *result, const char *table, const char *expected)
{
    dlu_bytes bytes = csv_of(result, table);
    assert_string_equal(text_of(bytes), expected);
    dlu_bytes_free(&bytes);
}

static void csv_tables_stand_in_order(void **state)
{
    static const char *const names[] = {"wells",       "units",       "groups",   "comparisons",
                                        "verdicts",    "qc",          "messages", "leave_one_out",
                                        "sensitivity", "diagnostics", "seed"};
    (void)state;
    assert_int_equal(dlu_report_table_count(), 11);
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(dlu_report_table_name(i), names[i]);
}

static void csv_is_written_to_the_letter(void **state)
{
    (void)state;
    dlu_result result = small_result();
    assert_csv(&result, "wells",
               "plate,well,role,target,construct,treatment,mirna,dose_nM,replicate,block,reporter,"
               "control,reporter_net,control_net,ratio,ln_ratio,used,flags,sample,reporter_state,"
               "control_state,at,extra_passage,\"extra_by, whom\"\n"
               "p1,A1,sample,SEPT2,WT,mimic,=1+1,50,1,day 1,1639000,500,1638000.5,"
               "0.30000000000000004,2,0.25,true,,\"a,b\",ok,ok,Results!E14,12,"
               "\"A. \"\"Lab\"\" Hand\"\n"
               "p1,A2,sample,SEPT2,WT,mimic,,,,,,480,,-20,,,false,NONPOSITIVE;DEAD_WELL,,overflow,"
               "ok,3:2,,\n");
    assert_csv(&result, "comparisons",
               "target,mirna,dose_nM,treatment,mutant,kind,method,primary,n,estimate_ln,se,fold,"
               "fold_low,fold_high,t,df,p,p_adjusted,equivalence_margin,equivalence_p_lower,"
               "equivalence_p_upper,equivalence_equivalent,noninferiority_p\n"
               "SEPT2,m,,mimic,MUT,wt,rcbd,true,6,-0.7,0.04,0.5,0.45,0.54,-18,6,0.0000016,,0.8,"
               "0.999,1.5e-07,false,0.999\n"
               "SEPT2,m,,mimic,MUT,mut,welch,false,6,0,,1,,,,,,,,,,,\n");
    assert_csv(&result, "messages",
               "severity,text,file,at,code,hint\n"
               "warning,\"two\nlines\",p1.csv,3:2,odd-thing,\n"
               "note,no place,,,other-thing,do this\n");
    assert_csv(&result, "qc",
               "plate,item,value,limit,status,text\np1,blank_reporter,451,,warn,six blanks\n");
}

static void csv_without_unknown_columns_has_none(void **state)
{
    (void)state;
    dlu_result result = small_result();
    result.n_extra_columns = 0;
    dlu_bytes bytes = csv_of(&result, "wells");
    assert_non_null(strstr(text_of(bytes), ",control_state,at\n"));
    dlu_bytes_free(&bytes);
}

static void csv_fields_are_quoted_where_they_must_be(void **state)
{
    static const char *const rows[][2] = {
        {"plain", "plain"},   {"", ""},         {"a,b", "\"a,b\""}, {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""}, {" a", "\" a\""}, {"a\t", "\"a\t\""}, {"a;b", "a;b"},
        {"a\rb", "\"a\rb\""}, {"a b", "a b"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_buffer buffer = {0};
        dlu_csv_field(&buffer, rows[i][0]);
        dlu_buffer_add(&buffer, "");
        assert_string_equal(buffer.bytes, rows[i][1]);
        dlu_buffer_free(&buffer);
    }
}

static void lines_are_aligned(void **state)
{
    (void)state;
    dlu_bytes bytes;
    dlu_result result = small_result();
    assert_int_equal(dlu_report_lines(&result, &bytes, NULL), DLU_OK);
    assert_string_equal(
        text_of(bytes),
        "SEPT2  miR-21 (50 nM)      MUT  DIRECT_TARGET  WT 0.50 [0.45-0.55]  MUT 1.00 [0.90-1.11]  "
        "WT/MUT 0.50 [0.40-0.60]  p 0.0012  n 2, 2, 2, 2\n"
        "BCL2   miR-16 (inhibitor)  -    NO_MUTANT      WT 1.50              MUT -                 "
        "WT/MUT -                 p -       n -\n");
    dlu_bytes_free(&bytes);
}

static void bytes_that_are_no_utf8_are_replaced(void **state)
{
    static const char *const rows[][2] = {
        {"plain", "plain"},
        {"\xC2\xB5M", "\xC2\xB5M"},
        {"\xE2\x82\xAC\xF0\x9F\xA7\xAC", "\xE2\x82\xAC\xF0\x9F\xA7\xAC"},
        {"a\x80", "a\xEF\xBF\xBD"},
        {"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xE2\x82", "\xEF\xBF\xBD\xEF\xBF\xBD"}};
    (void)state;
    dlu_arena *scratch = dlu_arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(dlu_report_utf8(rows[i][0], scratch), rows[i][1]);
    dlu_arena_free(scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_has_the_promised_keys_in_order),
        cmocka_unit_test(what_does_not_exist_is_null_in_json),
        cmocka_unit_test(json_keeps_values),
        cmocka_unit_test(an_empty_model_is_still_whole),
        cmocka_unit_test(csv_tables_stand_in_order),
        cmocka_unit_test(csv_is_written_to_the_letter),
        cmocka_unit_test(csv_without_unknown_columns_has_none),
        cmocka_unit_test(csv_fields_are_quoted_where_they_must_be),
        cmocka_unit_test(lines_are_aligned),
        cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
        cmocka_unit_test(the_workbook_has_its_sheets_in_order),
        cmocka_unit_test(names_are_text_and_numbers_are_numbers),
        cmocka_unit_test(the_summary_says_it_in_words),
        cmocka_unit_test(only_calls_of_direct_targets_are_coloured),
        cmocka_unit_test(exploratory_results_carry_a_banner),
        cmocka_unit_test(the_same_model_gives_the_same_bytes_anywhere),
        cmocka_unit_test(the_date_comes_from_whoever_calls),
        cmocka_unit_test(a_workbook_that_cannot_be_written_is_an_error),
        cmocka_unit_test(wrapped_texts_get_their_lines),
        cmocka_unit_test(texts_are_what_a_cell_can_hold),
        cmocka_unit_test(days_are_counted_by_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
