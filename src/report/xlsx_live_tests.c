/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/xlsx_live.h"

/*
 * Tests from the cells of Workings. p of |t| with df degrees of freedom is the incomplete beta
 * function of df / (df + t^2) at (df / 2, 1 / 2), and its inverse gives the quantile of t.
 */

enum { ADDRESS = DLU_XLSX_ADDRESS_SIZE + 16 };

typedef enum dlu_live_method { NO_METHOD, POOLED, PER_BLOCK, UNEQUAL, EQUAL } dlu_live_method;

/* What a comparison is made of: its method, its section, and the first of its cells. */
typedef struct dlu_live_test {
    const dlu_xlsx_plan *plan;
    const dlu_comparison_row *row;
    uint32_t line; /* of the sheet Comparisons, from 0 */
    dlu_live_method method;
    dlu_section section;
    unsigned from, n;    /* cells from, .. of the section; 2, or 4 for the interaction */
    uint32_t difference; /* the column of the blocks' own differences */
} dlu_live_test;

static dlu_live_method method_of(const dlu_comparison_row *row, dlu_section_kind kind)
{
    static const struct {
        const char *name;
        dlu_section_kind kind;
        dlu_live_method method;
    } methods[] = {
        {"rcbd", DLU_SECTION_BLOCKED, POOLED},
        {"block", DLU_SECTION_BLOCKED, PER_BLOCK},
        {"one-sample", DLU_SECTION_BLOCKED, PER_BLOCK},
        {"welch", DLU_SECTION_UNBLOCKED, UNEQUAL},
        {"satterthwaite", DLU_SECTION_UNBLOCKED, UNEQUAL},
        {"student", DLU_SECTION_UNBLOCKED, EQUAL},
    };
    if (!isfinite(row->se) || !isfinite(row->df))
        return NO_METHOD;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (!strcmp(row->method, methods[i].name) && kind == methods[i].kind)
            return methods[i].method;
    return NO_METHOD;
}

static dlu_live_test test_of(const dlu_xlsx_plan *plan, size_t comparison)
{
    static const char *const kinds[] = {"wt", "mut", "interaction"};
    dlu_live_test t = {.plan = plan,
                       .row = &plan->result->comparisons[comparison],
                       .line = (uint32_t)comparison + 1};
    unsigned k = 0;
    while (k < 3 && strcmp(t.row->kind, kinds[k]) != 0)
        k++;
    if (k == 3)
        return t;
    t.section = plan->sections[t.row->verdict];
    t.from = k == DLU_XLSX_MUT ? 2 : 0;
    t.n = k == DLU_XLSX_INTERACTION ? 4 : 2;
    t.difference = DLU_SECTION_DIFFERENCE + k;
    if (t.from + t.n <= t.section.n_cells)
        t.method = method_of(t.row, t.section.kind);
    return t;
}

/* "Workings!$B$9" for a row of the section. */
static char *of_section(uint32_t row, uint32_t col, char buf[ADDRESS])
{
    char address[DLU_XLSX_ADDRESS_SIZE];
    snprintf(buf, ADDRESS, "Workings!%s", dlu_xlsx_address(row, col, address));
    return buf;
}

static char *of_row(const dlu_live_test *t, const char *key, char buf[DLU_XLSX_ADDRESS_SIZE])
{
    return dlu_xlsx_address(t->line, dlu_xlsx_column_of("comparisons", key), buf);
}

static bool live_estimate(const dlu_live_test *t, dlu_xlsx_live *out)
{
    char a[ADDRESS], b[ADDRESS], c[ADDRESS], d[ADDRESS];
    uint32_t mean = t->section.mean, col = DLU_SECTION_CELL + t->from;
    if (t->method == PER_BLOCK)
        return dlu_xlsx_formula_set(t->plan, out, "=%s", of_section(mean, t->difference, a));
    of_section(mean, col, a);
    of_section(mean, col + 1, b);
    if (t->n == 2)
        return dlu_xlsx_formula_set(t->plan, out, "=IFERROR(%s-%s," DLU_XLSX_CHANGED ")", a, b);
    of_section(mean, col + 2, c);
    of_section(mean, col + 3, d);
    return dlu_xlsx_formula_set(t->plan, out, "=IFERROR((%s-%s)-(%s-%s)," DLU_XLSX_CHANGED ")", a,
                                b, c, d);
}

