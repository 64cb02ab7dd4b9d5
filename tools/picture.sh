#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes docs/figures of the example: its figures, and the Summary sheet of its workbook.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $PICTURE_PACKAGES
sh tools/demo.sh >/dev/null

mkdir -p docs/figures
build-demo/dualuc figure out/result.json -o docs/figures/bars.svg --width 174mm --legend off
for kind in bars superplot delta forest qc; do
    build-demo/dualuc figure out/result.json -o "docs/figures/$kind.png" --kind "$kind" \
        --width 174mm --legend off --dpi 150
done
build-demo/dualuc figure out/result.json -o docs/figures/plate.png --kind plate --plate day3 --dpi 150
[ "${1-}" != figures ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
soffice -env:UserInstallation="file://$work/profile" --headless --convert-to pdf \
    --outdir "$work" out/report.xlsx >/dev/null
# the upper part of the page, where the table is
pdftoppm -r 170 -x 40 -y 60 -W 1910 -H 850 -f 1 -l 1 -singlefile -png "$work/report.pdf" \
    docs/figures/summary
echo "docs/figures"
