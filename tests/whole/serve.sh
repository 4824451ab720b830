#!/bin/bash
# serve.sh CHIBO — the program from outside: with and without a running server, exit codes, stopping and being killed.
set -euo pipefail
chibo=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
export CHIBO_LANG=en
n=0

ok() { n=$((n + 1)); }
fails() # EXIT-CODE COMMAND…
{
	local wanted=$1 code=0
	shift
	"$@" >out 2>err || code=$?
	[ $code = "$wanted" ] || { echo "exit code $code, not $wanted: $*"; cat out err; exit 1; }
	ok
}
start()
{
	: >served
	"$chibo" serve --db x.db --listen 127.0.0.1:0 >served 2>messages &
	server=$!
	for _ in $(seq 100); do
		! grep -q http served || return 0
		kill -0 $server 2>/dev/null || { cat served messages; exit 1; }
		sleep 0.1
	done
	echo "the server does not start"; exit 1
}

# without a server
fails 3 "$chibo" user list --db x.db
fails 0 "$chibo" init --db x.db
fails 0 "$chibo" init --db x.db
fails 2 "$chibo" nonsense
fails 2 "$chibo" user add --db x.db
fails 2 "$chibo" user add an --db x.db --no-such-option
fails 0 "$chibo" user add an.nguyen --db x.db
fails 5 "$chibo" user add an.nguyen --db x.db
fails 3 "$chibo" user disable nobody --db x.db

# with one
start
[ "$(stat -c %a x.db.sock)" = 600 ]
fails 0 "$chibo" user add binh.tran --db x.db
grep -q '^binh.tran ' out
fails 5 "$chibo" user add binh.tran --db x.db
grep -q 'is taken' err
fails 3 "$chibo" user disable nobody --db x.db
fails 75 "$chibo" serve --db x.db --listen 127.0.0.1:0
fails 75 "$chibo" restore copy.db --db x.db
fails 0 "$chibo" backup copy.db --db x.db
fails 0 "$chibo" verify --db x.db
mkdir -p below
printf 'code,parent_code,level,type,owner,name,valid_from,valid_to\n01,,province,,,Tỉnh A,,\n01.001,01,commune,,,Xã B,,\n' >below/units.csv
(cd below && "$chibo" import units units.csv --db ../x.db) >out 2>err || { cat out err; exit 1; }
printf 'code,parent_code,level,type,owner,name,valid_from,valid_to\n02,,planet,,,Tỉnh C,,\n' >below/bad.csv
fails 2 "$chibo" import units below/bad.csv --db x.db
grep -q 'bad.csv' err
fails 0 "$chibo" user grant an.nguyen officer 01.001 --db x.db
fails 0 sh -c "echo 'a good long word' | '$chibo' user password an.nguyen --password-stdin --db x.db"
address=$(grep -o 'http://[^ ]*' served)
curl -sf "${address}health" >/dev/null
cookie=$(curl -s -o /dev/null -D - -d 'login=an.nguyen&password=a+good+long+word' "${address}sign-in" | grep -io 'chibo=[0-9a-f]*')
[ "$(curl -s -o /dev/null -w '%{http_code}' -b "$cookie" "$address")" = 200 ]
ln -s "$dir/x.db" below/other-name.db
fails 0 "$chibo" user add chi.le --db below/other-name.db
"$chibo" user list --db x.db | head -1 >/dev/null || true
kill -HUP $server
fails 0 "$chibo" user disable chi.le --db x.db
ok

# a client that is killed leaves the server alone
(sleep 3 | "$chibo" user password an.nguyen --password-stdin --db x.db) >/dev/null 2>&1 &
client=$!
sleep 0.3
kill -9 $client 2>/dev/null || true
fails 0 "$chibo" user enable chi.le --db x.db

# stopping
kill -TERM $server
code=0; wait $server || code=$?
server=
[ $code = 0 ]
[ ! -e x.db.sock ]
[ ! -s x.db-wal ]
fails 0 "$chibo" user disable chi.le --db x.db
fails 0 "$chibo" verify --db x.db

# being killed: what was acknowledged is there, and the next command finds its way past what is left lying about
start
for i in $(seq 20); do "$chibo" user add "person$i" --db x.db >/dev/null 2>&1; done
kill -9 $server
wait $server 2>/dev/null || true
server=
fails 0 "$chibo" verify --db x.db
[ "$("$chibo" user list --db x.db | grep -c '^person')" = 20 ]
fails 0 "$chibo" user add after.that --db x.db
start
fails 0 "$chibo" user add at.last --db x.db
kill -TERM $server; wait $server; server=
fails 0 "$chibo" restore copy.db --db x.db
fails 0 "$chibo" verify --db x.db
echo "$n steps, with and without a server"
