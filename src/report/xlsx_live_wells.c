/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/xlsx_live.h"

/* From light to the value of a transfection. The header is row 0 of every table. */

bool dlu_xlsx_formula_set(const dlu_xlsx_plan *plan, dlu_xlsx_live *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    out->formula = dlu_arena_vprintf(plan->arena, format, args);
    va_end(args);
    return out->formula != NULL;
}

/* By hand: it is most of the work of most formulas. Returns the end. */
static char *put_address(uint32_t row, uint32_t col, char *to)
{
    char digits[16];
    size_t n = sizeof digits;
    for (uint32_t r = row + 1; r; r /= 10)
        digits[--n] = (char)('0' + r % 10);
    digits[--n] = '$';
    for (uint32_t c = col + 1; c; c = (c - 1) / 26)
        digits[--n] = (char)('A' + (c - 1) % 26);
    *to++ = '$';
    memcpy(to, digits + n, sizeof digits - n);
    to += sizeof digits - n;
    *to = '\0';
    return to;
}

char *dlu_xlsx_address(uint32_t row, uint32_t col, char buf[DLU_XLSX_ADDRESS_SIZE])
{
    put_address(row, col, buf);
    return buf;
}

char *dlu_xlsx_range(uint32_t first, uint32_t last, uint32_t col, char buf[DLU_XLSX_ADDRESS_SIZE])
{
    char *colon = put_address(first, col, buf);
    *colon = ':';
    put_address(last, col, colon + 1);
    return buf;
}

bool dlu_xlsx_has_use(const dlu_well_row *well)
{
    return well->unit != DLU_NO_ROW || well->in_blank || well->used || well->treatment ||
           (well->role && !strncmp(well->role, "blank", 5));
}

/* Wells of role blank hold no cells that could have a ratio. */
static bool can_have_ratio(const dlu_well_row *well)
{
    return well->role && strncmp(well->role, "blank", 5) != 0 && strcmp(well->role, "unused") != 0;
}

