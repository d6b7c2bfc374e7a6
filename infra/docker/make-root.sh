#!/bin/sh
# Makes the root folder of our images from the base image this runs in: Node.js with the libraries it loads, certificates, one
# user without rights, and nothing else: no shell, no package manager.
#   make-root.sh ROOT
set -eu
root=$1

# Their lists of users and of names, and a place for temporary files where the file system is not read-only.
mkdir -p "$root/etc" "$root/usr/local/bin" "$root/tmp" "$root/var/lib/dpkg/status.d"
chmod 1777 "$root/tmp"
printf '%s\n' 'root:x:0:0::/:/sbin/nologin' 'node:x:1000:1000::/tmp:/sbin/nologin' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'node:x:1000:' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
cp --parents -L /etc/ssl/certs/ca-certificates.crt /etc/os-release "$root"

cp -L "$(command -v node)" "$root/usr/local/bin/node"
# What Kubernetes calls before it stops a container (infra/helm).
cp --parents -L /bin/sleep "$root"

# Where the loader looks by itself, so that it needs no cache.
ldd "$(command -v node)" /bin/sleep | grep -o '/[^ ]*lib[^ ]*\.so[^ ]*' | sort -u | while read -r library; do
  cp --parents -L "$library" "$root"
done

# What scanners for vulnerabilities know the contents by, and the licences.
for package in libc6 libgcc-s1 libstdc++6 ca-certificates coreutils; do
  dpkg-query --status "$package" >"$root/var/lib/dpkg/status.d/$package"
  if [ -e "/usr/share/doc/$package/copyright" ]; then cp --parents -L "/usr/share/doc/$package/copyright" "$root"; fi
done

# All of it works, seen from there.
chroot "$root" /usr/local/bin/node -e 'require("node:dns"); require("node:crypto").randomBytes(1)'
chroot "$root" /bin/sleep 0
