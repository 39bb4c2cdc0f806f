#!/usr/bin/env bash
# The Dockerfile's steps without a container engine: builds the product into a folder of its own.
#
#   deploy/build.sh FOLDER
#
# FOLDER/opt/venv/bin/family-scheduler is then every role; FOLDER/app is where it is run. PYTHON=…
# chooses the interpreter. The steps are the Dockerfile's, line by line (tested); its layers, its user
# and its environment are not.
set -euo pipefail

if [ $# -ne 1 ]; then
    echo "deploy/build.sh FOLDER: where is the product to be built?" >&2
    exit 2
fi
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$1"
root=$(cd "$1" && pwd)
if [ -n "$(ls -A "$root")" ]; then
    echo "$root is not empty: name a folder that is new." >&2
    exit 2
fi
python=${PYTHON:-python3}

# COPY: files and folders of the project into the working directory, without what Python caches.
copy() {
    local to=${!#} each
    for each in "${@:1:$#-1}"; do
        if [ -d "$sources/$each" ]; then
            mkdir -p "$to"
            cp -R "$sources/$each." "$to"
            find "$to" -name __pycache__ -prune -exec rm -rf {} +
        else
            cp "$sources/$each" "$to"
        fi
    done
}

mkdir -p "$root"/src "$root"/opt "$root"/app/data

cd "$root"/src
"$python" -m venv "$root"/opt/tools
"$root"/opt/tools/bin/pip install uv==0.13.9
"$python" -m venv --without-pip "$root"/opt/venv
copy requirements.txt ./
"$root"/opt/tools/bin/uv pip install --python "$root"/opt/venv/bin/python --require-hashes -r requirements.txt
copy pyproject.toml README.md LICENSE ./
copy scheduling/ scheduling/
copy agents/ agents/
copy storage/ storage/
copy reminders/ reminders/
copy bot/ bot/
"$root"/opt/tools/bin/uv pip install --python "$root"/opt/venv/bin/python --no-deps .
"$root"/opt/venv/bin/python -m compileall -q -j 0 "$root"/opt/venv/lib

cd "$root"/app
copy alembic.ini ./
