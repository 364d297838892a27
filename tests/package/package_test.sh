#!/usr/bin/env bash
# tests/package/package_test.sh PACKAGE.deb: installs it, upgrades, removes and purges it, on a copy of
# this machine's own root that is thrown away. Only root can do that; nobody else is asked to.
set -euo pipefail
deb=$(realpath "$1")

if [ "${2:-}" != inside ]; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "only root can try a package in a root of its own: skipped"
        exit 0
    fi
    if ! unshare --mount --pid --fork true 2>/dev/null; then
        echo "no root of its own can be made here (unshare --mount): skipped"
        exit 0
    fi
    exec unshare --mount --pid --fork "$(realpath "$0")" "$deb" inside
fi

# ---- A root that is this machine's, with whatever is changed kept in memory

base=$(mktemp -d)
trap 'umount -R -l "$base" && rmdir "$base"' EXIT
root=$base/root
make_root() {
    mount -t tmpfs none "$base" && mkdir "$base/changed" "$base/work" "$root" &&
        mount -t overlay none -o "lowerdir=/,upperdir=$base/changed,workdir=$base/work" "$root" &&
        mount -t proc none "$root/proc" && mount --bind /dev "$root/dev" &&
        mount -t tmpfs none "$root/tmp" &&
        mount -t tmpfs none "$root/run" # systemd does not run there
}
if ! make_root; then
    echo "no root of its own can be made here (mount): skipped"
    exit 0
fi

failed=0
# check WHAT COMMAND…: one thing that must be so.
check() {
    local what=$1
    shift
    if ! "$@" >/tmp/package_test.log 2>&1; then
        failed=$((failed + 1))
        echo "FAILED: $what"
        sed 's/^/    /' /tmp/package_test.log
    fi
}
inside() { chroot "$root" "$@"; }
not() { ! "$@"; }
same() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'" && false; }; }
# holds SENTENCE COMMAND…: what a command says has the sentence in it.
holds() {
    local said sentence=$1
    shift
    said=$("$@" 2>&1) && echo "$said" && [[ $said == *"$sentence"* ]]
}
seen() { inside stat -c '%a %U:%G' "$1"; }
as_dreams() { inside runuser -u dreams -- dreams --config /etc/dreams/dreams.toml "$@"; }
python_on_file() {
    inside python3 -c "import sqlite3; db = sqlite3.connect('/var/lib/dreams/dreams.db')
$1
db.commit()"
}
# Under the next version's number.
newer() {
    dpkg-deb -R "$deb" "$root/tmp/newer"
    sed -i 's/^Version: .*/&+next/' "$root/tmp/newer/DEBIAN/control"
    dpkg-deb -Znone --root-owner-group -b "$root/tmp/newer" "$root/tmp/newer.deb" >/dev/null
}
cp "$deb" "$root/tmp/dreams.deb"
newer
export DEBIAN_FRONTEND=noninteractive
folder=/var/lib/dreams

# ---- Installing

if command -v lintian >/dev/null; then
    check 'lintian finds nothing' lintian --allow-root --fail-on error,warning "$deb"
fi

check 'it installs' inside dpkg -i /tmp/dreams.deb
check 'the folder is its own' same "$(seen $folder)" '700 dreams:dreams'
check 'the backups too' same "$(seen $folder/backups)" '700 dreams:dreams'
check 'the file is its own' same "$(seen $folder/dreams.db)" '600 dreams:dreams'
check 'settings are not for everybody' same "$(seen /etc/dreams/dreams.toml)" '640 root:dreams'
check 'nor their folder' same "$(seen /etc/dreams)" '750 root:dreams'
check 'the service begins with the machine' \
    test -L "$root/etc/systemd/system/multi-user.target.wants/dreams.service"
check 'it is prd' holds '"environment":{"value":"prd"' as_dreams --json config
check 'the man page is found' inside test -s /usr/share/man/man1/dreams.1.gz
check 'it backs up' as_dreams run --once backup
backups() { test -n "$(ls "$root$folder/backups")"; }
check 'the backup is where it belongs' backups
check 'nothing is left in the place of another' inside dpkg --verify dreams
check 'the same once more changes nothing' inside dpkg -i /tmp/dreams.deb

