import { html } from 'hono/html';
import { type Frame, layout, type Page } from './layout.ts';

/** The sign-in form. `next` is one of our own private pages; `wrong` says that the last attempt was refused, without saying which of the two was wrong. */
export function signInPage(frame: Frame, form: { readonly next?: string | undefined; readonly wrong?: boolean }): Page {
  const described = form.wrong ? html` aria-describedby="wrong" aria-invalid="true"` : '';
  return layout(
    frame,
    html`
<h1>Sign in</h1>
<p class="lead">Departments see their own receipts. The legal team sees agency files, requests and the audit trail; the privacy officer also sees how each release was protected.</p>
${form.wrong ? html`<p id="wrong" class="wrong" role="alert">The client id or the secret is wrong. Nothing was opened.</p>` : ''}
<form class="card" method="post" action="/sign-in">
  ${form.next ? html`<input type="hidden" name="next" value="${form.next}">` : ''}
  <p><label for="client_id">Client id</label>
  <input id="client_id" name="client_id" required maxlength="200" autocomplete="username" autocapitalize="none" spellcheck="false"${described}></p>
  <p><label for="client_secret">Client secret</label>
  <input id="client_secret" name="client_secret" type="password" required maxlength="500" autocomplete="current-password"${described}></p>
  <p><button>Sign in</button></p>
  <p class="note">These are the same as for the interface. Sign out when you are done; the session ends by itself when its token does.</p>
</form>`,
  );
}
