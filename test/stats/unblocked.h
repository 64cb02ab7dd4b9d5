/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed by unblocked.R (R 4.2.2): edit that, not this. */
/* clang-format off */
#include "pinned.h"

static const double four_WT_mir[] = {
    -0.5835, -0.4289, -0.5922, -0.4457, -0.5462};

static const double four_WT_scr[] = {
    -0.0336, 0.1619, -0.0642, 0.1013};

static const double four_MUT_mir[] = {
    -0.0577, -0.1441, -0.0078, 0.0225, -0.0395, -0.0029};

static const double four_MUT_scr[] = {
    -0.0915, 0.1281, 0.1922};

static const double wells_WT_mir[] = {
    -0.3053, -0.2341, -0.3054, -0.2816};

static const double wells_WT_scr[] = {
    0.1777, 0.146, 0.0907, 0.1189};

static const double wells_MUT_mir[] = {
    0.1107, 0.082, 0.0861, 0.0702};

static const double wells_MUT_scr[] = {
    0.1738, 0.1336, 0.182, 0.1522};

static const double split_mir_WT[] = {
    -0.2214, -0.574, -0.573, -0.903, -0.2061};

static const double split_scr_WT[] = {
    0.1665, 0.0946, -0.2286, -0.3368, 0.4176};

static const double split_mir_MUT[] = {
    -0.3424, 0.4966, -0.0599, 0.489};

static const double split_scr_MUT[] = {
    -0.2143, 0.6996, 0.0018, 0.5045};

