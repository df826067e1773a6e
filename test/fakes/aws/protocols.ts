import type { IncomingMessage } from 'node:http'

import { AwsError } from './aws-error.ts'
import type { Input } from './service.ts'

/** A request without its body, with the names of its headers in small letters. */
export type RequestHead = Pick<IncomingMessage, 'headers' | 'method' | 'url'>

export interface Request {
  service: string
  operation: string
  input: Input
}

export interface Response {
  status: number
  headers: Record<string, string>
  body: string
}

/** The `X-Amz-Target` of the services that speak AWS JSON 1.1. */
const TARGETS: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  AmazonSSM: 'ssm',
  secretsmanager: 'secretsmanager',
  Logs_20140328: 'logs',
  AnyScaleFrontendService: 'autoscaling',
}

/** The services that speak forms and XML, by the version of their API that a form names. */
const FORMS: Readonly<Record<string, string>> = {
  '2015-12-01': 'elb',
  '2016-11-15': 'ec2',
  '2010-05-08': 'iam',
}

/** Which operation of which service a request is, in any of the protocols that the services use. */
export function readRequest(request: RequestHead, body: string): Request {
  const target = request.headers['x-amz-target']
  if (typeof target === 'string') {
    const [prefix = '', operation = ''] = target.split('.')
    const service = TARGETS[prefix]
    if (service === undefined) throw new AwsError('UnknownOperationException', `no service ${prefix}`)
    return { service, operation, input: jsonInput(body) }
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const { Action, Version, ...input } = queryInput(new URLSearchParams(body))
    const service = FORMS[String(Version)]
    if (service === undefined) throw new AwsError('InvalidAction', `no service of version ${String(Version)}`)
    return { service, operation: String(Action), input }
  }
  return schedulerRequest(request, body)
}

/** JSON of version 1.1 and REST differ in their type only. */
function jsonType(service: string): string {
  return service === 'scheduler' ? 'application/json' : 'application/x-amz-json-1.1'
}

export function writeResponse({ service, operation }: Request, output: unknown): Response {
  if (service === 'ec2')
    return xmlResponse(200, `<${operation}Response>${xml(output, 'item')}</${operation}Response>`)
  if (isForm(service)) {
    const result = `${operation}Result`
    return xmlResponse(
      200,
      `<${operation}Response><${result}>${xml(output)}</${result}></${operation}Response>`,
    )
  }
  return {
    status: 200,
    headers: { 'content-type': jsonType(service) },
    body: JSON.stringify(output ?? {}),
  }
}

export function writeError(service: string, error: AwsError): Response {
  const { code, message, status } = error
  if (service === 'ec2') {
    const errors = { Errors: { Error: { Code: code, Message: message } }, RequestID: 'fake' }
    return xmlResponse(status, `<Response>${xml(errors)}</Response>`)
  }
  if (isForm(service)) {
    const error = { Error: { Type: 'Sender', Code: code, Message: message } }
    return xmlResponse(status, `<ErrorResponse>${xml(error)}</ErrorResponse>`)
  }
  return {
    status,
    headers: { 'content-type': jsonType(service), 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message, Message: message }),
  }
}

function isForm(service: string): boolean {
  return Object.values(FORMS).includes(service)
}

function xmlResponse(status: number, body: string): Response {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}

function jsonInput(body: string): Input {
  try {
    return JSON.parse(body || '{}') as Input
  } catch {
    throw new AwsError('SerializationException', 'The body is no JSON')
  }
}

const SCHEDULE_VERBS: Readonly<Record<string, string>> = {
  GET: 'Get',
  POST: 'Create',
  PUT: 'Update',
  DELETE: 'Delete',
}

/** What members of an input are called in the query of an address. */
const IN_QUERY: Readonly<Record<string, string>> = {
  groupName: 'GroupName',
  ScheduleGroup: 'GroupName',
  clientToken: 'ClientToken',
}

/** EventBridge Scheduler speaks REST: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html */
function schedulerRequest(request: RequestHead, body: string): Request {
  const url = new URL(request.url ?? '/', 'http://fake')
  const [, kind, name] = url.pathname.split('/').map(decodeURIComponent)
  const verb = SCHEDULE_VERBS[request.method ?? '']
  if (kind !== 'schedules' || verb === undefined) {
    throw new AwsError('UnknownOperationException', `no operation ${request.method} ${url.pathname}`)
  }
  const query = Object.fromEntries(
    [...url.searchParams].map(([member, value]) => [IN_QUERY[member] ?? member, value]),
  )
  return {
    service: 'scheduler',
    operation: name === undefined ? 'ListSchedules' : `${verb}Schedule`,
    input: { ...query, ...(name !== undefined && { Name: name }), ...jsonInput(body) },
  }
}

/**
 * `Names.member.1=a` as `{ Names: ['a'] }`, and so EC2's `Names.1=a`: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html,
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
function queryInput(form: URLSearchParams): Input {
  const root: Input = {}
  for (const [key, value] of form) {
    const path = key.split('.').filter((part) => part !== 'member')
    let node = root
    for (const [index, part] of path.entries()) {
      if (index === path.length - 1) node[part] = value
      else node = (node[part] ??= {}) as Input
    }
  }
  return lists(root) as Input
}

function lists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]) => [key, lists(each)] as const)
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))
  return isList ? entries.map(([, each]) => each) : Object.fromEntries(entries)
}

/** What is in a list is called `member`, or by EC2 `item`. */
function xml(value: unknown, item = 'member'): string {
  if (Array.isArray(value)) return value.map((each) => `<${item}>${xml(each, item)}</${item}>`).join('')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, each]) => each !== undefined && each !== null)
      .map(([key, each]) => `<${key}>${xml(each, item)}</${key}>`)
      .join('')
  }
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
