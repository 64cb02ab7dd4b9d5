/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/import.h"

const dlu_importer dlu_importers[] = {
    {{"promega-glomax", "Promega GloMax Navigator, Explorer, Discover", "GloMax software 3, 4",
      "xlsx", "luminescence grids in order; checked against the list by well"},
     false,
     dlu_promega_glomax_detect,
     dlu_promega_glomax_read},
    {{"promega-discover", "Promega GloMax Discover", "GloMax Discover", "csv",
      "a row a well: WellPosition, RLU; several reads as further rows or columns"},
     false,
     dlu_promega_discover_detect,
     dlu_promega_discover_read},
    {{"generic-grid", "any", "a spreadsheet", "csv, tsv, txt, xlsx",
      "one or more plate grids (1..12 across, A..H down), each a read"},
     true,
     dlu_generic_grid_detect,
     dlu_generic_grid_read},
    {{"generic-list", "any", "a spreadsheet, dualuc read", "csv, tsv, txt, xlsx",
      "a row a well: well and values, with or without a header; or a row a sample without wells"},
     true,
     dlu_generic_list_detect,
     dlu_generic_list_read},
};
const size_t dlu_importer_count = sizeof dlu_importers / sizeof *dlu_importers;
