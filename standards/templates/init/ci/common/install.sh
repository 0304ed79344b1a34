#!/bin/sh
# Installs the pinned Handrail into a folder of its own: install.sh FOLDER
# Reads .ci/requirements.lock of what is checked out: in the gate that is the target branch, never the change.
# A package index of your own is named by PIP_INDEX_URL, as pip knows it.
set -eu
where=${1:?name the folder to install into}
python3 -m venv "$where"
"$where/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: \
    --requirement .ci/requirements.lock
"$where/bin/handrail" --version
