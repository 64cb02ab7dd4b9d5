/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Series of a history, held against their baselines. */

static bool same_series(const cli_level *a, const cli_level *b)
{
    return !strcmp(a->instrument, b->instrument) && !strcmp(a->user, b->user) &&
           !strcmp(a->control, b->control);
}

/* Whether a list with commas holds a name. */
static bool lists(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *part = list; *part;) {
        size_t length = strcspn(part, ",");
        if (length == n && !strncmp(part, name, n))
            return true;
        part += length + (part[length] == ',');
    }
    return false;
}

static dlu_control control_of(const char *name)
{
    unsigned c = 0;
    while (c < DLU_CONTROL_COUNT && strcmp(dlu_control_name((dlu_control)c), name) != 0)
        c++;
    return (dlu_control)c;
}

bool cli_series_judge(const cli_levels *levels, size_t from, const char *baseline, cli_series *s)
{
    *s = (cli_series){.levels = &levels->items[from]};
    while (from + s->n < levels->n && same_series(s->levels, &levels->items[from + s->n]))
        s->n++;
    s->control = control_of(s->levels->control);
    s->z = calloc(s->n, sizeof *s->z);
    s->rules = calloc(s->n, sizeof *s->rules);
    bool *chosen = calloc(s->n, sizeof *chosen);
    bool good = s->z && s->rules && chosen;
    for (size_t i = 0; good && i < s->n; i++) {
        s->z[i] = dlu_control_scaled(s->control, s->levels[i].value);
        chosen[i] = baseline && lists(baseline, s->levels[i].experiment);
    }
    if (good)
        s->judged = dlu_baseline_of(s->z, baseline ? chosen : NULL, s->n, &s->baseline);
    for (size_t i = 0; good && i < s->n; i++)
        s->z[i] = s->judged ? (s->z[i] - s->baseline.mean) / s->baseline.sd : NAN;
    if (good)
        dlu_westgard(s->z, s->n, s->rules);
    free(chosen);
    if (!good)
        cli_series_free(s);
    return good;
}

void cli_series_free(cli_series *s)
{
    free(s->z);
    free(s->rules);
    *s = (cli_series){0};
}

const char *cli_rules_text(uint32_t rules, char *buf, size_t size)
{
    size_t n = 0;
    *buf = '\0';
    for (unsigned r = 0; r < DLU_WESTGARD_COUNT && n < size; r++)
        if (rules & (UINT32_C(1) << r))
            n += (size_t)snprintf(buf + n, size - n, "%s%s", n ? ", " : "",
                                  dlu_westgard_name((dlu_westgard_rule)r));
    return buf;
}

static void warn_of(const cli_series *s, size_t i)
{
    char rules[64];
    const cli_level *l = &s->levels[i];
    cli_warn("control-rule", "",
             "look at the chart of dualuc history --charts; cells, reagents or the reader may have "
             "changed",
             "%.200s: %s (%s) is %.4g, %.1f SD from the baseline of %zu runs; rules broken: %s",
             l->experiment, l->control, dlu_control_text(s->control), l->value, s->z[i],
             s->baseline.n, cli_rules_text(s->rules[i], rules, sizeof rules));
}

static dlu_status warn_of_new(const char *path, const char *baseline, long long before,
                              dlu_error *err)
{
    cli_levels levels;
    dlu_status status = cli_history_read(path, &levels, err);
    for (size_t from = 0; !status && from < levels.n;) {
        cli_series s;
        if (!cli_series_judge(&levels, from, baseline, &s))
            status = cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
        from += s.n;
        for (size_t i = 0; !status && i < s.n; i++)
            if (s.rules[i] && s.levels[i].id > before)
                warn_of(&s, i);
        cli_series_free(&s);
    }
    cli_levels_free(&levels);
    return status;
}

void cli_history_note(const char *path, const char *baseline, const dlu_run *run)
{
    dlu_error err;
    long long before = 0;
    dlu_status status = cli_history_keep(path, run, &before, &err);
    if (!status)
        status = warn_of_new(path, baseline, before, &err);
    if (status)
        cli_warn("history-not-kept", path, err.hint, "the history was not kept: %s", err.text);
}
