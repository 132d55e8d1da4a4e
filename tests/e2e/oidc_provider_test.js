// The built program against a certified OpenID provider over TLS, with a person in Chromium.
import assert from 'node:assert/strict';
import http from 'node:http';
import test from 'node:test';
import { startChromium } from './chromium.js';
import { startIssuer } from './issuer.js';
import { makeHome, startLogin } from './login.js';

const program = process.argv[2];
const scope = ['--scope', 'openid profile email offline_access', '--prompt', 'consent'];

// A page that takes the provider's test certificate.
async function newPage(t) {
  const context = await (await startChromium(t)).newContext({ ignoreHTTPSErrors: true });
  return context.newPage();
}

function loginArguments({ issuer, file }, client, more = []) {
  return [
    ...['login', client, '--issuer', issuer, '--ca-file', file('ca.pem'), '--client-id', client],
    ...more,
  ];
}

async function signIn(page) {
  await page.getByPlaceholder('Enter any login').fill('ada');
  await page.getByPlaceholder('and password').fill('not asked by us');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}

async function consent(page) {
  await signIn(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'You are logged in' }).waitFor();
}

// Logs in as `client` and returns the home of it.
async function logIn(t, issuer, client, more = []) {
  const redirect = ['--redirect-uri', 'http://127.0.0.1:0/callback'];
  const args = loginArguments(issuer, client, [...redirect, ...scope, ...more]);
  const login = await startLogin(t, program, args);
  const page = await newPage(t);
  await page.goto(login.url);
  await consent(page);
  const { status, stderr } = await login.ended;
  assert.equal(status, 0, stderr);
  assert.match(stderr, /as ada\b/);
  return login;
}

async function succeed(running) {
  const { status, stdout, stderr } = await running;
  assert.equal(status, 0, stderr);
  return stdout;
}

// Whether the provider still honours the access token.
async function isAlive({ provider }, token) {
  return (await provider.AccessToken.find(token)) !== undefined;
}

test('login, token, refresh, status, whoami, inspect, logout, and the token is dead', async (t) => {
  const issuer = await startIssuer(t);
  const home = await logIn(t, issuer, 'public');

  const first = (await succeed(home.run('token', 'public'))).trim();
  assert.equal(first, home.file('tokens/public.json').access_token);
  assert.equal(await isAlive(issuer, first), true);

  const second = (await succeed(home.run('token', 'public', '--force-refresh'))).trim();
  assert.notEqual(second, first);
  const [row] = JSON.parse(await succeed(home.run('status', '-o', 'json')));
  assert.equal(row.state, 'valid');
  assert.equal(row.provider, issuer.issuer);
  assert.equal(row.account, 'ada');
  assert.equal(row.can_refresh, true);

  const who = JSON.parse(await succeed(home.run('whoami', 'public', '-o', 'json')));
  assert.equal(who.claims.email, 'ada@example.com');
  const seen = JSON.parse(await succeed(home.run('inspect', 'public', '-o', 'json')));
  assert.equal(seen.id_token.signature, 'valid');
  assert.equal(seen.id_token.claims.sub, 'ada');
  assert.deepEqual(seen.access_token, { opaque: true });

  await succeed(home.run('logout', 'public'));
  assert.equal(await isAlive(issuer, second), false);
  assert.equal((await home.run('token', 'public')).status, 4);
});

test('a copied token file that is used twice ends the grant, which is told and recorded', async (t) => {
  const issuer = await startIssuer(t);
  const home = await logIn(t, issuer, 'public');
  const copy = home.file('tokens/public.json');
  await succeed(home.run('refresh', 'public'));
  const { access_token, refresh_token } = home.file('tokens/public.json');
  assert.notEqual(refresh_token, copy.refresh_token);

  home.write('tokens/public.json', copy);
  const dead = await home.run('refresh', 'public');
  assert.equal(dead.status, 4);
  assert.match(dead.stderr, /invalid_grant/);
  assert.match(home.file('tokens/public.json').refused, /invalid_grant/);
  assert.equal(await isAlive(issuer, access_token), false);
});

