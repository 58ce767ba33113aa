# Run by `unshare`, in namespaces of its own: makes a root folder that holds what a student's process needs, read-only, and a
# scratch folder, lays empty folders over what is withheld, and starts the program in it without any capability.
#
#   jail.sh ROOT SIZE SETPRIV PATH… - WITHHELD… -- PROGRAM ARGUMENT…
set -e
PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
root=$1 size=$2 setpriv=$3
shift 3
mount -t tmpfs -o "size=1m,mode=755,nosuid,nodev" tmpfs "$root"
while [ "$1" != - ]; do
  if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root${1%/*}"; : >"$root$1"; fi
  mount --bind "$1" "$root$1"
  mount -o remount,bind,ro,nosuid "$root$1"
  shift
done
shift
while [ "$1" != -- ]; do
  mount -t tmpfs -o ro,size=4k,nosuid,nodev tmpfs "$root$1"
  shift
done
shift
mkdir -p "$root/proc" "$root/dev" "$root/scratch"
mount -t proc proc "$root/proc" 2>/dev/null || : # some containers forbid it, and nothing needs it
for device in null zero random urandom; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t tmpfs -o "size=$size,mode=755,nosuid,nodev,noexec" tmpfs "$root/scratch"
mount -o remount,ro "$root"
cd "$root/scratch"
ulimit -c 0
exec chroot "$root" "$setpriv" --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
