import { Draft } from './proposer.ts'
import type { Proposer } from './proposer.ts'
import type { Repository } from './repository.ts'

const SERVES = /^[ \t]*(?:axum|actix-web|rocket|warp|poem|tide|hyper)[ \t]*[=.]/m

export const RUST: Proposer = {
  language: 'Rust',
  marker: 'Cargo.toml',
  wants: /^(?:Cargo\.toml|src\/(?:main|bin\/[\w-]+)\.rs)$/,
  propose(repository) {
    if (!repository.has('Cargo.toml')) return null
    const draft = new Draft()
    const programs = programsOf(repository)
    if (programs.length > 0) draft.builds(['cargo build --release'], 'From Cargo.toml.')
    const web = repository.find(['Cargo.toml'], SERVES)
    for (const [index, { name, from }] of programs.entries()) {
      const command = `target/release/${name}`
      const isWeb = index === 0 && web !== undefined
      draft.process(
        isWeb ? 'web' : index === 0 ? 'worker' : name,
        { command },
        `From ${isWeb ? web.place : from}.`,
      )
    }
    if (programs.length === 0) {
      draft.guess([], 'Cargo.toml:1 names no program with src/main.rs: say under `processes` what runs.')
    }
    return draft
  },
}

/** The package itself, and what stands in `src/bin`. */
function programsOf(repository: Repository): { name: string; from: string }[] {
  const named = repository.find(['Cargo.toml'], /^\[package\][^[]{0,500}?^name\s*=\s*"([\w-]+)"/m)
  const own = repository.has('src/main.rs') && named ? [{ name: named.groups[0]!, from: named.place }] : []
  const others = repository
    .matching(/^src\/bin\/[A-Za-z0-9][\w-]*\.rs$/)
    .map((path) => ({ name: path.slice('src/bin/'.length, -'.rs'.length), from: `${path}:1` }))
  return [...own, ...others]
}
