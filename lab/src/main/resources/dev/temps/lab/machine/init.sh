#!/bin/sh
# PID 1 of a lab machine, first half: still sees the host's files, makes the machine's own view of
# the disk and becomes boot.sh in it. Runs in fresh mount, uts, ipc, pid, net and cgroup namespaces.
# usage: init.sh MACHINE_DIRECTORY
set -eu
dir=$1
read -r pid rest < /proc/self/stat # the host's /proc: the pid as the host sees it
. "$dir/machine.env"
root=$dir/root

# The machine's disk: the host's installed system below, everything the machine writes above.
overlay() { # overlay LOWER NAME TARGET
  mkdir -p "$dir/disk/$2" "$dir/work/$2"
  mount -t overlay -o "lowerdir=$1,upperdir=$dir/disk/$2,workdir=$dir/work/$2" temps-lab "$3"
}
overlay / root "$root"
for part in usr var; do
  if mountpoint -q "/$part"; then overlay "/$part" "$part" "$root/$part"; fi
done

mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t sysfs -o nosuid,nodev,noexec sysfs "$root/sys"
mount --bind /dev "$root/dev"
mkdir -p "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o nosuid,nodev tmpfs "$root/dev/shm"
mount -t tmpfs -o nosuid,nodev,mode=0755 tmpfs "$root/run"
mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs "$root/tmp"

# The cgroup namespace makes the machine's cgroup the root of what is mounted here.
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  for controller in $(cat "$root/sys/fs/cgroup/cgroup.controllers"); do
    echo "+$controller" > "$root/sys/fs/cgroup/cgroup.subtree_control" || true
  done
  for limit in cpu.max memory.max; do
    cat "$root/sys/fs/cgroup/$limit" > "$root/sys/fs/cgroup/init/$limit"
  done
else
  mount -t tmpfs -o nosuid,nodev,noexec,mode=0755 tmpfs "$root/sys/fs/cgroup"
  for controller in $CONTROLLERS; do
    mkdir "$root/sys/fs/cgroup/$controller"
    case $controller in
      systemd) what=none,name=systemd ;;
      *) what=$controller ;;
    esac
    mount -t cgroup -o "$what" cgroup "$root/sys/fs/cgroup/$controller"
  done
fi

# A machine starts with nothing of ours: these places are its own from the first boot on, and what
# the host keeps in them is not seen. Docker's and the store's can't live on an overlay anyway.
own() { # own DIRECTORY
  mkdir -p "$dir/own$1" "$root$1"
  mount --bind "$dir/own$1" "$root$1"
}
for place in /var/lib/docker /var/lib/temps /var/log/temps /etc/temps /etc/docker /opt /root; do
  own "$place"
done
if [ -e "$dir/data.img" ]; then mount -o loop "$dir/data.img" "$root/var/lib/temps"; fi
for hidden in $HIDDEN; do
  if [ -d "$root$hidden" ]; then mount -t tmpfs -o ro,mode=0755 tmpfs "$root$hidden"; fi
done
if [ ! -e "$dir/booted" ]; then
  rm -f "$root/usr/local/bin/temps" "$root"/etc/systemd/system/temps*
  : > "$dir/booted"
fi

mkdir -p "$root/run/lock" "$root/run/temps-lab"
cp "$dir/machine.env" "$root/run/temps-lab/machine.env"
cp "${0%/*}/boot.sh" "$root/run/temps-lab/boot.sh"
echo "$NAME" > /proc/sys/kernel/hostname
echo "$pid" > "$dir/pid"
cd "$root"
pivot_root . .
umount -l .
cd /
exec /bin/sh /run/temps-lab/boot.sh
