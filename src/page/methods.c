/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "page/page.h"
#include "report/table.h"

/* What was done and with what: Methods, settings, inputs, the command line, messages. */

static void put_paragraphs(dlu_page *p)
{
    dlu_page_add(p, "<section id=\"methods\" aria-labelledby=\"h-methods\">\n"
                    "<h2 id=\"h-methods\">Methods</h2>\n<div class=\"prose\" id=\"text\">\n");
    for (size_t i = 0; i < p->result->n_methods; i++) {
        dlu_page_add(p, "<p>");
        dlu_page_text(p, p->result->methods[i]);
        dlu_page_add(p, "</p>\n");
    }
    dlu_page_add(p, "</div>\n</section>\n");
}

static void put_setting(dlu_page *p, const dlu_report_column *column)
{
    dlu_report_value value;
    if (!dlu_report_cell(column, &p->result->settings, p->arena, &value))
        return; /* the arena remembers */
    dlu_page_row(p);
    dlu_page_head_cell(p, column->key);
    dlu_page_add(p, "<td>");
    if (value.kind == DLU_VALUE_NUMBER)
        dlu_page_number(p, value.number, DLU_FORM_COUNT);
    else if (value.kind == DLU_VALUE_BOOL)
        dlu_page_add(p, value.yes ? "yes" : "no");
    else if (value.kind == DLU_VALUE_TEXT)
        dlu_page_text(p, value.text);
    else
        dlu_page_add(p, strcmp(column->key, "block") != 0 ? "not set" : "found by structure");
    dlu_page_add(p, "\n");
}

static void put_settings(dlu_page *p)
{
    static const char *const heads[] = {"Setting", "Value"};
    size_t n;
    const dlu_report_column *columns = dlu_report_settings(&n);
    dlu_page_table(p, "Settings", heads, 2);
    for (size_t i = 0; i < n; i++)
        put_setting(p, &columns[i]);
    dlu_page_table_end(p);
}

static void put_inputs(dlu_page *p)
{
    static const char *const heads[] = {"File", "Input", "Format", "Plates", "SHA-256"};
    dlu_page_table(p, "Inputs", heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < p->result->n_inputs; i++) {
        const dlu_input_row *in = &p->result->inputs[i];
        dlu_page_row(p);
        dlu_page_head_cell(p, in->path);
        dlu_page_text_cell(p, in->role);
        dlu_page_text_cell(p, in->format);
        dlu_page_add(p, "<td>");
        for (size_t k = 0; k < in->n_plates; k++) {
            dlu_page_add(p, k ? ", " : "");
            dlu_page_name(p, in->plates[k]);
        }
        dlu_page_add(p, "<td><code>");
        dlu_page_text(p, in->sha256);
        dlu_page_add(p, "</code>\n");
    }
    dlu_page_table_end(p);
}

static void put_again(dlu_page *p)
{
    dlu_page_add(p, "<section id=\"again\" aria-labelledby=\"h-again\">\n"
                    "<h2 id=\"h-again\">Settings and inputs</h2>\n");
    if (p->result->command) {
        dlu_page_add(p, "<p>This line makes the analysis again; what it writes is up to you:</p>\n"
                        "<pre class=\"prose\" id=\"command\" tabindex=\"0\"><code>");
        dlu_page_text(p, p->result->command);
        dlu_page_add(p, "</code></pre>\n");
    }
    put_settings(p);
    put_inputs(p);
    dlu_page_add(p, "</section>\n");
}

static void put_messages(dlu_page *p)
{
    static const char *const heads[] = {"Kind", "Message", "What to do", "Where"};
    const dlu_result *result = p->result;
    dlu_page_add(p, "<section id=\"messages\" aria-labelledby=\"h-messages\">\n"
                    "<h2 id=\"h-messages\">Messages</h2>\n");
    if (!result->n_messages)
        dlu_page_add(p, "<p>None.</p>\n");
    else
        dlu_page_table(p, "Notes and warnings of the run", heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < result->n_messages; i++) {
        const dlu_message *m = &result->messages[i];
        dlu_page_addf(p, "<tr><td><span class=\"light %s\">%s</span>",
                      m->severity == DLU_NOTE ? "note" : "warn", dlu_severity_name(m->severity));
        dlu_page_add(p, "<td class=\"wrap\">");
        dlu_page_text(p, m->text);
        dlu_page_add(p, "<td class=\"wrap\">");
        dlu_page_text(p, m->hint);
        dlu_page_add(p, "<td>");
        dlu_page_text(p, m->file);
        dlu_page_add(p, m->file && *m->file && m->at && *m->at ? ":" : "");
        dlu_page_text(p, m->at);
        dlu_page_add(p, "\n");
    }
    if (result->n_messages)
        dlu_page_table_end(p);
    dlu_page_add(p, "</section>\n");
}

void dlu_page_methods(dlu_page *p)
{
    put_paragraphs(p);
    put_again(p);
    put_messages(p);
}
