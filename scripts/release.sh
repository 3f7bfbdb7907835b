# Sourced by ./temps and ./test after jdk.sh. Builds the release when it has to and unpacks it.

# What the release depends on: every file of the modules in it that is not a test.
sources_hash() {
  (cd "$1" && find pom.xml .mvn */pom.xml */src/main dist/src/package -type f \
    -not -path 'bench/*' -not -path 'sim/*' -exec sha256sum {} + | LC_ALL=C sort | sha256sum |
    cut -c1-16)
}

# Prints the folder of an unpacked release made of the sources in folder $1.
built_release() {
  cache=$1/.cache/release
  hash=$(sources_hash "$1")
  if [ ! -x "$cache/$hash/temps/bin/temps" ]; then
    mkdir -p "$cache"
    # Two callers at once build one after the other; the second finds the work done.
    exec 9>"$cache/lock"
    flock 9 2>/dev/null || true
    if [ ! -x "$cache/$hash/temps/bin/temps" ]; then
      use_jdk
      need_maven
      build_release "$1" "$cache/build.log"
      unpack_release "$1" "$cache" "$hash"
    fi
    exec 9>&-
  fi
  echo "$cache/$hash/temps"
}

build_release() {
  echo "Building Temps (a few minutes the first time) ..." >&2
  if ! (cd "$1" && mvn -B -ntp -pl dist -am package -Dmaven.test.skip=true -Dspotless.check.skip >"$2" 2>&1 9>&-); then
    grep -E 'ERROR|package:' "$2" | head -20 >&2
    echo "temps: the build failed; all of it is in $2" >&2
    exit 1
  fi
}

# Older releases go, unless something still runs from them.
unpack_release() {
  archive=$(ls -t "$1"/dist/target/temps-*-linux-x64.tar.gz | head -1)
  rm -rf "$2/$3.new"
  mkdir -p "$2/$3.new"
  tar -C "$2/$3.new" -xzf "$archive"
  # A control plane gives this archive to new machines; without it, it packs its own folder first.
  mkdir -p "$2/$3.new/temps/share/release"
  ln "$archive" "$2/$3.new/temps/share/release/temps-linux-x64.tar.gz" 2>/dev/null ||
    cp "$archive" "$2/$3.new/temps/share/release/temps-linux-x64.tar.gz"
  rm -rf "${2:?}/$3"
  mv "$2/$3.new" "$2/$3"
  for old in "$2"/*/; do
    old=${old%/}
    if [ "$old" != "$2/$3" ] && ! in_use "${old##*/}"; then rm -rf "$old"; fi
  done
}

# Whether a process has the release mapped, or a lab's machine has it mounted.
in_use() {
  cat /proc/[0-9]*/maps /proc/[0-9]*/mountinfo 2>/dev/null | grep -q "/$1/temps"
}

# The release before this one, for tests of both in one cluster: commit and what it speaks are
# pinned here, and move on when a release is made.
previous_commit=d3edacd

# Prints the archive of the previous release, built once; fails when the history isn't here.
previous_release() {
  cache=$1/.cache/previous/$previous_commit
  if [ ! -f "$cache/archive.tar.gz" ]; then
    if ! git -C "$1" cat-file -e "$previous_commit^{commit}" 2>/dev/null; then
      echo "temps: commit $previous_commit isn't in this clone; fetch the whole history to test with" \
        "the release before this one." >&2
      return 1
    fi
    echo "Building the release before this one (once, a few minutes) ..." >&2
    rm -rf "$cache"
    mkdir -p "$cache/src"
    git -C "$1" archive "$previous_commit" | tar -x -C "$cache/src"
    use_jdk
    need_maven
    if ! (cd "$cache/src" && mvn -B -ntp -pl dist -am package -Dmaven.test.skip=true \
      -Dspotless.check.skip >"$cache/build.log" 2>&1); then
      echo "temps: it did not build; all of it is in $cache/build.log" >&2
      return 1
    fi
    mv "$cache"/src/dist/target/temps-*-linux-x64.tar.gz "$cache/archive.tar.gz"
    rm -rf "$cache/src"
  fi
  echo "$cache/archive.tar.gz"
}
