// Another page in the same browser knows the callback's address and tries to spoil the login.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { startChromium, watch } from './chromium.js';
import { serve, startLoginAt, tally } from './login.js';
import { startProvider } from './provider.js';

const program = process.argv[2];

// Each is a piece of the hostile page's script; `aim(NAME)` is the callback without the state.
const attacks = {
  image: 'new Image().src = target',
  style: "add('link', {rel: 'stylesheet', href: target})",
  script: "add('script', {src: target})",
  frame: "add('iframe', {src: target})",
  embed: "add('embed', {src: target})",
  fetch: "fetch(target, {mode: 'no-cors', credentials: 'include'})",
  fetch_post: "fetch(target, {mode: 'no-cors', method: 'POST', body: 'error=access_denied'})",
  fetch_cors: 'fetch(target)',
  beacon: "navigator.sendBeacon(target, 'error=access_denied')",
  form_in_frame: "add('iframe', {name: 'inner'}); submit('post', 'inner')",
  form_in_window: "submit('post', '_blank')",
  form_get: "submit('get', '_blank')",
  window: 'window.open(target)',
  window_guess: "window.open(target + '&state=guess')",
  window_code: "window.open(target.replace('error=access_denied', 'code=stolen'))",
};

function hostilePage(callback) {
  const pieces = Object.entries(attacks).map(
    ([name, piece]) => `{ const target = '${callback}?error=access_denied&attack=${name}'; ${piece} }`,
  );
  return `<!doctype html><title>hostile</title><body><script>
    function add(kind, properties) {
      document.body.append(Object.assign(document.createElement(kind), properties));
    }
    globalThis.go = () => {
      ${pieces.join('\n').replaceAll("submit('", "submit(target, '")}
    };
    function submit(target, method, where) {
      const form = Object.assign(document.createElement('form'), {method, target: where, action: target});
      for (const [name, value] of new URL(target).searchParams) {
        form.append(Object.assign(document.createElement('input'), {name, value}));
      }
      document.body.append(form);
      form.submit();
    }
  </script>`;
}

const kRefusedKind = 403; // no navigation of a person
const kRefusedHost = 421; // another name than that of the redirect URI
const kRefusedBody = 413; // nothing is taken but a GET, and no body of anything
const kStray = 400; // looked at: no answer of ours
const kHidden = 'hidden from the page by the browser';
const kTally = 'attempts of hostile pages in Chromium';

const kExpected = {
  beacon: kRefusedBody,
  embed: kRefusedKind,
  fetch: kRefusedKind,
  fetch_cors: kHidden,
  fetch_post: kRefusedBody,
  form_get: kStray,
  form_in_frame: kRefusedBody,
  form_in_window: kRefusedBody,
  frame: kRefusedKind,
  image: kHidden,
  script: kHidden,
  style: kHidden,
  window: kStray,
  window_code: kStray,
  window_guess: kStray,
};

// How each attack was answered, once all have been.
async function answers(context, attack) {
  const found = new Map();
  const patience = AbortSignal.timeout(20_000);
  const all = new Promise((resolve) => {
    const note = (request, answer) => {
      const name = new URL(request.url()).searchParams.get('attack');
      if (name && !found.has(name)) found.set(name, answer);
      if (found.size === Object.keys(attacks).length) resolve();
    };
    context.on('response', (response) => note(response.request(), response.status()));
    context.on('requestfailed', (request) => note(request, kHidden));
  });
  await attack();
  await Promise.race([all, once(patience, 'abort')]);
  return Object.fromEntries([...found].sort());
}

// How often the program, asked to tell all, has told that a page asked instead of a person.
function timesToldOfPages(stderr) {
  return stderr.split('a page asked for it, not a person').length - 1;
}

