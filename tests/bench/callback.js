// node callback.js ISSUER AUTHORITY XAUTH RUNS: logs in that often, being the browser, and says how long it
// is from the callback to its answer, which comes when the tokens are on the disk, beyond the time
// that the provider takes from the connection to its answer.
const {spawn} = require('child_process');
const fs = require('fs');
const http = require('http');
const https = require('https');
const {performance} = require('perf_hooks');
const readline = require('readline');

const [issuer, authority, xauth, runs] = process.argv.slice(2);
const ca = fs.readFileSync(authority);

// Asks for `url` and gives the answer, its body read.
function get(client, url, options = {}) {
  return new Promise((resolve, reject) => {
    client.get(url, {agent: false, ...options}, (answer) => {
      const came = performance.now();
      let body = '';
      answer.on('data', (piece) => body += piece);
      answer.on('end', () => resolve({headers: answer.headers, status: answer.statusCode, body, came}));
    }).on('error', reject);
  });
}

const ask = async (page) => JSON.parse((await get(https, `${issuer}/${page}`, {ca})).body);

// The login's events until it waits for the browser.
async function until_it_waits(login) {
  let url;
  for await (const line of readline.createInterface({input: login.stdout})) {
    const event = JSON.parse(line);
    if (event.event === 'authorize_url') url = new URL(event.url);
    if (event.event === 'waiting') return url;
  }
  throw new Error('the login ended');
}

async function log_in() {
  const login = spawn(xauth, [
    'login', 'callback', '--client-id', 'c', '--authorize-url', `${issuer}/authorize`, '--token-url', `${issuer}/token`,
    '--redirect-uri', 'http://127.0.0.1:0/callback', '--no-browser', '--force', '-o', 'json',
  ], {stdio: ['ignore', 'pipe', 'ignore']});
  const ended = new Promise((resolve) => login.on('exit', resolve));
  const url = await until_it_waits(login);
  const callback = new URL(url.searchParams.get('redirect_uri'));
  callback.search = new URLSearchParams({code: 'c', state: url.searchParams.get('state')});

  await ask('hold');  // forgets what was before
  await ask('release');
  const sent = performance.now();
  const answer = await get(http, callback);
  const memory = /VmHWM:\s*(\d+)/.exec(fs.readFileSync(`/proc/${login.pid}/status`, 'utf8'))[1];
  await get(http, new URL(answer.headers.location, callback));
  login.stdout.resume();
  if (await ended !== 0) throw new Error('the login failed');
  const [entry] = await ask('log');
  const provider = (entry.answered - entry.connected) * 1000;
  return {beyond: answer.came - sent - provider, provider, memory: Number(memory)};
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

(async () => {
  await log_in();  // warms up
  const all = [];
  for (let run = 0; run < Number(runs); ++run) all.push(await log_in());
  const beyond = median(all.map((one) => one.beyond)).toFixed(1);
  const provider = median(all.map((one) => one.provider)).toFixed(1);
  console.log(`From the callback to the tokens on the disk: the provider's ${provider} ms and ${beyond} ms, ` +
              `the median of ${runs}. The login had ${Math.max(...all.map((one) => one.memory))} KiB of memory at most.`);
})();