static const pinned unblocked_rows[] = {
    {"A0", "cell WT_mir", "n", 5, 1e-10, DLU_OK},
    {"A0", "cell WT_mir", "mean", -0.5193, 1e-10, DLU_OK},
    {"A0", "cell WT_mir", "sd", 0.077053195910357919, 1e-10, DLU_OK},
    {"A0", "cell WT_mir", "geomean", 0.5949368580453005, 1e-10, DLU_OK},
    {"A0", "cell WT_scr", "n", 4, 1e-10, DLU_OK},
    {"A0", "cell WT_scr", "mean", 0.04135, 1e-10, DLU_OK},
    {"A0", "cell WT_scr", "sd", 0.10783414734365609, 1e-10, DLU_OK},
    {"A0", "cell WT_scr", "geomean", 1.0422168176033075, 1e-10, DLU_OK},
    {"A0", "cell MUT_mir", "n", 6, 1e-10, DLU_OK},
    {"A0", "cell MUT_mir", "mean", -0.03825, 1e-10, DLU_OK},
    {"A0", "cell MUT_mir", "sd", 0.059078718672632029, 1e-10, DLU_OK},
    {"A0", "cell MUT_mir", "geomean", 0.96247229273824919, 1e-10, DLU_OK},
    {"A0", "cell MUT_scr", "n", 3, 1e-10, DLU_OK},
    {"A0", "cell MUT_scr", "mean", 0.076266666666666663, 1e-10, DLU_OK},
    {"A0", "cell MUT_scr", "sd", 0.1487832091780969, 1e-10, DLU_OK},
    {"A0", "cell MUT_scr", "geomean", 1.0792503358769165, 1e-10, DLU_OK},
    {"A1WT", "welch WT", "est", -0.56065, 1e-10, DLU_OK},
    {"A1WT", "welch WT", "fold", 0.5708378985990874, 1e-10, DLU_OK},
    {"A1WT", "welch WT", "t", -8.761771600982641, 1e-10, DLU_OK},
    {"A1WT", "welch WT", "df", 5.2894556616159809, 1e-10, DLU_OK},
    {"A1WT", "welch WT", "p_two_sided", 0.00024052171359830802, 1e-10, DLU_OK},
    {"A1WT", "welch WT", "ci95_lo", -0.72246605817178289, 1e-10, DLU_OK},
    {"A1WT", "welch WT", "ci95_hi", -0.39883394182821713, 1e-10, DLU_OK},
    {"A1WT", "welch WT", "stderr", 0.063988200735239725, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "est", -0.56065, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "se", 0.063988200735239725, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "df", 5.2894556616159809, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "delta", 0.22314355131420971, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "t_lower", -5.2745106880293626, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "p_lower", 0.99862239974226163, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "t_upper", -12.249032513935919, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "p_upper", 2.1988792273905325e-05, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "p_tost", 0.99862239974226163, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "ci90_lo", -0.68804690457148232, 1e-10, DLU_OK},
    {"A3WT", "welch WT", "ci90_hi", -0.43325309542851759, 1e-10, DLU_OK},
    {"A4WT", "welch WT", "p_less", 0.00012026085679915401, 1e-10, DLU_OK},
    {"A2WT", "student WT", "t", -9.1319197722461762, 1e-10, DLU_OK},
    {"A2WT", "student WT", "df", 7, 1e-10, DLU_OK},
    {"A2WT", "student WT", "p_two_sided", 3.8801171057676565e-05, 1e-10, DLU_OK},
    {"A2WT", "student WT", "ci95_lo", -0.70582501464310454, 1e-10, DLU_OK},
    {"A2WT", "student WT", "ci95_hi", -0.41547498535689537, 1e-10, DLU_OK},
    {"A2WT", "student WT", "stderr", 0.061394538496049117, 1e-10, DLU_OK},
    {"A1MUT", "welch MUT", "est", -0.11451666666666666, 1e-10, DLU_OK},
    {"A1MUT", "welch MUT", "fold", 0.89179707500968031, 1e-10, DLU_OK},
    {"A1MUT", "welch MUT", "t", -1.283505396184826, 1e-10, DLU_OK},
    {"A1MUT", "welch MUT", "df", 2.3220014116260459, 1e-10, DLU_OK},
    {"A1MUT", "welch MUT", "p_two_sided", 0.31244539202662525, 1e-10, DLU_OK},
    {"A1MUT", "welch MUT", "ci95_lo", -0.45164486068393772, 1e-10, DLU_OK},
    {"A1MUT", "welch MUT", "ci95_hi", 0.22261152735060435, 1e-10, DLU_OK},
    {"A1MUT", "welch MUT", "stderr", 0.089221803824949528, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "est", -0.11451666666666666, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "se", 0.089221803824949528, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "df", 2.3220014116260459, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "delta", 0.22314355131420971, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "t_lower", 1.2174925857883989, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "p_lower", 0.16630731273802551, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "t_upper", -3.7845033781580506, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "p_upper", 0.024918533131439748, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "p_tost", 0.16630731273802551, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "ci90_lo", -0.35200194433538889, 1e-10, DLU_OK},
    {"A3MUT", "welch MUT", "ci90_hi", 0.12296861100205556, 1e-10, DLU_OK},
    {"A4MUT", "welch MUT", "p_less", 0.15622269601331262, 1e-10, DLU_OK},
    {"A2MUT", "student MUT", "t", -1.7246636592392188, 1e-10, DLU_OK},
    {"A2MUT", "student MUT", "df", 7, 1e-10, DLU_OK},
    {"A2MUT", "student MUT", "p_two_sided", 0.12824305983363163, 1e-10, DLU_OK},
    {"A2MUT", "student MUT", "ci95_lo", -0.27152634548776333, 1e-10, DLU_OK},
    {"A2MUT", "student MUT", "ci95_hi", 0.042493012154429986, 1e-10, DLU_OK},
    {"A2MUT", "student MUT", "stderr", 0.066399419998901171, 1e-10, DLU_OK},
    {"A9", "welch MUT", "p_ni", 0.16630731273802551, 1e-10, DLU_OK},
    {"A6", "did pooled", "est", -0.44613333333333338, 1e-10, DLU_OK},
    {"A6", "did pooled", "se", 0.090372192342609042, 1e-10, DLU_OK},
    {"A6", "did pooled", "df", 14, 1e-10, DLU_OK},
    {"A6", "did pooled", "t", -4.936621783413222, 1e-10, DLU_OK},
    {"A6", "did pooled", "p_two_sided", 0.00021883030912816522, 1e-10, DLU_OK},
    {"A6", "did pooled", "ci95_lo", -0.63996240842770857, 1e-10, DLU_OK},
    {"A6", "did pooled", "ci95_hi", -0.25230425823895819, 1e-10, DLU_OK},
    {"A6", "did pooled", "fold", 0.64009841991564176, 1e-10, DLU_OK},
    {"A6", "did pooled", "fold_lo", 0.52731224616689576, 1e-10, DLU_OK},
    {"A6", "did pooled", "fold_hi", 0.77700829092602153, 1e-10, DLU_OK},
    {"A6F", "did pooled", "F", 24.370234632469948, 1e-10, DLU_OK},
    {"A6F", "did pooled", "df1", 1, 1e-10, DLU_OK},
    {"A6F", "did pooled", "df2", 14, 1e-10, DLU_OK},
    {"A6F", "did pooled", "p", 0.00021883030912816484, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "est", -0.44613333333333333, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "se", 0.10979535559900114, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "df", 4.7708660214976071, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "t", -4.0633169854899762, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "p_two_sided", 0.010685653469257208, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "ci95_lo", -0.73249753716754873, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "ci95_hi", -0.15976912949911792, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "fold", 0.64009841991564176, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "fold_lo", 0.48070690622549395, 1e-10, DLU_OK},
    {"A7", "did satterthwaite", "fold_hi", 0.8523405465414795, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "est", -0.44613333333333333, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "se", 0.10979535559900114, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "df", 4.7708660214976071, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "delta", 0.22314355131420971, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "t_lower", -2.030958238648414, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "p_lower", 0.94964579150688078, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "t_upper", -6.0956757323315385, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "p_upper", 0.0010130874499378409, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "p_tost", 0.94964579150688078, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "ci90_lo", -0.66974526494165687, 1e-10, DLU_OK},
    {"A8", "did satterthwaite", "ci90_hi", -0.22252140172500973, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "est", -0.34177500000000005, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "se", 0.028635987701957594, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "df", 9.21560796556073, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "t", -11.935156683163259, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "p_two_sided", 6.5210837751476444e-07, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "ci95_lo", -0.4063238125027589, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "ci95_hi", -0.27722618749724121, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "fold", 0.71050805103727432, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "fold_lo", 0.6660944427910106, 1e-10, DLU_OK},
    {"G1", "wells did satterthwaite", "fold_hi", 0.75788305405090373, 1e-10, DLU_OK},
    {"E1", "split welch", "est", -0.41608499999999993, 1e-10, DLU_OK},
    {"E1", "split welch", "t", -5.4504838858096472, 1e-10, DLU_OK},
    {"E1", "split welch", "df", 6.4623331323153215, 1e-10, DLU_OK},
    {"E1", "split welch", "p_two_sided", 0.00124541056020111, 1e-10, DLU_OK},
    {"E1", "split welch", "ci95_lo", -0.5996879319807531, 1e-10, DLU_OK},
    {"E1", "split welch", "ci95_hi", -0.2324820680192469, 1e-10, DLU_OK},
    {"E1", "split welch", "stderr", 0.0763390936873107, 1e-10, DLU_OK},
    {"E2", "split student", "t", -5.10772142875544, 1e-10, DLU_OK},
    {"E2", "split student", "df", 7, 1e-10, DLU_OK},
    {"E2", "split student", "p_two_sided", 0.0013875408235425497, 1e-10, DLU_OK},
    {"E2", "split student", "ci95_lo", -0.60871192679066466, 1e-10, DLU_OK},
    {"E2", "split student", "ci95_hi", -0.2234580732093352, 1e-10, DLU_OK},
    {"E2", "split student", "stderr", 0.081461960250519036, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "est", -0.53830833333333328, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "se", 0.056369952718132062, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "df", 4.90572762463753, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "t", -9.5495615549838853, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "p_two_sided", 0.00023631827073708622, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "ci95_lo", -0.68405346803406109, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "ci95_hi", -0.39256319863260541, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "fold", 0.58373490247383752, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "fold_lo", 0.50456759297505438, 1e-10, DLU_OK},
    {"X1", "mixed satterthwaite", "fold_hi", 0.67532366547168821, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "est", -0.53830833333333339, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "se", 0.052858483095138555, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "df", 14, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "t", -10.183953488874185, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "p_two_sided", 7.4499172387959314e-08, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "ci95_lo", -0.65167850421931484, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "ci95_hi", -0.42493816244735194, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "fold", 0.58373490247383741, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "fold_lo", 0.52117025571049191, 1e-10, DLU_OK},
    {"X2", "mixed pooled", "fold_hi", 0.65381021390335026, 1e-10, DLU_OK},
};
