#!/bin/sh
# Makes what InfluxDB lacks after its own set-up. Can run at any time and as often as wanted: what is there stays.
# INFLUX_HOST, INFLUX_ORG, INFLUX_TOKEN (the admin's): where, and as whom; GRAFANA_PASSWORD: of the login 'grafana'; SECRETS: where the worker's token goes.
set -eu

bucket=kpi
worker='kpimetrics worker'
file=$SECRETS/Influx__Token
# Readable for the worker, which is another user in another container; nobody else has the volume.
umask 022

# With the default of a week a query over years of monthly figures opens hundreds of shards: 31 s and 4 GB instead of 1.3 s.
id=$(influx bucket list --name "$bucket" --hide-headers 2>/dev/null | cut -f 1 || true)
if [ -z "$id" ]; then
    influx bucket create --name "$bucket" --retention 0 --shard-group-duration 520w >/dev/null
    id=$(influx bucket list --name "$bucket" --hide-headers | cut -f 1)
    echo "bucket $bucket: made"
else
    influx bucket update --id "$id" --shard-group-duration 520w >/dev/null
fi

# InfluxQL knows databases, not buckets. A mapping that InfluxDB makes up by itself is listed below the line VIRTUAL.
if ! influx v1 dbrp list --db "$bucket" --hide-headers | sed '/VIRTUAL/,$d' | grep -q "$id"; then
    influx v1 dbrp create --db "$bucket" --rp autogen --bucket-id "$id" --default >/dev/null
    echo "database $bucket of InfluxQL: mapped to the bucket"
fi

# Grafana reads this one bucket. A login of the 1.x API, as its password can be chosen; it is set anew each time, so that .env is right.
if influx v1 auth list --username grafana --hide-headers 2>/dev/null | grep -q grafana; then
    influx v1 auth set-password --username grafana --password "$GRAFANA_PASSWORD" >/dev/null
else
    influx v1 auth create --username grafana --password "$GRAFANA_PASSWORD" --read-bucket "$id" --description 'Grafana, boards' >/dev/null
    echo "login grafana: made"
fi

# The worker writes this one bucket, and reads it to compare it with the ledger. A token that still opens the bucket is kept.
if [ -s "$file" ] && INFLUX_TOKEN=$(cat "$file") influx bucket list --hide-headers 2>/dev/null | grep -q "$id"; then
    exit 0
fi
influx auth list --hide-headers | grep -F "$worker" | cut -f 1 | while read -r old; do
    influx auth delete --id "$old" >/dev/null
done
token=$(influx auth create --read-bucket "$id" --write-bucket "$id" --description "$worker" --json |
    sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
if [ -z "$token" ]; then
    echo "InfluxDB gave no token for the worker" >&2
    exit 1
fi
printf '%s\n' "$token" >"$file.new"
mv "$file.new" "$file"
echo "token of the worker: made"
