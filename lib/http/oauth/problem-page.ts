import { createHash } from 'node:crypto'
import { html } from 'hono/html'

const STYLE = `
:root{color-scheme:light dark;font:14px/1.57 ui-sans-serif,system-ui,sans-serif}
body{margin:0;min-height:100dvh;box-sizing:border-box;display:flex;flex-direction:column;align-items:center;padding:max(2rem,12vh) 1rem 2rem;background:light-dark(#f6f4f1,#0d0d0c);color:light-dark(#1c1a17,#eeece8)}
header{display:flex;align-items:center;gap:.5rem;margin-bottom:1.5rem;font-weight:600;font-size:1rem}
main{box-sizing:border-box;width:100%;max-width:30rem;padding:1.75rem;border:1px solid light-dark(#e8e4de,#2b2a28);border-radius:.75rem;background:light-dark(#fff,#191918)}
h1{margin:0;font-size:1.25rem;line-height:1.3;font-weight:600}
p{margin:.5rem 0 0;color:light-dark(#59554e,#aea99f)}
code{font:12px/1.5 ui-monospace,Menlo,monospace;overflow-wrap:anywhere;color:light-dark(#1c1a17,#eeece8)}
@media (max-width:640px){main{padding:1.25rem}body{padding-top:2rem}}`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/**
 * The page for an authorization request that may not be sent back anywhere (RFC 6749 §4.1.2.1), or not be kept. It stands alone,
 * with no script, and never links to what the request named.
 */
export async function problemPage(given: {
  title: string
  explanation: string
  advice: string
  reference: string
  status?: number
  headers?: Record<string, string>
}): Promise<Response> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${given.title} · Muster</title>
<style>${{ toString: () => STYLE, isEscaped: true } as unknown as string}</style>
</head>
<body>
<header>
<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><rect width="24" height="24" rx="6" fill="#3f3fcf"/><path d="M5.5 18V8.2l5 5.6 8-8.3V18" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>
Muster
</header>
<main>
<h1>${given.title}</h1>
<p>${given.explanation}</p>
<p>${given.advice}</p>
<p><small>Reference <code>${given.reference}</code></small></p>
</main>
</body>
</html>`
  return new Response(String(page), {
    status: given.status ?? 400,
    headers: {
      ...given.headers,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  })
}
