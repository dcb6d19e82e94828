#!/bin/sh
# Figures of the whole portal, from the web server's log. For cron; docs/visits.md says how and why.
set -eu
log=${BANTIN_LOG:-/var/log/nginx/access.log} # in nginx's format "combined"; the one before it is $log.1
out=${BANTIN_OUT:-/srv/bantin/data}          # the folder for counts.json
data=${BANTIN_DATA:-$out}                    # the published folder, for the titles of articles
base=${BANTIN_BASE:-/}                       # where the portal lies on the server
start=${BANTIN_START:-0}                     # what an old portal had counted
# Days in Việt Nam: UTC+7, whatever this machine's zone is. Names of months as in the log.
export TZ=ICT-7 LC_ALL=C

[ -r "$log" ] || { echo "counts.sh: $log cannot be read; set BANTIN_LOG, and run as a user who may" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat "$log" > "$work/log"
[ ! -e "$log.1" ] || cat "$log.1" >> "$work/log"

# A report for each day, yesterday's once more because its last minutes came after the last run. Addresses of pages
# have no dot; all that have one are files that a page loads, and what robots try.
for day in yesterday today; do
    awk -v day="[$(date -d "$day" +%d/%b/%Y):" \
        'index($4, day) == 1 { sub(/[?].*/, "", $7); if ($7 !~ /[.]/) print }' "$work/log" > "$work/$day.log"
    goaccess "$work/$day.log" --no-global-config --log-format=COMBINED --ignore-crawlers --unknowns-as-crawlers \
        --max-items=100000 --no-progress --output="$work/$day.json" > "$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
done
set -- --goaccess "$work/yesterday.json" "$work/today.json" --out "$out" --base "$base" --start "$start"
[ "$data" = "$out" ] || set -- "$@" --data "$data"
newsroom counts "$@"
