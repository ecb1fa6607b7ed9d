#!/bin/sh
# Holds the running API to the standard's schemas and to schemathesis: docs/open-referral.md.
# judge_feed.sh ADDRESS SCHEMAS, with check-jsonschema and schemathesis on the PATH.
set -eu
address=$1
schemas=$(cd "$2" && pwd)/hsds-uk-3.0/schema
api=$address/open-referral/v3
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out"

python3 "$here/take_feed.py" "$api"
check-jsonschema --quiet --schemafile "$schemas/../../V3.0-UK/api_details.json" api.json
echo "api: ok"
for kind in services organizations service_at_locations taxonomies taxonomy_terms; do
    one=${kind%s}
    list=$schemas/compiled/${one}_list.json
    full=$schemas/compiled/$one.json
    case $kind in
    taxonomies) list=$schemas/taxonomy.json full=$schemas/taxonomy.json ;;
    taxonomy_terms) list=$schemas/taxonomy_term.json full=$schemas/taxonomy_term.json ;;
    esac
    check-jsonschema --quiet --schemafile "$list" "$kind"/list/*.json
    check-jsonschema --quiet --schemafile "$full" "$kind"/full/*.json
    echo "$kind: $(ls "$kind/list" | wc -l) listed, $(ls "$kind/full" | wc -l) in full: ok"
done
check-jsonschema --quiet --schemafile "$schemas/compiled/service_package.json" services.json
echo "services.json: ok"
schemathesis run "$api/openapi.json" --max-examples "${EXAMPLES:-15}" --no-color
schemathesis run "$schemas/openapi.local.json" --url "$api" --max-examples "${EXAMPLES:-15}" \
    --no-color --checks not_a_server_error,content_type_conformance,response_schema_conformance