/* One term for each cell of a test, joined by "+": `pattern` takes SD twice and n once or twice. */
static const char *sum_over_cells(const dlu_live_test *t, const char *what)
{
    const char *text = "";
    char sd[ADDRESS], n[ADDRESS];
    for (unsigned c = t->from; c < t->from + t->n && text; c++) {
        const char *plus = c == t->from ? "" : "+";
        of_section(t->section.sd, DLU_SECTION_CELL + c, sd);
        of_section(t->section.count, DLU_SECTION_CELL + c, n);
        if (!strcmp(what, "variance of mean"))
            text = dlu_arena_printf(t->plan->arena, "%s%s%s^2/%s", text, plus, sd, n);
        else if (!strcmp(what, "its square by df"))
            text = dlu_arena_printf(t->plan->arena, "%s%s(%s^2/%s)^2/(%s-1)", text, plus, sd, n, n);
        else if (!strcmp(what, "squares"))
            text = dlu_arena_printf(t->plan->arena, "%s%s%s^2*(%s-1)", text, plus, sd, n);
        else if (!strcmp(what, "df"))
            text = dlu_arena_printf(t->plan->arena, "%s%s(%s-1)", text, plus, n);
        else
            text = dlu_arena_printf(t->plan->arena, "%s%s1/%s", text, plus, n);
    }
    return text;
}

static bool live_se(const dlu_live_test *t, dlu_xlsx_live *out)
{
    char a[ADDRESS], b[ADDRESS];
    const char *sum, *df, *inverse;
    switch (t->method) {
    case POOLED:
        return dlu_xlsx_formula_set(t->plan, out, "=IFERROR(SQRT(%u*%s/%s)," DLU_XLSX_CHANGED ")",
                                    t->n, of_section(t->section.mean_square, DLU_SECTION_CELL, a),
                                    of_section(t->section.count, DLU_SECTION_CELL, b));
    case PER_BLOCK:
        return dlu_xlsx_formula_set(t->plan, out, "=IFERROR(%s/SQRT(%s)," DLU_XLSX_CHANGED ")",
                                    of_section(t->section.sd, t->difference, a),
                                    of_section(t->section.count, t->difference, b));
    case UNEQUAL:
        sum = sum_over_cells(t, "variance of mean");
        return sum &&
               dlu_xlsx_formula_set(t->plan, out, "=IFERROR(SQRT(%s)," DLU_XLSX_CHANGED ")", sum);
    default:
        sum = sum_over_cells(t, "squares");
        df = sum_over_cells(t, "df");
        inverse = sum_over_cells(t, "inverse n");
        return sum && df && inverse &&
               dlu_xlsx_formula_set(t->plan, out,
                                    "=IFERROR(SQRT((%s)/(%s)*(%s))," DLU_XLSX_CHANGED ")", sum, df,
                                    inverse);
    }
}

static bool live_df(const dlu_live_test *t, dlu_xlsx_live *out)
{
    char a[ADDRESS], se[DLU_XLSX_ADDRESS_SIZE];
    const char *sum;
    switch (t->method) {
    case POOLED:
        return dlu_xlsx_formula_set(t->plan, out, "=%s",
                                    of_section(t->section.df, DLU_SECTION_CELL, a));
    case PER_BLOCK:
        return dlu_xlsx_formula_set(t->plan, out, "=IFERROR(%s-1," DLU_XLSX_CHANGED ")",
                                    of_section(t->section.count, t->difference, a));
    case UNEQUAL:
        sum = sum_over_cells(t, "its square by df");
        return sum && dlu_xlsx_formula_set(t->plan, out, "=IFERROR(%s^4/(%s)," DLU_XLSX_CHANGED ")",
                                           of_row(t, "se", se), sum);
    default:
        sum = sum_over_cells(t, "df");
        return sum && dlu_xlsx_formula_set(t->plan, out, "=IFERROR(%s," DLU_XLSX_CHANGED ")", sum);
    }
}

/* P(T > x), x being a formula of its own. */
static bool live_tail(const dlu_live_test *t, const char *x, dlu_xlsx_live *out)
{
    char df[DLU_XLSX_ADDRESS_SIZE];
    of_row(t, "df", df);
    return x && dlu_xlsx_formula_set(t->plan, out,
                                     "=IFERROR(IF((%s)>0,BETADIST(%s/(%s+(%s)^2),%s/2,0.5)/2,"
                                     "1-BETADIST(%s/(%s+(%s)^2),%s/2,0.5)/2)," DLU_XLSX_CHANGED ")",
                                     x, df, df, x, df, df, df, x, df);
}

