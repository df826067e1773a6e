import { join } from 'node:path'

/** The layout of a home. Everything that Gantry keeps on this machine is below it. */
export class Paths {
  readonly home: string

  constructor(home: string) {
    this.home = home
  }
  get database(): string {
    return join(this.home, 'gantry.db')
  }
  /** Unix sockets: what the command line and the git hooks talk to. */
  get controlSocket(): string {
    return join(this.home, 'control.sock')
  }
  get hookSocket(): string {
    return join(this.home, 'hook.sock')
  }
  repository(app: string): string {
    return join(this.home, 'repositories', `${app}.git`)
  }
  app(app: string): string {
    return join(this.home, 'apps', app)
  }
  images(app: string): string {
    return join(this.app(app), 'images')
  }
  image(app: string, digest: string): string {
    return join(this.images(app), digest)
  }
  /** $HOME of the app's processes: private, kept across deploys. */
  appHome(app: string): string {
    return join(this.app(app), 'home')
  }
  /** $TMPDIR of the app's processes. */
  appTmp(app: string): string {
    return join(this.app(app), 'tmp')
  }
  /** What the `storage` mounts of an app are folders of: kept for as long as the app exists. */
  storage(app: string, environment: string): string {
    return join(this.app(app), 'storage', environment)
  }
  /** What the instances of now have for themselves. */
  places(app: string): string {
    return join(this.app(app), 'places')
  }
  logs(app: string): string {
    return join(this.app(app), 'logs')
  }
}
