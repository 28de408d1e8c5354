'use server'

import { revalidatePath } from 'next/cache'
import { notFound } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { requireTeam } from '#lib/auth/require-member'
import { connectionDetail } from '#lib/connections/connection-detail'
import { formResult } from '#lib/http/form-action'
import { startSelfTest } from '#lib/self-test/start-self-test'

/** Starts a self-test; while one of the team is under way, that one is shown instead. */
export async function runSelfTest(slug: string, connectionId: string): Promise<FormState> {
  const { team, member } = await requireTeam(slug, 'admin')
  if (!(await connectionDetail(team.id, connectionId, Date.now()))) notFound()
  return formResult(async () => {
    const { begun } = await startSelfTest({ teamId: team.id, connectionId, startedBy: member.email })
    revalidatePath(`/${slug}/connections/${connectionId}/self-test`)
    return begun
      ? {}
      : {
          done: 'A self-test of this team is already under way; it is shown on the page of its connection.',
        }
  })
}