static bool live_equivalence(const dlu_live_test *t, const char *key, dlu_xlsx_live *out)
{
    char e[DLU_XLSX_ADDRESS_SIZE], se[DLU_XLSX_ADDRESS_SIZE];
    char lower[DLU_XLSX_ADDRESS_SIZE], upper[DLU_XLSX_ADDRESS_SIZE];
    const char *sign = strcmp(t->row->treatment, "inhibitor") ? "" : "-";
    dlu_arena *arena = t->plan->arena;
    of_row(t, "estimate_ln", e);
    of_row(t, "se", se);
    if (!strcmp(key, "noninferiority_p") && isfinite(t->row->noninferiority_p))
        return live_tail(t, dlu_arena_printf(arena, "(%s%s-LN(equivalence))/%s", sign, e, se), out);
    if (!t->row->equivalence.present)
        return true;
    if (!strcmp(key, "equivalence_margin"))
        return dlu_xlsx_formula_set(t->plan, out, "=equivalence");
    if (!strcmp(key, "equivalence_p_lower"))
        return live_tail(t, dlu_arena_printf(arena, "(%s-LN(equivalence))/%s", e, se), out);
    if (!strcmp(key, "equivalence_p_upper"))
        return live_tail(t, dlu_arena_printf(arena, "(-%s-LN(equivalence))/%s", e, se), out);
    if (strcmp(key, "equivalence_equivalent") != 0)
        return true;
    of_row(t, "equivalence_p_lower", lower);
    of_row(t, "equivalence_p_upper", upper);
    return dlu_xlsx_formula_set(t->plan, out,
                                "=IF(COUNT(%s,%s)=2,IF(MAX(%s,%s)<alpha,\"yes\",\"no\"),"
                                "" DLU_XLSX_CHANGED ")",
                                lower, upper, lower, upper);
}

static bool live_interval(const dlu_live_test *t, char sign, dlu_xlsx_live *out)
{
    char e[DLU_XLSX_ADDRESS_SIZE], se[DLU_XLSX_ADDRESS_SIZE], df[DLU_XLSX_ADDRESS_SIZE];
    of_row(t, "df", df);
    return dlu_xlsx_formula_set(
        t->plan, out,
        "=IFERROR(EXP(%s%cSQRT(%s*(1/BETAINV(alpha,%s/2,0.5)-1))*%s)," DLU_XLSX_CHANGED ")",
        of_row(t, "estimate_ln", e), sign, df, df, of_row(t, "se", se));
}

bool dlu_xlsx_live_comparison(const dlu_xlsx_plan *plan, size_t item, const char *key,
                              dlu_xlsx_live *out)
{
    char e[DLU_XLSX_ADDRESS_SIZE], se[DLU_XLSX_ADDRESS_SIZE], df[DLU_XLSX_ADDRESS_SIZE];
    dlu_live_test t = test_of(plan, item);
    if (!strcmp(key, "computed")) {
        out->own = true;
        out->number = NAN;
        out->text = t.method == NO_METHOD ? "value of the run" : "formula";
        return true;
    }
    if (t.method == NO_METHOD)
        return true;
    of_row(&t, "estimate_ln", e);
    if (!strcmp(key, "estimate_ln"))
        return live_estimate(&t, out);
    if (!strcmp(key, "se"))
        return live_se(&t, out);
    if (!strcmp(key, "df"))
        return live_df(&t, out);
    if (!strcmp(key, "t"))
        return dlu_xlsx_formula_set(plan, out, "=IFERROR(%s/%s," DLU_XLSX_CHANGED ")", e,
                                    of_row(&t, "se", se));
    if (!strcmp(key, "p"))
        return dlu_xlsx_formula_set(
            plan, out, "=IFERROR(BETADIST(%s/(%s+%s^2),%s/2,0.5)," DLU_XLSX_CHANGED ")",
            of_row(&t, "df", df), df, of_row(&t, "t", se), df);
    if (!strcmp(key, "fold"))
        return dlu_xlsx_formula_set(plan, out, "=IFERROR(EXP(%s)," DLU_XLSX_CHANGED ")", e);
    if (!strcmp(key, "fold_low"))
        return live_interval(&t, '-', out);
    if (!strcmp(key, "fold_high"))
        return live_interval(&t, '+', out);
    return live_equivalence(&t, key, out);
}
