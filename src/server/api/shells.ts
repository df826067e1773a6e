import type { Answer } from './answers.ts'
import { HttpError } from './failure.ts'
import { look, type Route } from './route.ts'
import { ShellSession } from './shell-session.ts'
import { takeUpgrade } from '../upgrade.ts'
import type { ShellDoor, ShellServer } from '../shell-door.ts'

/** The connection leaves HTTP, and is for one command that somebody talks to. */
const webSocket: Answer<{ door: ShellDoor; serve: ShellServer }> = {
  status: 101,
  description: 'A WebSocket.',
  content: null,
  headers: {},
  send: ({ req: request }, { door, serve }) => {
    // No page has any business here, and one could make a browser send what it knows of the user.
    if (request.headers.origin !== undefined) throw new HttpError(403, 'no browser may open this')
    if (!door.hasRoom)
      throw new HttpError(503, 'too many shells are open', { hint: 'wait for one of them to end' })
    const upgrade = takeUpgrade(request)
    if (upgrade === null) throw new HttpError(426, 'this is opened as a WebSocket')
    door.accept(request, upgrade, serve)
  },
  keep: () => ({ status: 101, body: null }),
  resumes: false,
}

export const SHELL_ROUTES: readonly Route[] = [
  look({
    id: 'shell.open',
    path: '/apps/{app}/shells',
    needs: 'operate',
    summary: 'Talk to a command, in a fresh instance or in one that runs',
    description:
      'A WebSocket. The first message says what is to be opened, as JSON: `{"type": "open", "kind": "exec", "process": "web", "command": null, "terminal": {"columns": 80, "rows": 24, "type": "xterm"}}`. Binary frames are what is typed and, behind one byte that is 0 for the output and 1 for the errors, what the command writes. Who goes away ends it.',
    answer: webSocket,
    errors: { 426: 'The request does not ask for a WebSocket.' },
    handle: (call) => ({
      door: call.context.shells,
      serve: (socket, closing) => new ShellSession(socket, call, closing).serve(),
    }),
  }),
]
