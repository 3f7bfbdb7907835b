# Sourced by ./temps and ./test. use_jdk finds a JDK 25 and exports it as JAVA_HOME, which Maven
# follows; need_maven sees to mvn. Both may install packages when run as root; both say in one
# sentence what to do when they can't go on.
jdk_wanted=25

is_wanted_jdk() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/jlink" ] &&
    grep -q "^JAVA_VERSION=\"$jdk_wanted[.\"]" "$1/release" 2>/dev/null
}

first_wanted_jdk() {
  for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/java/* \
    "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$jdk" ] && is_wanted_jdk "$jdk"; then
      echo "$jdk"
      return 0
    fi
  done
  if command -v javac >/dev/null 2>&1; then
    jdk=$(readlink -f "$(command -v javac)")
    jdk=${jdk%/bin/javac}
    if is_wanted_jdk "$jdk"; then
      echo "$jdk"
      return 0
    fi
  fi
  return 1
}

is_root() { [ "$(id -u)" = 0 ]; }

# Installs the first of the named packages that the distribution has, unless none is known.
install_one_of() {
  is_root && command -v apt-get >/dev/null 2>&1 || return 1
  known_package "$@" || { apt-get update -qq >&2 || true; known_package "$@"; } || return 1
  echo "Installing $package ..." >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" \
    >/dev/null 2>&1
}

known_package() {
  for package in "$@"; do
    if apt-cache show "$package" >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

use_jdk() {
  if ! found=$(first_wanted_jdk); then
    install_one_of "openjdk-$jdk_wanted-jdk-headless" "temurin-$jdk_wanted-jdk" \
      "openjdk-$jdk_wanted-jdk" || true
    if ! found=$(first_wanted_jdk); then
      echo "temps: no JDK $jdk_wanted found: install one (package openjdk-$jdk_wanted-jdk-headless" \
        "or temurin-$jdk_wanted-jdk, or unpack an archive under /usr/lib/jvm) or set JAVA_HOME to it." >&2
      exit 1
    fi
  fi
  export JAVA_HOME="$found"
}

need_maven() {
  if ! command -v mvn >/dev/null 2>&1 && ! install_one_of maven; then
    echo "temps: Maven is not installed: as root, apt-get install maven." >&2
    exit 1
  fi
}
