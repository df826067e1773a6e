import { A as EndpointCache, Bn as fromBase64, Ct as getSchemaSerdePlugin, Dt as Client, E as customEndpointFunctions, Fn as toUtf8, H as NODE_REGION_CONFIG_FILE_OPTIONS, J as init_client, L as init_config, Ln as toBase64, M as BinaryDecisionDiagram, Pt as loadConfig, Rn as fromUtf8, S as decideEndpoint, U as NODE_REGION_CONFIG_OPTIONS, V as resolveRegionConfig, Vt as calculateBodyLength, X as makeBuilder, Z as NoOpLogger, _ as getEndpointPlugin, _t as TypeRegistry, bn as normalizeProvider, ct as ServiceException, gn as parseUrl, ht as init_schema, it as emitWarningIfUnsupportedVersion, jn as getSmithyContext, jt as NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, kt as NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, l as init_serde, n as init_checksum, r as Sha256Node, rt as resolveDefaultRuntimeConfig, st as loadConfigsForDefaultMode, tt as getDefaultExtensionConfiguration, v as init_endpoints, y as resolveEndpointConfig, z as resolveDefaultsModeConfig } from "./checksum.js";
import { A as init_retry, C as NODE_APP_ID_CONFIG_OPTIONS, D as getUserAgentPlugin, F as resolveRetryConfig, H as DefaultIdentityProviderConfig, I as DEFAULT_RETRY_MODE, J as getRecursionDetectionPlugin, K as getHttpAuthSchemeEndpointRuleSetPlugin, M as NODE_MAX_ATTEMPT_CONFIG_OPTIONS, N as NODE_RETRY_MODE_CONFIG_OPTIONS, Q as getHostHeaderPlugin, T as createDefaultUserAgentProvider, V as init_dist_es, W as getHttpSigningPlugin, X as getLoggerPlugin, _ as init_client$2, at as getHttpHandlerExtensionConfiguration, b as resolveAwsRegionExtensionConfiguration, c as require_dist_cjs$1, ct as getDefaultSocketTimeout, d as resolveAwsSdkSigV4Config, et as resolveHostHeaderConfig, f as NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, i as AwsEc2QueryProtocol, k as getRetryPlugin, m as AwsSdkSigV4Signer, n as init_protocols, rt as getContentLengthPlugin, st as resolveHttpHandlerRuntimeConfig, t as require_dist_cjs, tt as init_protocols$1, u as init_httpAuthSchemes, ut as emitWarningIfUnsupportedVersion$1, v as getAwsRegionExtensionConfiguration, x as awsEndpointFunctions, z as resolveUserAgentConfig } from "./dist-cjs.js";
// node_modules/@aws-sdk/client-ec2/dist-es/auth/httpAuthSchemeProvider.js
init_httpAuthSchemes();
init_client();
const defaultEC2HttpAuthSchemeParametersProvider = async (config, context, input) => {
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
			name: "ec2",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultEC2HttpAuthSchemeProvider = (authParameters) => {
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
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "ec2"
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
// node_modules/@aws-sdk/client-ec2/package.json
var version = "3.1169.0";
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/bdd.js
init_endpoints();
const k = "ref";
const a = -1;
const b = true;
const c = "isSet";
const d = "PartitionResult";
const e = "booleanEquals";
const f = "getAttr";
const g = { [k]: "Endpoint" };
const h = { [k]: d };
const i = {};
const j = [{ [k]: "Region" }];
const _data = {
	conditions: [
		[c, [g]],
		[c, j],
		[
			"aws.partition",
			j,
			d
		],
		[e, [{ [k]: "UseFIPS" }, b]],
		[e, [{ [k]: "UseDualStack" }, b]],
		[e, [{
			fn: f,
			argv: [h, "supportsDualStack"]
		}, b]],
		[e, [{
			fn: f,
			argv: [h, "supportsFIPS"]
		}, b]],
		["stringEquals", [{
			fn: f,
			argv: [h, "name"]
		}, "aws-us-gov"]]
	],
	results: [
		[a],
		[a, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g, i],
		["https://ec2-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i],
		[a, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://ec2.{Region}.amazonaws.com", i],
		["https://ec2-fips.{Region}.{PartitionResult#dnsSuffix}", i],
		[a, "FIPS is enabled but this partition does not support FIPS"],
		["https://ec2.{Region}.{PartitionResult#dualStackDnsSuffix}", i],
		[a, "DualStack is enabled but this partition does not support DualStack"],
		["https://ec2.{Region}.{PartitionResult#dnsSuffix}", i],
		[a, "Invalid Configuration: Missing Region"]
	]
};
const root = 2;
const nodes = new Int32Array([
	-1,
	1,
	-1,
	0,
	13,
	3,
	1,
	4,
	100000012,
	2,
	5,
	100000012,
	3,
	8,
	6,
	4,
	7,
	100000011,
	5,
	100000009,
	100000010,
	4,
	11,
	9,
	6,
	10,
	100000008,
	7,
	100000006,
	100000007,
	5,
	12,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	14,
	4,
	100000002,
	100000003
]);
const bdd = BinaryDecisionDiagram.from(nodes, root, _data.conditions, _data.results);
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/endpointResolver.js
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
// node_modules/@aws-sdk/client-ec2/dist-es/models/EC2ServiceException.js
init_client();
var EC2ServiceException = class EC2ServiceException extends ServiceException {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ec2#EC2ServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, EC2ServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-ec2/dist-es/schemas/schemas_0.js
init_schema();
const _AIAC = "AvailableIpAddressCount";
const _AIAOC = "AssignIpv6AddressOnCreation";
const _AIs = "AssociationId";
const _ASs = "AssociationState";
const _AZ = "AvailabilityZone";
const _AZI = "AvailabilityZoneId";
const _As = "Associations";
const _BPAS = "BlockPublicAccessStates";
const _CB = "CidrBlock";
const _CGI = "CarrierGatewayId";
const _CIi = "CidrIp";
const _CIid = "CidrIpv6";
const _CNA = "CoreNetworkArn";
const _COIP = "CustomerOwnedIpv4Pool";
const _CTrea = "CreationTimestamp";
const _Co = "Code";
const _DCB = "DestinationCidrBlock";
const _DE = "DnsEntry";
const _DES = "DnsEntrySet";
const _DEn = "DnsEntries";
const _DFA = "DefaultForAz";
const _DICB = "DestinationIpv6CidrBlock";
const _DNn = "DnsName";
const _DOn = "DnsOptions";
const _DPLI = "DestinationPrefixListId";
const _DR = "DryRun";
const _DRIT = "DnsRecordIpType";
const _DRTRe = "DescribeRouteTablesRequest";
const _DRTRes = "DescribeRouteTablesResult";
const _DRTe = "DescribeRouteTables";
const _DSGRes = "DescribeSecurityGroupsRequest";
const _DSGResc = "DescribeSecurityGroupsResult";
const _DSGe = "DescribeSecurityGroups";
const _DSRescr = "DescribeSubnetsRequest";
const _DSRescri = "DescribeSubnetsResult";
const _DSesc = "DescribeSubnets";
const _DVERes = "DescribeVpcEndpointsRequest";
const _DVEResc = "DescribeVpcEndpointsResult";
const _DVEe = "DescribeVpcEndpoints";
const _De = "Description";
const _EDn = "EnableDns64";
const _ELADI = "EnableLniAtDeviceIndex";
const _EOIGI = "EgressOnlyInternetGatewayId";
const _ERNDAAAAR = "EnableResourceNameDnsAAAARecord";
const _ERNDAR = "EnableResourceNameDnsARecord";
const _FLi = "FilterList";
const _FP = "FromPort";
const _FR = "FailureReason";
const _Fi = "Filters";
const _Fil = "Filter";
const _G = "Groups";
const _GI = "GatewayId";
const _GIS = "GroupIdentifierSet";
const _GISL = "GroupIdStringList";
const _GIr = "GroupId";
const _GIro = "GroupIds";
const _GN = "GroupName";
const _GNSL = "GroupNameStringList";
const _GNr = "GroupNames";
const _HTo = "HostnameType";
const _HZI = "HostedZoneId";
const _IAA = "Ipv6AddressAttribute";
const _IAT = "IpAddressType";
const _IAp = "IpAddress";
const _ICB = "Ipv6CidrBlock";
const _ICBAS = "Ipv6CidrBlockAssociationSet";
const _ICBS = "Ipv6CidrBlockState";
const _IGBM = "InternetGatewayBlockMode";
const _II = "InstanceId";
const _IN = "Ipv6Native";
const _IOIn = "InstanceOwnerId";
const _IPEp = "IpPermissionsEgress";
const _IPLp = "IpPermissionList";
const _IPp = "Ipv6Prefixes";
const _IPpe = "IpPermissions";
const _IPper = "IpPermission";
const _IPpr = "IpProtocol";
const _IPpre = "IpPrefixes";
const _IPpvr = "Ipv4Prefixes";
const _IRLp = "IpRangeList";
const _IRLpv = "Ipv6RangeList";
const _IRpa = "IpRanges";
const _IRpan = "IpRange";
const _IRpv = "Ipv6Ranges";
const _IRpva = "Ipv6Range";
const _ISpo = "IpSource";
const _K = "Key";
const _LEa = "LastError";
const _LGI = "LocalGatewayId";
const _MCOIOL = "MapCustomerOwnedIpOnLaunch";
const _MPIOL = "MapPublicIpOnLaunch";
const _MR = "MaxResults";
const _Mai = "Main";
const _Me = "Message";
const _N = "Name";
const _NGI = "NatGatewayId";
const _NII = "NetworkInterfaceId";
const _NIIe = "NetworkInterfaceIds";
const _NTe = "NextToken";
const _O = "Origin";
const _OA = "OutpostArn";
const _OI = "OwnerId";
const _ONA = "OdbNetworkArn";
const _PDE = "PrivateDnsEnabled";
const _PDNOOL = "PrivateDnsNameOptionsOnLaunch";
const _PDOFIRE = "PrivateDnsOnlyForInboundResolverEndpoint";
const _PDP = "PrivateDnsPreference";
const _PDSD = "PrivateDnsSpecifiedDomains";
const _PDSDS = "PrivateDnsSpecifiedDomainSet";
const _PDo = "PolicyDocument";
const _PIP = "PublicIpv4Pool";
const _PLI = "PrefixListId";
const _PLIL = "PrefixListIdList";
const _PLIr = "PrefixListIds";
const _PRE = "PayerResponsibilityEntry";
const _PRSa = "PayerResponsibilitySet";
const _PRT = "PayerResponsibilityType";
const _PRay = "PayerResponsibilities";
const _PSee = "PeeringStatus";
const _PV = "PropagatingVgw";
const _PVL = "PropagatingVgwList";
const _PVro = "PropagatingVgws";
const _RCA = "ResourceConfigurationArn";
const _RLo = "RouteList";
const _RMeq = "RequesterManaged";
const _RTA = "RouteTableAssociation";
const _RTAI = "RouteTableAssociationId";
const _RTAL = "RouteTableAssociationList";
const _RTAS = "RouteTableAssociationState";
const _RTI = "RouteTableId";
const _RTISL = "RouteTableIdStringList";
const _RTIo = "RouteTableIds";
const _RTLo = "RouteTableList";
const _RTo = "RouteTable";
const _RTou = "RouteTables";
const _Ro = "Route";
const _Rou = "Routes";
const _SAub = "SubnetArn";
const _SCBS = "SubnetCidrBlockState";
const _SGA = "SecurityGroupArn";
const _SGIec = "SecurityGroupIdentifier";
const _SGL = "SecurityGroupList";
const _SGe = "SecurityGroups";
const _SGec = "SecurityGroup";
const _SI = "SubnetIds";
const _SICBA = "SubnetIpv6CidrBlockAssociation";
const _SICBAS = "SubnetIpv6CidrBlockAssociationSet";
const _SIPL = "SubnetIpPrefixesList";
const _SIPu = "SubnetIpPrefixes";
const _SISLu = "SubnetIdStringList";
const _SIu = "SubnetId";
const _SLu = "SubnetList";
const _SMt = "StatusMessage";
const _SN = "ServiceName";
const _SNA = "ServiceNetworkArn";
const _SRe = "ServiceRegion";
const _Scop = "Scope";
const _St = "State";
const _Su = "Subnet";
const _Subn = "Subnets";
const _T = "Tags";
const _TGI = "TransitGatewayId";
const _TL = "TagList";
const _TP = "ToPort";
const _Ta = "Tag";
const _Ty = "Type";
const _UI = "UserId";
const _UIGP = "UserIdGroupPairs";
const _UIGPL = "UserIdGroupPairList";
const _UIGPs = "UserIdGroupPair";
const _V = "Value";
const _VE = "VpcEndpoint";
const _VEI = "VpcEndpointIds";
const _VEIL = "VpcEndpointIdList";
const _VEIp = "VpcEndpointId";
const _VESpcn = "VpcEndpointSet";
const _VET = "VpcEndpointType";
const _VEp = "VpcEndpoints";
const _VI = "VpcId";
const _VPCI = "VpcPeeringConnectionId";
const _VSL = "ValueStringList";
const _Va = "Values";
const _aIAC = "availableIpAddressCount";
const _aIAOC = "assignIpv6AddressOnCreation";
const _aIs = "associationId";
const _aS = "associationState";
const _aSs = "associationSet";
const _aZ = "availabilityZone";
const _aZI = "availabilityZoneId";
const _bPAS = "blockPublicAccessStates";
const _cB = "cidrBlock";
const _cGI = "carrierGatewayId";
const _cIi = "cidrIp";
const _cIid = "cidrIpv6";
const _cNA = "coreNetworkArn";
const _cOIP = "customerOwnedIpv4Pool";
const _cTrea = "creationTimestamp";
const _co = "code";
const _dCB = "destinationCidrBlock";
const _dES = "dnsEntrySet";
const _dFA = "defaultForAz";
const _dICB = "destinationIpv6CidrBlock";
const _dNn = "dnsName";
const _dOn = "dnsOptions";
const _dPLI = "destinationPrefixListId";
const _dR = "dryRun";
const _dRIT = "dnsRecordIpType";
const _de = "description";
const _eDn = "enableDns64";
const _eLADI = "enableLniAtDeviceIndex";
const _eOIGI = "egressOnlyInternetGatewayId";
const _eQN = "ec2QueryName";
const _eRNDAAAAR = "enableResourceNameDnsAAAARecord";
const _eRNDAR = "enableResourceNameDnsARecord";
const _fP = "fromPort";
const _fR = "failureReason";
const _gD = "groupDescription";
const _gI = "gatewayId";
const _gIr = "groupId";
const _gN = "groupName";
const _gSr = "groupSet";
const _gr = "groups";
const _hTo = "hostnameType";
const _hZI = "hostedZoneId";
const _iAA = "ipv6AddressAttribute";
const _iAT = "ipAddressType";
const _iAp = "ipAddress";
const _iCB = "ipv6CidrBlock";
const _iCBASp = "ipv6CidrBlockAssociationSet";
const _iCBS = "ipv6CidrBlockState";
const _iGBM = "internetGatewayBlockMode";
const _iI = "instanceId";
const _iN = "ipv6Native";
const _iOIn = "instanceOwnerId";
const _iPEp = "ipPermissionsEgress";
const _iPSpr = "ipPrefixSet";
const _iPSpvr = "ipv4PrefixSet";
const _iPSpvre = "ipv6PrefixSet";
const _iPp = "ipProtocol";
const _iPpe = "ipPermissions";
const _iRpa = "ipRanges";
const _iRpv = "ipv6Ranges";
const _iSpo = "ipSource";
const _it = "item";
const _k = "key";
const _lEa = "lastError";
const _lGI = "localGatewayId";
const _mCOIOL = "mapCustomerOwnedIpOnLaunch";
const _mPIOL = "mapPublicIpOnLaunch";
const _mai = "main";
const _me = "message";
const _nGI = "natGatewayId";
const _nII = "networkInterfaceId";
const _nIIS = "networkInterfaceIdSet";
const _nTe = "nextToken";
const _o = "origin";
const _oA = "outpostArn";
const _oI = "ownerId";
const _oNA = "odbNetworkArn";
const _pD = "policyDocument";
const _pDE = "privateDnsEnabled";
const _pDNOOL = "privateDnsNameOptionsOnLaunch";
const _pDOFIRE = "privateDnsOnlyForInboundResolverEndpoint";
const _pDP = "privateDnsPreference";
const _pDSDS = "privateDnsSpecifiedDomainSet";
const _pIP = "publicIpv4Pool";
const _pLI = "prefixListId";
const _pLIr = "prefixListIds";
const _pRSa = "payerResponsibilitySet";
const _pRT = "payerResponsibilityType";
const _pSee = "peeringStatus";
const _pVS = "propagatingVgwSet";
const _rCA = "resourceConfigurationArn";
const _rMeq = "requesterManaged";
const _rSou = "routeSet";
const _rTAI = "routeTableAssociationId";
const _rTI = "routeTableId";
const _rTIS = "routeTableIdSet";
const _rTS = "routeTableSet";
const _s = "smithy.ts.sdk.synthetic.com.amazonaws.ec2";
const _sAub = "subnetArn";
const _sGA = "securityGroupArn";
const _sGIec = "securityGroupInfo";
const _sISu = "subnetIdSet";
const _sIu = "subnetId";
const _sMt = "statusMessage";
const _sN = "serviceName";
const _sNAe = "serviceNetworkArn";
const _sR = "serviceRegion";
const _sSub = "subnetSet";
const _scop = "scope";
const _st = "state";
const _tGI = "transitGatewayId";
const _tP = "toPort";
const _tS = "tagSet";
const _ty = "type";
const _uI = "userId";
const _v = "value";
const _vEI = "vpcEndpointId";
const _vESp = "vpcEndpointSet";
const _vET = "vpcEndpointType";
const _vI = "vpcId";
const _vPCI = "vpcPeeringConnectionId";
const _xN = "xmlName";
const n0 = "com.amazonaws.ec2";
const _s_registry = new TypeRegistry(_s);
var EC2ServiceException$ = [
	-3,
	_s,
	"EC2ServiceException",
	0,
	[],
	[]
];
_s_registry.registerError(EC2ServiceException$, EC2ServiceException);
const errorTypeRegistries = [_s_registry];
var BlockPublicAccessStates$ = [
	3,
	n0,
	_BPAS,
	0,
	[_IGBM],
	[[0, {
		[_eQN]: `InternetGatewayBlockMode`,
		[_xN]: _iGBM
	}]]
];
var DescribeRouteTablesRequest$ = [
	3,
	n0,
	_DRTRe,
	0,
	[
		_NTe,
		_MR,
		_DR,
		_RTIo,
		_Fi
	],
	[
		0,
		1,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}],
		[() => RouteTableIdStringList, { [_xN]: _RTI }],
		[() => FilterList, { [_xN]: _Fil }]
	]
];
var DescribeRouteTablesResult$ = [
	3,
	n0,
	_DRTRes,
	0,
	[_RTou, _NTe],
	[[() => RouteTableList, {
		[_eQN]: `RouteTableSet`,
		[_xN]: _rTS
	}], [0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}]]
];
var DescribeSecurityGroupsRequest$ = [
	3,
	n0,
	_DSGRes,
	0,
	[
		_GIro,
		_GNr,
		_NTe,
		_MR,
		_DR,
		_Fi
	],
	[
		[() => GroupIdStringList, { [_xN]: _GIr }],
		[() => GroupNameStringList, { [_xN]: _GN }],
		0,
		1,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}],
		[() => FilterList, { [_xN]: _Fil }]
	]
];
var DescribeSecurityGroupsResult$ = [
	3,
	n0,
	_DSGResc,
	0,
	[_NTe, _SGe],
	[[0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}], [() => SecurityGroupList, {
		[_eQN]: `SecurityGroupInfo`,
		[_xN]: _sGIec
	}]]
];
var DescribeSubnetsRequest$ = [
	3,
	n0,
	_DSRescr,
	0,
	[
		_Fi,
		_SI,
		_NTe,
		_MR,
		_DR
	],
	[
		[() => FilterList, { [_xN]: _Fil }],
		[() => SubnetIdStringList, { [_xN]: _SIu }],
		0,
		1,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}]
	]
];
var DescribeSubnetsResult$ = [
	3,
	n0,
	_DSRescri,
	0,
	[_NTe, _Subn],
	[[0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}], [() => SubnetList, {
		[_eQN]: `SubnetSet`,
		[_xN]: _sSub
	}]]
];
var DescribeVpcEndpointsRequest$ = [
	3,
	n0,
	_DVERes,
	0,
	[
		_DR,
		_VEI,
		_Fi,
		_MR,
		_NTe
	],
	[
		2,
		[() => VpcEndpointIdList, { [_xN]: _VEIp }],
		[() => FilterList, { [_xN]: _Fil }],
		1,
		0
	]
];
var DescribeVpcEndpointsResult$ = [
	3,
	n0,
	_DVEResc,
	0,
	[_VEp, _NTe],
	[[() => VpcEndpointSet, {
		[_eQN]: `VpcEndpointSet`,
		[_xN]: _vESp
	}], [0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}]]
];
var DnsEntry$ = [
	3,
	n0,
	_DE,
	0,
	[_DNn, _HZI],
	[[0, {
		[_eQN]: `DnsName`,
		[_xN]: _dNn
	}], [0, {
		[_eQN]: `HostedZoneId`,
		[_xN]: _hZI
	}]]
];
var DnsOptions$ = [
	3,
	n0,
	_DOn,
	0,
	[
		_DRIT,
		_PDOFIRE,
		_PDP,
		_PDSD
	],
	[
		[0, {
			[_eQN]: `DnsRecordIpType`,
			[_xN]: _dRIT
		}],
		[2, {
			[_eQN]: `PrivateDnsOnlyForInboundResolverEndpoint`,
			[_xN]: _pDOFIRE
		}],
		[0, {
			[_eQN]: `PrivateDnsPreference`,
			[_xN]: _pDP
		}],
		[() => PrivateDnsSpecifiedDomainSet, {
			[_eQN]: `PrivateDnsSpecifiedDomainSet`,
			[_xN]: _pDSDS
		}]
	]
];
var Filter$ = [
	3,
	n0,
	_Fil,
	0,
	[_N, _Va],
	[0, [() => ValueStringList, { [_xN]: _V }]]
];
var IpPermission$ = [
	3,
	n0,
	_IPper,
	0,
	[
		_IPpr,
		_FP,
		_TP,
		_UIGP,
		_IRpa,
		_IRpv,
		_PLIr
	],
	[
		[0, {
			[_eQN]: `IpProtocol`,
			[_xN]: _iPp
		}],
		[1, {
			[_eQN]: `FromPort`,
			[_xN]: _fP
		}],
		[1, {
			[_eQN]: `ToPort`,
			[_xN]: _tP
		}],
		[() => UserIdGroupPairList, {
			[_eQN]: `Groups`,
			[_xN]: _gr
		}],
		[() => IpRangeList, {
			[_eQN]: `IpRanges`,
			[_xN]: _iRpa
		}],
		[() => Ipv6RangeList, {
			[_eQN]: `Ipv6Ranges`,
			[_xN]: _iRpv
		}],
		[() => PrefixListIdList, {
			[_eQN]: `PrefixListIds`,
			[_xN]: _pLIr
		}]
	]
];
var IpRange$ = [
	3,
	n0,
	_IRpan,
	0,
	[_De, _CIi],
	[[0, {
		[_eQN]: `Description`,
		[_xN]: _de
	}], [0, {
		[_eQN]: `CidrIp`,
		[_xN]: _cIi
	}]]
];
var Ipv6Range$ = [
	3,
	n0,
	_IRpva,
	0,
	[_De, _CIid],
	[[0, {
		[_eQN]: `Description`,
		[_xN]: _de
	}], [0, {
		[_eQN]: `CidrIpv6`,
		[_xN]: _cIid
	}]]
];
var LastError$ = [
	3,
	n0,
	_LEa,
	0,
	[_Me, _Co],
	[[0, {
		[_eQN]: `Message`,
		[_xN]: _me
	}], [0, {
		[_eQN]: `Code`,
		[_xN]: _co
	}]]
];
var PayerResponsibilityEntry$ = [
	3,
	n0,
	_PRE,
	0,
	[_Scop, _PRT],
	[[0, {
		[_eQN]: `Scope`,
		[_xN]: _scop
	}], [0, {
		[_eQN]: `PayerResponsibilityType`,
		[_xN]: _pRT
	}]]
];
var PrefixListId$ = [
	3,
	n0,
	_PLI,
	0,
	[_De, _PLI],
	[[0, {
		[_eQN]: `Description`,
		[_xN]: _de
	}], [0, {
		[_eQN]: `PrefixListId`,
		[_xN]: _pLI
	}]]
];
var PrivateDnsNameOptionsOnLaunch$ = [
	3,
	n0,
	_PDNOOL,
	0,
	[
		_HTo,
		_ERNDAR,
		_ERNDAAAAR
	],
	[
		[0, {
			[_eQN]: `HostnameType`,
			[_xN]: _hTo
		}],
		[2, {
			[_eQN]: `EnableResourceNameDnsARecord`,
			[_xN]: _eRNDAR
		}],
		[2, {
			[_eQN]: `EnableResourceNameDnsAAAARecord`,
			[_xN]: _eRNDAAAAR
		}]
	]
];
var PropagatingVgw$ = [
	3,
	n0,
	_PV,
	0,
	[_GI],
	[[0, {
		[_eQN]: `GatewayId`,
		[_xN]: _gI
	}]]
];
var Route$ = [
	3,
	n0,
	_Ro,
	0,
	[
		_DCB,
		_DICB,
		_DPLI,
		_EOIGI,
		_GI,
		_II,
		_IOIn,
		_NGI,
		_TGI,
		_LGI,
		_CGI,
		_NII,
		_O,
		_St,
		_VPCI,
		_CNA,
		_ONA,
		_IAp
	],
	[
		[0, {
			[_eQN]: `DestinationCidrBlock`,
			[_xN]: _dCB
		}],
		[0, {
			[_eQN]: `DestinationIpv6CidrBlock`,
			[_xN]: _dICB
		}],
		[0, {
			[_eQN]: `DestinationPrefixListId`,
			[_xN]: _dPLI
		}],
		[0, {
			[_eQN]: `EgressOnlyInternetGatewayId`,
			[_xN]: _eOIGI
		}],
		[0, {
			[_eQN]: `GatewayId`,
			[_xN]: _gI
		}],
		[0, {
			[_eQN]: `InstanceId`,
			[_xN]: _iI
		}],
		[0, {
			[_eQN]: `InstanceOwnerId`,
			[_xN]: _iOIn
		}],
		[0, {
			[_eQN]: `NatGatewayId`,
			[_xN]: _nGI
		}],
		[0, {
			[_eQN]: `TransitGatewayId`,
			[_xN]: _tGI
		}],
		[0, {
			[_eQN]: `LocalGatewayId`,
			[_xN]: _lGI
		}],
		[0, {
			[_eQN]: `CarrierGatewayId`,
			[_xN]: _cGI
		}],
		[0, {
			[_eQN]: `NetworkInterfaceId`,
			[_xN]: _nII
		}],
		[0, {
			[_eQN]: `Origin`,
			[_xN]: _o
		}],
		[0, {
			[_eQN]: `State`,
			[_xN]: _st
		}],
		[0, {
			[_eQN]: `VpcPeeringConnectionId`,
			[_xN]: _vPCI
		}],
		[0, {
			[_eQN]: `CoreNetworkArn`,
			[_xN]: _cNA
		}],
		[0, {
			[_eQN]: `OdbNetworkArn`,
			[_xN]: _oNA
		}],
		[0, {
			[_eQN]: `IpAddress`,
			[_xN]: _iAp
		}]
	]
];
var RouteTable$ = [
	3,
	n0,
	_RTo,
	0,
	[
		_As,
		_PVro,
		_RTI,
		_Rou,
		_T,
		_VI,
		_OI
	],
	[
		[() => RouteTableAssociationList, {
			[_eQN]: `AssociationSet`,
			[_xN]: _aSs
		}],
		[() => PropagatingVgwList, {
			[_eQN]: `PropagatingVgwSet`,
			[_xN]: _pVS
		}],
		[0, {
			[_eQN]: `RouteTableId`,
			[_xN]: _rTI
		}],
		[() => RouteList, {
			[_eQN]: `RouteSet`,
			[_xN]: _rSou
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}]
	]
];
var RouteTableAssociation$ = [
	3,
	n0,
	_RTA,
	0,
	[
		_Mai,
		_RTAI,
		_RTI,
		_SIu,
		_GI,
		_PIP,
		_ASs
	],
	[
		[2, {
			[_eQN]: `Main`,
			[_xN]: _mai
		}],
		[0, {
			[_eQN]: `RouteTableAssociationId`,
			[_xN]: _rTAI
		}],
		[0, {
			[_eQN]: `RouteTableId`,
			[_xN]: _rTI
		}],
		[0, {
			[_eQN]: `SubnetId`,
			[_xN]: _sIu
		}],
		[0, {
			[_eQN]: `GatewayId`,
			[_xN]: _gI
		}],
		[0, {
			[_eQN]: `PublicIpv4Pool`,
			[_xN]: _pIP
		}],
		[() => RouteTableAssociationState$, {
			[_eQN]: `AssociationState`,
			[_xN]: _aS
		}]
	]
];
var RouteTableAssociationState$ = [
	3,
	n0,
	_RTAS,
	0,
	[_St, _SMt],
	[[0, {
		[_eQN]: `State`,
		[_xN]: _st
	}], [0, {
		[_eQN]: `StatusMessage`,
		[_xN]: _sMt
	}]]
];
var SecurityGroup$ = [
	3,
	n0,
	_SGec,
	0,
	[
		_GIr,
		_IPEp,
		_T,
		_VI,
		_SGA,
		_OI,
		_GN,
		_De,
		_IPpe
	],
	[
		[0, {
			[_eQN]: `GroupId`,
			[_xN]: _gIr
		}],
		[() => IpPermissionList, {
			[_eQN]: `IpPermissionsEgress`,
			[_xN]: _iPEp
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `SecurityGroupArn`,
			[_xN]: _sGA
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}],
		[0, {
			[_eQN]: `GroupName`,
			[_xN]: _gN
		}],
		[0, {
			[_eQN]: `GroupDescription`,
			[_xN]: _gD
		}],
		[() => IpPermissionList, {
			[_eQN]: `IpPermissions`,
			[_xN]: _iPpe
		}]
	]
];
var SecurityGroupIdentifier$ = [
	3,
	n0,
	_SGIec,
	0,
	[_GIr, _GN],
	[[0, {
		[_eQN]: `GroupId`,
		[_xN]: _gIr
	}], [0, {
		[_eQN]: `GroupName`,
		[_xN]: _gN
	}]]
];
var Subnet$ = [
	3,
	n0,
	_Su,
	0,
	[
		_AZI,
		_ELADI,
		_MCOIOL,
		_COIP,
		_OI,
		_AIAOC,
		_ICBAS,
		_T,
		_SAub,
		_OA,
		_EDn,
		_IN,
		_PDNOOL,
		_BPAS,
		_Ty,
		_SIu,
		_St,
		_VI,
		_CB,
		_AIAC,
		_AZ,
		_DFA,
		_MPIOL
	],
	[
		[0, {
			[_eQN]: `AvailabilityZoneId`,
			[_xN]: _aZI
		}],
		[1, {
			[_eQN]: `EnableLniAtDeviceIndex`,
			[_xN]: _eLADI
		}],
		[2, {
			[_eQN]: `MapCustomerOwnedIpOnLaunch`,
			[_xN]: _mCOIOL
		}],
		[0, {
			[_eQN]: `CustomerOwnedIpv4Pool`,
			[_xN]: _cOIP
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}],
		[2, {
			[_eQN]: `AssignIpv6AddressOnCreation`,
			[_xN]: _aIAOC
		}],
		[() => SubnetIpv6CidrBlockAssociationSet, {
			[_eQN]: `Ipv6CidrBlockAssociationSet`,
			[_xN]: _iCBASp
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS
		}],
		[0, {
			[_eQN]: `SubnetArn`,
			[_xN]: _sAub
		}],
		[0, {
			[_eQN]: `OutpostArn`,
			[_xN]: _oA
		}],
		[2, {
			[_eQN]: `EnableDns64`,
			[_xN]: _eDn
		}],
		[2, {
			[_eQN]: `Ipv6Native`,
			[_xN]: _iN
		}],
		[() => PrivateDnsNameOptionsOnLaunch$, {
			[_eQN]: `PrivateDnsNameOptionsOnLaunch`,
			[_xN]: _pDNOOL
		}],
		[() => BlockPublicAccessStates$, {
			[_eQN]: `BlockPublicAccessStates`,
			[_xN]: _bPAS
		}],
		[0, {
			[_eQN]: `Type`,
			[_xN]: _ty
		}],
		[0, {
			[_eQN]: `SubnetId`,
			[_xN]: _sIu
		}],
		[0, {
			[_eQN]: `State`,
			[_xN]: _st
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `CidrBlock`,
			[_xN]: _cB
		}],
		[1, {
			[_eQN]: `AvailableIpAddressCount`,
			[_xN]: _aIAC
		}],
		[0, {
			[_eQN]: `AvailabilityZone`,
			[_xN]: _aZ
		}],
		[2, {
			[_eQN]: `DefaultForAz`,
			[_xN]: _dFA
		}],
		[2, {
			[_eQN]: `MapPublicIpOnLaunch`,
			[_xN]: _mPIOL
		}]
	]
];
var SubnetCidrBlockState$ = [
	3,
	n0,
	_SCBS,
	0,
	[_St, _SMt],
	[[0, {
		[_eQN]: `State`,
		[_xN]: _st
	}], [0, {
		[_eQN]: `StatusMessage`,
		[_xN]: _sMt
	}]]
];
var SubnetIpPrefixes$ = [
	3,
	n0,
	_SIPu,
	0,
	[_SIu, _IPpre],
	[[0, {
		[_eQN]: `SubnetId`,
		[_xN]: _sIu
	}], [() => ValueStringList, {
		[_eQN]: `IpPrefixSet`,
		[_xN]: _iPSpr
	}]]
];
var SubnetIpv6CidrBlockAssociation$ = [
	3,
	n0,
	_SICBA,
	0,
	[
		_AIs,
		_ICB,
		_ICBS,
		_IAA,
		_ISpo
	],
	[
		[0, {
			[_eQN]: `AssociationId`,
			[_xN]: _aIs
		}],
		[0, {
			[_eQN]: `Ipv6CidrBlock`,
			[_xN]: _iCB
		}],
		[() => SubnetCidrBlockState$, {
			[_eQN]: `Ipv6CidrBlockState`,
			[_xN]: _iCBS
		}],
		[0, {
			[_eQN]: `Ipv6AddressAttribute`,
			[_xN]: _iAA
		}],
		[0, {
			[_eQN]: `IpSource`,
			[_xN]: _iSpo
		}]
	]
];
var Tag$ = [
	3,
	n0,
	_Ta,
	0,
	[_K, _V],
	[[0, {
		[_eQN]: `Key`,
		[_xN]: _k
	}], [0, {
		[_eQN]: `Value`,
		[_xN]: _v
	}]]
];
var UserIdGroupPair$ = [
	3,
	n0,
	_UIGPs,
	0,
	[
		_De,
		_UI,
		_GN,
		_GIr,
		_VI,
		_VPCI,
		_PSee
	],
	[
		[0, {
			[_eQN]: `Description`,
			[_xN]: _de
		}],
		[0, {
			[_eQN]: `UserId`,
			[_xN]: _uI
		}],
		[0, {
			[_eQN]: `GroupName`,
			[_xN]: _gN
		}],
		[0, {
			[_eQN]: `GroupId`,
			[_xN]: _gIr
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `VpcPeeringConnectionId`,
			[_xN]: _vPCI
		}],
		[0, {
			[_eQN]: `PeeringStatus`,
			[_xN]: _pSee
		}]
	]
];
var VpcEndpoint$ = [
	3,
	n0,
	_VE,
	0,
	[
		_VEIp,
		_VET,
		_VI,
		_SN,
		_St,
		_PDo,
		_RTIo,
		_SI,
		_G,
		_IAT,
		_DOn,
		_PDE,
		_RMeq,
		_NIIe,
		_DEn,
		_CTrea,
		_T,
		_OI,
		_LEa,
		_IPpvr,
		_IPp,
		_FR,
		_SNA,
		_RCA,
		_SRe,
		_PRay
	],
	[
		[0, {
			[_eQN]: `VpcEndpointId`,
			[_xN]: _vEI
		}],
		[0, {
			[_eQN]: `VpcEndpointType`,
			[_xN]: _vET
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `ServiceName`,
			[_xN]: _sN
		}],
		[0, {
			[_eQN]: `State`,
			[_xN]: _st
		}],
		[0, {
			[_eQN]: `PolicyDocument`,
			[_xN]: _pD
		}],
		[() => ValueStringList, {
			[_eQN]: `RouteTableIdSet`,
			[_xN]: _rTIS
		}],
		[() => ValueStringList, {
			[_eQN]: `SubnetIdSet`,
			[_xN]: _sISu
		}],
		[() => GroupIdentifierSet, {
			[_eQN]: `GroupSet`,
			[_xN]: _gSr
		}],
		[0, {
			[_eQN]: `IpAddressType`,
			[_xN]: _iAT
		}],
		[() => DnsOptions$, {
			[_eQN]: `DnsOptions`,
			[_xN]: _dOn
		}],
		[2, {
			[_eQN]: `PrivateDnsEnabled`,
			[_xN]: _pDE
		}],
		[2, {
			[_eQN]: `RequesterManaged`,
			[_xN]: _rMeq
		}],
		[() => ValueStringList, {
			[_eQN]: `NetworkInterfaceIdSet`,
			[_xN]: _nIIS
		}],
		[() => DnsEntrySet, {
			[_eQN]: `DnsEntrySet`,
			[_xN]: _dES
		}],
		[4, {
			[_eQN]: `CreationTimestamp`,
			[_xN]: _cTrea
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}],
		[() => LastError$, {
			[_eQN]: `LastError`,
			[_xN]: _lEa
		}],
		[() => SubnetIpPrefixesList, {
			[_eQN]: `Ipv4PrefixSet`,
			[_xN]: _iPSpvr
		}],
		[() => SubnetIpPrefixesList, {
			[_eQN]: `Ipv6PrefixSet`,
			[_xN]: _iPSpvre
		}],
		[0, {
			[_eQN]: `FailureReason`,
			[_xN]: _fR
		}],
		[0, {
			[_eQN]: `ServiceNetworkArn`,
			[_xN]: _sNAe
		}],
		[0, {
			[_eQN]: `ResourceConfigurationArn`,
			[_xN]: _rCA
		}],
		[0, {
			[_eQN]: `ServiceRegion`,
			[_xN]: _sR
		}],
		[() => PayerResponsibilitySet, {
			[_eQN]: `PayerResponsibilitySet`,
			[_xN]: _pRSa
		}]
	]
];
var DnsEntrySet = [
	1,
	n0,
	_DES,
	0,
	[() => DnsEntry$, { [_xN]: _it }]
];
var FilterList = [
	1,
	n0,
	_FLi,
	0,
	[() => Filter$, { [_xN]: _Fil }]
];
var GroupIdentifierSet = [
	1,
	n0,
	_GIS,
	0,
	[() => SecurityGroupIdentifier$, { [_xN]: _it }]
];
var GroupIdStringList = [
	1,
	n0,
	_GISL,
	0,
	[0, { [_xN]: _gIr }]
];
var GroupNameStringList = [
	1,
	n0,
	_GNSL,
	0,
	[0, { [_xN]: _GN }]
];
var IpPermissionList = [
	1,
	n0,
	_IPLp,
	0,
	[() => IpPermission$, { [_xN]: _it }]
];
var IpRangeList = [
	1,
	n0,
	_IRLp,
	0,
	[() => IpRange$, { [_xN]: _it }]
];
var Ipv6RangeList = [
	1,
	n0,
	_IRLpv,
	0,
	[() => Ipv6Range$, { [_xN]: _it }]
];
var PayerResponsibilitySet = [
	1,
	n0,
	_PRSa,
	0,
	[() => PayerResponsibilityEntry$, { [_xN]: _it }]
];
var PrefixListIdList = [
	1,
	n0,
	_PLIL,
	0,
	[() => PrefixListId$, { [_xN]: _it }]
];
var PrivateDnsSpecifiedDomainSet = [
	1,
	n0,
	_PDSDS,
	0,
	[0, { [_xN]: _it }]
];
var PropagatingVgwList = [
	1,
	n0,
	_PVL,
	0,
	[() => PropagatingVgw$, { [_xN]: _it }]
];
var RouteList = [
	1,
	n0,
	_RLo,
	0,
	[() => Route$, { [_xN]: _it }]
];
var RouteTableAssociationList = [
	1,
	n0,
	_RTAL,
	0,
	[() => RouteTableAssociation$, { [_xN]: _it }]
];
var RouteTableIdStringList = [
	1,
	n0,
	_RTISL,
	0,
	[0, { [_xN]: _it }]
];
var RouteTableList = [
	1,
	n0,
	_RTLo,
	0,
	[() => RouteTable$, { [_xN]: _it }]
];
var SecurityGroupList = [
	1,
	n0,
	_SGL,
	0,
	[() => SecurityGroup$, { [_xN]: _it }]
];
var SubnetIdStringList = [
	1,
	n0,
	_SISLu,
	0,
	[0, { [_xN]: _SIu }]
];
var SubnetIpPrefixesList = [
	1,
	n0,
	_SIPL,
	0,
	[() => SubnetIpPrefixes$, { [_xN]: _it }]
];
var SubnetIpv6CidrBlockAssociationSet = [
	1,
	n0,
	_SICBAS,
	0,
	[() => SubnetIpv6CidrBlockAssociation$, { [_xN]: _it }]
];
var SubnetList = [
	1,
	n0,
	_SLu,
	0,
	[() => Subnet$, { [_xN]: _it }]
];
var TagList = [
	1,
	n0,
	_TL,
	0,
	[() => Tag$, { [_xN]: _it }]
];
var UserIdGroupPairList = [
	1,
	n0,
	_UIGPL,
	0,
	[() => UserIdGroupPair$, { [_xN]: _it }]
];
var ValueStringList = [
	1,
	n0,
	_VSL,
	0,
	[0, { [_xN]: _it }]
];
var VpcEndpointIdList = [
	1,
	n0,
	_VEIL,
	0,
	[0, { [_xN]: _it }]
];
var VpcEndpointSet = [
	1,
	n0,
	_VESpcn,
	0,
	[() => VpcEndpoint$, { [_xN]: _it }]
];
var DescribeRouteTables$ = [
	9,
	n0,
	_DRTe,
	0,
	() => DescribeRouteTablesRequest$,
	() => DescribeRouteTablesResult$
];
var DescribeSecurityGroups$ = [
	9,
	n0,
	_DSGe,
	0,
	() => DescribeSecurityGroupsRequest$,
	() => DescribeSecurityGroupsResult$
];
var DescribeSubnets$ = [
	9,
	n0,
	_DSesc,
	0,
	() => DescribeSubnetsRequest$,
	() => DescribeSubnetsResult$
];
var DescribeVpcEndpoints$ = [
	9,
	n0,
	_DVEe,
	0,
	() => DescribeVpcEndpointsRequest$,
	() => DescribeVpcEndpointsResult$
];
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeConfig.shared.js
init_httpAuthSchemes();
init_protocols();
init_checksum();
init_client();
init_protocols$1();
init_serde();
const getRuntimeConfig$1 = (config) => {
	return {
		apiVersion: "2016-11-15",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultEC2HttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsEc2QueryProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ec2",
			errorTypeRegistries,
			xmlNamespace: "http://ec2.amazonaws.com/doc/2016-11-15",
			version: "2016-11-15",
			serviceTarget: "AmazonEC2"
		},
		serviceId: config?.serviceId ?? "EC2",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8,
		utf8Encoder: config?.utf8Encoder ?? toUtf8
	};
};
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeConfig.js
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
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 9e5),
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
// node_modules/@aws-sdk/client-ec2/dist-es/auth/httpAuthExtensionConfiguration.js
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
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeExtensions.js
init_client$2();
init_client();
init_protocols$1();
const resolveRuntimeExtensions = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ec2/dist-es/EC2Client.js
init_client$2();
init_dist_es();
init_client();
init_config();
init_endpoints();
init_protocols$1();
init_retry();
init_schema();
var EC2Client = class extends Client {
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
			httpAuthSchemeParametersProvider: defaultEC2HttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ec2/dist-es/commandBuilder.js
init_client();
init_endpoints();
const command = makeBuilder(commonParams, "AmazonEC2", "EC2Client", getEndpointPlugin);
const _ep0 = {};
const _mw0 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeRouteTablesCommand.js
var DescribeRouteTablesCommand = class extends command(_ep0, _mw0, "DescribeRouteTables", DescribeRouteTables$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeSecurityGroupsCommand.js
var DescribeSecurityGroupsCommand = class extends command(_ep0, _mw0, "DescribeSecurityGroups", DescribeSecurityGroups$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeSubnetsCommand.js
var DescribeSubnetsCommand = class extends command(_ep0, _mw0, "DescribeSubnets", DescribeSubnets$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeVpcEndpointsCommand.js
var DescribeVpcEndpointsCommand = class extends command(_ep0, _mw0, "DescribeVpcEndpoints", DescribeVpcEndpoints$) {};
// src/engine/ecs/aws-ec2.ts
/** EC2 as far as it is called. The SDK's own class of this form holds every operation of EC2, which is megabytes of a bundle. */
var Ec2 = class extends EC2Client {
	describeRouteTables(input) {
		return this.send(new DescribeRouteTablesCommand(input));
	}
	describeSecurityGroups(input) {
		return this.send(new DescribeSecurityGroupsCommand(input));
	}
	describeSubnets(input) {
		return this.send(new DescribeSubnetsCommand(input));
	}
	describeVpcEndpoints(input) {
		return this.send(new DescribeVpcEndpointsCommand(input));
	}
};
export { Ec2 };
