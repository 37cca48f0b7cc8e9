#!/bin/sh
# Writes the receivers that the environment names behind the routes of alertmanager.yml, then becomes Alertmanager. Read at every start.
#
#   ALERT_MAIL_TO, ALERT_SMTP_HOST, ALERT_SMTP_FROM, ALERT_SMTP_USER, ALERT_SMTP_PASSWORD   mail; ALERT_SMTP_TLS=false within the house
#   ALERT_TELEGRAM_TOKEN, ALERT_TELEGRAM_CHAT                                               Telegram
#   ALERT_WEBHOOK_URL, ALERT_WEBHOOK_TOKEN                                                  a program of yours that takes Alertmanager's JSON
#
# ALERT_MAIL_ON_DUTY, _OFFICES, _HEADS, _PROVINCE and ALERT_TELEGRAM_CHAT_... in the same way are for one receiver, instead of the general one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
config=${ALERT_CONFIG:-/tmp/alertmanager.yml}
offices=${ALERT_OFFICES:-$here/offices.txt}

# As a YAML text in single quotes.
quoted() {
    printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"
}

# The offices of the file, a line each: number, tab, name, tab, addresses.
read_offices() {
    [ -f "$offices" ] || return 0
    awk 'BEGIN { FS = "[ \t]*[|\t][ \t]*" }
        /^[ \t]*(#|$)/ { next }
        NF >= 2 && $1 != "" && $2 != "" { printf "%d\t%s\t%s\n", ++n, $1, $2 }' "$offices"
}

# mail ADDRESSES RESOLVED
mail() {
    [ -n "$1" ] && [ -n "${ALERT_SMTP_HOST:-}" ] || return 0
    echo "    email_configs:"
    echo "      - to: $(quoted "$1")"
    echo "        from: $(quoted "${ALERT_SMTP_FROM:-kpimetrics@localhost}")"
    echo "        smarthost: $(quoted "$ALERT_SMTP_HOST")"
    if [ -n "${ALERT_SMTP_USER:-}" ]; then
        echo "        auth_username: $(quoted "$ALERT_SMTP_USER")"
        echo "        auth_password: $(quoted "${ALERT_SMTP_PASSWORD:-}")"
    fi
    echo "        require_tls: ${ALERT_SMTP_TLS:-true}"
    echo "        headers: {Subject: '{{ template \"kpi.subject\" . }}'}"
    echo "        html: ''"
    echo "        text: '{{ template \"kpi.text\" . }}'"
    echo "        send_resolved: $2"
}

# receiver NAME SUFFIX RESOLVED
receiver() {
    eval "address=\${ALERT_MAIL_$2:-\${ALERT_MAIL_TO:-}} chat=\${ALERT_TELEGRAM_CHAT_$2:-\${ALERT_TELEGRAM_CHAT:-}}"
    echo "  - name: $1"
    mail "$address" "$3"
    if [ -n "${ALERT_TELEGRAM_TOKEN:-}" ] && [ -n "$chat" ]; then
        echo "    telegram_configs:"
        echo "      - bot_token: $(quoted "$ALERT_TELEGRAM_TOKEN")"
        echo "        chat_id: $chat"
        echo "        parse_mode: ''"
        echo "        message: '{{ template \"kpi.text\" . }}'"
        echo "        send_resolved: $3"
    fi
    if [ -n "${ALERT_WEBHOOK_URL:-}" ]; then
        echo "    webhook_configs:"
        echo "      - url: $(quoted "$ALERT_WEBHOOK_URL")"
        echo "        send_resolved: $3"
        if [ -n "${ALERT_WEBHOOK_TOKEN:-}" ]; then
            echo "        http_config: {authorization: {credentials: $(quoted "$ALERT_WEBHOOK_TOKEN")}}"
        fi
    fi
}

umask 077
# Each '# @offices' becomes a route for each office, as deep as it stands.
read_offices | awk -v here="$here" '
    FNR == NR && FILENAME == "-" {
        split($0, part, "\t")
        name = part[2]
        gsub(/\\/, "\\\\", name); gsub(/"/, "\\\"", name); gsub(/\047/, "\047\047", name)
        matcher[++count] = name
        number[count] = part[1]
        next
    }
    /^receivers:/ { exit }
    /^templates:/ { print "templates: [" here "/*.tmpl]"; next }
    /^ *# @offices/ {
        match($0, /^ */)
        indent = substr($0, 1, RLENGTH)
        for (i = 1; i <= count; i++) {
            print indent "- matchers: [\047agency=\"" matcher[i] "\"\047]"
            print indent "  receiver: office-" number[i]
        }
        next
    }
    { print }' - "$here/alertmanager.yml" >"$config"
{
    echo "receivers:"
    echo "  - name: nobody"
    receiver offices OFFICES false
    receiver heads HEADS false
    receiver province PROVINCE false
    receiver on-duty ON_DUTY true
    read_offices | while IFS='	' read -r number name addresses; do
        echo "  # $name"
        echo "  - name: office-$number"
        mail "$addresses" false
    done
} >>"$config"
exec "${ALERT_PROGRAM:-/bin/alertmanager}" --config.file="$config" "$@"
