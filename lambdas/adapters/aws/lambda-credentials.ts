/** What a bundle has in place of the SDK's chain of credential providers (`lib/bundle-function.ts`): the credentials that Lambda sets in the surroundings of a function, and no other. */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
