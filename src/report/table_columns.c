/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <string.h>

#include "report/table.h"

/* The columns of every table. Order and keys are an interface: add at the end, never rename. */

/* The word of a code, or NULL beyond the last: who reads words back asks for all. */
#define NAMED(words, code) ((code) < sizeof(words) / sizeof *(words) ? (words)[code] : NULL)

static const char *flag_word(unsigned code)
{
    return code < DLU_FLAG_COUNT ? dlu_flag_name((dlu_flag)code) : NULL;
}

static const char *caveat_word(unsigned code)
{
    return code < DLU_CAVEAT_COUNT ? dlu_caveat_name((dlu_caveat)code) : NULL;
}

static const char *call_word(unsigned code)
{
    return code <= DLU_CALL_NONE ? dlu_call_name((dlu_call)code) : NULL;
}

static const char *qc_word(unsigned code)
{
    return code <= DLU_QC_FAIL ? dlu_qc_status_name((dlu_qc_status)code) : NULL;
}

static const char *severity_word(unsigned code)
{
    return code <= DLU_ERROR ? dlu_severity_name((dlu_severity)code) : NULL;
}

static const char *classical_word(unsigned code)
{
    static const char *const words[] = {NULL, "direct", "not-direct"};
    return NAMED(words, code);
}

static const char *effect_rule_word(unsigned code)
{
    static const char *const words[] = {"point", "interval"};
    return NAMED(words, code);
}

static const char *error_term_word(unsigned code)
{
    static const char *const words[] = {"pooled", "block"};
    return NAMED(words, code);
}

static const char *ev_correct_word(unsigned code)
{
    static const char *const words[] = {"off", "on", "auto"};
    return NAMED(words, code);
}

static const char *collapse_word(unsigned code)
{
    static const char *const words[] = {"mean-log", "ratio-of-sums", "slope"};
    return NAMED(words, code);
}

static const char *blank_stat_word(unsigned code)
{
    static const char *const words[] = {"mean", "median"};
    return NAMED(words, code);
}

static const char *blank_sd_word(unsigned code)
{
    static const char *const words[] = {"plate", "pooled"};
    return NAMED(words, code);
}

static const char *loq_action_word(unsigned code)
{
    static const char *const words[] = {"flag", "exclude"};
    return NAMED(words, code);
}

static const char *adjust_word(unsigned code)
{
    static const char *const words[] = {"holm", "bh", "none"};
    return NAMED(words, code);
}

#define AT(member) offsetof(ROW, member)
#define TEXT(name, member)                                                                         \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_TEXT, .offset = AT(member)                               \
    }
#define ARRAY(name, member)                                                                        \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_TEXT_ARRAY, .offset = AT(member),                        \
        .second = sizeof(((ROW *)0)->member)                                                       \
    }
#define NUMBER(name, member)                                                                       \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_NUMBER, .offset = AT(member)                             \
    }
#define COUNT(name, member)                                                                        \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_COUNT, .offset = AT(member)                              \
    }
#define COUNT_IF(name, member)                                                                     \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_COUNT_IF, .offset = AT(member)                           \
    }
#define BOOL(name, member)                                                                         \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_BOOL, .offset = AT(member)                               \
    }
#define WORD(name, member, words)                                                                  \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_WORD, .offset = AT(member), .word = (words)              \
    }
#define BITS(name, member, words)                                                                  \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_BITS, .offset = AT(member), .word = (words)              \
    }
#define LIST(name, member, count)                                                                  \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_LIST, .offset = AT(member), .second = AT(count)          \
    }
#define INNER(object, name, member, of)                                                            \
    {                                                                                              \
        .key = (name), .inside = (object), .kind = DLU_REPORT_##of, .offset = AT(member),          \
        .second = AT(INSIDE.present)                                                               \
    }

#define ROW dlu_input_row
static const dlu_report_column inputs[] = {
    TEXT("path", path),
    TEXT("role", role),
    ARRAY("sha256", sha256),
    TEXT("format", format),
    LIST("plates", plates, n_plates),
};
#undef ROW

#define ROW dlu_settings
static const dlu_report_column settings[] = {
    ARRAY("vector", vector),
    ARRAY("reporter", reporter),
    ARRAY("control", control),
    NUMBER("alpha", alpha),
    NUMBER("theta", theta),
    NUMBER("equivalence", equivalence),
    WORD("effect_rule", effect_rule, effect_rule_word),
    WORD("error", error, error_term_word),
    ARRAY("block", block),
    WORD("adjust", adjust, adjust_word),
    WORD("ev_correct", ev_correct, ev_correct_word),
    BOOL("student", student),
    WORD("collapse", collapse, collapse_word),
    WORD("blank_stat", blank_stat, blank_stat_word),
    WORD("blank_sd", blank_sd, blank_sd_word),
    ARRAY("blank_value", blank_value),
    WORD("loq_action", loq_action, loq_action_word),
    NUMBER("saturation_limit", saturation_limit),
    ARRAY("drop_wells", drop_wells),
    BOOL("require_positive_control", require_positive_control),
};
#undef ROW

