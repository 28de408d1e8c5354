import { during, type ScimCall } from './call.ts'

/** What *Test API Credentials* and every save of *To App* send. Never `/ServiceProviderConfig`. */
export async function testCredentials(call: ScimCall, importGroups: boolean): Promise<void> {
  await during('verifying credentials', call({ method: 'GET', path: '/Users?startIndex=1&count=2' }))
  if (importGroups) {
    await during('verifying credentials', call({ method: 'GET', path: '/Groups?startIndex=1&count=100' }))
  }
}
