/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_PAGE_ASSETS_H
#define DLU_PAGE_ASSETS_H

/* page.css and page.js as they stand in the tree, by tools/embed.py when the program is built. */
extern const char dlu_page_css[];
extern const char dlu_page_js[];
/** Of page.js for the Content-Security-Policy: "sha256-" and the sum in base 64. */
extern const char dlu_page_js_sum[];

#endif
