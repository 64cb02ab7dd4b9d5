#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures the HTML page of the example, its first verdict opened, as docs/figures/page.png.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES fonts-liberation
sh tools/demo.sh >/dev/null
sh tools/page_modules.sh out/page-modules
NODE_PATH=$PWD/out/page-modules/node_modules node test/page/picture.js out/report.html \
    docs/figures/page.png
echo "docs/figures/page.png"
