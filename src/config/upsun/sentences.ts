// What several keys of the catalogues say.

export const IMAGE_TEXT =
  'no base image is chosen by it; the image is built from the Dockerfile, or on the local engine from the tree itself'
export const IMAGE_HINT = 'Name the version in the Dockerfile, or install it where the local engine runs.'
export const BUILD_HINT = 'Do it in the Dockerfile, or on the local engine in `build.command` of gantry.yml.'
export const SERVICE_TEXT =
  'Gantry makes no databases, queues and caches, and no variables with their addresses'
export const SERVICE_HINT =
  'Create it yourself, and give its address with `gantry env set NAME --secret`; with `--process P` to one process alone.'
export const RELATIONSHIP_HINT =
  'Give addresses with `gantry env set NAME --secret`; with `--process P` to one process alone.'
export const STORAGE_HINT =
  'Keep files that must stay in a bucket or a database; on the local engine also below `$HOME`.'
export const MOUNT_HINT = 'Let one app have it, or keep the files in a bucket.'
export const STATIC_TEXT = 'there is no web server in front of the process, so no files are served'
export const STATIC_HINT = 'Serve them in the app, or with a CDN.'
export const PASSTHRU_HINT = 'Let the process answer every path.'
export const PROXY_TEXT = 'it is up to the proxy or load balancer in front'
export const PROXY_HINT = 'Set it there.'
export const ELSEWHERE_TEXT = 'Gantry redirects nothing, and passes nothing on to other addresses'
export const ELSEWHERE_HINT = 'Let the proxy or load balancer in front do it.'
export const SIZE_HINT = 'Set `cpu` and `memory` of the process in gantry.yml.'
