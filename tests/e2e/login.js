// The built program during a login, in directories of its own.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Listens on a free port of 127.0.0.1 until the test `t` ends; returns "http://127.0.0.1:PORT".
export async function serve(t, handler) {
  const server = http.createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections?.();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

// Stands in for the person's browser: what the program opens is told to `opened`.
async function browserCommand(t, opened) {
  const address = await serve(t, (request, response) => {
    opened(new URL(request.url, 'http://127.0.0.1').searchParams.get('url'));
    response.end();
  });
  return `curl --silent --get --data-urlencode url=%s ${address}/`;
}

function collect(stream) {
  let text = '';
  stream.setEncoding('utf8').on('data', (piece) => (text += piece));
  return () => text;
}

// Starts the program, for at most a minute; `ended` resolves to {status, stdout, stderr}.
function start(program, args, env) {
  const child = spawn('timeout', ['--kill-after=5', '60', program, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const ended = new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, stdout: stdout(), stderr: stderr() }));
  });
  return { child, ended };
}

// A config directory of its own until the test `t` ends. `run` runs the program there to its end,
// `start` only starts it; `file` and `write` are for the JSON files of the configuration.
export function makeHome(t, program) {
  const home = mkdtempSync(join(tmpdir(), 'xauth-e2e-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const env = { PATH: process.env.PATH, HOME: home, XAUTH_CONFIG_DIR: join(home, 'config') };
  const path = (name) => join(home, 'config', name);
  return {
    start(args) {
      const started = start(program, args, env);
      t.after(() => started.child.kill());
      return started;
    },
    run: (...args) => start(program, args, env).ended,
    has: (name) => existsSync(path(name)),
    file: (name) => JSON.parse(readFileSync(path(name), 'utf8')),
    write: (name, value) => writeFileSync(path(name), JSON.stringify(value), { mode: 0o600 }),
  };
}

// Starts the login `args`. `url` is what it opened in the browser, `ended` resolves to {status,
// stdout, stderr}; the rest is of its home.
export async function startLogin(t, program, args) {
  const home = makeHome(t, program);
  let opened;
  const url = new Promise((resolve) => (opened = resolve));
  const browser = await browserCommand(t, opened);
  const { ended } = home.start([...args, '--browser', browser]);
  const too_early = ended.then(({ status, stderr }) => {
    throw new Error(`ended with ${status} before a browser was opened: ${stderr}`);
  });
  too_early.catch(() => {}); // of no interest once the browser was opened
  return { ...home, url: await Promise.race([url, too_early]), ended };
}

// The same at a provider of the test's own.
export function startLoginAt(t, program, provider, args = []) {
  return startLogin(t, program, [
    'login',
    'test',
    ...['--authorize-url', `${provider}/authorize`, '--token-url', `${provider}/token`],
    ...['--client-id', 'e2e', '--redirect-uri', 'http://127.0.0.1:0/callback', ...args],
  ]);
}

// For the table in SECURITY.md: where $XAUTH_TALLY names a file, a line is added to it.
export function tally(what, count) {
  if (process.env.XAUTH_TALLY) appendFileSync(process.env.XAUTH_TALLY, `${what}\t${count}\n`);
}
