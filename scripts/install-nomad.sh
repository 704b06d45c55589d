#!/usr/bin/env bash
# Installs a released Nomad for the steps of a workflow that follow: install-nomad.sh VERSION, or `latest`. Its checksum is held against
# the list of the release site; the action's own installer is for nomad-pack alone.
set -euo pipefail

version="$1"
site=https://releases.hashicorp.com/nomad
case "$(uname -s)" in
  Linux) os=linux ;;
  Darwin) os=darwin ;;
  *) os=windows ;;
esac
case "$(uname -m)" in
  x86_64) arch=amd64 ;;
  *) arch=arm64 ;;
esac

if [ "$version" = latest ]; then
  # Stable versions only: prereleases and enterprise builds have a sign after the digits.
  version="$(curl -fsSL "$site/index.json" | grep -oE '"[0-9]+\.[0-9]+\.[0-9]+"' | tr -d '"' | sort -uV | tail -n 1)"
fi

folder="${RUNNER_TEMP:-/tmp}/nomad-$version"
archive="nomad_${version}_${os}_${arch}.zip"
mkdir -p "$folder"
cd "$folder"
curl -fsSLO "$site/$version/$archive"
curl -fsSL "$site/$version/nomad_${version}_SHA256SUMS" | grep " $archive\$" > sums
if command -v sha256sum > /dev/null; then sha256sum --check sums; else shasum -a 256 --check sums; fi
unzip -oq "$archive"
echo "$folder" >> "${GITHUB_PATH:-/dev/null}"
