#!/bin/sh
# Makes the release: package.sh VERSION. Run by Maven in dist/ after target/jars has been filled.
#   target/temps/                      what ends up in /opt/temps
#   target/temps-VERSION-linux-x64.tar.gz
# The runtime has JDK modules only; our jars stay on the class path, because several dependencies
# are automatic modules, which jlink refuses.
set -eu

version=$1
target=$PWD/target
home=$target/temps
# What jdeps finds in the jars, plus what they look up by name (TLS providers, zip file systems).
# java.desktop is for java.beans, which JDBI's mappers ask for; its native half is left out.
modules=java.base,java.logging,java.sql,java.net.http,java.naming,java.xml,java.management
modules=$modules,java.security.jgss,java.security.sasl,java.desktop
modules=$modules,jdk.management,jdk.unsupported,jdk.zipfs,jdk.net,jdk.jfr
# One time for every file: the JVM compares the jars' times with those its caches were made from,
# and the same sources give the same archive.
stamp=2026-11-23T00:00:00Z

# Linking takes seconds and depends on the JDK and this script alone.
link_runtime() {
  key=$({ cat src/package/package.sh; "$JAVA_HOME/bin/java" -version 2>&1; } | sha256sum | cut -c1-16)
  if [ "$(cat "$target/runtime/temps-key" 2>/dev/null)" != "$key" ]; then
    rm -rf "$target/runtime"
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --output "$target/runtime" \
      --strip-debug --no-header-files --no-man-pages --compress zip-6
    (cd "$target/runtime/lib" && rm -f libawt*.so libfontmanager.so libfreetype.so libharfbuzz.so \
      libjavajpeg.so liblcms.so libmlib_image.so libsplashscreen.so libjsound.so libjawt.so)
    trim_providers
    echo "$key" >"$target/runtime/temps-key"
  fi
}

# The list of security providers names some whose modules are left out. For each of them the JVM
# would look through every jar, and load what it finds there: 0.2 s of every command.
trim_providers() {
  security=$target/runtime/conf/security/java.security
  grep -vE '^security\.provider\.[0-9]+=' "$security" >"$security.new"
  number=0
  for provider in SUN SunRsaSign SunEC SunJSSE SunJCE; do
    number=$((number + 1))
    echo "security.provider.$number=$provider" >>"$security.new"
  done
  mv "$security.new" "$security"
}

lay_out() {
  rm -rf "$home"
  mkdir -p "$home/lib"
  cp -R src/package/bin src/package/lib "$home/"
  for folder in libexec share; do
    if [ -d "src/package/$folder" ]; then cp -R "src/package/$folder" "$home/"; fi
  done
  cp -R "$target/runtime" "$home/runtime"
  rm "$home/runtime/temps-key"
  cp "$target"/jars/*.jar "$home/lib/"
  cp "$target/temps-dist-$version.jar" "$home/lib/"
  class_paths
  echo "$version" >"$home/version"
  facts >"$home/release.json"
  find "$home" -name package-info.class -delete
  chmod -R u=rwX,go=rX "$home"
  find "$home" -exec touch -h -d "$stamp" {} +
}

# What the release says of itself, for upgrades.
facts() {
  contract=$(sed -n 's/.*int VERSION = \([0-9]*\);.*/\1/p' \
    ../contract/src/main/java/dev/temps/contract/agent/Contract.java)
  schema=$(sed -n 's/.*int VERSION = \([0-9]*\);.*/\1/p' \
    ../control/src/main/java/dev/temps/control/store/Schema.java)
  printf '{"version":"%s","contract":%s,"schema":%s,"platform":"linux-x64"}\n' \
    "$version" "$contract" "$schema"
}

# Two jars that hold nothing but a class path: everything, and what an agent needs. Helidon and the
# JSON library look into every jar they find, so an agent goes without what only a control plane,
# a command or a lab needs.
class_paths() {
  everything=""
  agent=""
  for jar in "$home"/lib/*.jar; do
    jar=${jar##*/}
    everything="$everything $jar"
    case $jar in
      temps-control-* | temps-lab-* | temps-cli-* | picocli-* | jdbi3-* | geantyref-* | sqlite-* | \
        postgresql-* | HikariCP-* | flyway-* | bcp* | bcutil-* | slf4j-* | checker-qual-*) ;;
      *) agent="$agent $jar" ;;
    esac
  done
  class_path temps.jar "$everything"
  class_path agent.jar "$agent"
}

# Lines of a manifest have at most 72 bytes and go on behind a blank.
class_path() {
  echo "Class-Path:$2" | fold -b -w 70 | sed '2,$s/^/ /' >"$target/manifest"
  "$JAVA_HOME/bin/jar" --create --date=$stamp --file="$home/lib/$1" --manifest="$target/manifest"
}

# A run of each program on scratch data teaches the JVM which classes to keep ready. Each trains in
# a process of its own, because all classes of a cache are loaded at every start.
train_all() {
  scratch=$target/training
  rm -rf "$scratch"
  mkdir -p "$scratch/first" "$scratch/server"
  train control "$scratch/first"
  "$home/bin/temps" aot-train server "$scratch/server" >"$scratch/server.log" 2>&1 &
  waited=0
  while [ ! -e "$scratch/server/ground.json" ]; do
    waited=$((waited + 1))
    if [ $waited -gt 600 ] || ! kill -0 $! 2>/dev/null; then
      cat "$scratch/server.log" >&2
      echo "package: the training server did not start" >&2
      exit 1
    fi
    sleep 0.1
  done
  train command "$scratch/server"
  train agent "$scratch/server"
  touch "$scratch/server/stop"
  wait $!
  rm -rf "$scratch"
  touch -d "$stamp" "$home/lib"
}

train() {
  log=$target/training-$1.log
  if ! TEMPS_AOT_OUTPUT=$home/lib/$1.aot "$home/bin/temps" aot-train "$1" "$2" >"$log" 2>&1; then
    cat "$log" >&2
    echo "package: the training run of $1 failed" >&2
    exit 1
  fi
  touch -d "$stamp" "$home/lib/$1.aot"
  if ! TEMPS_JAVA_OPTIONS=-XX:AOTMode=on "$home/bin/temps" aot-train "$1" --probe >"$log.probe" 2>&1; then
    cat "$log.probe" >&2
    echo "package: the JVM turned down lib/$1.aot" >&2
    exit 1
  fi
}

pack() {
  archive=$target/temps-$version-linux-x64.tar.gz
  tar -C "$target" --sort=name --owner=0 --group=0 --numeric-owner -cf - temps |
    gzip -n -6 >"$archive.new"
  mv "$archive.new" "$archive"
}

link_runtime
lay_out
train_all
pack
