// A person logs in with a browser: says yes, says no, has bad luck.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startChromium, watch } from './chromium.js';
import { startLogin, startLoginAt } from './login.js';
import { startProvider } from './provider.js';

const program = process.argv[2];

async function addressesVisited(page) {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  return entries.map((entry) => new URL(entry.url));
}

test('Allow ends on a page without the code, and the token alone is printed, LI-15', async (t) => {
  const login = await startLogin(t, program, ['demo']);
  const page = await (await startChromium(t)).newPage();
  const seen = watch(page.context());
  await page.goto(login.url);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading', { name: 'You are logged in' }).waitFor();

  const callback = new URL(login.url).searchParams.get('redirect_uri');
  assert.equal(page.url(), `${callback}/result`);
  const { status, stdout } = await login.ended;
  assert.equal(status, 0);
  assert.equal(stdout, `${login.file('tokens/demo.json').access_token}\n`);
  assert.match(stdout, /^[\w.~-]{20,}\n$/);
  assert.equal(seen.requests.filter((request) => request.url().includes('code=')).length, 1);

  for (const address of await addressesVisited(page)) {
    assert.equal(address.searchParams.get('code'), null, `in the history: ${address}`);
  }
  const before = seen.requests.length;
  await page.goBack().catch(() => {}); // the provider has ended with the login
  for (const request of seen.requests.slice(before)) {
    assert.equal(request.method(), 'GET');
    assert.equal(request.url(), login.url);
  }
});

test('Deny is told by the page and by status 3, and nothing is stored', async (t) => {
  const login = await startLogin(t, program, ['demo']);
  const page = await (await startChromium(t)).newPage();
  await page.goto(login.url);
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.getByRole('heading', { name: 'Nothing was granted' }).waitFor();
  assert.equal(new URL(page.url()).search, '');

  const { status, stdout, stderr } = await login.ended;
  assert.equal(status, 3);
  assert.equal(stdout, '');
  assert.match(stderr, /^xauth: the login was refused/m);
  assert.equal(login.has('tokens/demo.json'), false);
  assert.equal(login.has('config.json'), false);
});

test('a broken token endpoint is told by the page and by status 6', async (t) => {
  const provider = await startProvider(t, (request, response) => {
    response.writeHead(500, { 'Content-Type': 'text/html' }).end('<h1>Oops</h1>');
  });
  const login = await startLoginAt(t, program, provider);
  const page = await (await startChromium(t)).newPage();
  await page.goto(login.url);
  await page.getByRole('heading', { name: 'The login did not work' }).waitFor();
  assert.equal(new URL(page.url()).search, '');
  assert.doesNotMatch(await page.content(), /Oops|the-code/);

  const { status, stdout } = await login.ended;
  assert.equal(status, 6);
  assert.equal(stdout, '');
  assert.equal(login.has('tokens/test.json'), false);
});
