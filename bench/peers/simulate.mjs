// Answers questions with @cloud-copilot/iam-simulate, and says how much processor time that takes.
//
// usage: node simulate.mjs FOLDER    (FOLDER holds node_modules)
//
// One command a line on standard input, one answer a line on standard output, both JSON:
//   {"load": WORKLOAD}              -> {}
//   {"ask": 0}                      -> {"answer": "Allow"}
//   {"time": [0, 1, 2], "times": 5} -> {"nanoseconds": 12345}
//
// Policies are given as the library wants them, parsed and known to be valid, before anything is measured.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(path.resolve(process.argv[2]), "package.json"));
const library = (name) => import(pathToFileURL(require.resolve(`@cloud-copilot/${name}`)).href);
const { runUnsafeSimulation } = await library("iam-simulate");
const { createValidatedPolicy, validateIdentityPolicy, validateResourcePolicy, validateServiceControlPolicy } =
  await library("iam-policy");

let simulations = [];

/** The parts of a simulation that all questions share, and one simulation for each question. */
function load(workload) {
  const valid = (policy, validate, name) => createValidatedPolicy(policy, validate, { name });
  const identity = (policy, name) => ({ name, policy: valid(policy, validateIdentityPolicy, name) });
  const control = (policy, index) => {
    const name = `control-${index}`;
    return { name, policy: valid(policy, validateServiceControlPolicy, name) };
  };
  const { permissions_boundary: boundary, resource_policy: resource } = workload;
  const policies = {
    identityPolicies: workload.identity_policies.map((one) => identity(one.Document, one.PolicyName)),
    serviceControlPolicies: workload.scps.map((level, index) => ({
      orgIdentifier: `level-${index}`,
      policies: level.map(control),
    })),
    resourceControlPolicies: [],
    resourcePolicy: resource ? valid(resource, validateResourcePolicy, "resource") : undefined,
    permissionBoundaryPolicies: boundary ? [identity(boundary, "boundary")] : undefined,
  };
  return workload.requests.map(({ action, resource, context }) => ({
    ...policies,
    request: {
      principal: workload.principal.arn,
      action,
      resource: { resource, accountId: workload.resource_account },
      contextVariables: context,
    },
  }));
}

const answers = { Allowed: "Allow", ExplicitlyDenied: "ExplicitDeny", ImplicitlyDenied: "ImplicitDeny" };

function ask(place) {
  return answers[runUnsafeSimulation(simulations[place], {})];
}

function time(places, times) {
  const start = process.cpuUsage();
  for (let round = 0; round < times; round += 1) {
    for (const place of places) ask(place);
  }
  const used = process.cpuUsage(start);
  return (used.user + used.system) * 1000;
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer = {};
  if (command.load) simulations = load(command.load);
  else if (command.time) answer = { nanoseconds: time(command.time, command.times) };
  else answer = { answer: ask(command.ask) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
