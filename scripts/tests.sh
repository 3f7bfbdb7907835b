# Sourced by ./test: the steps of a test run. A step that goes wrong adds its reason to $failed and
# lets the next one run, so that one look shows everything.

blame() {
  failed="$failed
  $1"
}

say() { printf '\n== %s  %s\n' "$(date +%H:%M:%S)" "$1"; }

# Tests start a PostgreSQL of their own; the package shall not start one beside it.
install_for_unit() {
  if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    if is_root && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      mkdir -p /etc/postgresql-common
      echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    fi
    install_one_of postgresql-15 postgresql || blame "PostgreSQL is missing and could not be installed"
  fi
}

# Command and package, where the command is missing.
install_for_machines() {
  while read -r command package; do
    if ! command -v "$command" >/dev/null 2>&1; then
      install_one_of "$package" || blame "$package is missing and could not be installed"
    fi
  done <<'LIST'
dockerd docker.io
docker docker.io
wg wireguard-tools
wireguard-go wireguard-go
iptables iptables
nft nftables
ip iproute2
haproxy haproxy
pebble pebble
dnsmasq dnsmasq-base
debootstrap debootstrap
ping iputils-ping
curl curl
busybox busybox-static
docker-registry docker-registry
LIST
}

# Everything that needs neither root nor Docker, and the release as a by-product.
run_unit() {
  say "unit tests and release"
  install_for_unit
  if ! mvn -B -ntp -fae verify; then blame "mvn verify failed"; fi
  for module in */; do
    module=${module%/}
    if has_unit_tests "$module" && [ "$(count "$module" tests)" = 0 ]; then
      blame "$module has test classes, but none of its tests ran"
    fi
  done
}

has_unit_tests() {
  [ -d "$1/src/test" ] && find "$1/src/test" -name '*Test.java' -exec grep -L '@Tag("machine")' {} + |
    grep -q .
}

machine_files() { grep -rl --include='*.java' '@Tag("machine")' ./*/src/test 2>/dev/null || true; }

# Tests on machines made of namespaces on this host.
run_machine() {
  files=$(machine_files)
  if [ -z "$files" ]; then return; fi
  say "machine tests"
  if is_root; then install_for_machines; fi
  missing=$(missing_for_machines)
  if [ -n "$missing" ]; then
    not_run=$(echo "$files" | xargs grep -hcE '@(Parameterized)?Test$' | awk '{n += $1} END {print n + 0}')
    echo "machine tests NOT RUN: $missing"
    if [ -n "${CI:-}" ]; then blame "machine tests did not run: $missing"; fi
    return
  fi
  TEMPS_RELEASE=$(built_release "$root")
  export TEMPS_RELEASE
  # The release before this one takes minutes to build: only for a test that needs it.
  TEMPS_PREVIOUS=''
  case ${1:-Mixed} in
    *Mixed*) TEMPS_PREVIOUS=$(previous_release "$root") || true ;;
  esac
  export TEMPS_PREVIOUS
  modules=$(echo "$files" | cut -d/ -f2 | sort -u | paste -sd, -)
  # The unit step has left the release in dist/target; alone, this one makes it.
  skip=$([ "$part" = machine ] && echo false || echo true)
  if ! mvn -B -ntp -fae -Pmachine -pl "$modules" -am verify -Drelease.skip="$skip" \
    -Dspotless.check.skip -Dsurefire.reportNameSuffix=machine ${1:+-Dtest="$1"} -Dsurefire.failIfNoSpecifiedTests=false; then
    blame "machine tests failed"
  fi
}

# What a lab needs and this host lacks; nothing when it can run.
missing_for_machines() {
  if ! is_root; then
    echo "root is needed to make machines"
  elif [ ! -c /dev/net/tun ]; then
    echo "/dev/net/tun is needed for WireGuard"
  elif ! unshare --mount --uts --net --pid --fork --mount-proc true 2>/dev/null; then
    echo "namespaces can't be made here (CAP_SYS_ADMIN is needed)"
  fi
}

# Sum of an attribute over the reports of a module: tests, failures, errors or skipped.
count() {
  cat "$1"/target/surefire-reports/TEST-*${3:-}.xml 2>/dev/null | sed -n 's/^<testsuite /&/p' |
    tr ' ' '\n' | sed -n "s/^$2=\"\([0-9]*\)\".*/\1/p" | awk '{n += $1} END {print n + 0}'
}

total() {
  sum=0
  for module in */; do sum=$((sum + $(count "${module%/}" "$1" "${2:-}"))); done
  echo "$sum"
}

floor() { sed -n "s/^$1 \([0-9]*\)\$/\1/p" tests.floor; }

summarise() {
  skipped=$(total skipped)
  bad=$(($(total failures) + $(total errors)))
  passed=$(($(total tests) - skipped - bad))
  machine_ran=$(($(total tests -machine) - $(total skipped -machine)))
  unit_ran=$((passed + bad - machine_ran))
  if [ "$part" != machine ] && [ "$unit_ran" -lt "$(floor unit)" ]; then
    blame "only $unit_ran unit tests ran; tests.floor says at least $(floor unit)"
  fi
  if [ "$part" != unit ] && [ -z "$pattern" ] && [ -z "${missing:-}" ] &&
    [ "$machine_ran" -lt "$(floor machine)" ]; then
    blame "only $machine_ran machine tests ran; tests.floor says at least $(floor machine)"
  fi
  if [ "$bad" -gt 0 ]; then
    echo
    echo "Failed:"
    grep -lE '<(failure|error)' ./*/target/surefire-reports/TEST-*.xml | sed 's/^/  /'
  fi
  if [ -n "$failed" ]; then printf '\nNot passed:%s\n' "$failed"; fi
  echo
  echo "$passed passed, $bad failed, $((skipped + ${not_run:-0})) skipped"
  if [ "$bad" -gt 0 ] || [ -n "$failed" ]; then exit 1; fi
}
