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

# A line as it is: the shell's own echo may take a backslash in a password or a name for more than that.
say() {
    printf '%s\n' "$1"
}

# As a YAML text in single quotes.
quoted() {
    printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"
}

# The offices of the file, those of one area before those of all, a line each: number|name|addresses|area|addresses of the head. What cannot be used is said.
read_offices() {
    [ -f "$offices" ] || return 0
    awk 'BEGIN { FS = "[ \t]*[|\t][ \t]*" }
        { sub(/\r$/, ""); sub(/^[ \t]+/, ""); sub(/[ \t]+$/, "") }
        /^(#|$)/ { next }
        $1 == "" || ($2 $4) == "" || ($1 == "*" && $3 == "") {
            print FILENAME ":" FNR ": no office with an address: " $0 | "cat 1>&2"
            next
        }
        { rank[++n] = ($3 == "" ? 3 : ($1 == "*" ? 2 : 1)); line[n] = $1 "|" $2 "|" $3 "|" $4 }
        END { for (r = 1; r <= 3; r++) for (i = 1; i <= n; i++) if (rank[i] == r) print i "|" line[i] }' "$offices"
}

# mail ADDRESSES RESOLVED
mail() {
    [ -n "$1" ] && [ -n "${ALERT_SMTP_HOST:-}" ] || return 0
    say "    email_configs:"
    say "      - to: $(quoted "$1")"
    say "        from: $(quoted "${ALERT_SMTP_FROM:-kpimetrics@localhost}")"
    say "        smarthost: $(quoted "$ALERT_SMTP_HOST")"
    if [ -n "${ALERT_SMTP_USER:-}" ]; then
        say "        auth_username: $(quoted "$ALERT_SMTP_USER")"
        say "        auth_password: $(quoted "${ALERT_SMTP_PASSWORD:-}")"
    fi
    say "        require_tls: ${ALERT_SMTP_TLS:-true}"
    say "        headers: {Subject: '{{ template \"kpi.subject\" . }}'}"
    say "        html: ''"
    say "        text: '{{ template \"kpi.text\" . }}'"
    say "        send_resolved: $2"
}

# receiver NAME SUFFIX RESOLVED
receiver() {
    eval "address=\${ALERT_MAIL_$2:-\${ALERT_MAIL_TO:-}} chat=\${ALERT_TELEGRAM_CHAT_$2:-\${ALERT_TELEGRAM_CHAT:-}}"
    say "  - name: $1"
    mail "$address" "$3"
    if [ -n "${ALERT_TELEGRAM_TOKEN:-}" ] && [ -n "$chat" ]; then
        say "    telegram_configs:"
        say "      - bot_token: $(quoted "$ALERT_TELEGRAM_TOKEN")"
        say "        chat_id: $chat"
        say "        parse_mode: ''"
        say "        message: '{{ template \"kpi.chat\" . }}'"
        say "        send_resolved: $3"
    fi
    if [ -n "${ALERT_WEBHOOK_URL:-}" ]; then
        say "    webhook_configs:"
        say "      - url: $(quoted "$ALERT_WEBHOOK_URL")"
        say "        send_resolved: $3"
        if [ -n "${ALERT_WEBHOOK_TOKEN:-}" ]; then
            say "        http_config: {authorization: {credentials: $(quoted "$ALERT_WEBHOOK_TOKEN")}}"
        fi
    fi
}

# own NAME SUFFIX ADDRESSES, of who has a route of its own: where no mail can be sent it is told as those are that have none, or it would hear nothing.
own() {
    [ -n "$3" ] || return 0
    if [ -z "${ALERT_SMTP_HOST:-}" ]; then
        receiver "$1" "$2" false
        return 0
    fi
    say "  - name: $1"
    mail "$3" false
}

umask 077
offices_read=$(read_offices)
# Each '# @offices' becomes a route for each office that has an address, as deep as it stands, '# @heads' one for each head; what stands behind it belongs to each.
printf '%s\n' "$offices_read" | awk -v here="$here" '
    # A name as it may be printed, in either case; a sign that means something to regular expressions, YAML or the shell is any sign.
    function pattern(name,    i, sign, made) {
        made = "(?i)"
        for (i = 1; i <= length(name); i++) {
            sign = substr(name, i, 1)
            made = made (index("\\\"\047^[]", sign) ? "." : index(".(){}*+?$", sign) ? "[" sign "]" : sign)
        }
        return made
    }
    # An area by its code, which is the first part of its identity, or by its full name.
    function matchers(name, area,    made) {
        if (name != "*") made = "\047agency=~\"" pattern(name) "\"\047"
        if (area == "") return made
        if (name != "*") made = made ", "
        if (area ~ /^[0-9]+$/) return made "\047area=~\"" area "@.+\"\047"
        return made "\047area_name=~\"" pattern(area) "\"\047"
    }
    FNR == NR && FILENAME == "-" {
        if (split($0, part, "|") < 5) next
        number[++count] = part[1]
        own[count] = matchers(part[2], part[4])
        mails[count, "offices"] = part[3]
        mails[count, "heads"] = part[5]
        next
    }
    /^receivers:/ { exit }
    /^templates:/ { print "templates: [" here "/*.tmpl]"; next }
    /^ *# @(offices|heads)/ {
        match($0, /^ */)
        indent = substr($0, 1, RLENGTH)
        who = $0 ~ /@heads/ ? "heads" : "offices"
        settings = $0
        sub(/^ *# @[a-z]+ */, "", settings)
        n = split(settings, setting, /; */)
        for (i = 1; i <= count; i++) {
            if (mails[i, who] == "") continue
            print indent "- matchers: [" own[i] (who == "heads" ? ", \047to=\"head\"\047" : "") "]"
            print indent "  receiver: " (who == "heads" ? "head-" : "office-") number[i]
            for (k = 1; k <= n; k++) print indent "  " setting[k]
        }
        next
    }
    { print }' - "$here/alertmanager.yml" >"$config"
{
    say "receivers:"
    say "  - name: nobody"
    receiver offices OFFICES false
    receiver heads HEADS false
    receiver province PROVINCE false
    receiver on-duty ON_DUTY true
    printf '%s\n' "$offices_read" | while IFS='|' read -r number name addresses area head; do
        [ -n "$number" ] || continue
        say "  # $name${area:+, $area}"
        own "office-$number" OFFICES "$addresses"
        own "head-$number" HEADS "$head"
    done
} >>"$config"
exec "${ALERT_PROGRAM:-/bin/alertmanager}" --config.file="$config" "$@"
