import { ArrowLeft, LogOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { DocumentTitle } from '#components/frame/document-title'
import { Button } from '#components/ui/button'
import { Link } from '#components/ui/link'
import { Logo } from '#components/ui/logo'
import { PageHeader } from '#components/ui/page-header'
import { TextLink } from '#components/ui/text-link'

/** What stands around the pages about oneself: they belong to no team. */
export function AccountFrame({
  title,
  description,
  back,
  signOut,
  children,
}: {
  title: string
  description?: ReactNode
  back: { href: string; label: string }
  signOut: () => Promise<void>
  children: ReactNode
}) {
  return (
    <>
      <DocumentTitle title={title} />
      <header className="flex h-14 items-center justify-between gap-4 border-b bg-canvas px-4 md:px-8">
        <Link href="/" className="inline-flex rounded-sm" aria-label="Muster: your teams">
          <Logo />
        </Link>
        <form action={signOut}>
          <Button type="submit" variant="ghost" size="sm">
            <LogOut aria-hidden="true" />
            Sign out
          </Button>
        </form>
      </header>
      <main className="mx-auto w-full max-w-3xl px-4 py-6 md:px-8 md:py-8">
        <p className="mb-3 text-sm">
          <TextLink quiet href={back.href} className="inline-flex items-center gap-1.5 text-fg-muted">
            <ArrowLeft aria-hidden="true" className="size-3.5" />
            {back.label}
          </TextLink>
        </p>
        <PageHeader title={title} description={description} />
        <div className="grid gap-6">{children}</div>
      </main>
    </>
  )
}
