#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the test of the HTML page is run with, as its lock file has it, unless it is there:
# page_modules.sh FOLDER
set -eu
source=$(cd "$(dirname "$0")/../test/page" && pwd)
mkdir -p "$1"
cd "$1"
cmp -s "$source/package-lock.json" node_modules/.lock && exit 0
cp "$source/package.json" "$source/package-lock.json" .
npm ci --no-audit --no-fund --ignore-scripts >/dev/null
cp package-lock.json node_modules/.lock