for (const host of ['127.0.0.1', 'localhost']) {
  test(`a page of ${host} on another port cannot end a login, CB-2, LI-10, IN-7`, async (t) => {
    const provider = await startProvider(t);
    const login = await startLoginAt(t, program, provider, ['-v']);
    const callback = new URL(login.url).searchParams.get('redirect_uri');
    const hostile = await serve(t, (request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(hostilePage(callback));
    });
    const context = await (await startChromium(t)).newContext();
    const attacker = await context.newPage();
    await attacker.goto(hostile.replace('127.0.0.1', host));
    const statuses = await answers(context, () => attacker.evaluate(() => globalThis.go()));
    assert.deepEqual(statuses, kExpected);

    const page = await context.newPage();
    await page.goto(login.url);
    await page.getByRole('heading', { name: 'You are logged in' }).waitFor();
    const { status, stderr } = await login.ended;
    assert.equal(status, 0);
    assert.match(stderr, /ignored a reply that is not the answer to this login/);
    const refused = Object.values(kExpected).filter((how) => [kRefusedKind, kHidden].includes(how));
    assert.equal(timesToldOfPages(stderr), refused.length, 'the hidden ones came, too');
    assert.equal(login.file('tokens/test.json').access_token, 'the-token');
    tally(kTally, Object.keys(attacks).length);
  });
}

test('a page whose own name has come to mean this machine gets nothing, IN-10, LI-9', async (t) => {
  const provider = await startProvider(t);
  const login = await startLoginAt(t, program, provider);
  const asked = new URL(login.url).searchParams;
  const rebound = asked.get('redirect_uri').replace('127.0.0.1', 'rebound.test');
  const hostile = await serve(t, (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(hostilePage(rebound));
  });
  const context = await (await startChromium(t)).newContext();
  const attacker = await context.newPage();
  await attacker.goto(hostile.replace('127.0.0.1', 'rebound.test'));
  const statuses = await answers(context, () => attacker.evaluate(() => globalThis.go()));
  const expected = Object.entries(kExpected).map(([name, how]) => [
    name,
    [kRefusedKind, kStray].includes(how) ? kRefusedHost : how,
  ]);
  assert.deepEqual(statuses, Object.fromEntries(expected));
  // Not even with the right state.
  const denied = `${rebound}?error=access_denied&state=${asked.get('state')}`;
  assert.equal((await attacker.goto(denied)).status(), kRefusedHost);

  const page = await context.newPage();
  await page.goto(login.url);
  await page.getByRole('heading', { name: 'You are logged in' }).waitFor();
  assert.equal((await login.ended).status, 0);
  tally(kTally, Object.keys(attacks).length + 1);
});

// A frame that was refused shows Chromium's own page instead.
async function isFramed(page, address) {
  await page.setContent(`<iframe src="${address}"></iframe>`);
  const [frame] = page.frames().filter((candidate) => candidate !== page.mainFrame());
  await frame.waitForLoadState();
  return (await frame.locator('h1').count()) === 1 && frame.url() === address;
}

test('neither a login nor its last page happens in a frame, LI-14', async (t) => {
  const provider = await startProvider(t);
  const login = await startLoginAt(t, program, provider);
  const context = await (await startChromium(t)).newContext();
  const seen = watch(context);
  const outside = await context.newPage();
  await outside.goto(await serve(t, (request, response) => response.end('elsewhere')));
  assert.equal(await isFramed(outside, login.url), false);
  assert.equal(seen.responses.at(-1).status(), 403, 'even the right answer does not count there');

  const page = await context.newPage();
  await page.goto(login.url);
  await page.getByRole('heading', { name: 'You are logged in' }).waitFor();
  assert.equal((await login.ended).status, 0);

  // The page has gone with the program; what was sent is served again, with and without its word.
  const last = seen.responses.at(-1);
  const body = await last.body();
  const headers = await last.allHeaders();
  const again = await serve(t, (request, response) => {
    const sent = { ...headers };
    if (request.url === '/plain') delete sent['x-frame-options'];
    response.writeHead(200, sent).end(body);
  });
  assert.equal(await isFramed(outside, `${again}/plain`), true);
  assert.equal(await isFramed(outside, `${again}/`), false);
});
