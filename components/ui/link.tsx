import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/**
 * Next's link without its prefetching: every page here is made for the reader at that moment, so that what was fetched
 * ahead would be thrown away, at the price of a request for each link in sight.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />
}
