// Every page that a login can show: how it looks, what it was sent with, and what it does not do.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import test from 'node:test';
import { faults } from './appearance.js';
import { startChromium, watch } from './chromium.js';
import { serve, startLogin, startLoginAt } from './login.js';
import { answerTo, sendToken, startProvider } from './provider.js';

const [, , program, screenshots] = process.argv;
mkdirSync(screenshots, { recursive: true });

const kHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  connection: 'close',
};
const kPolicy = "default-src 'none'; style-src 'unsafe-inline'";

async function openContext(t) {
  const context = await (await startChromium(t)).newContext();
  return { context, seen: watch(context), page: await context.newPage() };
}

function assertHeaders(sent) {
  const known = Object.keys(kHeaders).map((name) => [name, sent[name]]);
  assert.deepEqual(Object.fromEntries(known), kHeaders);
  assert.equal(sent['access-control-allow-origin'], undefined);
  assert.equal(sent['set-cookie'], undefined);
}

// Nothing but loopback was asked for, and what came pleased the browser.
function assertQuiet(seen) {
  assert.notEqual(seen.requests.length, 0);
  const away = seen.requests.map((request) => request.url()).filter((url) => new URL(url).hostname !== '127.0.0.1');
  assert.deepEqual(away, []);
  assert.deepEqual(seen.complaints, []);
}

// The page whose heading is `title`, the answer `response`: one of ours, pleasant and inert.
async function assertOurPage(page, response, title, name) {
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
  const headers = await response.allHeaders();
  assertHeaders(headers);
  assert.equal(headers['content-security-policy'], kPolicy);
  assert.equal(await page.title(), `${title} · xauth`);
  assert.equal(await page.locator('script, a, link, img, iframe, form, object, [src], [href], [style]').count(), 0);
  assert.deepEqual(await faults(page, name, screenshots), []);
}

test('the consent page, and the page that says it was answered before', async (t) => {
  const { page, seen } = await openContext(t);
  const login = await startLogin(t, program, ['demo', '--serve']);
  const response = await page.goto(login.url);
  const headers = await response.allHeaders();
  assertHeaders(headers);
  assert.ok(headers['content-security-policy'].startsWith(`${kPolicy}; base-uri 'none'; frame-ancestors 'none'`));
  assert.equal(await page.locator('script, a, link, img, iframe, object, [src], [href]').count(), 0);
  assert.deepEqual(await faults(page, 'consent', screenshots), []);

  const form = await page.locator('form').evaluate((element) => ({ page: element.elements.page.value }));
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading', { name: 'You are logged in' }).waitFor();
  const consent = seen.requests.find((request) => request.method() === 'POST').url();
  const again = await page.request.post(consent, { form: { ...form, decision: 'allow' } });
  await page.setContent(await again.text());
  await page.getByRole('heading', { name: 'This page was answered already' }).waitFor();
  assert.deepEqual(await faults(page, 'consent_again', screenshots), []);
  assertHeaders(again.headers());
  assertQuiet(seen);
});

test('the page after a login: LI-14, and nothing leaves it with a Referer, LI-15', async (t) => {
  const { page, seen } = await openContext(t);
  const login = await startLoginAt(t, program, await startProvider(t));
  const response = await page.goto(login.url);
  await assertOurPage(page, response, 'You are logged in', 'saved');
  assert.deepEqual(seen.responses.map((one) => one.status()), [303, 303, 200]);
  const redirect = await seen.responses[1].allHeaders();
  assert.equal(redirect['location'], '/callback/result');
  assert.equal(redirect['cache-control'], 'no-store');
  assert.equal(redirect['referrer-policy'], 'no-referrer');
  assertQuiet(seen);
  assert.equal((await login.ended).status, 0);

  let referer = 'nobody came';
  const elsewhere = await serve(t, (request, answer) => {
    if (request.url === '/') referer = request.headers.referer;
    answer.end();
  });
  await page.evaluate((href) => {
    document.body.append(Object.assign(document.createElement('a'), { href, textContent: 'away' }));
  }, `${elsewhere}/`);
  await page.getByText('away').click();
  await page.waitForURL(`${elsewhere}/`);
  assert.equal(referer, undefined);
});

test('the page after a refusal, LI-14', async (t) => {
  const { page, seen } = await openContext(t);
  const login = await startLoginAt(t, program, await startProvider(t));
  const response = await page.goto(answerTo(login.url, { error: 'access_denied', error_description: 'No!' }));
  await assertOurPage(page, response, 'Nothing was granted', 'refused');
  assertQuiet(seen);
  assert.equal((await login.ended).status, 3);
});

test('the page after a failure, LI-14', async (t) => {
  const { page, seen } = await openContext(t);
  const provider = await startProvider(t, (request, response) => response.writeHead(500).end());
  const login = await startLoginAt(t, program, provider);
  const response = await page.goto(login.url);
  await assertOurPage(page, response, 'The login did not work', 'failed');
  assertQuiet(seen);
  assert.equal((await login.ended).status, 6);
});

// What a refused callback says in the console is about its status, 400, alone.
function assertComplaintsAboutStatus(seen) {
  for (const complaint of seen.complaints) assert.match(complaint, /status of 400/);
}

test('the pages for an answer that is not ours and for a second one, CB-1, CB-3', async (t) => {
  const { context, page, seen } = await openContext(t);
  let tokenRequest;
  const asked = new Promise((resolve) => {
    tokenRequest = (request, response) => resolve(() => sendToken(request, response));
  });
  const login = await startLoginAt(t, program, await startProvider(t, (...both) => tokenRequest(...both)));
  const callback = new URL(login.url).searchParams.get('redirect_uri');
  const stray = await page.goto(`${callback}?error=access_denied&state=<b>another</b>`);
  assert.equal(stray.status(), 400);
  await assertOurPage(page, stray, 'This is not the answer we wait for', 'not_ours');

  const first = await context.newPage();
  const arrives = first.goto(login.url);
  const answer = await asked; // the first answer is being exchanged
  // Not quite the same URL: Chromium holds back a second request for one that is under way.
  const second = await page.goto(answerTo(login.url, { code: 'the-code', again: 'yes' }));
  assert.equal(second.status(), 400);
  await assertOurPage(page, second, 'This answer was used before', 'already_used');
  answer();
  await arrives;
  await first.getByRole('heading', { name: 'You are logged in' }).waitFor();
  assertComplaintsAboutStatus(seen);
  assert.equal((await login.ended).status, 0);
});
