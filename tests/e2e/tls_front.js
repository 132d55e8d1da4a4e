// The provider over TLS, under any name: tls_front.js KEY CERTIFICATE PROVIDER_PORT RECORD
// Prints its port, on any address. The head of each request becomes a line of the file RECORD.
import { appendFileSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const [key, cert, port, record] = process.argv.slice(2);

const front = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
  const { method, url: path, rawHeaders } = request;
  appendFileSync(record, `${method} ${path} ${rawHeaders.join(' ')}\n`);
  const headers = { ...request.headers, host: `127.0.0.1:${port}` };
  const inner = http.request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  inner.on('error', () => response.destroy());
  request.pipe(inner);
});
front.listen(0, () => console.log(front.address().port));
