/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/history.h>

#include <math.h>

/* Rules of quality control on one series. Pure functions on arrays. */

#define LONGEST 10u /* values that a rule looks back on */

const char *dlu_westgard_name(dlu_westgard_rule rule)
{
    static const char *const names[DLU_WESTGARD_COUNT] = {
        [DLU_WESTGARD_1_2S] = "1-2s", [DLU_WESTGARD_1_3S] = "1-3s", [DLU_WESTGARD_2_2S] = "2-2s",
        [DLU_WESTGARD_R_4S] = "R-4s", [DLU_WESTGARD_4_1S] = "4-1s", [DLU_WESTGARD_10_X] = "10-x",
    };
    return (unsigned)rule < DLU_WESTGARD_COUNT ? names[rule] : NULL;
}

bool dlu_baseline_of(const double *values, const bool *chosen, size_t n, dlu_baseline *out)
{
    size_t wanted = chosen ? n : DLU_BASELINE_RUNS;
    double sum = 0, squares = 0;
    *out = (dlu_baseline){0};
    size_t end = 0;
    for (; end < n && out->n < wanted; end++)
        if (isfinite(values[end]) && (!chosen || chosen[end])) {
            sum += values[end];
            out->n++;
        }
    if (out->n < (chosen ? DLU_BASELINE_FEWEST : DLU_BASELINE_RUNS))
        return false;
    out->mean = sum / (double)out->n;
    for (size_t i = 0; i < end; i++)
        if (isfinite(values[i]) && (!chosen || chosen[i]))
            squares += (values[i] - out->mean) * (values[i] - out->mean);
    out->sd = sqrt(squares / (double)(out->n - 1));
    return out->sd > 0 && isfinite(out->sd);
}

/* The last values, the newest first. */
typedef struct window {
    double z[LONGEST];
    size_t n;
} window;

static void push(window *w, double z)
{
    for (size_t i = LONGEST - 1; i > 0; i--)
        w->z[i] = w->z[i - 1];
    w->z[0] = z;
    w->n += w->n < LONGEST;
}

/* Whether the newest `length` all lie beyond `limit` on one side. */
static bool all_beyond(const window *w, size_t length, double limit)
{
    size_t above = 0, below = 0;
    if (w->n < length)
        return false;
    for (size_t i = 0; i < length; i++) {
        above += w->z[i] > limit;
        below += w->z[i] < -limit;
    }
    return above == length || below == length;
}

static bool opposite(const window *w)
{
    return w->n > 1 && ((w->z[0] > 2 && w->z[1] < -2) || (w->z[0] < -2 && w->z[1] > 2));
}

void dlu_westgard(const double *z, size_t n, uint32_t *rules)
{
    window w = {.n = 0};
    for (size_t i = 0; i < n; i++) {
        rules[i] = 0;
        if (!isfinite(z[i]))
            continue;
        push(&w, z[i]);
        const bool broken[DLU_WESTGARD_COUNT] = {
            [DLU_WESTGARD_1_2S] = all_beyond(&w, 1, 2), [DLU_WESTGARD_1_3S] = all_beyond(&w, 1, 3),
            [DLU_WESTGARD_2_2S] = all_beyond(&w, 2, 2), [DLU_WESTGARD_R_4S] = opposite(&w),
            [DLU_WESTGARD_4_1S] = all_beyond(&w, 4, 1), [DLU_WESTGARD_10_X] = all_beyond(&w, 10, 0),
        };
        for (unsigned r = 0; r < DLU_WESTGARD_COUNT; r++)
            rules[i] |= broken[r] ? UINT32_C(1) << r : 0;
    }
}
