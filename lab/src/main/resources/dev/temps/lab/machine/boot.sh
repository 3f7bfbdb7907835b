#!/bin/sh
# PID 1 of a lab machine, second half: sees only the machine. Starts what a distribution's init
# would have started, then reaps whatever ends here. Nothing in here reads what a user typed.
. /run/temps-lab/machine.env

# Keeps dockerd running, as a service manager would, while /run/temps-lab/docker-off doesn't exist.
keep_dockerd() {
  while :; do
    if [ ! -e /run/temps-lab/docker-off ]; then
      rm -f /run/docker.pid /run/docker/containerd/containerd.pid
      # shellcheck disable=SC2086
      dockerd --host unix:///run/docker.sock --storage-driver overlay2 --bip "$DOCKER_BIP" \
        $DOCKER_OPTIONS < /dev/null >> /var/log/dockerd.log 2>&1
    fi
    sleep 1
  done
}
if [ "$DOCKER" = yes ]; then keep_dockerd & fi

supervise=/opt/temps/libexec/temps-supervise
if [ -x "$supervise" ]; then
  "$supervise" --boot < /dev/null >> /var/log/temps-supervise.log 2>&1 &
fi

while :; do
  wait
  sleep 1 &
done