# As the unit starts it: it answers.
served() {
    inside runuser -u dreams -- dreams --config /etc/dreams/dreams.toml serve --no-jobs \
        --listen 127.0.0.1:0 >"$base/url" &
    local server=$! line=''
    for _ in $(seq 100); do
        line=$(grep -oE '127.0.0.1:[0-9]+' "$base/url") && break
        sleep 0.1
    done
    exec 3<>"/dev/tcp/127.0.0.1/${line#*:}"
    printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
    local answer
    answer=$(cat <&3)
    exec 3>&-
    kill "$server"
    wait "$server" || true
    [[ $answer == 'HTTP/1.1 200'* ]]
}
check 'it serves' served

# ---- Upgrading

python_on_file "db.execute(\"INSERT INTO leads(id, first_name, stage) VALUES('a-b', 'Ana', 'Lead')\")"
echo '# ours' >>"$root/etc/dreams/dreams.toml"
check 'it is upgraded' inside dpkg -i /tmp/newer.deb
check 'by the newer one' holds +next inside dpkg-query -W -f '${Version}' dreams
check 'who was in the file is there' holds '"leads":1' as_dreams --json status
check 'settings are kept' grep -q '# ours' "$root/etc/dreams/dreams.toml"
check 'no copy was needed' same "$(inside find $folder -maxdepth 1 -name '*before*' | wc -l)" 0

python_on_file "db.execute('PRAGMA user_version = 0')"
check 'a file of an older program is refused' not as_dreams status
check 'an upgrade brings it up to date' inside dpkg -i /tmp/newer.deb
check 'with everyone' holds '"leads":1' as_dreams --json status
check 'and a copy beside it' same "$(inside find $folder -maxdepth 1 -name 'dreams*before*' | wc -l)" 1

# ---- Removing

check 'removing says where the data are' \
    holds 'stay in /var/lib/dreams' inside dpkg --remove dreams
check 'the program is gone' not test -e "$root/usr/bin/dreams"
check 'the file is not' test -s "$root$folder/dreams.db"
check 'settings are not' test -s "$root/etc/dreams/dreams.toml"
check 'it comes back' inside dpkg -i /tmp/dreams.deb
check 'with everyone in it' holds '"leads":1' as_dreams --json status
# key FILE DIGIT: a key of that digit alone, as `dreams backup --new-key` writes keys.
key() { printf "%064d\n" 0 | tr 0 "$2" >"$1"; }
holds_key() { key "$base/wanted" "$2" && cmp "$1" "$base/wanted"; }
settings=$root/etc/dreams
key "$settings/backup.key" a
key "$settings/before 2026.key" b
check 'it is purged' inside dpkg --purge dreams
check 'settings are gone' not test -e "$settings"
check 'the file stays' test -s "$root$folder/dreams.db"
check 'the backups stay' backups
check 'and their key' holds_key "$root$folder/backup.key" a
check 'an older key too' holds_key "$root$folder/before 2026.key" b
check 'nothing would start' not test -L "$root/etc/systemd/system/multi-user.target.wants/dreams.service"

check 'it comes back anew' inside dpkg -i /tmp/dreams.deb
key "$settings/backup.key" c
key "$settings/before 2026.key" b
mount -t tmpfs -o ro none "$root$folder"
check 'where a key cannot be kept nothing is removed' not inside dpkg --purge dreams
umount "$root$folder"
check 'the key above all' holds_key "$settings/backup.key" c
check 'it is purged when it can' inside dpkg --purge dreams
check 'a second key is kept beside the first' holds_key "$root$folder/backup.key.2" c
check 'which stays' holds_key "$root$folder/backup.key" a
check 'one that is there already is not kept twice' not test -e "$root$folder/before 2026.key.2"
check 'settings are gone again' not test -e "$settings"

echo "the package: $failed failed"
[ "$failed" -eq 0 ]
