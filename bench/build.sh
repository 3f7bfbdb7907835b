# Sourced by the scripts beside it. Builds release and measurements; sets release and classes.
. "$root/scripts/jdk.sh"
. "$root/scripts/release.sh"

build_bench() {
  use_jdk
  need_maven
  release=$(built_release "$1")
  (cd "$1" && mvn -q -B -ntp -pl bench -am package -Dmaven.test.skip=true -Drelease.skip \
    -Dspotless.check.skip)
  classes="$1/bench/target/classes:$release/lib/*"
  mkdir -p "$1/bench/results"
}
