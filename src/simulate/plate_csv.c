/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/bytes.h"
#include "simulate/simulation.h"

dlu_status dlu_simulation_plate_csv(const dlu_simulation *s, unsigned i, dlu_bytes *out,
                                    dlu_error *err)
{
    char name[DLU_WELL_NAME_SIZE], firefly[DLU_NUMBER_SIZE], renilla[DLU_NUMBER_SIZE];
    dlu_buffer buffer = {0};
    *out = (dlu_bytes){0};
    const dlu_sim_plate *plate = dlu_sim_plate_at(s, i, err);
    if (!plate)
        return DLU_E_USAGE;
    dlu_buffer_add(&buffer, "well,firefly,renilla\n");
    for (size_t w = 0; w < plate->n_wells; w++) {
        const dlu_sim_well *well = &plate->wells[w];
        dlu_buffer_printf(&buffer, "%s,%s,%s\n", dlu_well_name(well->well, name),
                          dlu_text_from_double(well->firefly, firefly),
                          dlu_text_from_double(well->renilla, renilla));
    }
    return dlu_bytes_take(&buffer, out, err);
}
