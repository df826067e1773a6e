import { userInfo } from 'node:os'

import { clean } from '../report/clean.ts'
import { askGit } from './user-git.ts'

const LONGEST = 100

/** Who uses the command line, for people who read the ledger: by their git's settings, else by their login. */
export async function whoAmI(folder: string): Promise<string> {
  for (const setting of ['user.name', 'user.email']) {
    const who = clean((await askGit(folder, ['config', '--get', setting])) ?? '', LONGEST)
    if (who !== '') return who
  }
  return clean(login(), LONGEST) || 'somebody'
}

/** A user id that no table names has no login: containers are started with any. */
function login(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? ''}`
  }
}
