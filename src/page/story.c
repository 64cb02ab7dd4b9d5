/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "page/page.h"

/* What is known of one well, in words. */

const char *dlu_page_use_of(const dlu_well_row *well)
{
    if (well->used)
        return "used";
    if (well->in_blank)
        return "blank";
    if (well->treatment || well->construct)
        return "left out";
    return well->role ? "not tested" : "not in the map";
}

static const char *use_sentence(const dlu_well_row *well)
{
    if (well->used)
        return "Used.";
    if (well->in_blank)
        return "Part of the blank of its plate.";
    if (well->treatment || well->construct)
        return "Left out.";
    return well->role ? "No sample to be tested." : "The map does not name it.";
}

void dlu_page_arm_of(dlu_page *p, const dlu_well_row *well)
{
    const char *const parts[] = {well->target, well->construct, well->treatment};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i])
            continue;
        dlu_page_add(p, any ? " " : "");
        dlu_page_text(p, parts[i]);
        any = true;
    }
    if (!any)
        dlu_page_text(p, well->role ? well->role : "not in the map");
    else if (well->role && strcmp(well->role, "sample") != 0) {
        dlu_page_add(p, ", ");
        dlu_page_text(p, well->role);
    }
}

static void put_part(dlu_page *p, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    dlu_page_add(p, label);
    dlu_page_text(p, text);
}

static void put_light(dlu_page *p, const char *channel, double raw, double net, const char *state)
{
    char text[DLU_PAGE_NUMBER_SIZE];
    dlu_page_add(p, "&#10;");
    dlu_page_text(p, channel);
    dlu_page_add(p, " ");
    dlu_page_form_number(raw, DLU_FORM_LIGHT, text);
    dlu_page_text(p, isfinite(raw) ? text : state ? state : "no light");
    if (!isfinite(net))
        return;
    dlu_page_form_number(net, DLU_FORM_LIGHT, text);
    dlu_page_add(p, ", less the blank ");
    dlu_page_text(p, text);
}

static void put_flags(dlu_page *p, uint32_t flags)
{
    for (unsigned i = 0; i < DLU_FLAG_COUNT; i++) {
        if (!(flags >> i & 1u))
            continue;
        dlu_page_add(p, "&#10;");
        dlu_page_text(p, dlu_flag_name((dlu_flag)i));
        dlu_page_add(p, ": ");
        dlu_page_text(p, dlu_flag_text((dlu_flag)i));
    }
}

void dlu_page_story(dlu_page *p, const dlu_well_row *well)
{
    const dlu_settings *s = &p->result->settings;
    char text[DLU_PAGE_NUMBER_SIZE];
    dlu_page_text(p, well->well);
    dlu_page_add(p, ": ");
    dlu_page_arm_of(p, well);
    put_part(p, " ", well->mirna);
    if (isfinite(well->dose_nM))
        put_part(p, ", ", dlu_text_from_double(well->dose_nM, text));
    dlu_page_add(p, isfinite(well->dose_nM) ? " nM" : "");
    put_part(p, ", replicate ", well->replicate);
    put_part(p, ", block ", well->block);
    put_part(p, ", sample ", well->sample);
    put_light(p, s->reporter, well->reporter, well->reporter_net, well->reporter_state);
    put_light(p, s->control, well->control, well->control_net, well->control_state);
    if (isfinite(well->ratio)) {
        dlu_page_form_number(well->ratio, DLU_FORM_ROUND, text);
        dlu_page_add(p, "&#10;ratio ");
        dlu_page_text(p, text);
    }
    dlu_page_add(p, "&#10;");
    dlu_page_text(p, use_sentence(well));
    put_flags(p, well->flags);
}
