/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/page.h"

void dlu_page_table(dlu_page *p, const char *caption, const char *const *heads, size_t n)
{
    dlu_page_add(p, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    dlu_page_text(p, caption);
    dlu_page_add(p, "\"><table>\n<caption>");
    dlu_page_text(p, caption);
    dlu_page_add(p, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < n; i++) {
        bool number = heads[i][0] == '#';
        dlu_page_add(p, number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        dlu_page_text(p, heads[i] + number);
        dlu_page_add(p, "</th>");
    }
    dlu_page_add(p, "</tr></thead>\n<tbody>\n");
}

void dlu_page_table_end(dlu_page *p)
{
    dlu_page_add(p, "</tbody></table></div>\n");
}

/* HTML closes cells and rows by itself; thousands of them are smaller so. */
void dlu_page_row(dlu_page *p)
{
    dlu_page_add(p, "<tr>");
}

void dlu_page_head_cell(dlu_page *p, const char *name)
{
    dlu_page_add(p, "<th scope=\"row\">");
    dlu_page_name(p, name);
}

void dlu_page_name_cell(dlu_page *p, const char *name)
{
    dlu_page_add(p, "<td>");
    dlu_page_name(p, name);
}

void dlu_page_text_cell(dlu_page *p, const char *text)
{
    dlu_page_add(p, "<td>");
    dlu_page_text(p, text);
}

void dlu_page_number_cell(dlu_page *p, double value, dlu_page_form form)
{
    dlu_page_add(p, "<td class=\"n\">");
    dlu_page_number(p, value, form);
}

void dlu_page_interval_cell(dlu_page *p, double value, double low, double high)
{
    dlu_page_add(p, "<td class=\"n\">");
    dlu_page_interval(p, value, low, high, DLU_FORM_FOLD);
}
