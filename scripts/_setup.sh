# shellcheck shell=bash
# Sourced by the scripts beside it; works under `set -euo pipefail`. Offers:
#   ensure_apt PKG...   Debian packages that the scripts need
#   ensure_venv         .venv beside pyproject.toml, exactly as scripts/requirements.lock says
# Both say nothing and take no time when all is there.

_setup_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "handrail: $*" >&2; }
step() { printf '%s\n' "==> $*" >&2; }

ensure_apt() {
    local package missing=()
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "this system has no apt; please install the equivalents of: $*"
        exit 2
    fi
    for package in "$@"; do
        # Not `dpkg -s`: that is content with a package that was removed but not purged.
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" != installed ]; then
            missing+=("$package")
        fi
    done
    if [ "${#missing[@]}" -eq 0 ]; then
        return 0
    fi
    if [ "$(id -u)" -ne 0 ]; then
        say "missing system packages; please run:"
        printf '%s\n' "sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
        exit 2
    fi
    step "installing by apt: ${missing[*]}"
    _quietly apt-get -qq update || say "apt-get update failed, going on with the package lists that are there"
    if ! _quietly apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"; then
        say "apt could not install: ${missing[*]}"
        exit 2
    fi
}

# Output only when it explains a failure: apt and dpkg have no option for that.
_quietly() {
    local output status=0
    output=$(DEBIAN_FRONTEND=noninteractive "$@" 2>&1 </dev/null) || status=$?
    if [ "$status" -ne 0 ]; then
        printf '%s\n' "$output" >&2
    fi
    return "$status"
}

ensure_venv() {
    if [ "$(_venv_wanted)" = "$(_venv_stamp)" ]; then
        return 0
    fi
    # Two scripts started at once must not fill the same folder; the second then finds all done.
    (
        if command -v flock >/dev/null; then
            flock 9
        fi
        if [ "$(_venv_wanted)" != "$(_venv_stamp)" ]; then
            _venv_make
        fi
    ) 9<"$_setup_root" || exit $?
}

# What the stamp must read: a line for what .venv was made with (this folder's own place, which the
# scripts in .venv/bin hold, and Python), a line for what was put into it. Empty when .venv's
# Python does not run.
_venv_wanted() {
    "$_setup_root/.venv/bin/python" -IS - "$_setup_root" 2>/dev/null <<'PYTHON' || true
import hashlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
made = [str(root).encode(), sys.version.encode()]
filled = [(root / name).read_bytes() for name in ("scripts/requirements.lock", "pyproject.toml")]
for parts in (made, filled):
    print(hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest())
PYTHON
}

# Never equal to an empty _venv_wanted.
_venv_stamp() {
    if [ -x "$_setup_root/.venv/bin/handrail" ]; then
        cat "$_setup_root/.venv/.handrail-stamp" 2>/dev/null || echo none
    else
        echo none
    fi
}

_venv_make() {
    local venv="$_setup_root/.venv"
    # Without a stamp the last attempt did not end well, and nothing in the folder can be trusted:
    # a package cut off half way passes for installed.
    if [ "$(_venv_wanted | head -n 1)" != "$(_venv_stamp | head -n 1)" ]; then
        _venv_create
    fi
    rm -f "$venv/.handrail-stamp"
    _venv_fill
}

_venv_create() {
    local venv="$_setup_root/.venv" python
    python=$(_find_python) || exit 2
    step "making .venv with $("$python" --version)"
    rm -rf "$venv"
    if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
        # Debian keeps ensurepip in a package of its own; what was made without it is half a venv.
        rm -rf "$venv"
        ensure_apt "$(_venv_package "$python")"
        if ! _quietly "$python" -m venv "$venv"; then
            say "$python cannot make a virtual environment"
            exit 2
        fi
    fi
}

_venv_package() {
    "$1" -ISc 'import sys; print("python{}.{}-venv".format(*sys.version_info))'
}

_venv_fill() {
    local venv="$_setup_root/.venv"
    # -qq hides warnings about the user's own pip settings, errors stay.
    local pip=(env PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_USER=0
        "$venv/bin/python" -m pip install -qq --no-input)
    step "installing the locked packages into .venv (about a minute)"
    if ! "${pip[@]}" --require-hashes -r "$_setup_root/scripts/requirements.lock"; then
        say "pip could not install what scripts/requirements.lock lists (see above)"
        exit 2
    fi
    # The build backend is in the lock: nothing unpinned is fetched for this.
    if ! "${pip[@]}" --no-deps --no-build-isolation -e "$_setup_root"; then
        say "pip could not install this folder into .venv (see above)"
        exit 2
    fi
    _venv_wanted >"$venv/.handrail-stamp"
}

_python_fits() {
    "$1" -ISc 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

_find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if _python_fits "$name"; then
            # Not the name: with .venv activated that is .venv's own Python, about to be removed.
            "$name" -ISc 'import sys; print(sys._base_executable)'
            return 0
        fi
    done
    if command -v python3 >/dev/null; then
        say "Handrail needs Python 3.11 or newer, python3 here is $(python3 --version 2>&1)"
    else
        say "Handrail needs Python 3.11 or newer, there is no python3 here"
    fi
    exit 2
}
