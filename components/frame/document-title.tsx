/**
 * The name of the browser's tab, as part of the page: it changes in the moment the page does. Next's `metadata.title`
 * comes after the page, and until then a tab has no name: docs/decisions/045.
 */
export function DocumentTitle({ title }: { title: string }) {
  return <title>{`${title} · Muster`}</title>
}
