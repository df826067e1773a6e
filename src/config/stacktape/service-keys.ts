import { approximated, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { KeyRule, Section } from '../catalogue/catalogue.ts'
import { oneOf } from '../gantry-yml/scalars.ts'
import {
  accessRules,
  balancerCheckRules,
  imageRules,
  lifeRules,
  namedContainerRules,
  placeRules,
  SIDE_CONTAINER,
  sizeRules,
} from './container-keys.ts'
import { PortNumber, Strategy, Text } from './rules.ts'

const IN_FRONT_HINT = 'Set it up on the load balancer or proxy in front.'
const FUNCTION_HINT = 'Write a task with `run: post_deploy` in gantry.yml.'
const ROLLING = 'new instances take over one by one; no share of the traffic goes ahead'
const inFront = unsupported('Gantry makes no load balancers and domains', IN_FRONT_HINT)

const deploymentRules: Readonly<Record<string, KeyRule>> = {
  deployment: honoured('how new instances take over', { rows: 'SW-03' }),
  'deployment.strategy': approximated(ROLLING, {
    value: Strategy,
    required: true,
    hint: 'Say how they take over under `rollout` in gantry.yml.',
    rows: 'SW-03',
  }),
  'deployment.beforeAllowTrafficFunction': unsupported('Gantry calls no functions', FUNCTION_HINT),
  'deployment.afterTrafficShiftFunction': unsupported('Gantry calls no functions', FUNCTION_HINT),
  'deployment.testListenerPort': unsupported('there is no traffic for tests', 'Leave it out.'),
}

const serviceRules: Readonly<Record<string, KeyRule>> = {
  ...imageRules,
  ...sizeRules,
  ...lifeRules,
  'sideContainers[]': honoured('one of `containers`', { section: SIDE_CONTAINER }),
  ...accessRules,
  ...placeRules,
}

const protocolRule = approximated('connections are TCP; nothing is measured by protocol', {
  value: oneOf(['http', 'http2', 'grpc']),
  hint: 'Measure it in the code.',
})

const WEB_BALANCERS: Readonly<Record<string, Section>> = {
  'http-api-gateway': {
    title: 'Load balancing by `http-api-gateway`',
    keys: {
      type: approximated('it is reached through the proxy or load balancer in front', {
        hint: IN_FRONT_HINT,
      }),
    },
  },
  'application-load-balancer': {
    title: 'Load balancing by `application-load-balancer`',
    keys: {
      type: honoured('the target group is `ecs.target_group` in gantry.yml'),
      properties: honoured('the check; `/` every 5 s where there is none'),
      ...balancerCheckRules('properties.', false),
    },
  },
  'network-load-balancer': {
    title: 'Load balancing by `network-load-balancer`',
    keys: {
      type: honoured('the target group is `ecs.target_group` in gantry.yml'),
      properties: honoured('ports and check', { required: true }),
      ...balancerCheckRules('properties.', true),
      'properties.ports': honoured('`port`: that of the first one', { required: true }),
      'properties.ports[].port': approximated('it is reached at the port of the load balancer or proxy', {
        hint: IN_FRONT_HINT,
        value: PortNumber,
        required: true,
      }),
      'properties.ports[].protocol': approximated('TLS ends at the load balancer or proxy', {
        hint: IN_FRONT_HINT,
        value: oneOf(['TCP', 'TLS']),
      }),
      'properties.ports[].containerPort': honoured('`port`', { value: PortNumber }),
    },
  },
}

const PRIVATE_BALANCERS: Readonly<Record<string, Section>> = {
  'service-connect': {
    title: 'Load balancing by `service-connect`',
    keys: { type: honoured('Service Connect, in the namespace that `ecs.namespace` names') },
  },
  'application-load-balancer': {
    title: 'Load balancing of a `private-service` by `application-load-balancer`',
    keys: {
      type: approximated('Service Connect, in the namespace that `ecs.namespace` names', {
        hint: 'Let other processes call it by the name of the process.',
      }),
    },
  },
}

const WEB: Readonly<Record<string, KeyRule>> = {
  ...serviceRules,
  loadBalancing: honoured('what is in front', {
    variants: { by: 'type', sections: WEB_BALANCERS },
    rows: 'SW-09',
  }),
  ...deploymentRules,
  cors: inFront,
  customDomains: inFront,
  cdn: inFront,
  useFirewall: inFront,
  alarms: unsupported('Gantry makes no alarms', 'Make them in the monitoring of your choice.'),
  disabledGlobalAlarms: unsupported('Gantry makes no alarms', 'Leave it out.'),
}

const PRIVATE: Readonly<Record<string, KeyRule>> = {
  ...serviceRules,
  port: honoured('`port`; 3000 where there is none', { value: PortNumber }),
  protocol: protocolRule,
  loadBalancing: honoured('how other processes reach it', {
    variants: { by: 'type', sections: PRIVATE_BALANCERS },
    rows: 'SW-10',
  }),
}

const routeRule = unsupported('requests are not routed by it', IN_FRONT_HINT)
const routing = (names: readonly string[]): Record<string, KeyRule> =>
  Object.fromEntries(names.map((name) => [`properties.${name}`, routeRule]))
const event = (title: string, text: string, more: Readonly<Record<string, KeyRule>>): Section => ({
  title: `The event \`${title}\` of a container`,
  keys: {
    type: honoured(text),
    properties: honoured('the port', { required: true }),
    'properties.containerPort': honoured('`port`: that of the first event by which it is reached', {
      value: PortNumber,
      required: true,
    }),
    ...more,
  },
})
const BALANCED = ['loadBalancerName', 'listenerPort']
const EVENTS: Readonly<Record<string, Section>> = {
  'http-api-gateway': event(
    'http-api-gateway',
    '`expose: public`',
    routing(['httpApiGatewayName', 'method', 'path', 'authorizer', 'payloadFormat']),
  ),
  'application-load-balancer': event(
    'application-load-balancer',
    '`expose: public`',
    routing([...BALANCED, 'priority', 'paths', 'methods', 'hosts', 'headers', 'queryParams', 'sourceIps']),
  ),
  'network-load-balancer': event('network-load-balancer', '`expose: public`', routing(BALANCED)),
  'service-connect': event('service-connect', '`expose: private`', {
    'properties.alias': approximated('other processes reach it by the name of the process', {
      value: Text,
      hint: 'Let them call it by that name.',
    }),
    'properties.protocol': protocolRule,
  }),
  'workload-internal': event(
    'workload-internal',
    'its `port`: the containers of an instance reach each other at `localhost`',
    {},
  ),
}

const CONTAINER: Section = {
  title: 'A container of a `multi-container-workload`',
  keys: {
    ...namedContainerRules,
    'events[]': honoured('who reaches it', { variants: { by: 'type', sections: EVENTS } }),
    loadBalancerHealthCheck: honoured('`health_check`; `readiness` where there is an `internalHealthCheck`'),
    ...balancerCheckRules('loadBalancerHealthCheck.', true),
  },
}

const WORKLOAD: Readonly<Record<string, KeyRule>> = {
  containers: honoured(
    'the one that is reached from outside, else the first essential one, is the process; the others are its `containers`',
    { required: true, rows: 'SW-12' },
  ),
  'containers[]': honoured('a container of each instance', { section: CONTAINER }),
  ...sizeRules,
  ...accessRules,
  ...placeRules,
  ...deploymentRules,
}

/** The section of a resource: its type, and the keys of its `properties`. */
export function resourceSection(
  type: string,
  rule: KeyRule,
  properties: Readonly<Record<string, KeyRule>>,
): Section {
  return {
    title: `A \`${type}\``,
    keys: {
      type: rule,
      properties: honoured('its settings', { required: true }),
      ...Object.fromEntries(Object.entries(properties).map(([key, each]) => [`properties.${key}`, each])),
      overrides: unsupported('Gantry makes no CloudFormation resources', 'Leave it out.'),
    },
  }
}

export const SERVICES: Readonly<Record<string, Section>> = {
  'worker-service': resourceSection(
    'worker-service',
    honoured('a process with `expose: none`', { rows: 'SW-01, SW-11' }),
    serviceRules,
  ),
  'web-service': resourceSection(
    'web-service',
    honoured('a process with `expose: public`', { rows: 'SW-09' }),
    WEB,
  ),
  'private-service': resourceSection(
    'private-service',
    honoured('a process with `expose: private`', { rows: 'SW-10' }),
    PRIVATE,
  ),
  'multi-container-workload': resourceSection(
    'multi-container-workload',
    honoured('a process with `containers`', { rows: 'SW-12' }),
    WORKLOAD,
  ),
}
