#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Renders the Summary sheet of the example's workbook as docs/figures/summary.png.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $PICTURE_PACKAGES
sh tools/demo.sh >/dev/null

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
soffice -env:UserInstallation="file://$work/profile" --headless --convert-to pdf \
    --outdir "$work" out/report.xlsx >/dev/null
mkdir -p docs/figures
# the upper part of the page, where the table is
pdftoppm -r 170 -x 40 -y 60 -W 1910 -H 850 -f 1 -l 1 -singlefile -png "$work/report.pdf" \
    docs/figures/summary
echo "docs/figures/summary.png"
