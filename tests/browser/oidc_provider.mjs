// A real OpenID Connect provider on this machine, for tests: `node oidc_provider.mjs '{…}'`.
// The object: port, redirects, afterwards (where signing out leads), accounts by login, each with
// its claims and the level (acr) it is signed in at. Says «ready» when it listens.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { port, redirects, afterwards, accounts } = JSON.parse(process.argv[2]);
const secret = 'a-secret-of-the-tests-alone-123456';
const client = id => ({
  client_id: id, client_secret: secret, redirect_uris: redirects,
  post_logout_redirect_uris: afterwards, response_types: ['code'],
  grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic',
});
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client('site'), client('another-site')],
  pkce: { required: () => true },
  scopes: ['openid', 'email', 'organisation'],
  claims: {
    openid: ['sub', 'acr'], email: ['email', 'email_verified'],
    organisation: ['organisation_number'],
  },
  acrValues: ['low', 'high'],
  cookies: { keys: ['of-the-tests-alone'] },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id].claims }) }),
  // Whoever signs in has agreed: consent is not what is tested.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid email organisation');
    await grant.save();
    return grant;
  },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
});

async function interact(request, response) {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Provider</title><h1>Provider</h1><form method="post">'
      + '<label>Login <input name="login"></label><button>Sign in</button></form>');
    return;
  }
  let body = '';
  for await (const piece of request) body += piece;
  const login = new URLSearchParams(body).get('login');
  const result = accounts[login]
    ? { login: { accountId: accounts[login].id ?? login, acr: accounts[login].acr } }
    : { error: 'access_denied', error_description: 'cancelled' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
createServer((request, response) =>
  request.url.startsWith('/interaction/') ? interact(request, response) : answer(request, response)
).listen(port, '127.0.0.1', () => console.log('ready'));
