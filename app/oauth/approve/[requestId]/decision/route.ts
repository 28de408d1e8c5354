import { decisionEndpoint } from '#lib/http/oauth/decision-endpoint'

export const dynamic = 'force-dynamic'

export async function POST(request: Request, context: { params: Promise<{ requestId: string }> }) {
  return decisionEndpoint(request, (await context.params).requestId)
}