#define ROW dlu_well_row
static const dlu_report_column wells[] = {
    TEXT("plate", plate),
    TEXT("well", well),
    TEXT("role", role),
    TEXT("target", target),
    TEXT("construct", construct),
    TEXT("treatment", treatment),
    TEXT("mirna", mirna),
    NUMBER("dose_nM", dose_nM),
    TEXT("replicate", replicate),
    TEXT("block", block),
    NUMBER("reporter", reporter),
    NUMBER("control", control),
    NUMBER("reporter_net", reporter_net),
    NUMBER("control_net", control_net),
    NUMBER("ratio", ratio),
    NUMBER("ln_ratio", ln_ratio),
    BOOL("used", used),
    BITS("flags", flags, flag_word),
    TEXT("sample", sample),
    TEXT("reporter_state", reporter_state),
    TEXT("control_state", control_state),
    {.key = "at", .kind = DLU_REPORT_PLACE, .offset = AT(at)},
    {.key = "extra", .kind = DLU_REPORT_EXTRA, .offset = AT(extra)},
};
#undef ROW

#define ROW dlu_unit_row
static const dlu_report_column units[] = {
    TEXT("target", target),
    TEXT("mirna", mirna),
    NUMBER("dose_nM", dose_nM),
    TEXT("construct", construct),
    TEXT("treatment", treatment),
    TEXT("replicate", replicate),
    TEXT("block", block),
    TEXT("plate", plate),
    COUNT("n_wells", n_wells),
    NUMBER("ln_ratio", ln_ratio),
    NUMBER("cv", cv),
};
#undef ROW

#define ROW dlu_group_row
static const dlu_report_column groups[] = {
    TEXT("target", target),
    TEXT("mirna", mirna),
    NUMBER("dose_nM", dose_nM),
    TEXT("construct", construct),
    TEXT("treatment", treatment),
    COUNT("n", n),
    COUNT("n_wells", n_wells),
    NUMBER("mean_ln", mean_ln),
    NUMBER("sd_ln", sd_ln),
    NUMBER("geometric_mean", geometric_mean),
    NUMBER("relative", relative),
    NUMBER("relative_low", relative_low),
    NUMBER("relative_high", relative_high),
};
#undef ROW

#define ROW    dlu_comparison_row
#define INSIDE equivalence
static const dlu_report_column comparisons[] = {
    TEXT("target", target),
    TEXT("mirna", mirna),
    NUMBER("dose_nM", dose_nM),
    TEXT("treatment", treatment),
    TEXT("mutant", mutant),
    TEXT("kind", kind),
    TEXT("method", method),
    BOOL("primary", primary),
    COUNT("n", n),
    NUMBER("estimate_ln", estimate_ln),
    NUMBER("se", se),
    NUMBER("fold", fold),
    NUMBER("fold_low", fold_low),
    NUMBER("fold_high", fold_high),
    NUMBER("t", t),
    NUMBER("df", df),
    NUMBER("p", p),
    NUMBER("p_adjusted", p_adjusted),
    INNER("equivalence", "margin", equivalence.margin, NUMBER),
    INNER("equivalence", "p_lower", equivalence.p_lower, NUMBER),
    INNER("equivalence", "p_upper", equivalence.p_upper, NUMBER),
    INNER("equivalence", "equivalent", equivalence.equivalent, BOOL),
    NUMBER("noninferiority_p", noninferiority_p),
};
#undef INSIDE
#undef ROW

#define ROW    dlu_verdict_row
#define INSIDE rescue
static const dlu_report_column verdicts[] = {
    TEXT("target", target),
    TEXT("mirna", mirna),
    NUMBER("dose_nM", dose_nM),
    TEXT("treatment", treatment),
    TEXT("mutant", mutant),
    TEXT("verdict", verdict),
    WORD("call", call, call_word),
    BITS("caveats", caveats, caveat_word),
    TEXT("reason", reason),
    NUMBER("wt_fold", wt_fold),
    NUMBER("wt_fold_low", wt_fold_low),
    NUMBER("wt_fold_high", wt_fold_high),
    NUMBER("mut_fold", mut_fold),
    NUMBER("mut_fold_low", mut_fold_low),
    NUMBER("mut_fold_high", mut_fold_high),
    NUMBER("interaction_fold", interaction_fold),
    NUMBER("interaction_fold_low", interaction_fold_low),
    NUMBER("interaction_fold_high", interaction_fold_high),
    NUMBER("p_wt", p_wt),
    NUMBER("p_mut", p_mut),
    NUMBER("p_interaction", p_interaction),
    NUMBER("p_direct", p_direct),
    NUMBER("p_direct_adjusted", p_direct_adjusted),
    INNER("rescue", "fraction", rescue.fraction, NUMBER),
    INNER("rescue", "low", rescue.low, NUMBER),
    INNER("rescue", "high", rescue.high, NUMBER),
    WORD("classical", classical, classical_word),
    LIST("notes", notes, n_notes),
    TEXT("n", n_text),
};
#undef INSIDE
#undef ROW

