#!/bin/sh
# Puts this process into the cgroups of a machine, then becomes the given program.
# usage: enter.sh CGROUP_DIRECTORY... -- PROGRAM ARGUMENT...
while [ "$1" != -- ]; do
  echo $$ > "$1/cgroup.procs" || exit 125
  shift
done
shift
exec "$@"
