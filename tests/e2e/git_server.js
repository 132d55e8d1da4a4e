// Serves the bare repositories below a directory over https, to whoever has a token of the provider's as
// the password: git_server.js KEY CERTIFICATE REPOSITORIES ACCOUNT_URL LOG
// Prints its port. Each request becomes a line `HOST PASSWORD` (or -) of the file LOG.
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const [key, cert, repositories, accountUrl, log] = process.argv.slice(2);

function passwordIn(header) {
  const [scheme, credentials] = (header ?? '').split(' ');
  if (scheme !== 'Basic') return undefined;
  return Buffer.from(credentials, 'base64').toString().split(':').slice(1).join(':');
}

// Whether the provider knows the token.
function isValid(token) {
  return new Promise((resolve) => {
    const headers = { Authorization: `Bearer ${token}` };
    http
      .get(accountUrl, { headers }, (response) => resolve(response.resume().statusCode === 200))
      .on('error', () => resolve(false));
  });
}

// git-http-backend is a CGI program: a head with `Status`, an empty line, a body.
function runBackend(request, response) {
  const url = new URL(request.url, 'https://localhost');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: repositories,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
    },
  });
  request.pipe(backend.stdin);
  const pieces = [];
  backend.stdout.on('data', (piece) => pieces.push(piece));
  backend.on('close', () => {
    const whole = Buffer.concat(pieces);
    const end = whole.indexOf('\r\n\r\n');
    for (const line of whole.subarray(0, end).toString().split('\r\n')) {
      const [name, value] = line.split(': ');
      if (name === 'Status') response.statusCode = parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.end(whole.subarray(end + 4));
  });
}

const server = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, async (request, response) => {
  const password = passwordIn(request.headers.authorization);
  appendFileSync(log, `${request.headers.host} ${password ?? '-'}\n`);
  if (password !== undefined && (await isValid(password))) return runBackend(request, response);
  response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="repositories"' }).end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
