import { quote } from '../text.ts'
import { child, derived, given, itemsOf, placeOf, scalar, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { byBlueKing } from './context.ts'
import type { ModuleContext } from './context.ts'
import { CONTAINER_PORT, exposeWeb } from './processes.ts'
import type { Described } from './processes.ts'

/**
 * Adds port and exposure of the processes of version 3 from their services; gives the ports. Where no service of the
 * module is exposed, `web` is the entrance (row BK-23), although BlueKing has asked for a service since 1.6.0.
 */
export function addServices(
  deployed: ReadonlyMap<string, Described>,
  context: ModuleContext,
): Map<string, number> {
  const { draft, reading } = context
  const ports = new Map<string, number>()
  const entrances: Value[] = []
  exposeWeb(deployed, context)
  for (const [name, { entry }] of deployed) {
    const services = itemsOf(child(entry, 'services'))
    const exposed = services.filter((each) => given(each, 'exposedType') !== undefined)
    entrances.push(...exposed)
    const service = exposed[0] ?? services[0]
    const port = portOf(child(service, 'targetPort') ?? given(entry, 'targetPort'), name)
    if (port !== null) {
      ports.set(name, port.number)
      draft.set(['processes', name, 'port'], port.value)
    }
    refuseTwins(services, context)
    for (const each of services) tellService(each, name, each === service, context)
    if (service !== undefined) {
      const expose = exposed.length > 0 ? 'public' : 'private'
      draft.set(['processes', name, 'expose'], derived(expose, given(service, 'exposedType') ?? service))
    }
  }
  refuseSecond(entrances, context)
  const web = deployed.get('web')
  if (web === undefined) return ports
  if (itemsOf(child(web.entry, 'services')).length > 0) return ports
  if (entrances.length > 0) draft.set(['processes', 'web', 'expose'], scalar('none', byBlueKing))
  else {
    reading.warn('web is public, although no service of the module is exposed', {
      place: web.entry.key ?? placeOf(web.entry),
      hint: 'Write `expose: none` for it in gantry.yml, or give it a service with an exposedType.',
    })
  }
  return ports
}

function portOf(target: Value | undefined, name: string): { number: number; value: Value } | null {
  if (target?.kind === 'scalar') {
    const text = String(target.value)
    const number = /^\d+$/.test(text) ? Number(text) : CONTAINER_PORT
    return { number, value: derived(number, target) }
  }
  return name === 'web' ? { number: CONTAINER_PORT, value: scalar(CONTAINER_PORT, byBlueKing) } : null
}

function tellService(service: Value, process: string, isTaken: boolean, { reading }: ModuleContext): void {
  const name = child(service, 'name')
  if (name !== undefined && textAt(service, 'name') === process) {
    reading.keys.change(name, 'honoured', 'the other processes reach it by this name')
  }
  const protocol = child(service, 'protocol')
  if (protocol?.kind === 'scalar' && protocol.text !== 'TCP') {
    reading.keys.change(protocol, 'unsupported', 'instances are reached over TCP only', 'Use TCP.')
  }
  const exposed = child(child(service, 'exposedType'), 'name')
  if (exposed?.kind === 'scalar' && exposed.text === 'bk/grpc') {
    const how = '`expose: public`; whether gRPC comes through is up to the proxy or load balancer in front'
    const hint = 'See that it speaks HTTP/2 to the instances.'
    reading.keys.change(exposed, 'approximated', how, hint)
  }
  const target = child(service, 'targetPort')
  if (isTaken || target === undefined) return
  const hint = 'Make it a process of its own, or serve both at one port.'
  reading.keys.change(
    target,
    'unsupported',
    'a process has one port: that of the first or exposed service',
    hint,
  )
}

/** BlueKing refuses two services of one name or one port. */
function refuseTwins(services: readonly Value[], { reading }: ModuleContext): void {
  for (const key of ['name', 'targetPort']) {
    const seen = new Set<string>()
    for (const each of services) {
      const text = textAt(each, key)
      if (text === undefined) continue
      if (seen.has(text)) {
        reading.error(`Two services of one process have the ${key} ${quote(text)}`, {
          place: placeOf(child(each, key)!),
          hint: 'Leave out one of them, or change it.',
        })
      }
      seen.add(text)
    }
  }
}

function refuseSecond(entrances: readonly Value[], { reading }: ModuleContext): void {
  for (const second of entrances.slice(1)) {
    const type = child(second, 'exposedType')!
    reading.error('A module has at most one service with an exposedType', {
      place: type.key ?? placeOf(type),
      hint: 'Leave out all but one.',
    })
  }
}