static size_t plate_of(const dlu_result *result, size_t well)
{
    size_t low = 0, high = result->n_plates;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (result->plates[middle].first_well <= well)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static char *well_cell(size_t well, const char *key, char buf[DLU_XLSX_ADDRESS_SIZE])
{
    return dlu_xlsx_address((uint32_t)well + 1, dlu_xlsx_column_of("wells", key), buf);
}

static bool live_net(const dlu_xlsx_plan *plan, size_t well, bool reporter, dlu_xlsx_live *out)
{
    char raw[DLU_XLSX_ADDRESS_SIZE], blank[DLU_XLSX_ADDRESS_SIZE];
    uint32_t plate = (uint32_t)plate_of(plan->result, well);
    dlu_xlsx_address(DLU_BLANKS_FIRST_ROW + plate,
                     reporter ? DLU_BLANKS_REPORTER : DLU_BLANKS_CONTROL, blank);
    return dlu_xlsx_formula_set(plan, out, "=IFERROR(%s-Workings!%s," DLU_XLSX_CHANGED ")",
                                well_cell(well, reporter ? "reporter" : "control", raw), blank);
}

static bool live_ratio(const dlu_xlsx_plan *plan, size_t well, dlu_xlsx_live *out)
{
    char reporter[DLU_XLSX_ADDRESS_SIZE], control[DLU_XLSX_ADDRESS_SIZE];
    well_cell(well, "reporter_net", reporter);
    well_cell(well, "control_net", control);
    return dlu_xlsx_formula_set(plan, out, "=IF(COUNT(%s,%s)=2,IF(MIN(%s,%s)>0,%s/%s,\"\"),\"\")",
                                reporter, control, reporter, control, reporter, control);
}

static bool live_ln(const dlu_xlsx_plan *plan, size_t well, dlu_xlsx_live *out)
{
    char ratio[DLU_XLSX_ADDRESS_SIZE];
    well_cell(well, "ratio", ratio);
    return dlu_xlsx_formula_set(plan, out, "=IF(ISNUMBER(%s),LN(%s),\"\")", ratio, ratio);
}

bool dlu_xlsx_live_well(const dlu_xlsx_plan *plan, size_t item, const char *key, dlu_xlsx_live *out)
{
    const dlu_well_row *well = &plan->result->wells[item];
    bool light = isfinite(well->reporter) && isfinite(well->control);
    if (!strcmp(key, "reporter_net") && isfinite(well->reporter))
        return live_net(plan, item, true, out);
    if (!strcmp(key, "control_net") && isfinite(well->control))
        return live_net(plan, item, false, out);
    if (!strcmp(key, "ratio") && light && can_have_ratio(well))
        return live_ratio(plan, item, out);
    if (!strcmp(key, "ln_ratio") && light && can_have_ratio(well))
        return live_ln(plan, item, out);
    if (!strcmp(key, "use") || !strcmp(key, "use_of_run")) {
        out->own = true;
        out->number = !dlu_xlsx_has_use(well) ? NAN : well->used || well->in_blank ? 1 : 0;
    }
    if (!strcmp(key, "unit")) {
        out->own = true;
        out->number = well->unit == DLU_NO_ROW ? NAN : (double)(well->unit + 1);
    }
    return true;
}

static bool live_unit_value(const dlu_xlsx_plan *plan, size_t unit, const char *ids,
                            const char *use, uint32_t first, uint32_t last, dlu_xlsx_live *out)
{
    char values[DLU_XLSX_ADDRESS_SIZE], control[DLU_XLSX_ADDRESS_SIZE];
    if (plan->result->settings.collapse == DLU_COLLAPSE_MEAN_LOG) {
        dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", "ln_ratio"), values);
        return dlu_xlsx_formula_set(
            plan, out,
            "=IFERROR(AVERAGEIFS(Wells!%s,Wells!%s,%zu,Wells!%s,1)," DLU_XLSX_CHANGED ")", values,
            ids, unit + 1, use);
    }
    if (plan->result->settings.collapse != DLU_COLLAPSE_RATIO_OF_SUMS)
        return true;
    dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", "reporter_net"), values);
    dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", "control_net"), control);
    return dlu_xlsx_formula_set(plan, out,
                                "=IFERROR(LN(SUMIFS(Wells!%s,Wells!%s,%zu,Wells!%s,1)/"
                                "SUMIFS(Wells!%s,Wells!%s,%zu,Wells!%s,1))," DLU_XLSX_CHANGED ")",
                                values, ids, unit + 1, use, control, ids, unit + 1, use);
}

bool dlu_xlsx_live_unit(const dlu_xlsx_plan *plan, size_t item, const char *key, dlu_xlsx_live *out)
{
    char ids[DLU_XLSX_ADDRESS_SIZE], use[DLU_XLSX_ADDRESS_SIZE], values[DLU_XLSX_ADDRESS_SIZE];
    uint32_t first = (uint32_t)plan->first_well[item] + 1;
    uint32_t last = (uint32_t)plan->last_well[item] + 1;
    dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", "unit"), ids);
    dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", "use"), use);
    if (!strcmp(key, "unit")) {
        out->own = true;
        out->number = (double)(item + 1);
    }
    if (!strcmp(key, "n_wells"))
        return dlu_xlsx_formula_set(plan, out, "=COUNTIFS(Wells!%s,%zu,Wells!%s,1)", ids, item + 1,
                                    use);
    if (!strcmp(key, "ln_ratio"))
        return live_unit_value(plan, item, ids, use, first, last, out);
    if (!strcmp(key, "cv") && isfinite(plan->result->units[item].cv)) {
        dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", "ln_ratio"), values);
        out->array = true;
        /* exp(v) - 1 = 2 exp(v/2) sinh(v/2), which keeps the digits of a small v */
        return dlu_xlsx_formula_set(
            plan, out,
            "=IFERROR(SQRT(2*EXP(VAR(IF((Wells!%s=%zu)*(Wells!%s=1),Wells!%s,\"\"))/2)*"
            "SINH(VAR(IF((Wells!%s=%zu)*(Wells!%s=1),Wells!%s,\"\"))/2)),\"\")",
            ids, item + 1, use, values, ids, item + 1, use, values);
    }
    return true;
}
