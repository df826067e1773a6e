import { s as UserError } from "./errors.js";
import { r as isLoopback } from "./listen.js";
// src/cli/connection-error.ts
/** The server failed, or went away in the middle: nothing that other input would change. */
var ServerError = class extends UserError {};
/** A connection that was there broke, or something in front of the server does not reach it for now. */
var LostError = class extends ServerError {};
/** Nobody answers. */
var UnreachableError = class extends UserError {};
const NOT_THERE = /* @__PURE__ */ new Set([
	"ENOENT",
	"ENOTDIR",
	"ECONNREFUSED"
]);
const NO_WAY = /* @__PURE__ */ new Set([
	"ECONNREFUSED",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"EHOSTDOWN",
	"ETIMEDOUT"
]);
const NO_NAME = /* @__PURE__ */ new Set([
	"ENOTFOUND",
	"EAI_AGAIN",
	"EAI_NODATA"
]);
/** What somebody can do who has just begun, or who is in the wrong folder. */
const SOMEWHERE = "go to a checkout that says where its app runs, by `engine: ecs` in gantry.yml (`gantry init` writes one) or a git remote `gantry`; or name a server with --server or GANTRY_SERVER; or start one here: `gantry server`";
/** What an error before any answer means. */
function unreachable(endpoint, error) {
	if (endpoint.kind === "remote") return remoteUnreachable(endpoint, error);
	const { home, isDefault } = endpoint;
	if (NOT_THERE.has(error.code ?? "")) return new UnreachableError(`no Gantry server runs for this home: ${home}${isDefault ? ", and nothing here says that another one is meant" : ""}`, {
		hint: isDefault ? SOMEWHERE : `start one: gantry server --home ${home}`,
		cause: error
	});
	if (error.code === "EACCES" || error.code === "EPERM") return new UserError(`the server of ${home} belongs to another user`, {
		hint: "run this as that user, or name your own with --home or GANTRY_HOME",
		cause: error
	});
	return lost(endpoint, error);
}
/** What an error after the first byte of an answer means. */
function lost(endpoint, cause) {
	return new LostError("the connection to the server broke", {
		hint: endpoint.kind === "home" ? `is it still running? its log says more; its home is ${endpoint.home}` : `it is ${endpoint.name}: is it still running?`,
		cause
	});
}
function remoteUnreachable(endpoint, error) {
	const { url, name } = endpoint;
	const { code = "", message } = error;
	const { host, hostname, protocol } = new URL(url);
	if (NO_NAME.has(code)) return new UnreachableError(`there is no machine ${hostname} to be found`, {
		hint: `is ${name} the address of the server?${ofProxy()}`,
		cause: error
	});
	if (NO_WAY.has(code)) return new UnreachableError(`no server answers at ${name}`, {
		hint: `is it running, and can it be reached from here?${isLoopback(hostname) ? "" : ofProxy()}`,
		cause: error
	});
	if (protocol === "https:" && isHandshake(code)) return new UserError(`${host} does not speak TLS as it should: ${reasonOf(error)}`, {
		hint: "does it serve http:// there, or is something else listening?",
		cause: error
	});
	if (protocol === "https:" && isCertificate(code)) return new UserError(`the certificate of ${host} cannot be trusted: ${message}`, {
		hint: "where it is signed by an authority of your own, name that in NODE_EXTRA_CA_CERTS",
		cause: error
	});
	if (code.startsWith("HPE_")) return noGantry(name, "it does not speak HTTP");
	return lost(endpoint, error);
}
/** Node looks for a proxy only where it is told to: https://nodejs.org/api/cli.html#node_use_env_proxy1 */
function ofProxy() {
	const { NODE_USE_ENV_PROXY, HTTPS_PROXY, https_proxy } = process.env;
	if (NODE_USE_ENV_PROXY === "1" || !(HTTPS_PROXY || https_proxy)) return "";
	return " HTTPS_PROXY is used with NODE_USE_ENV_PROXY=1";
}
/** Of the codes of OpenSSL, and of Node's own. */
function isHandshake(code) {
	return code === "EPROTO" || code.startsWith("ERR_SSL_");
}
/** The reasons of OpenSSL's X509_V_ERR_*, as Node names them. */
function isCertificate(code) {
	return code.startsWith("ERR_TLS_CERT_") || /^[A-Z0-9_]*(?:CERT|CRL|CHAIN|ISSUER|SIGNATURE)/.test(code);
}
function reasonOf(error) {
	return typeof error.reason === "string" ? error.reason : error.code ?? error.message;
}
function noGantry(name, because) {
	return new UserError(`what answers at ${name} is no Gantry server: ${because}`, { hint: "check the address, and that nothing in front of it answers by itself" });
}
export { noGantry as a, lost as i, ServerError as n, unreachable as o, UnreachableError as r, LostError as t };
