// A provider over TLS that grants everything at once: node provider.js CERTIFICATE KEY
// Prints its port, serves until it is killed. Beside the endpoints of a provider it has
//   /hold     no token request is answered from now on
//   /release  all are answered again, also those that wait
//   /log      [{"connected", "answered"}], in seconds since 1970, of every token request since /hold
const fs = require('fs');
const https = require('https');
const {performance} = require('perf_hooks');

const now = () => (performance.timeOrigin + performance.now()) / 1000;
const granted = {
  access_token: 'a'.repeat(80), refresh_token: 'r'.repeat(80), token_type: 'Bearer', expires_in: 7200,
};
let held = false;
let waiting = [];
let log = [];
let connected = 0;

function grant(entry, send) {
  entry.answered = now();
  send(granted);
}

const pages = {
  '/token': (entry, send) => {
    log.push(entry);
    if (held) waiting.push(() => grant(entry, send));
    else grant(entry, send);
  },
  '/hold': (entry, send) => {
    held = true;
    log = [];
    send({});
  },
  '/release': (entry, send) => {
    held = false;
    for (const answer of waiting.splice(0)) answer();
    send({});
  },
  '/log': (entry, send) => send(log),
  '/.well-known/openid-configuration': (entry, send) => {
    const issuer = `https://localhost:${server.address().port}`;
    send({
      issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`,
      response_types_supported: ['code'], grant_types_supported: ['authorization_code', 'refresh_token'],
      scopes_supported: ['openid', 'offline_access'],
    });
  },
};

const server = https.createServer(
    {cert: fs.readFileSync(process.argv[2]), key: fs.readFileSync(process.argv[3])},
    (request, response) => {
      const entry = {connected};
      request.resume();
      request.on('end', () => {
        const page = pages[request.url];
        response.writeHead(page ? 200 : 404, {'Content-Type': 'application/json', 'Connection': 'close'});
        if (page) page(entry, (json) => response.end(JSON.stringify(json)));
        else response.end();
      });
    });
server.on('connection', () => connected = now());
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
