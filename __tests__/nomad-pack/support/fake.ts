import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A stand-in for nomad-pack that notes its arguments and environment beside itself (`calls`, `environment`), clones for
 * `registry add` with the real git into the cache as nomad-pack lays it out, and does for all else what `script` says.
 *
 * @returns its path
 */
export function fakeNomadPack(directory: string, script = ''): string {
  const path = join(directory, 'nomad-pack');
  writeFileSync(
    path,
    `#!/bin/bash
printf '%s\\n' "$*" >> "${directory}/calls"
env -0 > "${directory}/environment"
pwd > "${directory}/folder"
if [ "$1 $2" = 'registry add' ] && [ -z "$FAKE_REGISTRY" ]; then
  name=$3 source=$4 ref=latest
  case "$5" in --ref=*) ref=\${5#--ref=} ;; esac
  packs="\${XDG_CACHE_HOME:-$HOME/.cache}/nomad/packs"
  mkdir -p "$packs"
  words=$(git clone \${RECURSE:+--recurse-submodules} \${source:+"$source"} "$packs/nomad-pack-tmp" 2>&1) &&
    { [ "$ref" = latest ] || words=$(git -C "$packs/nomad-pack-tmp" checkout "$ref" 2>&1); } || {
    printf "! Could Not Install Registry\\n!   Error: error downloading '%s': git exited with 128: %s\\n!   Context:\\n" "$source" "$words"
    exit 1
  }
  folder="$packs/$name/\${ref//\\//!_}"
  mkdir -p "$folder"
  for pack in "$packs/nomad-pack-tmp/packs"/*; do cp -r "$pack" "$folder/$(basename "$pack")@\${ref//\\//!_}"; done
  printf '{"local_ref":"%s"}' "$(git -C "$packs/nomad-pack-tmp" rev-parse HEAD)" > "$folder/metadata.json"
  rm -rf "$packs/nomad-pack-tmp"
  exit 0
fi
${script}
`,
  );
  chmodSync(path, 0o755);
  return path;
}