#define ROW dlu_qc_row
static const dlu_report_column qc[] = {
    TEXT("plate", plate),
    TEXT("item", item),
    NUMBER("value", value),
    NUMBER("limit", limit),
    WORD("status", status, qc_word),
    TEXT("text", text),
};
#undef ROW

#define ROW dlu_leave_out_row
static const dlu_report_column leave_one_out[] = {
    TEXT("target", target),
    TEXT("mirna", mirna),
    NUMBER("dose_nM", dose_nM),
    TEXT("treatment", treatment),
    TEXT("mutant", mutant),
    TEXT("block", block),
    NUMBER("interaction_fold", interaction_fold),
    NUMBER("p_interaction", p_interaction),
    TEXT("verdict", verdict),
};
#undef ROW

#define ROW dlu_sensitivity_row
static const dlu_report_column sensitivity[] = {
    TEXT("target", target),       TEXT("mirna", mirna),
    NUMBER("dose_nM", dose_nM),   TEXT("treatment", treatment),
    TEXT("mutant", mutant),       TEXT("analysis", analysis),
    TEXT("verdict", verdict),     BOOL("agrees", agrees),
    NUMBER("wt_fold", wt_fold),   NUMBER("interaction_fold", interaction_fold),
    NUMBER("p_direct", p_direct), TEXT("why", why),
};
#undef ROW

#define ROW dlu_diagnostic_row
static const dlu_report_column diagnostics[] = {
    TEXT("target", target),
    TEXT("mirna", mirna),
    NUMBER("dose_nM", dose_nM),
    TEXT("treatment", treatment),
    TEXT("mutant", mutant),
    TEXT("plate", plate),
    TEXT("group", group),
    TEXT("item", item),
    COUNT("n", n),
    NUMBER("statistic", statistic),
    NUMBER("df1", df1),
    NUMBER("df2", df2),
    NUMBER("p", p),
    NUMBER("limit", limit),
    NUMBER("low", low),
    NUMBER("high", high),
    TEXT("status", status),
    TEXT("text", text),
};
#undef ROW

#define ROW dlu_seed_row
static const dlu_report_column seed[] = {
    TEXT("target", target),
    TEXT("mirna", mirna),
    TEXT("mutant", mutant),
    TEXT("kind", kind),
    TEXT("status", status),
    TEXT("wt_type", wt_type),
    TEXT("mut_type", mut_type),
    COUNT_IF("wt_from", wt_from),
    COUNT_IF("wt_to", wt_to),
    COUNT_IF("mut_from", mut_from),
    COUNT_IF("mut_to", mut_to),
    TEXT("wt_bases", wt_bases),
    TEXT("mut_bases", mut_bases),
    COUNT("wt_supplementary", wt_supplementary),
    COUNT("mut_supplementary", mut_supplementary),
    LIST("wt_duplex", wt_duplex, n_wt_duplex),
    LIST("mut_duplex", mut_duplex, n_mut_duplex),
    TEXT("published", published),
    TEXT("text", text),
};
#undef ROW

#define ROW dlu_message
static const dlu_report_column messages[] = {
    WORD("severity", severity, severity_word),
    TEXT("text", text),
    TEXT("file", file),
    TEXT("at", at),
    TEXT("code", code),
    TEXT("hint", hint),
};
#undef ROW

#define TABLE(table, row)                                                                          \
    {                                                                                              \
        .name = #table, .columns = table, .n_columns = sizeof table / sizeof *table,               \
        .row_size = sizeof(row), .rows = offsetof(dlu_result, table),                              \
        .n_rows = offsetof(dlu_result, n_##table)                                                  \
    }

static const dlu_report_table tables[] = {
    TABLE(wells, dlu_well_row),
    TABLE(units, dlu_unit_row),
    TABLE(groups, dlu_group_row),
    TABLE(comparisons, dlu_comparison_row),
    TABLE(verdicts, dlu_verdict_row),
    TABLE(qc, dlu_qc_row),
    TABLE(messages, dlu_message),
    TABLE(leave_one_out, dlu_leave_out_row),
    TABLE(sensitivity, dlu_sensitivity_row),
    TABLE(diagnostics, dlu_diagnostic_row),
    TABLE(seed, dlu_seed_row),
};

static const dlu_report_table input_table = TABLE(inputs, dlu_input_row);

size_t dlu_report_table_count(void)
{
    return sizeof tables / sizeof *tables;
}

const char *dlu_report_table_name(size_t i)
{
    return tables[i].name;
}

const dlu_report_table *dlu_report_table_get(size_t i)
{
    return &tables[i];
}

const dlu_report_table *dlu_report_table_named(const char *name)
{
    for (size_t i = 0; i < dlu_report_table_count(); i++)
        if (!strcmp(tables[i].name, name))
            return &tables[i];
    return NULL;
}

const dlu_report_table *dlu_report_inputs(void)
{
    return &input_table;
}

const dlu_report_column *dlu_report_settings(size_t *n)
{
    *n = sizeof settings / sizeof *settings;
    return settings;
}
