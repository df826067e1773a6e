import { readFileSync } from 'node:fs'

/** An example of another system's format, as its users write it. */
export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
}

/** The repositories that the examples make: files by path. */
export const EXAMPLES: Readonly<Record<string, Record<string, string>>> = {
  'BlueKing, version 2': { 'app_desc.yaml': fixture('app_desc.v2.yaml') },
  'BlueKing, version 3': { 'app_desc.yaml': fixture('app_desc.v3.yaml') },
  Upsun: { '.upsun/config.yaml': fixture('upsun-config.yaml') },
  'Platform.sh': { '.platform.app.yaml': fixture('platform.app.yaml') },
  Stacktape: { 'stacktape.yml': fixture('stacktape.yml') },
  Heroku: { Procfile: fixture('Procfile'), 'app.json': fixture('app.json') },
}
