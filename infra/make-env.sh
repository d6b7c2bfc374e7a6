#!/bin/sh
# Makes infra/.env for a try-out on this machine, with keys of its own, a mail catcher, Prometheus and Grafana.
#   make-env.sh                    one Kafka broker
#   make-env.sh --three-brokers    three: one may be lost
# One that is there stays as it is: its keys open what is in the database.
set -eu
cd "$(dirname "$0")"

brokers=one
case "${1-}" in
  '') ;;
  --three-brokers) brokers=three ;;
  *) echo "make-env.sh: $1 is not known; --three-brokers is" >&2 && exit 2 ;;
esac
if [ -e .env ]; then echo "infra/.env is there and stays as it is" >&2 && exit 0; fi

# Nobody else may read it, from its first moment.
umask 077
random() { od -An -N"$1" -v -tx1 /dev/urandom | tr -d ' \n'; }
{
  echo "# Made by make-env.sh; what else there is: .env.example"
  echo "COMPOSE_PROJECT_NAME=hooklane"
  echo "COMPOSE_PROFILES=mail-catcher,monitoring"
  if [ "$brokers" = three ]; then echo "COMPOSE_FILE=docker-compose.yml:docker-compose.three-brokers.yml"; fi
  echo "OPERATOR_KEY=$(random 24)"
  echo "HOOKLANE_SECRETS_KEYS=k1:$(head -c 32 /dev/urandom | base64)"
  echo "SMTP_URL=smtp://mail-catcher:4425"
  echo "MAIL_FROM=Hooklane <hooklane@example.org>"
} >.env.new
mv .env.new .env
echo "infra/.env made; keep it: its keys open what is in the database" >&2
