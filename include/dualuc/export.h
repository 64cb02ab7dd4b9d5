/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_EXPORT_H
#define DUALUC_EXPORT_H

/** Marks a function of the installed interface; everything else is hidden in the library. */
#if defined(_WIN32)
#if defined(DLU_BUILDING)
#define DLU_API __declspec(dllexport)
#else
#define DLU_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define DLU_API __attribute__((visibility("default")))
#else
#define DLU_API
#endif

#endif
