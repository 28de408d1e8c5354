'use server'

import { revalidatePath } from 'next/cache'
import type { FormState } from '#components/ui/action-form'
import { disconnect } from '#lib/connections/disconnect'
import { formResult } from '#lib/http/form-action'
import { adminOf } from './admin-of.ts'

export async function endConnection(slug: string, connectionId: string): Promise<FormState> {
  const page = `/${slug}/connections/${connectionId}`
  return formResult(async () => {
    await disconnect({ connectionId, ...(await adminOf(slug, page)) })
    revalidatePath(page)
  })
}
