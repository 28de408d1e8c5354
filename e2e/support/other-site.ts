import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type OtherSite = { url: string; show(html: string): void; close(): void }

/** A site of somebody else's: 127.0.0.1 is another site than localhost to a browser. Shows one page at every address. */
export async function otherSite(): Promise<OtherSite> {
  let page = ''
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>Evil</title>${page}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show(html) {
      page = html
    },
    close: () => server.close(),
  }
}

/** A form that sends itself as soon as the page is there. */
export function autoForm(action: string, fields: Record<string, string>, enctype?: string): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value.replaceAll('"', '&quot;')}">`,
  )
  return `<form method="post" action="${action}"${enctype ? ` enctype="${enctype}"` : ''}>${inputs.join('')}</form><script>document.forms[0].submit()</script>`
}
