#!/bin/sh
# Make the course's Python environment in .venv, or say what is missing.
#   sh scripts/setup.sh            looks for a Python itself
#   PYTHON=/path/to/python3.12 sh scripts/setup.sh
set -eu
cd "$(dirname "$0")/.."

stop() {
    printf '\nThe course could not be set up.\n' >&2
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11
fi
python=
for candidate; do
    if new_enough "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    found=$("$1" --version 2>&1 | head -n 1) || true
    stop "It needs Python 3.11 or newer. Found: ${found:-no Python at all}." \
         "Debian or Ubuntu:  sudo apt install python3 python3-venv" \
         "macOS:             brew install python" \
         "or any system:     https://www.python.org/downloads/" \
         "If a newer one is installed already:  make PYTHON=/path/to/python3.12 course"
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    stop "Python $version is here, but not its venv module." \
         "Debian or Ubuntu:  sudo apt install python$version-venv"
fi

total=$(grep -c '==' requirements.lock)
printf '==> Environment: .venv, about %s packages (a minute or two, only the first time)\n' "$total"
"$python" -m venv --clear .venv
status=$(mktemp)
log=.venv/install.log
# One counting line instead of pip's hundreds; the whole log is kept in case of an error.
{
    .venv/bin/python -m pip install --disable-pip-version-check --progress-bar off \
        --require-hashes -r requirements.lock 2>&1 &&
    .venv/bin/python -m pip install --disable-pip-version-check --progress-bar off \
        --no-deps --no-build-isolation --editable . 2>&1
    echo $? >"$status"
} | tee "$log" | awk '
    /\(from -r requirements.lock/ { seen++; if (seen % 25 == 0) { print "    " seen " found"; fflush() } }
    /^Installing collected/       { print "    installing"; fflush() }'
failed=$(cat "$status")
rm -f "$status"
if [ "$failed" != 0 ]; then
    tail -n 15 "$log" >&2
    stop "pip could not install the packages (the end of its log is above)." \
         "Is the machine online? Then try again; behind a mirror, set it in pip's own configuration."
fi
touch .venv/.ok
