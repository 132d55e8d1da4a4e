// Debian's Chromium, cut off from everything but this machine.
import { chromium } from 'playwright-core';

const kArguments = [
  '--no-sandbox', // it refuses to run as root with one
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // rebound.test is a stranger's name that has come to mean this machine.
  '--host-resolver-rules=MAP rebound.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

// Starts it with a new profile; it ends with the test `t`.
export async function startChromium(t) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: kArguments,
    headless: true,
  });
  t.after(() => browser.close());
  return browser;
}

// What a context asked for and how it was answered, and what its pages complained about.
export function watch(context) {
  const seen = { requests: [], responses: [], complaints: [] };
  context.on('request', (request) => seen.requests.push(request));
  context.on('response', (response) => seen.responses.push(response));
  context.on('weberror', (error) => seen.complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.complaints.push(message.text());
  });
  return seen;
}
