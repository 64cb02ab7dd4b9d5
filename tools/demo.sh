#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the program and analyses the example experiment: three days, four targets, one microRNA.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES
configure build-demo -Dtests=disabled
ninja -C build-demo --quiet

mkdir -p out
example=fixtures/example-mir21
build-demo/dualuc analyze "$example/day1.xlsx" "$example/day2.xlsx" "$example/day3.xlsx" \
    --map "$example/map.xlsx" --config "$example-inserts/seed.ini" -o out/report.xlsx \
    --html out/report.html --figures out/figures --json out/result.json --csv out/tables

echo
echo "The workbook:     $PWD/out/report.xlsx"
echo "The same to read: $PWD/out/report.html"
echo "The figures:      $PWD/out/figures"
echo "The numbers:      $PWD/out/result.json and $PWD/out/tables"
echo "Your own plates:  $PWD/build-demo/dualuc analyze PLATE... --map MAP -o REPORT.xlsx"
