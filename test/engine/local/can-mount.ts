import { findMountTools } from '../../../src/engine/local/mount-view.ts'
import { remove, temporaryFolder } from './home.ts'

const folder = await temporaryFolder()
const user = process.getuid?.() === 0 ? { uid: 1_900_000_000, gid: 1_900_000_000 } : null

/** Whether apps may make mounts on this machine. */
export const canMount = (await findMountTools(folder, user)) !== null

await remove(folder)
