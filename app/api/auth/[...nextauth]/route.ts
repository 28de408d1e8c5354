import { handleNextAuth } from '#lib/auth/next-auth-handler'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => handleNextAuth(request)
export const POST = (request: Request) => handleNextAuth(request)
