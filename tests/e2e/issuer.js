// npm's oidc-provider, a certified OpenID provider, over https with a test CA.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Provider from 'oidc-provider';

const redirect_uris = ['http://127.0.0.1/callback']; // of a native application: with any port
const code_and_refresh = ['authorization_code', 'refresh_token'];

const secrets = { basic: 'basic: a secret+of%ours', service: 'the secret of a service' };

function openssl(directory, ...args) {
  execFileSync('openssl', args, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
}

// A CA, and what it issued: to the server at 127.0.0.1 and to the client `mtls`.
function makeCertificates(directory) {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(directory, 'req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2',
    '-subj', '/CN=test CA', '-addext', 'basicConstraints=critical,CA:TRUE');
  for (const [name, extensions] of [
    ['server', 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n'],
    ['client', 'extendedKeyUsage=clientAuth\n'],
  ]) {
    writeFileSync(join(directory, `${name}.ext`), extensions);
    openssl(directory, 'req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`,
      '-subj', `/CN=test ${name}`);
    openssl(directory, 'x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key',
      '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.pem`);
  }
}

function jwk(type, options, more) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { private: { ...privateKey.export({ format: 'jwk' }), ...more }, pem: privateKey };
}

function clientsWith(assertionKey) {
  const native = {
    redirect_uris,
    application_type: 'native',
    response_types: ['code'],
    grant_types: code_and_refresh,
  };
  const publicly = { ...native, token_endpoint_auth_method: 'none' };
  const { d, ...publicKey } = assertionKey;
  const device = 'urn:ietf:params:oauth:grant-type:device_code';
  return [
    { ...publicly, client_id: 'public' },
    { ...publicly, client_id: 'eddsa', id_token_signed_response_alg: 'EdDSA' },
    { ...publicly, client_id: 'ps256', id_token_signed_response_alg: 'PS256' },
    { ...native, client_id: 'basic', client_secret: secrets.basic },
    {
      ...native,
      client_id: 'assertion',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [{ ...publicKey, use: 'sig' }] },
    },
    {
      ...native,
      client_id: 'mtls',
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: 'CN=test client',
    },
    {
      ...publicly,
      client_id: 'device',
      redirect_uris: [],
      response_types: [],
      grant_types: [device, 'refresh_token'],
    },
    {
      client_id: 'service',
      client_secret: secrets.service,
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
  ];
}

function certificateOf(ctx) {
  const { raw } = ctx.socket.getPeerCertificate();
  return raw && new X509Certificate(raw);
}

const features = {
  deviceFlow: { enabled: true },
  introspection: { enabled: true },
  revocation: { enabled: true },
  clientCredentials: { enabled: true },
  mTLS: {
    enabled: true,
    tlsClientAuth: true,
    getCertificate: certificateOf,
    certificateAuthorized: (ctx) => ctx.socket.authorized,
    certificateSubjectMatches: (ctx, property, expected) => certificateOf(ctx).subject === expected,
  },
};

// Serves until the test `t` ends. `issuer` is its URL, `file` names a file for the program (ca.pem,
// client.pem, client.key, assertion.key, basic.secret, …), `provider` is the running thing, `asked` what came.
export async function startIssuer(t) {
  const directory = mkdtempSync(join(tmpdir(), 'xauth-issuer-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  makeCertificates(directory);
  const file = (name) => join(directory, name);
  const read = (name) => readFileSync(file(name));
  const server = https.createServer({
    key: read('server.key'),
    cert: read('server.pem'),
    ca: read('ca.pem'),
    requestCert: true,
    rejectUnauthorized: false, // only one client has a certificate
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections?.();
    server.close();
  });

  const assertion = jwk('ec', { namedCurve: 'P-256' }, { kid: 'assertion' });
  writeFileSync(file('assertion.key'), assertion.pem.export({ format: 'pem', type: 'pkcs8' }), {
    mode: 0o600,
  });
  for (const [name, secret] of Object.entries(secrets)) {
    writeFileSync(file(`${name}.secret`), secret, { mode: 0o600 });
  }
  const issuer = `https://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: clientsWith(assertion.private),
    jwks: {
      keys: [
        jwk('rsa', { modulusLength: 2048 }, { kid: 'rsa', use: 'sig' }).private,
        jwk('ed25519', {}, { kid: 'ed25519', use: 'sig' }).private,
      ],
    },
    clientAuthMethods: ['none', 'client_secret_basic', 'private_key_jwt', 'tls_client_auth'],
    cookies: { keys: ['a key of the tests'] },
    claims: { openid: ['sub'], email: ['email'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'PS256', 'EdDSA'],
      clientAuthSigningAlgValues: ['ES256', 'RS256', 'PS256', 'EdDSA'],
    },
    features,
    findAccount: (ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@example.com`, preferred_username: sub }),
    }),
    rotateRefreshToken: true,
    ttl: { AccessToken: 600, IdToken: 600, DeviceCode: 600, RefreshToken: 86400, Grant: 86400,
      Interaction: 600, Session: 600, ClientCredentials: 600 },
  });
  const asked = [];
  server.on('request', (request, response) => {
    asked.push({ method: request.method, path: new URL(request.url, issuer).pathname });
    provider.callback()(request, response);
  });
  return { issuer, provider, asked, file };
}
