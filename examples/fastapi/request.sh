#!/usr/bin/env bash
# Sign up, get an access token, and call the API with it, and once without.
set -euo pipefail
ISSUER=${ISSUER:-http://127.0.0.1:8100}
API=${API:-http://127.0.0.1:8200}
jar=$(mktemp)

ask() { # what a page of the issuer's origin would send
  curl --silent --show-error --fail-with-body \
    --cookie "$jar" --cookie-jar "$jar" --header "Origin: $ISSUER" \
    --header 'Content-Type: application/json' --data "$2" "$ISSUER/api/auth/$1"
}

ask sign-up/email "{\"name\": \"Ada\", \"email\": \"ada-$RANDOM@example.test\",
  \"password\": \"correct horse battery staple\"}"
token=$(ask access-token '{}' | sed 's/.*"access_token": *"\([^"]*\)".*/\1/')

echo; echo "With the token:"
curl --silent --include --header "Authorization: Bearer $token" "$API/orders"
echo; echo "Without it:"
curl --silent --include "$API/orders"
