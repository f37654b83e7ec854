#!/bin/sh
# Writes docker/.env with new passwords for Elasticsearch and Kibana, readable by you alone. It is never overwritten.
set -eu
cd "$(dirname "$0")"
if [ -e .env ]; then
  echo "docker/.env is there already, and its passwords may be in use" >&2
  exit 1
fi
secret() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
umask 077
cat > .env <<END
ELASTIC_PASSWORD=$(secret)
KIBANA_PASSWORD=$(secret)
KIBANA_ENCRYPTION_KEY=$(secret)
END
echo "docker/.env is written: the user elastic and its password are for Kibana at http://127.0.0.1:5601"
