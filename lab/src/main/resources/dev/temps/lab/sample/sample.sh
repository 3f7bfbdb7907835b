#!/bin/sh
# The sample web app of the lab, container's main process. Pages that never change are files, so a
# request costs one fork; /slow and /crash are answered by page.sh.
www=${TMPDIR:-/tmp}/www
version=$(cat /etc/sample-version)
mkdir -p "$www/cgi-bin" "$www/slow" "$www/crash"
ln -sf /page.sh "$www/cgi-bin/index.cgi"
echo "sample $version from $(hostname)${TEMPS_NODE:+ on $TEMPS_NODE}" > "$www/index.txt"
echo ok > "$www/healthz"
printf 'I:index.txt\n' > "$www/../httpd.conf"

busybox httpd -f -vv -p "${PORT:-8080}" -h "$www" -c "$www/../httpd.conf" 2>&1 &
server=$!
trap 'kill "$server"; exit 0' TERM INT
trap 'echo "crashing as asked"; exit 3' USR1
echo "sample $version listens on ${PORT:-8080}"
while kill -0 "$server" 2> /dev/null; do wait; done
exit 1
