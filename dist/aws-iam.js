import { A as EndpointCache, Bn as fromBase64, Ct as getSchemaSerdePlugin, Dt as Client, E as customEndpointFunctions, Fn as toUtf8, H as NODE_REGION_CONFIG_FILE_OPTIONS, J as init_client, L as init_config, Ln as toBase64, M as BinaryDecisionDiagram, Pt as loadConfig, Rn as fromUtf8, S as decideEndpoint, U as NODE_REGION_CONFIG_OPTIONS, V as resolveRegionConfig, Vt as calculateBodyLength, X as makeBuilder, Z as NoOpLogger, _ as getEndpointPlugin, _t as TypeRegistry, bn as normalizeProvider, ct as ServiceException, gn as parseUrl, ht as init_schema, it as emitWarningIfUnsupportedVersion, jn as getSmithyContext, jt as NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, kt as NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, l as init_serde, n as init_checksum, r as Sha256Node, rt as resolveDefaultRuntimeConfig, st as loadConfigsForDefaultMode, tt as getDefaultExtensionConfiguration, v as init_endpoints, y as resolveEndpointConfig, z as resolveDefaultsModeConfig } from "./checksum.js";
import { A as init_retry, C as NODE_APP_ID_CONFIG_OPTIONS, D as getUserAgentPlugin, F as resolveRetryConfig, H as DefaultIdentityProviderConfig, I as DEFAULT_RETRY_MODE, J as getRecursionDetectionPlugin, K as getHttpAuthSchemeEndpointRuleSetPlugin, M as NODE_MAX_ATTEMPT_CONFIG_OPTIONS, N as NODE_RETRY_MODE_CONFIG_OPTIONS, Q as getHostHeaderPlugin, T as createDefaultUserAgentProvider, V as init_dist_es, W as getHttpSigningPlugin, X as getLoggerPlugin, _ as init_client$2, at as getHttpHandlerExtensionConfiguration, b as resolveAwsRegionExtensionConfiguration, c as require_dist_cjs$1, ct as getDefaultSocketTimeout, d as resolveAwsSdkSigV4Config, et as resolveHostHeaderConfig, f as NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, k as getRetryPlugin, m as AwsSdkSigV4Signer, n as init_protocols, o as AwsQueryProtocol, rt as getContentLengthPlugin, st as resolveHttpHandlerRuntimeConfig, t as require_dist_cjs, tt as init_protocols$1, u as init_httpAuthSchemes, ut as emitWarningIfUnsupportedVersion$1, v as getAwsRegionExtensionConfiguration, x as awsEndpointFunctions, z as resolveUserAgentConfig } from "./dist-cjs.js";
// node_modules/@aws-sdk/client-iam/dist-es/auth/httpAuthSchemeProvider.js
init_httpAuthSchemes();
init_client();
const defaultIAMHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "iam",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultIAMHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-iam/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "iam"
	});
};
const commonParams = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-iam/package.json
var version = "3.1169.0";
// node_modules/@aws-sdk/client-iam/dist-es/endpoint/bdd.js
init_endpoints();
const v = "ref";
const w = "authSchemes";
const x = "name";
const y = "signingRegion";
const a = -1;
const b = true;
const c = "isSet";
const d = "PartitionResult";
const e = "stringEquals";
const f = "booleanEquals";
const g = "getAttr";
const h = { [v]: "Endpoint" };
const i = {
	"fn": g,
	"argv": [{ [v]: d }, "name"]
};
const j = { [v]: d };
const k = { [w]: [{
	[x]: "sigv4",
	[y]: "us-east-1"
}] };
const l = { [w]: [{
	[x]: "sigv4",
	[y]: "cn-north-1"
}] };
const m = { [w]: [{
	[x]: "sigv4",
	[y]: "us-gov-west-1"
}] };
const n = { [w]: [{
	[x]: "sigv4",
	[y]: "us-iso-east-1"
}] };
const o = { [w]: [{
	[x]: "sigv4",
	[y]: "us-isob-east-1"
}] };
const p = { [w]: [{
	[x]: "sigv4",
	[y]: "eu-isoe-west-1"
}] };
const q = { [w]: [{
	[x]: "sigv4",
	[y]: "us-isof-south-1"
}] };
const s = { [w]: [{
	[x]: "sigv4",
	[y]: "eusc-de-east-1"
}] };
const t = { [w]: [{
	[x]: "sigv4",
	[y]: "{PartitionResult#implicitGlobalRegion}"
}] };
const u = [{ [v]: "Region" }];
const _data = {
	conditions: [
		[c, [h]],
		[c, u],
		[
			"aws.partition",
			u,
			d
		],
		[e, [i, "aws"]],
		[e, [i, "aws-cn"]],
		[e, [i, "aws-us-gov"]],
		[e, [i, "aws-iso"]],
		[f, [{ [v]: "UseFIPS" }, b]],
		[f, [{ [v]: "UseDualStack" }, b]],
		[e, [i, "aws-iso-b"]],
		[e, [i, "aws-iso-e"]],
		[e, [i, "aws-iso-f"]],
		[e, [i, "aws-eusc"]],
		[f, [{
			fn: g,
			argv: [j, "supportsDualStack"]
		}, b]],
		[f, [{
			fn: g,
			argv: [j, "supportsFIPS"]
		}, b]]
	],
	results: [
		[a],
		[a, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[h, {}],
		["https://iam.amazonaws.com", k],
		["https://iam-fips.amazonaws.com", k],
		["https://iam.global.api.aws", k],
		["https://iam-fips.global.api.aws", k],
		["https://iam.global.api.amazonwebservices.com.cn", l],
		["https://iam-fips.api.amazonwebservices.com.cn", l],
		["https://iam.cn-north-1.amazonaws.com.cn", l],
		["https://iam-fips.amazonaws.com.cn", l],
		["https://iam.us-gov.api.aws", m],
		["https://iam.us-gov.amazonaws.com", m],
		["https://iam.us-iso-east-1.c2s.ic.gov", n],
		["https://iam-fips.us-iso-east-1.c2s.ic.gov", n],
		["https://iam.api.aws.ic.gov", n],
		["https://iam-fips.api.aws.ic.gov", n],
		["https://iam.us-isob-east-1.sc2s.sgov.gov", o],
		["https://iam-fips.us-isob-east-1.sc2s.sgov.gov", o],
		["https://iam.api.aws.scloud", o],
		["https://iam-fips.api.aws.scloud", o],
		["https://iam.eu-isoe-west-1.cloud.adc-e.uk", p],
		["https://iam-fips.cloud.adc-e.uk", p],
		["https://iam.api.cloud-aws.adc-e.uk", p],
		["https://iam-fips.api.cloud-aws.adc-e.uk", p],
		["https://iam.us-isof-south-1.csp.hci.ic.gov", q],
		["https://iam-fips.csp.hci.ic.gov", q],
		["https://iam.api.aws.hci.ic.gov", q],
		["https://iam-fips.api.aws.hci.ic.gov", q],
		["https://iam.eusc-de-east-1.amazonaws.eu", s],
		["https://iam-fips.amazonaws.eu", s],
		["https://iam.global.api.amazonwebservices.eu", s],
		["https://iam-fips.api.amazonwebservices.eu", s],
		["https://iam-fips.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dualStackDnsSuffix}", t],
		[a, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://iam-fips.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dnsSuffix}", t],
		[a, "FIPS is enabled but this partition does not support FIPS"],
		["https://iam.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dualStackDnsSuffix}", t],
		[a, "DualStack is enabled but this partition does not support DualStack"],
		["https://iam.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dnsSuffix}", t],
		[a, "Invalid Configuration: Missing Region"]
	]
};
const root = 2;
const nodes = new Int32Array([
	-1,
	1,
	-1,
	0,
	42,
	3,
	1,
	4,
	100000041,
	2,
	5,
	100000041,
	3,
	39,
	6,
	4,
	36,
	7,
	5,
	35,
	8,
	6,
	32,
	9,
	7,
	20,
	10,
	8,
	15,
	11,
	9,
	100000018,
	12,
	10,
	100000022,
	13,
	11,
	100000026,
	14,
	12,
	100000030,
	100000040,
	9,
	100000020,
	16,
	10,
	100000024,
	17,
	11,
	100000028,
	18,
	12,
	100000032,
	19,
	13,
	100000038,
	100000039,
	8,
	26,
	21,
	9,
	100000019,
	22,
	10,
	100000023,
	23,
	11,
	100000027,
	24,
	12,
	100000031,
	25,
	14,
	100000036,
	100000037,
	9,
	100000021,
	27,
	10,
	100000025,
	28,
	11,
	100000029,
	29,
	12,
	100000033,
	30,
	13,
	31,
	100000035,
	14,
	100000034,
	100000035,
	7,
	34,
	33,
	8,
	100000016,
	100000014,
	8,
	100000017,
	100000015,
	8,
	100000012,
	100000013,
	7,
	38,
	37,
	8,
	100000008,
	100000010,
	8,
	100000009,
	100000011,
	7,
	41,
	40,
	8,
	100000006,
	100000004,
	8,
	100000007,
	100000005,
	7,
	100000001,
	43,
	8,
	100000002,
	100000003
]);
const bdd = BinaryDecisionDiagram.from(nodes, root, _data.conditions, _data.results);
// node_modules/@aws-sdk/client-iam/dist-es/endpoint/endpointResolver.js
init_client$2();
init_endpoints();
const cache = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver = (endpointParams, context = {}) => {
	return cache.get(endpointParams, () => decideEndpoint(bdd, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-iam/dist-es/models/IAMServiceException.js
init_client();
var IAMServiceException = class IAMServiceException extends ServiceException {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.iam#IAMServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, IAMServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-iam/dist-es/models/errors.js
var ConcurrentModificationException = class ConcurrentModificationException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#ConcurrentModificationException";
	name = "ConcurrentModificationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ConcurrentModificationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ConcurrentModificationException.prototype);
	}
};
var NoSuchEntityException = class NoSuchEntityException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#NoSuchEntityException";
	name = "NoSuchEntityException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "NoSuchEntityException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, NoSuchEntityException.prototype);
	}
};
var ServiceFailureException = class ServiceFailureException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#ServiceFailureException";
	name = "ServiceFailureException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "ServiceFailureException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServiceFailureException.prototype);
	}
};
var AccountNotManagementOrDelegatedAdministratorException = class AccountNotManagementOrDelegatedAdministratorException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#AccountNotManagementOrDelegatedAdministratorException";
	name = "AccountNotManagementOrDelegatedAdministratorException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AccountNotManagementOrDelegatedAdministratorException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccountNotManagementOrDelegatedAdministratorException.prototype);
		this.Message = opts.Message;
	}
};
var EntityAlreadyExistsException = class EntityAlreadyExistsException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#EntityAlreadyExistsException";
	name = "EntityAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "EntityAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EntityAlreadyExistsException.prototype);
	}
};
var InvalidInputException = class InvalidInputException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#InvalidInputException";
	name = "InvalidInputException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidInputException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidInputException.prototype);
	}
};
var LimitExceededException = class LimitExceededException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#LimitExceededException";
	name = "LimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LimitExceededException.prototype);
	}
};
var MalformedPolicyDocumentException = class MalformedPolicyDocumentException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#MalformedPolicyDocumentException";
	name = "MalformedPolicyDocumentException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "MalformedPolicyDocumentException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MalformedPolicyDocumentException.prototype);
	}
};
var NameConflictException = class NameConflictException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#NameConflictException";
	name = "NameConflictException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "NameConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, NameConflictException.prototype);
	}
};
var RoleModifiedException = class RoleModifiedException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#RoleModifiedException";
	name = "RoleModifiedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RoleModifiedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RoleModifiedException.prototype);
	}
};
var RoleTemplateDisabledException = class RoleTemplateDisabledException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#RoleTemplateDisabledException";
	name = "RoleTemplateDisabledException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RoleTemplateDisabledException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RoleTemplateDisabledException.prototype);
	}
};
var UnmodifiableEntityException = class UnmodifiableEntityException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#UnmodifiableEntityException";
	name = "UnmodifiableEntityException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnmodifiableEntityException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnmodifiableEntityException.prototype);
	}
};
var PolicyNotAttachableException = class PolicyNotAttachableException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#PolicyNotAttachableException";
	name = "PolicyNotAttachableException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PolicyNotAttachableException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PolicyNotAttachableException.prototype);
	}
};
var EntityTemporarilyUnmodifiableException = class EntityTemporarilyUnmodifiableException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#EntityTemporarilyUnmodifiableException";
	name = "EntityTemporarilyUnmodifiableException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "EntityTemporarilyUnmodifiableException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EntityTemporarilyUnmodifiableException.prototype);
	}
};
var InvalidUserTypeException = class InvalidUserTypeException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#InvalidUserTypeException";
	name = "InvalidUserTypeException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidUserTypeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidUserTypeException.prototype);
	}
};
var PasswordPolicyViolationException = class PasswordPolicyViolationException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#PasswordPolicyViolationException";
	name = "PasswordPolicyViolationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PasswordPolicyViolationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PasswordPolicyViolationException.prototype);
	}
};
var OpenIdIdpCommunicationErrorException = class OpenIdIdpCommunicationErrorException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#OpenIdIdpCommunicationErrorException";
	name = "OpenIdIdpCommunicationErrorException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OpenIdIdpCommunicationErrorException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpenIdIdpCommunicationErrorException.prototype);
	}
};
var ServiceNotSupportedException = class ServiceNotSupportedException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#ServiceNotSupportedException";
	name = "ServiceNotSupportedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceNotSupportedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceNotSupportedException.prototype);
	}
};
var DeleteConflictException = class DeleteConflictException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#DeleteConflictException";
	name = "DeleteConflictException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DeleteConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DeleteConflictException.prototype);
	}
};
var OrganizationNotFoundException = class OrganizationNotFoundException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#OrganizationNotFoundException";
	name = "OrganizationNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "OrganizationNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OrganizationNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var OrganizationNotInAllFeaturesModeException = class OrganizationNotInAllFeaturesModeException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#OrganizationNotInAllFeaturesModeException";
	name = "OrganizationNotInAllFeaturesModeException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "OrganizationNotInAllFeaturesModeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OrganizationNotInAllFeaturesModeException.prototype);
		this.Message = opts.Message;
	}
};
var ServiceAccessNotEnabledException = class ServiceAccessNotEnabledException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#ServiceAccessNotEnabledException";
	name = "ServiceAccessNotEnabledException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ServiceAccessNotEnabledException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceAccessNotEnabledException.prototype);
		this.Message = opts.Message;
	}
};
var FeatureDisabledException = class FeatureDisabledException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#FeatureDisabledException";
	name = "FeatureDisabledException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "FeatureDisabledException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, FeatureDisabledException.prototype);
	}
};
var InvalidAuthenticationCodeException = class InvalidAuthenticationCodeException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#InvalidAuthenticationCodeException";
	name = "InvalidAuthenticationCodeException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidAuthenticationCodeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidAuthenticationCodeException.prototype);
	}
};
var CallerIsNotManagementAccountException = class CallerIsNotManagementAccountException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#CallerIsNotManagementAccountException";
	name = "CallerIsNotManagementAccountException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "CallerIsNotManagementAccountException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CallerIsNotManagementAccountException.prototype);
		this.Message = opts.Message;
	}
};
var FeatureEnabledException = class FeatureEnabledException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#FeatureEnabledException";
	name = "FeatureEnabledException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "FeatureEnabledException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, FeatureEnabledException.prototype);
	}
};
var ReportGenerationLimitExceededException = class ReportGenerationLimitExceededException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#ReportGenerationLimitExceededException";
	name = "ReportGenerationLimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReportGenerationLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReportGenerationLimitExceededException.prototype);
	}
};
var CredentialReportExpiredException = class CredentialReportExpiredException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#CredentialReportExpiredException";
	name = "CredentialReportExpiredException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "CredentialReportExpiredException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CredentialReportExpiredException.prototype);
	}
};
var CredentialReportNotPresentException = class CredentialReportNotPresentException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#CredentialReportNotPresentException";
	name = "CredentialReportNotPresentException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "CredentialReportNotPresentException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CredentialReportNotPresentException.prototype);
	}
};
var CredentialReportNotReadyException = class CredentialReportNotReadyException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#CredentialReportNotReadyException";
	name = "CredentialReportNotReadyException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "CredentialReportNotReadyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CredentialReportNotReadyException.prototype);
	}
};
var UnrecognizedPublicKeyEncodingException = class UnrecognizedPublicKeyEncodingException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#UnrecognizedPublicKeyEncodingException";
	name = "UnrecognizedPublicKeyEncodingException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnrecognizedPublicKeyEncodingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnrecognizedPublicKeyEncodingException.prototype);
	}
};
var PolicyEvaluationException = class PolicyEvaluationException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#PolicyEvaluationException";
	name = "PolicyEvaluationException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "PolicyEvaluationException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, PolicyEvaluationException.prototype);
	}
};
var KeyPairMismatchException = class KeyPairMismatchException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#KeyPairMismatchException";
	name = "KeyPairMismatchException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "KeyPairMismatchException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, KeyPairMismatchException.prototype);
	}
};
var MalformedCertificateException = class MalformedCertificateException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#MalformedCertificateException";
	name = "MalformedCertificateException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "MalformedCertificateException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MalformedCertificateException.prototype);
	}
};
var DuplicateCertificateException = class DuplicateCertificateException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#DuplicateCertificateException";
	name = "DuplicateCertificateException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DuplicateCertificateException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateCertificateException.prototype);
	}
};
var InvalidCertificateException = class InvalidCertificateException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#InvalidCertificateException";
	name = "InvalidCertificateException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidCertificateException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidCertificateException.prototype);
	}
};
var DuplicateSSHPublicKeyException = class DuplicateSSHPublicKeyException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#DuplicateSSHPublicKeyException";
	name = "DuplicateSSHPublicKeyException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DuplicateSSHPublicKeyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateSSHPublicKeyException.prototype);
	}
};
var InvalidPublicKeyException = class InvalidPublicKeyException extends IAMServiceException {
	static shapeId = "com.amazonaws.iam#InvalidPublicKeyException";
	name = "InvalidPublicKeyException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidPublicKeyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidPublicKeyException.prototype);
	}
};
// node_modules/@aws-sdk/client-iam/dist-es/schemas/schemas_0.js
init_schema();
const _A = "Arn";
const _ANMODAE = "AccountNotManagementOrDelegatedAdministratorException";
const _AP = "AttachedPolicy";
const _APB = "AttachedPermissionsBoundary";
const _APt = "AttachedPolicies";
const _ARPD = "AssumeRolePolicyDocument";
const _CD = "CreateDate";
const _CINMAE = "CallerIsNotManagementAccountException";
const _CME = "ConcurrentModificationException";
const _CREE = "CredentialReportExpiredException";
const _CRNPE = "CredentialReportNotPresentException";
const _CRNRE = "CredentialReportNotReadyException";
const _D = "Description";
const _DCE = "DeleteConflictException";
const _DCEu = "DuplicateCertificateException";
const _DSSHPKE = "DuplicateSSHPublicKeyException";
const _EAEE = "EntityAlreadyExistsException";
const _ETUE = "EntityTemporarilyUnmodifiableException";
const _FDE = "FeatureDisabledException";
const _FEE = "FeatureEnabledException";
const _GR = "GetRole";
const _GRR = "GetRoleRequest";
const _GRRe = "GetRoleResponse";
const _IACE = "InvalidAuthenticationCodeException";
const _ICE = "InvalidCertificateException";
const _IIE = "InvalidInputException";
const _IPKE = "InvalidPublicKeyException";
const _IT = "IsTruncated";
const _IUTE = "InvalidUserTypeException";
const _K = "Key";
const _KPME = "KeyPairMismatchException";
const _LARP = "ListAttachedRolePolicies";
const _LARPR = "ListAttachedRolePoliciesRequest";
const _LARPRi = "ListAttachedRolePoliciesResponse";
const _LEE = "LimitExceededException";
const _LUD = "LastUsedDate";
const _M = "Message";
const _MCE = "MalformedCertificateException";
const _MI = "MaxItems";
const _MPDE = "MalformedPolicyDocumentException";
const _MSD = "MaxSessionDuration";
const _Ma = "Marker";
const _NCE = "NameConflictException";
const _NSEE = "NoSuchEntityException";
const _OIICEE = "OpenIdIdpCommunicationErrorException";
const _ONFE = "OrganizationNotFoundException";
const _ONIAFME = "OrganizationNotInAllFeaturesModeException";
const _PA = "PolicyArn";
const _PB = "PermissionsBoundary";
const _PBA = "PermissionsBoundaryArn";
const _PBT = "PermissionsBoundaryType";
const _PEE = "PolicyEvaluationException";
const _PN = "PolicyName";
const _PNAE = "PolicyNotAttachableException";
const _PPVE = "PasswordPolicyViolationException";
const _PPat = "PathPrefix";
const _Pa = "Path";
const _R = "Region";
const _RGLEE = "ReportGenerationLimitExceededException";
const _RIo = "RoleId";
const _RLU = "RoleLastUsed";
const _RME = "RoleModifiedException";
const _RN = "RoleName";
const _RTDE = "RoleTemplateDisabledException";
const _Ro = "Role";
const _SANEE = "ServiceAccessNotEnabledException";
const _SFE = "ServiceFailureException";
const _SNSE = "ServiceNotSupportedException";
const _SRT = "SourceRoleTemplate";
const _T = "Tags";
const _TA = "TemplateArn";
const _TMV = "TemplateMinorVersion";
const _Ta = "Tag";
const _UEE = "UnmodifiableEntityException";
const _UPKEE = "UnrecognizedPublicKeyEncodingException";
const _Val = "Value";
const _aPLT = "attachedPoliciesListType";
const _aQE = "awsQueryError";
const _c = "client";
const _e = "error";
const _hE = "httpError";
const _m = "message";
const _s = "smithy.ts.sdk.synthetic.com.amazonaws.iam";
const _se = "server";
const _tLT = "tagListType";
const n0 = "com.amazonaws.iam";
const _s_registry = new TypeRegistry(_s);
var IAMServiceException$ = [
	-3,
	_s,
	"IAMServiceException",
	0,
	[],
	[]
];
_s_registry.registerError(IAMServiceException$, IAMServiceException);
const n0_registry = new TypeRegistry(n0);
var AccountNotManagementOrDelegatedAdministratorException$ = [
	-3,
	n0,
	_ANMODAE,
	{
		[_e]: _c,
		[_hE]: 400
	},
	[_M],
	[0]
];
n0_registry.registerError(AccountNotManagementOrDelegatedAdministratorException$, AccountNotManagementOrDelegatedAdministratorException);
var CallerIsNotManagementAccountException$ = [
	-3,
	n0,
	_CINMAE,
	{
		[_e]: _c,
		[_hE]: 400
	},
	[_M],
	[0]
];
n0_registry.registerError(CallerIsNotManagementAccountException$, CallerIsNotManagementAccountException);
var ConcurrentModificationException$ = [
	-3,
	n0,
	_CME,
	{
		[_aQE]: [`ConcurrentModification`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(ConcurrentModificationException$, ConcurrentModificationException);
var CredentialReportExpiredException$ = [
	-3,
	n0,
	_CREE,
	{
		[_aQE]: [`ReportExpired`, 410],
		[_e]: _c,
		[_hE]: 410
	},
	[_m],
	[0]
];
n0_registry.registerError(CredentialReportExpiredException$, CredentialReportExpiredException);
var CredentialReportNotPresentException$ = [
	-3,
	n0,
	_CRNPE,
	{
		[_aQE]: [`ReportNotPresent`, 410],
		[_e]: _c,
		[_hE]: 410
	},
	[_m],
	[0]
];
n0_registry.registerError(CredentialReportNotPresentException$, CredentialReportNotPresentException);
var CredentialReportNotReadyException$ = [
	-3,
	n0,
	_CRNRE,
	{
		[_aQE]: [`ReportInProgress`, 404],
		[_e]: _c,
		[_hE]: 404
	},
	[_m],
	[0]
];
n0_registry.registerError(CredentialReportNotReadyException$, CredentialReportNotReadyException);
var DeleteConflictException$ = [
	-3,
	n0,
	_DCE,
	{
		[_aQE]: [`DeleteConflict`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(DeleteConflictException$, DeleteConflictException);
var DuplicateCertificateException$ = [
	-3,
	n0,
	_DCEu,
	{
		[_aQE]: [`DuplicateCertificate`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(DuplicateCertificateException$, DuplicateCertificateException);
var DuplicateSSHPublicKeyException$ = [
	-3,
	n0,
	_DSSHPKE,
	{
		[_aQE]: [`DuplicateSSHPublicKey`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(DuplicateSSHPublicKeyException$, DuplicateSSHPublicKeyException);
var EntityAlreadyExistsException$ = [
	-3,
	n0,
	_EAEE,
	{
		[_aQE]: [`EntityAlreadyExists`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(EntityAlreadyExistsException$, EntityAlreadyExistsException);
var EntityTemporarilyUnmodifiableException$ = [
	-3,
	n0,
	_ETUE,
	{
		[_aQE]: [`EntityTemporarilyUnmodifiable`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(EntityTemporarilyUnmodifiableException$, EntityTemporarilyUnmodifiableException);
var FeatureDisabledException$ = [
	-3,
	n0,
	_FDE,
	{
		[_aQE]: [`FeatureDisabled`, 404],
		[_e]: _c,
		[_hE]: 404
	},
	[_m],
	[0]
];
n0_registry.registerError(FeatureDisabledException$, FeatureDisabledException);
var FeatureEnabledException$ = [
	-3,
	n0,
	_FEE,
	{
		[_aQE]: [`FeatureEnabled`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(FeatureEnabledException$, FeatureEnabledException);
var InvalidAuthenticationCodeException$ = [
	-3,
	n0,
	_IACE,
	{
		[_aQE]: [`InvalidAuthenticationCode`, 403],
		[_e]: _c,
		[_hE]: 403
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidAuthenticationCodeException$, InvalidAuthenticationCodeException);
var InvalidCertificateException$ = [
	-3,
	n0,
	_ICE,
	{
		[_aQE]: [`InvalidCertificate`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidCertificateException$, InvalidCertificateException);
var InvalidInputException$ = [
	-3,
	n0,
	_IIE,
	{
		[_aQE]: [`InvalidInput`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidInputException$, InvalidInputException);
var InvalidPublicKeyException$ = [
	-3,
	n0,
	_IPKE,
	{
		[_aQE]: [`InvalidPublicKey`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidPublicKeyException$, InvalidPublicKeyException);
var InvalidUserTypeException$ = [
	-3,
	n0,
	_IUTE,
	{
		[_aQE]: [`InvalidUserType`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidUserTypeException$, InvalidUserTypeException);
var KeyPairMismatchException$ = [
	-3,
	n0,
	_KPME,
	{
		[_aQE]: [`KeyPairMismatch`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(KeyPairMismatchException$, KeyPairMismatchException);
var LimitExceededException$ = [
	-3,
	n0,
	_LEE,
	{
		[_aQE]: [`LimitExceeded`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(LimitExceededException$, LimitExceededException);
var MalformedCertificateException$ = [
	-3,
	n0,
	_MCE,
	{
		[_aQE]: [`MalformedCertificate`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(MalformedCertificateException$, MalformedCertificateException);
var MalformedPolicyDocumentException$ = [
	-3,
	n0,
	_MPDE,
	{
		[_aQE]: [`MalformedPolicyDocument`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(MalformedPolicyDocumentException$, MalformedPolicyDocumentException);
var NameConflictException$ = [
	-3,
	n0,
	_NCE,
	{
		[_aQE]: [`NameConflict`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(NameConflictException$, NameConflictException);
var NoSuchEntityException$ = [
	-3,
	n0,
	_NSEE,
	{
		[_aQE]: [`NoSuchEntity`, 404],
		[_e]: _c,
		[_hE]: 404
	},
	[_m],
	[0]
];
n0_registry.registerError(NoSuchEntityException$, NoSuchEntityException);
var OpenIdIdpCommunicationErrorException$ = [
	-3,
	n0,
	_OIICEE,
	{
		[_aQE]: [`OpenIdIdpCommunicationError`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(OpenIdIdpCommunicationErrorException$, OpenIdIdpCommunicationErrorException);
var OrganizationNotFoundException$ = [
	-3,
	n0,
	_ONFE,
	{
		[_e]: _c,
		[_hE]: 400
	},
	[_M],
	[0]
];
n0_registry.registerError(OrganizationNotFoundException$, OrganizationNotFoundException);
var OrganizationNotInAllFeaturesModeException$ = [
	-3,
	n0,
	_ONIAFME,
	{
		[_e]: _c,
		[_hE]: 400
	},
	[_M],
	[0]
];
n0_registry.registerError(OrganizationNotInAllFeaturesModeException$, OrganizationNotInAllFeaturesModeException);
var PasswordPolicyViolationException$ = [
	-3,
	n0,
	_PPVE,
	{
		[_aQE]: [`PasswordPolicyViolation`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(PasswordPolicyViolationException$, PasswordPolicyViolationException);
var PolicyEvaluationException$ = [
	-3,
	n0,
	_PEE,
	{
		[_aQE]: [`PolicyEvaluation`, 500],
		[_e]: _se,
		[_hE]: 500
	},
	[_m],
	[0]
];
n0_registry.registerError(PolicyEvaluationException$, PolicyEvaluationException);
var PolicyNotAttachableException$ = [
	-3,
	n0,
	_PNAE,
	{
		[_aQE]: [`PolicyNotAttachable`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(PolicyNotAttachableException$, PolicyNotAttachableException);
var ReportGenerationLimitExceededException$ = [
	-3,
	n0,
	_RGLEE,
	{
		[_aQE]: [`ReportGenerationLimitExceeded`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(ReportGenerationLimitExceededException$, ReportGenerationLimitExceededException);
var RoleModifiedException$ = [
	-3,
	n0,
	_RME,
	{
		[_aQE]: [`RoleModified`, 409],
		[_e]: _c,
		[_hE]: 409
	},
	[_m],
	[0]
];
n0_registry.registerError(RoleModifiedException$, RoleModifiedException);
var RoleTemplateDisabledException$ = [
	-3,
	n0,
	_RTDE,
	{
		[_aQE]: [`RoleTemplateDisabled`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(RoleTemplateDisabledException$, RoleTemplateDisabledException);
var ServiceAccessNotEnabledException$ = [
	-3,
	n0,
	_SANEE,
	{
		[_e]: _c,
		[_hE]: 400
	},
	[_M],
	[0]
];
n0_registry.registerError(ServiceAccessNotEnabledException$, ServiceAccessNotEnabledException);
var ServiceFailureException$ = [
	-3,
	n0,
	_SFE,
	{
		[_aQE]: [`ServiceFailure`, 500],
		[_e]: _se,
		[_hE]: 500
	},
	[_m],
	[0]
];
n0_registry.registerError(ServiceFailureException$, ServiceFailureException);
var ServiceNotSupportedException$ = [
	-3,
	n0,
	_SNSE,
	{
		[_aQE]: [`NotSupportedService`, 404],
		[_e]: _c,
		[_hE]: 404
	},
	[_m],
	[0]
];
n0_registry.registerError(ServiceNotSupportedException$, ServiceNotSupportedException);
var UnmodifiableEntityException$ = [
	-3,
	n0,
	_UEE,
	{
		[_aQE]: [`UnmodifiableEntity`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(UnmodifiableEntityException$, UnmodifiableEntityException);
var UnrecognizedPublicKeyEncodingException$ = [
	-3,
	n0,
	_UPKEE,
	{
		[_aQE]: [`UnrecognizedPublicKeyEncoding`, 400],
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(UnrecognizedPublicKeyEncodingException$, UnrecognizedPublicKeyEncodingException);
const errorTypeRegistries = [_s_registry, n0_registry];
var AttachedPermissionsBoundary$ = [
	3,
	n0,
	_APB,
	0,
	[_PBT, _PBA],
	[0, 0]
];
var AttachedPolicy$ = [
	3,
	n0,
	_AP,
	0,
	[_PN, _PA],
	[0, 0]
];
var GetRoleRequest$ = [
	3,
	n0,
	_GRR,
	0,
	[_RN],
	[0],
	1
];
var GetRoleResponse$ = [
	3,
	n0,
	_GRRe,
	0,
	[_Ro],
	[() => Role$],
	1
];
var ListAttachedRolePoliciesRequest$ = [
	3,
	n0,
	_LARPR,
	0,
	[
		_RN,
		_PPat,
		_Ma,
		_MI
	],
	[
		0,
		0,
		0,
		1
	],
	1
];
var ListAttachedRolePoliciesResponse$ = [
	3,
	n0,
	_LARPRi,
	0,
	[
		_APt,
		_IT,
		_Ma
	],
	[
		() => attachedPoliciesListType,
		2,
		0
	]
];
var Role$ = [
	3,
	n0,
	_Ro,
	0,
	[
		_Pa,
		_RN,
		_RIo,
		_A,
		_CD,
		_ARPD,
		_D,
		_MSD,
		_PB,
		_T,
		_RLU,
		_SRT
	],
	[
		0,
		0,
		0,
		0,
		4,
		0,
		0,
		1,
		() => AttachedPermissionsBoundary$,
		() => tagListType,
		() => RoleLastUsed$,
		() => SourceRoleTemplate$
	],
	5
];
var RoleLastUsed$ = [
	3,
	n0,
	_RLU,
	0,
	[_LUD, _R],
	[4, 0]
];
var SourceRoleTemplate$ = [
	3,
	n0,
	_SRT,
	0,
	[_TA, _TMV],
	[0, 1],
	2
];
var Tag$ = [
	3,
	n0,
	_Ta,
	0,
	[_K, _Val],
	[0, 0],
	2
];
var attachedPoliciesListType = [
	1,
	n0,
	_aPLT,
	0,
	() => AttachedPolicy$
];
var tagListType = [
	1,
	n0,
	_tLT,
	0,
	() => Tag$
];
var GetRole$ = [
	9,
	n0,
	_GR,
	0,
	() => GetRoleRequest$,
	() => GetRoleResponse$
];
var ListAttachedRolePolicies$ = [
	9,
	n0,
	_LARP,
	0,
	() => ListAttachedRolePoliciesRequest$,
	() => ListAttachedRolePoliciesResponse$
];
// node_modules/@aws-sdk/client-iam/dist-es/runtimeConfig.shared.js
init_httpAuthSchemes();
init_protocols();
init_checksum();
init_client();
init_protocols$1();
init_serde();
const getRuntimeConfig$1 = (config) => {
	return {
		apiVersion: "2010-05-08",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultIAMHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsQueryProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.iam",
			errorTypeRegistries,
			xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
			version: "2010-05-08",
			serviceTarget: "AWSIdentityManagementV20100508"
		},
		serviceId: config?.serviceId ?? "IAM",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8,
		utf8Encoder: config?.utf8Encoder ?? toUtf8
	};
};
// node_modules/@aws-sdk/client-iam/dist-es/runtimeConfig.js
init_client$2();
init_httpAuthSchemes();
var import_dist_cjs = require_dist_cjs();
init_client();
init_config();
init_retry();
init_serde();
var import_dist_cjs$1 = require_dist_cjs$1();
const getRuntimeConfig = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$1(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? import_dist_cjs.defaultProvider,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: import_dist_cjs$1.NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? import_dist_cjs$1.streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-iam/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-iam/dist-es/runtimeExtensions.js
init_client$2();
init_client();
init_protocols$1();
const resolveRuntimeExtensions = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig(extensionConfiguration));
};
// node_modules/@aws-sdk/client-iam/dist-es/IAMClient.js
init_client$2();
init_dist_es();
init_client();
init_config();
init_endpoints();
init_protocols$1();
init_retry();
init_schema();
var IAMClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_1 = resolveClientEndpointParameters(_config_0);
		const _config_2 = resolveUserAgentConfig(_config_1);
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_4 = resolveRegionConfig(_config_3);
		const _config_5 = resolveHostHeaderConfig(_config_4);
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig(_config_6);
		const _config_8 = resolveRuntimeExtensions(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultIAMHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-iam/dist-es/commandBuilder.js
init_client();
init_endpoints();
const command = makeBuilder(commonParams, "AWSIdentityManagementV20100508", "IAMClient", getEndpointPlugin);
const _ep0 = {};
const _mw0 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-iam/dist-es/commands/GetRoleCommand.js
var GetRoleCommand = class extends command(_ep0, _mw0, "GetRole", GetRole$) {};
// node_modules/@aws-sdk/client-iam/dist-es/commands/ListAttachedRolePoliciesCommand.js
var ListAttachedRolePoliciesCommand = class extends command(_ep0, _mw0, "ListAttachedRolePolicies", ListAttachedRolePolicies$) {};
// src/engine/ecs/aws-iam.ts
/** IAM as far as it is called, for the reason that `Ec2` has. */
var Iam = class extends IAMClient {
	getRole(input) {
		return this.send(new GetRoleCommand(input));
	}
	listAttachedRolePolicies(input) {
		return this.send(new ListAttachedRolePoliciesCommand(input));
	}
};
export { Iam };