for (const [client, more] of Object.entries({
  basic: (file) => ['--client-secret-file', file('basic.secret')],
  assertion: (file) => ['--client-auth', 'private_key_jwt', '--client-key-file', file('assertion.key')],
  mtls: (file) => [
    ...['--client-auth', 'tls_client_auth', '--client-key-file', file('client.key')],
    ...['--client-certificate-file', file('client.pem')],
  ],
})) {
  test(`the client ${client} proves itself at login, refresh and logout`, async (t) => {
    const issuer = await startIssuer(t);
    const home = await logIn(t, issuer, client, more(issuer.file));
    await succeed(home.run('refresh', client));
    const token = (await succeed(home.run('token', client))).trim();
    await succeed(home.run('logout', client));
    assert.equal(await isAlive(issuer, token), false);
  });
}

for (const [client, algorithm] of [['eddsa', 'EdDSA'], ['ps256', 'PS256']]) {
  test(`an ID token signed by ${algorithm} is checked`, async (t) => {
    const issuer = await startIssuer(t);
    const home = await logIn(t, issuer, client);
    const { id_token } = JSON.parse(await succeed(home.run('inspect', client, '-o', 'json')));
    assert.equal(id_token.header.alg, algorithm);
    assert.equal(id_token.signature, 'valid');
  });
}

test('an answer without the iss that the provider announces is refused', async (t) => {
  const issuer = await startIssuer(t);
  const redirect = ['--redirect-uri', 'http://127.0.0.1:0/callback'];
  const login = await startLogin(
    t, program, loginArguments(issuer, 'public', [...redirect, ...scope]));
  const asked = new URL(login.url).searchParams;
  const answer = new URL(asked.get('redirect_uri'));
  answer.searchParams.set('state', asked.get('state'));
  answer.searchParams.set('code', 'anything');
  await new Promise((resolve) => http.get(answer, (response) => response.resume().on('end', resolve)));
  assert.equal((await login.ended).status, 7);
  assert.equal(issuer.asked.some(({ path }) => path === '/token'), false);
});

test('the answer by form_post', async (t) => {
  const issuer = await startIssuer(t);
  await logIn(t, issuer, 'public', ['--param', 'response_mode=form_post']);
});

test('the person denies', async (t) => {
  const issuer = await startIssuer(t);
  const redirect = ['--redirect-uri', 'http://127.0.0.1:0/callback'];
  const login = await startLogin(
    t, program, loginArguments(issuer, 'public', [...redirect, ...scope]));
  const page = await newPage(t);
  await page.goto(login.url);
  await signIn(page);
  await page.getByText('Cancel').click();
  await page.getByRole('heading', { name: 'Nothing was granted' }).waitFor();
  assert.equal((await login.ended).status, 3);
  assert.equal(login.has('tokens/public.json'), false);
});

test('a device login is approved in Chromium', async (t) => {
  const issuer = await startIssuer(t);
  const home = makeHome(t, program);
  const login = home.start(loginArguments(issuer, 'device', ['--device', '-o', 'json',
    '--scope', 'openid profile offline_access']));
  let told = '';
  const asked = await new Promise((resolve) => {
    login.child.stdout.on('data', (piece) => {
      told += piece;
      const line = told.split('\n').find((text) => text.includes('"device_code"'));
      if (line) resolve(JSON.parse(line));
    });
  });
  const page = await newPage(t);
  await page.goto(asked.verification_uri);
  await page.getByPlaceholder('Enter code').fill(asked.user_code);
  await page.getByRole('button', { name: 'Continue' }).click();
  assert.match(await page.locator('code').textContent(), new RegExp(asked.user_code));
  await page.getByRole('button', { name: 'Continue' }).click();
  await signIn(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  const { status, stderr } = await login.ended;
  assert.equal(status, 0, stderr);
  assert.equal(home.file('tokens/device.json').account, 'ada');
});

test('client credentials, and introspection of the token', async (t) => {
  const issuer = await startIssuer(t);
  const home = makeHome(t, program);
  await succeed(home.run(...loginArguments(issuer, 'service',
    ['--client-credentials', '--client-secret-file', issuer.file('service.secret')])));
  const first = (await succeed(home.run('token', 'service'))).trim();
  const second = (await succeed(home.run('token', 'service', '--force-refresh'))).trim();
  assert.notEqual(second, first);
  const seen = JSON.parse(
    await succeed(home.run('inspect', 'service', '--introspect', '-o', 'json')));
  assert.equal(seen.introspection.active, true);
});
