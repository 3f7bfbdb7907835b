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

# Linking takes seconds and depends on the JDK and the list alone.
link_runtime() {
  key=$({ echo "$modules"; "$JAVA_HOME/bin/java" -version 2>&1; } | sha256sum | cut -c1-16)
  if [ "$(cat "$target/runtime/temps-key" 2>/dev/null)" != "$key" ]; then
    rm -rf "$target/runtime"
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --output "$target/runtime" \
      --strip-debug --no-header-files --no-man-pages --compress zip-6
    (cd "$target/runtime/lib" && rm -f libawt*.so libfontmanager.so libfreetype.so libharfbuzz.so \
      libjavajpeg.so liblcms.so libmlib_image.so libsplashscreen.so libjsound.so libjawt.so)
    echo "$key" >"$target/runtime/temps-key"
  fi
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
  cp "$target/temps-dist-$version.jar" "$home/lib/temps.jar"
  echo "$version" >"$home/version"
  find "$home" -name package-info.class -delete
  chmod -R u=rwX,go=rX "$home"
  find "$home" -exec touch -h -d "$stamp" {} +
}

# A run of each program on scratch data teaches the JVM which classes to keep ready.
train() {
  scratch=$target/training
  for mode in command agent control; do
    rm -rf "$scratch" && mkdir -p "$scratch"
    if ! TEMPS_AOT_OUTPUT=$home/lib/$mode.aot "$home/bin/temps" aot-train $mode "$scratch" \
      >"$scratch.$mode.log" 2>&1; then
      cat "$scratch.$mode.log" >&2
      echo "package: the training run of $mode failed" >&2
      exit 1
    fi
    touch -d "$stamp" "$home/lib/$mode.aot"
    rm -rf "$scratch" && mkdir -p "$scratch"
    if ! TEMPS_AOT_MODE=on "$home/bin/temps" aot-train $mode --probe \
      >"$scratch.$mode.log" 2>&1; then
      cat "$scratch.$mode.log" >&2
      echo "package: the JVM turned down lib/$mode.aot" >&2
      exit 1
    fi
  done
  rm -rf "$scratch"
  touch -d "$stamp" "$home/lib"
}

pack() {
  archive=$target/temps-$version-linux-x64.tar.gz
  tar -C "$target" --sort=name --owner=0 --group=0 --numeric-owner -cf - temps |
    gzip -n -6 >"$archive.new"
  mv "$archive.new" "$archive"
}

link_runtime
lay_out
train
pack
