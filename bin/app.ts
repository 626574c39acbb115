import { App } from 'aws-cdk-lib';
import { buildApp } from '../lib/app.ts';
import { bundleAll } from '../lib/bundle-function.ts';
import { allStages } from '../lib/config.ts';
import { functionNames } from '../lib/service-stack.ts';

const stages = allStages();
const cities = [...new Map(stages.map(({ city }) => [city.id, city])).values()];
buildApp(new App(), stages, await bundleAll(functionNames, cities)).synth();
