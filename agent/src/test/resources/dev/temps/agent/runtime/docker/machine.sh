#!/bin/sh
# A docker engine and a registry with a login, in namespaces of their own. $1: an empty directory.
set -eu
dir=$1
mount --make-rprivate /
mount -t tmpfs tmpfs /run
ip link set lo up
mkdir -p "$dir/image/bin" "$dir/registry" "$dir/home"
cp /bin/busybox "$dir/image/bin/busybox"
for name in sh sleep echo cat stty ip httpd nc dd head ps true; do
  ln -s busybox "$dir/image/bin/$name"
done
printf 'no program' > "$dir/image/bin/bad"
chmod +x "$dir/image/bin/bad"
# me / right
echo 'me:$2y$05$abcdefghijklmnopqrstuu8xaCxxL82bnl.UY74PMksDxIJShppPC' > "$dir/htpasswd"
cat > "$dir/registry.yml" <<END
version: 0.1
storage: {filesystem: {rootdirectory: $dir/registry}}
http: {addr: 127.0.0.1:5000}
auth: {htpasswd: {realm: test, path: $dir/htpasswd}}
END
echo '{"auths":{"127.0.0.1:5000":{"auth":"bWU6cmlnaHQ="}}}' > "$dir/home/config.json"
docker-registry serve "$dir/registry.yml" > "$dir/registry.log" 2>&1 &
dockerd --host "unix://$dir/docker.sock" --data-root "$dir/docker" --exec-root /run/docker \
  --pidfile /run/docker.pid > "$dir/dockerd.log" 2>&1 &
export DOCKER_HOST="unix://$dir/docker.sock" DOCKER_CONFIG="$dir/home"
tries=0
until docker version > /dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || exit 1
  sleep 0.1
done
tar -C "$dir/image" -c . | docker import -c 'EXPOSE 8080' - temps-test/busybox:1
docker tag temps-test/busybox:1 127.0.0.1:5000/private:1
docker push 127.0.0.1:5000/private:1
docker rmi 127.0.0.1:5000/private:1
touch "$dir/ready"
wait
