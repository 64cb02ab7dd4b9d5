/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/assay.h"

#include <math.h>

#include "base/blank_value.h"
#include "base/moments.h"
#include "base/say.h"
#include "base/text.h"

static bool is_blank_well(const dlu_assay_well *w, dlu_role role)
{
    return w->map && w->map->role == role && w->map->use && !w->dropped;
}

static size_t collect(const dlu_experiment *e, const dlu_assay_plate *p, dlu_role role, int channel,
                      double *values)
{
    size_t n = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++)
        if (is_blank_well(&e->wells[i], role) && !isnan(e->wells[i].raw[channel]))
            values[n++] = e->wells[i].raw[channel];
    return n;
}

static void say_blank(const dlu_assay_plate *p, dlu_messages *log)
{
    dlu_place at = {.file = p->plate->file};
    if (p->blank[DLU_CONTROL].given)
        dlu_note(log, "blank-constant", &at, NULL,
                 "plate %s has no blank wells: the constants of the setting blank-value were "
                 "subtracted",
                 p->plate->name);
    else if (!p->blank[DLU_REPORTER].n || !p->blank[DLU_CONTROL].n)
        dlu_warn(log, "no-blank", &at,
                 "add wells of untransfected cells with reagent and role blank to the map",
                 "plate %s has no blank wells: background was not subtracted", p->plate->name);
    else if (p->blank_is_buffer)
        dlu_warn(log, "buffer-blank", &at,
                 "untransfected cells with reagent are the better blank: role blank",
                 "plate %s: wells without cells serve as blank; they miss the light that lysate "
                 "makes by itself",
                 p->plate->name);
}

static dlu_blank summarise(const dlu_settings *settings, double *values, size_t n)
{
    if (!n)
        return (dlu_blank){.sd = NAN};
    double sd = dlu_sd(values, n);
    double centre =
        settings->blank_stat == DLU_BLANK_MEDIAN ? dlu_median(values, n) : dlu_mean(values, n);
    return (dlu_blank){.n = n, .mean = centre, .sd = sd};
}

/* The user's constants name firefly first; without firefly, the reporter. */
static void take_constants(const dlu_settings *settings, dlu_assay_plate *p)
{
    double light[2];
    bool swapped = dlu_text_same(settings->control, "firefly");
    bool given = dlu_blank_value_parse(settings->blank_value, light);
    for (int c = 0; c < DLU_CHANNELS; c++)
        p->blank[c] =
            (dlu_blank){.mean = given ? light[c ^ swapped] : 0, .sd = NAN, .given = given};
    p->blank_is_buffer = false;
}

/* Mean and SD of the plate's own blank wells, never another plate's. */
static void find_blanks(const dlu_experiment *e, dlu_assay_plate *p, double *values)
{
    size_t n[2];
    dlu_role role = DLU_ROLE_BLANK;
    for (int c = 0; c < DLU_CHANNELS; c++)
        n[c] = collect(e, p, role, c, values);
    if (!n[DLU_REPORTER] || !n[DLU_CONTROL]) {
        role = DLU_ROLE_BLANK_BUFFER;
        p->blank_is_buffer = true;
    }
    for (int c = 0; c < DLU_CHANNELS; c++)
        p->blank[c] = summarise(e->settings, values, collect(e, p, role, c, values));
    if (!p->blank[DLU_REPORTER].n || !p->blank[DLU_CONTROL].n)
        take_constants(e->settings, p);
}

/* With few blank wells a plate its SD is poor: the root mean square over plates is steadier. */
static void pool_sds(dlu_experiment *e)
{
    for (int c = 0; c < DLU_CHANNELS; c++) {
        double squares = 0;
        size_t n = 0;
        for (size_t i = 0; i < e->n_plates; i++) {
            double sd = e->plates[i].blank[c].sd;
            squares += isnan(sd) ? 0 : sd * sd;
            n += !isnan(sd);
        }
        for (size_t i = 0; n && i < e->n_plates; i++)
            if (e->plates[i].blank[c].n)
                e->plates[i].blank[c].sd = sqrt(squares / (double)n);
    }
}

bool dlu_well_in_blank(const dlu_experiment *e, const dlu_assay_well *w)
{
    const dlu_assay_plate *p = &e->plates[w->plate];
    return p->blank[DLU_REPORTER].n &&
           is_blank_well(w, p->blank_is_buffer ? DLU_ROLE_BLANK_BUFFER : DLU_ROLE_BLANK);
}

/* An empty well can give a plausible ratio: only wells that hold cells and net light have one. */
static void set_ratio(dlu_assay_well *w)
{
    bool cells = w->map && w->map->role != DLU_ROLE_BLANK && w->map->role != DLU_ROLE_UNUSED &&
                 w->map->role != DLU_ROLE_BLANK_BUFFER;
    bool positive = w->net[DLU_REPORTER] > 0 && w->net[DLU_CONTROL] > 0;
    w->ratio = cells && positive ? w->net[DLU_REPORTER] / w->net[DLU_CONTROL] : NAN;
    w->ln_ratio = cells && positive ? log(w->ratio) : NAN;
}

static void subtract(dlu_experiment *e, const dlu_assay_plate *p)
{
    for (size_t k = p->first_well; k < p->first_well + p->n_wells; k++) {
        dlu_assay_well *w = &e->wells[k];
        for (int c = 0; c < DLU_CHANNELS; c++)
            w->net[c] = w->raw[c] - p->blank[c].mean;
        set_ratio(w);
    }
}

dlu_status dlu_wells_subtract(dlu_experiment *e, dlu_arena *arena, dlu_messages *log,
                              dlu_error *err)
{
    double *values = dlu_arena_alloc(arena, e->n_wells + 1, sizeof *values);
    if (!values)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < e->n_plates; i++) {
        dlu_assay_plate *p = &e->plates[i];
        if (e->variation.ignore_blanks)
            p->blank[DLU_REPORTER] = p->blank[DLU_CONTROL] = (dlu_blank){.sd = NAN};
        else
            find_blanks(e, p, values);
        say_blank(p, log);
    }
    if (e->settings->blank_sd == DLU_BLANK_SD_POOLED)
        pool_sds(e);
    for (size_t i = 0; i < e->n_plates; i++)
        subtract(e, &e->plates[i]);
    return DLU_OK;
}
