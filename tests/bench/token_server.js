// A token endpoint over TLS that grants everything at once: node token_server.js CERTIFICATE KEY
// Prints its port, serves until it is killed.
const fs = require('fs');
const https = require('https');

const body = JSON.stringify({
  access_token: 'a'.repeat(80), refresh_token: 'r'.repeat(80), token_type: 'bearer', expires_in: 7200,
});
const server = https.createServer(
    {cert: fs.readFileSync(process.argv[2]), key: fs.readFileSync(process.argv[3])},
    (request, response) => {
      request.resume();
      request.on('end', () => {
        response.writeHead(200, {'Content-Type': 'application/json', 'Connection': 'close'});
        response.end(body);
      });
    });
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
