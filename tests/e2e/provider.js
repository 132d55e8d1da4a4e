// A provider that consents at once. What its token endpoint answers is the test's business.
import { serve } from './login.js';

// Where the authorize URL `url` wants to be answered, with these parameters and its state.
export function answerTo(url, parameters) {
  const asked = new URL(url).searchParams;
  const answer = new URL(asked.get('redirect_uri'));
  for (const [name, value] of Object.entries(parameters)) answer.searchParams.set(name, value);
  answer.searchParams.set('state', asked.get('state'));
  return answer.href;
}

export function sendToken(request, response) {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ access_token: 'the-token', token_type: 'Bearer', expires_in: 600 }));
}

// Serves until the test `t` ends; returns its address. `sendAnswer` is called as an HTTP handler.
export function startProvider(t, sendAnswer = sendToken) {
  return serve(t, (request, response) => {
    if (request.url.startsWith('/token')) {
      request.resume().on('end', () => sendAnswer(request, response));
      return;
    }
    const url = `http://127.0.0.1${request.url}`;
    response.writeHead(303, { Location: answerTo(url, { code: 'the-code' }) }).end();
  });
}
